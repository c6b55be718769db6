"""The joint display: how many speak of a theme, the matching closed question, and typical quotations, by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.analysis.closed import notes_of_scale, read_number, without_value
from qualcode.analysis.filtering import Filter
from qualcode.analysis.intervals import NAN
from qualcode.analysis.name_matching import proposed_pairs
from qualcode.analysis.quotation_choice import Passage, choose_quotations
from qualcode.errors import AnalysisError
from qualcode.i18n import _, decimal, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS
from qualcode.project.closed_answers import closed_answers
from qualcode.project.selection import Selection
from qualcode.store import settings
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.project.project import Project

EVERYTHING = Filter()
SETTING = "joint"
N_QUOTATIONS = 2
CHOSEN, PROPOSED = "chosen", "proposed"
NO_QUESTION = ""

COLUMNS = (
    *("theme", "name", "question", "match", "likeness", "group"),
    *("respondents", "answering", "pct_of_answering", "ci_low", "ci_high"),
    *("asked", "n", "missing", "unusable", "mean", "sd", "median", "minimum", "maximum"),
    *("n_with", "mean_with", "n_without", "mean_without"),
    *("quotations", "note", "no_answer"),
)
BETWEEN_QUOTATIONS = "\n"


@dataclass(frozen=True, slots=True)
class Match:
    """A theme with the closed question that goes with it.

    Attributes:
        question: its header.
        how: `chosen` by a person, or `proposed` from the names.
        likeness: of the names, 0 to 1; NaN if a person chose it.
    """

    theme: str
    question: str
    how: str
    likeness: float


class JointActions:
    """What can be asked of and done about themes and the closed questions that go with them."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def questions(self) -> list[str]:
        """The closed questions that are scales, which alone have means."""
        closed = settings.read(self._project.db, "closed_questions", [])
        return [each["column"] for each in closed if each["kind"] == "scale"]

    def matches(self) -> list[Match]:
        """Themes with their closed question, in the order of the codebook: what was chosen, else what is proposed.

        Proposed are themes at the top only, by name in any language and by alias.
        """
        chosen: Mapping[str, str] = settings.read(self._project.db, SETTING, {})
        codes = self._project.codebook.current().codes
        questions = self.questions()
        taken = set(chosen.values())
        names = {
            code.key: [each for each in (*code.name.by_language.values(), code.name.plain, *code.aliases) if each]
            for code in codes
            if code.depth == 0 and code.key not in chosen
        }
        proposed = proposed_pairs(names, [each for each in questions if each not in taken])
        found = []
        for code in codes:
            if chosen.get(code.key) in questions:
                found.append(Match(code.key, chosen[code.key], CHOSEN, NAN))
            elif code.key in proposed:
                found.append(Match(code.key, proposed[code.key][0], PROPOSED, proposed[code.key][1]))
        return found

    def match(self, theme: str, question: str) -> None:
        """Choose the closed question that goes with a theme; `NO_QUESTION` says that none does.

        Raises:
            AnalysisError: there is no such scale.
            CodebookError: there is no such theme.
        """
        code = self._project.codebook.by_key_or_name(theme)
        known = self.questions()
        wanted = next((each for each in known if folded(each) == folded(question)), None)
        if wanted is None and question != NO_QUESTION:
            raise AnalysisError(
                _("There is no closed question {name!r} with a scale.").format(name=question),
                hint=did_you_mean(question, known),
            )
        chosen = settings.read(self._project.db, SETTING, {})
        with self._project.step(_("Match theme and question")):
            settings.write(self._project.db, SETTING, {**chosen, code.key: wanted or NO_QUESTION})

    def table(
        self,
        *,
        by: str = "group",
        where: Filter = EVERYTHING,
        themes: Sequence[str] = (),
        n_quotations: int = N_QUOTATIONS,
    ) -> pd.DataFrame:
        """The joint display.

        Args:
            by: "group" or the name of an attribute.
            where: which part of the material; respondents who are left out are left out of the closed question too.
            themes: keys; those with a closed question if none is given.
            n_quotations: how many typical quotations of each group and theme.

        Returns:
            A row a theme and group (and ALL_GROUPS) in `COLUMNS`. `mean_with` is the mean of those of the group who
            speak of the theme in open answers, `mean_without` of those who answer openly and do not. What does not
            exist is NaN, `note` says why.

        Raises:
            AnalysisError: a name does not exist, or there is no theme with a closed question.
        """
        matches = {each.theme: each for each in self.matches()}
        codebook = self._project.codebook.current()
        wanted = [self._project.codebook.by_key_or_name(each).key for each in themes] or list(matches)
        if not wanted:
            raise AnalysisError(
                _("No theme goes with a closed question."),
                hint=_('Name a pair: qualcode joint PROJECT --match THEME="QUESTION".'),
            )
        counts = self._project.reports.theme_table(by=by, where=where)
        items = _Items(self._project, by, where)
        rows = []
        for key in wanted:
            for count in counts[counts["theme"] == key].to_dict("records"):
                row = {name: count[name] for name in COLUMNS if name in count}
                match = matches.get(key)
                row |= {
                    "question": match.question if match else "",
                    "match": match.how if match else "",
                    "likeness": match.likeness if match else NAN,
                }
                row |= items.numbers(match.question if match else "", str(count["group"]), codebook.subtree(key))
                quoted = self._quoted(key, str(count["group"]), by, where, n_quotations)
                row["quotations"] = BETWEEN_QUOTATIONS.join(quoted)
                rows.append(row)
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def _quoted(self, theme: str, group: str, by: str, where: Filter, n: int) -> list[str]:
        """Typical quotations with who said them: the group and what it was said in, nothing closer."""
        found = self._project.reports.quotations(theme, group, by=by, where=where)
        passages = [
            Passage(each.segment_id, f"{each.document}:{each.respondent}", each.group, each.session, "", each.text)
            for each in found
        ]
        survey = {each.segment_id for each in found if each.question}
        return [
            _("“{text}” ({group}, {source})").format(
                text=" ".join(each.text.split()),
                group=each.group,
                source=_("survey") if each.segment in survey else _("conversation"),
            )
            for each in choose_quotations(passages, n)
        ]


class _Items:
    """The answers to scales, and who speaks of a theme, by group."""

    def __init__(self, project: Project, by: str, where: Filter) -> None:
        material = project.reports.material()
        self._codebook = project.codebook.current()
        selection = Selection(material, self._codebook, where)
        grouping = selection.grouping(by)
        if grouping.column != "case":
            raise AnalysisError(
                _("Closed questions are told by groups of people only, not by {name}.").format(name=by),
                hint=_("Choose a respondent group or an attribute."),
            )
        inside = selection.counted(grouping).members
        number = grouping.of(inside)
        cases = inside["case"].to_numpy()
        self._members = {name: set(cases[number == place].tolist()) for place, name in enumerate(grouping.names)}
        self._everybody = set(cases.tolist())
        self._answering = set(selection.said["case"].tolist()) - {NOBODY}
        self._codings = selection.codings
        self._closed = {each.column: each for each in closed_answers(project)}

    def numbers(self, column: str, group: str, keys: Sequence[str]) -> dict[str, object]:
        """Everything about the closed question in one group."""
        if not column:
            return {"note": _("no closed question goes with this theme")}
        question = self._closed[column]
        low, high = question.minimum, question.maximum
        known = set().union(*self._members.values()) if self._members else set()
        members = self._everybody if group == ALL_GROUPS else self._members.get(group, self._everybody - known)
        asked = members & question.asked
        read = {each: read_number(question.values[each], low, high) for each in sorted(asked & question.values.keys())}
        named = without_value(question)
        words = [named[each] for each in sorted(asked & named.keys())]
        values = {each: value for each, value in read.items() if not np.isnan(value)}
        ids = [self._codebook.code(key).id for key in keys]
        speak = set(self._codings["case"][self._codings["code"].isin(ids)].tolist())
        open_ = {each: value for each, value in values.items() if each in self._answering}
        with_theme = [value for each, value in open_.items() if each in speak]
        without = [value for each, value in open_.items() if each not in speak]
        everything = np.array(list(values.values()))
        notes = []
        if not asked:
            notes.append(_("nobody was asked the closed question"))
        elif not values:
            notes.append(_("no usable answer"))
        elif len(values) == 1:
            notes.append(_("no spread: one answer"))
        n_unusable = len(read) - len(values) - len(words)
        notes += notes_of_scale(n_unusable, words)
        return {
            "asked": len(asked),
            "n": len(values),
            "missing": len(asked) - len(values) - n_unusable,
            "no_answer": len(words),
            "unusable": n_unusable,
            "mean": float(everything.mean()) if len(everything) else NAN,
            "sd": float(everything.std(ddof=1)) if len(everything) > 1 else NAN,
            "median": float(np.median(everything)) if len(everything) else NAN,
            "minimum": NAN if low is None else float(low),
            "maximum": NAN if high is None else float(high),
            "n_with": len(with_theme),
            "mean_with": float(np.mean(with_theme)) if with_theme else NAN,
            "n_without": len(without),
            "mean_without": float(np.mean(without)) if without else NAN,
            "note": "; ".join(notes),
        }


def match_sentences(matches: Sequence[Match], names: Mapping[str, str]) -> list[str]:
    """Which theme goes with which closed question, and who says so."""
    return [
        (
            _("{theme} – {question} (proposed by name, likeness {likeness}; --match chooses)").format(
                theme=names[each.theme], question=each.question, likeness=decimal(each.likeness)
            )
            if each.how == PROPOSED
            else _("{theme} – {question} (chosen)").format(theme=names[each.theme], question=each.question)
        )
        for each in matches
    ]
