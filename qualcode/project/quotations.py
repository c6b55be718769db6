"""Quotations for the report: which are chosen, what may stand beside them, and who has never been quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from qualcode.analysis.filtering import Filter
from qualcode.analysis.quotation_choice import Crowd, Detail, Passage, choose_quotations, never_quoted
from qualcode.errors import AnalysisError
from qualcode.exporting.report_content import Quoted
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind
from qualcode.model.suggestion import Status
from qualcode.project.selection import Selection
from qualcode.store import chosen_quotations, segments
from qualcode.store.chosen_quotations import ChosenQuotation
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.project.project import Project

EVERYTHING = Filter()
PER_THEME, PER_SUB_CODE = 5, 3
"""How many quotations are picked where nobody chose any: of a theme without sub-codes, and of each other code."""

COLUMNS = (
    *("code", "name", "segment_id", "chosen", "negative", "told", "group", "source", "session", "respondent_key"),
    *("words", "note", "text"),
)


@dataclass(frozen=True, slots=True)
class Picked:
    """A passage that the report quotes.

    Attributes:
        by_hand: somebody chose it; else the program picked it.
        quoted: as it stands in the report.
    """

    passage: Passage
    by_hand: bool
    quoted: Quoted


class QuotationActions:
    """What can be asked of and done about the quotations of a report."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def choice(self, where: Filter = EVERYTHING, *, suggested: bool = False) -> QuotationChoice:
        """The quotations that a report would show, of the whole material or a part.

        Args:
            suggested: of suggestions that wait for a decision instead of codings.

        Raises:
            AnalysisError: the filter names something that does not exist.
        """
        return QuotationChoice(self._project, where, suggested=suggested)

    def keep(self, chosen: Sequence[ChosenQuotation]) -> None:
        """Choose segments, each with its own mark and note, in one step.

        Raises:
            AnalysisError: a segment does not exist.
        """
        self._check([each.segment_id for each in chosen])
        with self._project.step(_("Choose quotations")):
            coder = segments.coder_for(self._project.db, self._project.coder_name)
            for each in chosen:
                chosen_quotations.choose(
                    self._project.db, each.segment_id, coder.id, is_negative=each.is_negative, note=each.note
                )

    def chosen(self) -> dict[int, ChosenQuotation]:
        """What was chosen by hand, by segment."""
        return chosen_quotations.all_chosen(self._project.db)

    def chosen_places(self) -> dict[tuple[int, int, int, int], int]:
        """The segments that were chosen by hand, by document, start, end and code."""
        found = (segments.get(self._project.db, segment) for segment in self.chosen())
        return {
            (each.document_id, each.span.start, each.span.end, each.code_id): each.id
            for each in found
            if each is not None
        }

    def choose(self, segment_ids: Sequence[int], *, is_negative: bool = False, note: str = "") -> None:
        """Choose segments for the report, in one step; from then on it quotes only chosen ones of their codes.

        Args:
            is_negative: they speak against their theme.
            note: why, for whoever chooses further; the report does not show it.

        Raises:
            AnalysisError: a segment does not exist.
        """
        self.keep([ChosenQuotation(segment, is_negative, note) for segment in segment_ids])

    def leave_out(self, segment_ids: Sequence[int]) -> None:
        """Take segments out of what was chosen, in one step.

        Raises:
            AnalysisError: a segment does not exist.
        """
        self._check(segment_ids)
        with self._project.step(_("Leave quotations out")):
            for segment in segment_ids:
                chosen_quotations.leave_out(self._project.db, segment)

    def table(self, where: Filter = EVERYTHING) -> pd.DataFrame:
        """All passages that could be quoted, in `COLUMNS`: `chosen` is "hand", "auto" or empty.

        `told` says what may stand beside a quotation: "session" (group, source and session), "source" (group and
        source), "group", "source_only" or "nothing".
        """
        choice = self.choice(where)
        names = {code.key: code.name.in_language(self._project.settings.language) for code in choice.codes}
        how = {
            (each.passage.theme, each.passage.segment): "hand" if each.by_hand else "auto"
            for picked in choice.picked.values()
            for each in picked
        }
        rows = []
        for code in choice.codes:
            for each in choice.passages.get(code.key, ()):
                mark = choice.marked.get(each.segment)
                rows.append(
                    (
                        *(code.key, names[code.key], each.segment, how.get((code.key, each.segment), "")),
                        int(mark is not None and mark.is_negative),
                        choice.detail(each).value,
                        *(each.group, each.source, each.session, each.respondent, each.n_words),
                        mark.note if mark else "",
                        each.text,
                    )
                )
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def _check(self, segment_ids: Sequence[int]) -> None:
        for segment in segment_ids:
            if segments.get(self._project.db, segment) is None:
                raise AnalysisError(
                    _("There is no quotation {n}.").format(n=segment),
                    hint=_("`qualcode quotations PROJECT` prints the numbers."),
                )


class QuotationChoice:
    """The quotations of one report: chosen by hand where somebody did, else picked, code by code in their order.

    Attributes:
        codes: of the codebook, in order.
        passages: all that could be quoted, by key of the code that they carry.
        marked: what was chosen by hand, by segment.
    """

    def __init__(self, project: Project, where: Filter, *, suggested: bool) -> None:
        self._project = project
        self._material = project.reports.material()
        self._codebook = project.codebook.current()
        self._small_cell = project.settings.small_cell
        self._selection = Selection(self._material, self._codebook, where)
        self._kinds = {document.name: document.kind.value for document in project.documents.all(answers=False)}
        self._crowd = Crowd(self._places())
        self.codes = self._codebook.codes
        self.marked = {} if suggested else chosen_quotations.all_chosen(project.db)
        self.passages = self._passages(where, suggested=suggested)

    @cached_property
    def picked(self) -> dict[str, list[Picked]]:
        """The quotations of each code that has any, without those of the codes below it."""
        found: dict[str, list[Picked]] = {}
        quoted: Counter[str] = Counter()
        shown: set[str] = set()
        for code in self.codes:
            passages = self.passages.get(code.key, [])
            by_hand = [each for each in passages if each.segment in self.marked]
            n = PER_SUB_CODE if code.depth or any(self._codebook.children(code.key)) else PER_THEME
            for each in by_hand or choose_quotations(passages, n, quoted=quoted, shown=shown):
                quoted[each.respondent] += bool(each.respondent)
                shown.add(each.text)
                found.setdefault(code.key, []).append(Picked(each, bool(by_hand), self.quoted(each)))
        return found

    def answering(self) -> list[str]:
        """Keys of the respondents who answered or spoke, in the part that the report is about."""
        cases = self._material.cases
        said = set(self._selection.said["case"].tolist())
        return [key for case, key in zip(cases["case"], cases["key"], strict=True) if case in said]

    def never_quoted(self) -> list[str]:
        """Of these, the ones whom the report does not quote."""
        return never_quoted(self.answering(), [each.passage for picked in self.picked.values() for each in picked])

    def heard_by_group(self) -> dict[str, tuple[list[str], list[str]]]:
        """Of each respondent group who answered or spoke, and who of these is never quoted; keys of respondents."""
        cases = self._material.cases
        names = (self._material.groups.get(group, NO_GROUP) for group in cases["group"])
        group_of = dict(zip(cases["key"], names, strict=True))
        silent = set(self.never_quoted())
        found: dict[str, tuple[list[str], list[str]]] = {}
        for key in self.answering():
            answering, never = found.setdefault(group_of[key], ([], []))
            answering.append(key)
            if key in silent:
                never.append(key)
        return found

    def detail(self, each: Passage) -> Detail:
        """What may stand beside a quotation."""
        return self._crowd.safe_detail(each, self._small_cell)

    def quoted(self, each: Passage) -> Quoted:
        """A passage as it stands in the report, if it does."""
        detail = self.detail(each)
        tells_group = detail in (Detail.SESSION, Detail.SOURCE, Detail.GROUP) and each.group != NO_GROUP
        tells_source = detail in (Detail.SESSION, Detail.SOURCE, Detail.SOURCE_ONLY)
        mark = self.marked.get(each.segment)
        return Quoted(
            text=each.text,
            group=each.group if tells_group else "",
            source=each.source if tells_source else "",
            session=each.session if detail == Detail.SESSION else "",
            is_negative=mark is not None and mark.is_negative,
            is_coarser=self._crowd.is_coarser(each, detail),
        )

    def _passages(self, where: Filter, *, suggested: bool) -> dict[str, list[Passage]]:
        """All that could be quoted, by code; what several people say in one segment is nobody's in particular.

        Of the same span by two coders, the segment that was chosen stands for both.
        """
        exports = self._project.exports
        if suggested:
            table = exports.suggestions_table(where=where)
            table = table[table["status"] == Status.SUGGESTED.value]
        else:
            table = exports.codings_table(where=where)
        table = table.assign(_later=~table["segment_id"].isin(list(self.marked))).sort_values("_later", kind="stable")
        span = ["document", "start", "end", "code"]
        table = table.drop_duplicates([*span, "respondent_key"]).sort_index()
        shared = table.duplicated(span, keep=False)
        columns = ("segment_id", "respondent_key", "group", "session", "question", "document", "text", "code")
        found: dict[str, list[Passage]] = {}
        seen: set[tuple[str, int]] = set()
        for *row, is_shared in zip(*(table[name] for name in columns), shared, strict=True):
            segment, respondent, group, session, question, document, text, code = row
            if (code, segment) in seen:
                continue
            seen.add((code, segment))
            source = DocumentKind.ANSWER.value if question else self._kinds.get(document, "")
            if is_shared:
                respondent, group = "", NO_GROUP
            passage = Passage(int(segment), respondent, group, self._shown(session), source, _tidied(text), code)
            found.setdefault(code, []).append(passage)
        return found

    def _places(self) -> list[tuple[str, str, str, str]]:
        """Who speaks where, once for each place: respondent, group, session, source; of the whole study."""
        material = self._material
        said = material.utterances[(material.utterances["counts"] == 1) & (material.utterances["case"] != NOBODY)]
        rows = said[["case", "session", "question", "document"]].drop_duplicates()
        group_of = dict(zip(material.cases["case"], material.cases["group"], strict=True))
        places = set()
        for case, session, question, document in rows.itertuples(index=False):
            kind = self._kinds.get(material.documents[document], "")
            source = DocumentKind.ANSWER.value if question != NOBODY else kind
            group = material.groups.get(group_of[case], NO_GROUP)
            places.add((str(case), group, self._shown(material.sessions.get(session, "")), source))
        return sorted(places)

    def _shown(self, session: str) -> str:
        """A session that is named by whoever made the study; one that is only its file's name is told to nobody."""
        return "" if session in self._kinds else session


def _tidied(text: str) -> str:
    """White space collapsed; the turns of a passage stay on lines of their own."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
