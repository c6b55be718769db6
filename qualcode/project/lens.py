"""From survey to conversations: the themes that carry the survey as a lens over the transcripts, and saturation."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.analysis.counts import theme_table
from qualcode.analysis.filtering import Filter
from qualcode.analysis.quotation_choice import Passage, choose_quotations
from qualcode.analysis.saturation import BASE_SIZE, RUN_LENGTH, saturated_at, saturation_table
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded, ngettext, written
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Unit
from qualcode.project.selection import Selection
from qualcode.store.coding_table import NOBODY, Material

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

EVERYTHING = Filter()
SHARE = 0.25
BOTH, NEW, ONLY_SURVEY, NEITHER = "both", "new", "only_survey", "neither"

COLUMNS = (
    *("theme", "name", "parent", "depth", "in_lens", "found", "group"),
    *("survey_n", "survey_N", "survey_pct", "talk_n", "talk_N", "talk_pct"),
    *("talk_codings", "talk_sessions", "talk_per_1000_words"),
)


@dataclass(frozen=True, slots=True)
class Lens:
    """The survey's themes over the conversations.

    Attributes:
        themes: keys of the themes that were chosen, in the order of the codebook.
        how: how they were chosen, as a sentence.
        table: a row a theme and group in `COLUMNS`, all themes of the codebook.
        quotations: what each group says under each chosen theme in the conversations, by (theme, group).
        new: keys of codes that stand in the conversations and nowhere in the survey.
        saturation: in the columns of `analysis.saturation.COLUMNS`, all codes.
        sentences: what a report may say.
    """

    themes: tuple[str, ...]
    how: str
    table: pd.DataFrame
    quotations: dict[tuple[str, str], tuple[Quotation, ...]]
    new: tuple[str, ...]
    saturation: pd.DataFrame
    sentences: tuple[str, ...]


def look_through(
    project: Project,
    *,
    themes: Sequence[str] = (),
    share: float = SHARE,
    group: str = "",
    by: str = "group",
    where: Filter = EVERYTHING,
    depth: int | None = 0,
    n_quotations: int = 3,
    order: Sequence[str] = (),
) -> Lens:
    """Choose the themes that carry the survey, and look at the conversations through them.

    Args:
        themes: keys or names of themes; chosen by `share` if none is given.
        share: themes of which at least this share of the answering respondents of a survey speak.
        group: of this group; of any group (or of all together) if none is given.
        by: what groups are: "group" or an attribute.
        where: which part of the material.
        depth: themes chosen by share stand no lower than this; None for all.
        n_quotations: how many quotations of each theme and group.
        order: sessions in the order for saturation; those that are not named follow in the order of import.

    Raises:
        AnalysisError: there is no survey, no conversation, or nothing that the names or the share ask for.
    """
    material, codebook = project.reports.material(), project.codebook.current()
    survey, talk = _part(material, answers=True), _part(material, answers=False)
    for part, missing in ((survey, _("There is no survey with open answers.")), (talk, _("There is no transcript."))):
        if part.utterances.empty:
            raise AnalysisError(
                missing, hint=_("A lens needs both: a survey, and conversations to look at through it.")
            )
    tables = [_counted(project, part, by, where) for part in (survey, talk)]
    chosen, how = _chosen(project, tables[0], themes, share, group, depth)
    table = _beside(tables[0], tables[1], chosen)
    of_all = table[table["group"] == ALL_GROUPS]
    own = Selection(talk, codebook, where)
    in_survey = set(Selection(survey, codebook, where).codings["code"].tolist())
    new = [each.key for each in codebook.codes if each.id in set(own.codings["code"].tolist()) - in_survey]
    saturation = saturation_of(project, where=where, order=order)
    groups = [each for each in dict.fromkeys(table["group"]) if each != ALL_GROUPS]
    quotations = {
        (theme, each): tuple(_quoted(project, theme, each, by, where, n_quotations))
        for theme in chosen
        for each in groups
        if int(table[(table["theme"] == theme) & (table["group"] == each)]["talk_codings"].iloc[0])
    }
    names = {code.key: code.name.in_language(project.settings.language) or code.key for code in codebook.codes}
    sentences = _sentences(how, chosen, of_all, new, saturation, names)
    return Lens(tuple(chosen), how, table, quotations, tuple(new), saturation, tuple(sentences))


def saturation_of(
    project: Project,
    *,
    where: Filter = EVERYTHING,
    order: Sequence[str] = (),
    base_size: int = BASE_SIZE,
    run_length: int = RUN_LENGTH,
) -> pd.DataFrame:
    """Which codes each session adds, in the columns of `analysis.saturation.COLUMNS`; codes as they stand, no parents.

    Raises:
        AnalysisError: a session that is named does not exist.
    """
    material = project.reports.material()
    selection = Selection(material, project.codebook.current(), where)
    spoke = set(selection.said["session"].tolist())
    held = {name: number for number, name in material.sessions.items() if number in spoke}
    first = []
    for each in order:
        found = next((name for name in held if folded(name) == folded(each)), None)
        if found is None:
            raise AnalysisError(
                _("There is no {field} {value!r}.").format(field="session", value=each), hint=did_you_mean(each, held)
            )
        first.append(found)
    names = list(dict.fromkeys([*first, *held]))
    pairs = set(zip(selection.codings["session"].tolist(), selection.codings["code"].tolist(), strict=True))
    codes = project.codebook.current().codes
    sessions = [(name, [code.key for code in codes if (held[name], code.id) in pairs]) for name in names]
    return saturation_table(sessions, base_size=base_size, run_length=run_length)


def _part(material: Material, *, answers: bool) -> Material:
    """The survey, or the conversations, with the respondents who belong there."""

    def of_part(rows: pd.DataFrame) -> pd.DataFrame:
        kept: pd.DataFrame = rows[(rows["question"].to_numpy() != NOBODY) == answers]
        return kept

    cases = material.cases
    return dataclasses.replace(
        material,
        utterances=of_part(material.utterances),
        codings=of_part(material.codings),
        suggestions=of_part(material.suggestions),
        cases=cases[(cases["survey"].to_numpy() != NOBODY) == answers],
        asked=material.asked if answers else material.asked.iloc[:0],
    )


def _counted(project: Project, part: Material, by: str, where: Filter) -> pd.DataFrame:
    codes = project.codebook.current().codes
    selection = Selection(part, project.codebook.current(), where)
    grouping = selection.grouping(by)
    settings = project.settings
    return theme_table(
        selection.counted(grouping),
        codes,
        grouping,
        unit=Unit.SEGMENT,
        small_cell=settings.small_cell,
        language=settings.language,
    )


def _chosen(
    project: Project, survey: pd.DataFrame, themes: Sequence[str], share: float, group: str, depth: int | None
) -> tuple[list[str], str]:
    codes = project.codebook.current().codes
    if themes:
        named = {project.codebook.by_key_or_name(each).key for each in themes}
        return [code.key for code in codes if code.key in named], _("Themes that were named.")
    if not 0 < share <= 1:
        raise AnalysisError(
            _("{share} is not a share.").format(share=share), hint=_("Use a number above 0 and up to 1.")
        )
    rows = survey[survey["answering"] > 0]
    if group:
        known = [each for each in dict.fromkeys(survey["group"]) if each != ALL_GROUPS]
        rows = rows[rows["group"] == project.reports.group_named(group, known)]
        how = _("Themes of which at least {share} % of {group} speak in the survey.").format(
            share=written(100 * share), group=group
        )
    else:
        rows = rows[rows["group"] != NO_GROUP]
        how = _("Themes of which at least {share} % of a group speak in the survey.").format(share=written(100 * share))
    enough = set(rows["theme"][rows["respondents"] >= share * rows["answering"] - 1e-9])
    chosen = [code.key for code in codes if code.key in enough and (depth is None or code.depth <= depth)]
    if not chosen:
        raise AnalysisError(
            _("No theme reaches that share in the survey."), hint=_("Choose a lower share, or name themes.")
        )
    return chosen, how


def _beside(survey: pd.DataFrame, talk: pd.DataFrame, chosen: Sequence[str]) -> pd.DataFrame:
    """Survey and conversations side by side; a group that is in one of them only has 0 of 0 in the other."""
    keys = ["theme", "group"]
    parts = []
    for rows, side in ((survey, "survey"), (talk, "talk")):
        named = {"respondents": f"{side}_n", "answering": f"{side}_N", "pct_of_answering": f"{side}_pct"}
        named |= {name: f"{side}_{name}" for name in ("codings", "sessions", "per_1000_words")}
        parts.append(rows[["theme", "group", *named]].rename(columns=named))
    names = pd.concat([survey, talk])[["theme", "name", "parent", "depth"]].drop_duplicates("theme")
    groups = [each for each in dict.fromkeys([*survey["group"], *talk["group"]]) if each != ALL_GROUPS]
    groups = (
        [each for each in groups if each != NO_GROUP] + [each for each in groups if each == NO_GROUP] + [ALL_GROUPS]
    )
    frame = names.merge(pd.DataFrame({"group": groups}), how="cross")
    for part in parts:
        frame = frame.merge(part, on=keys, how="left")
    counts = ["survey_n", "survey_N", "talk_n", "talk_N", "survey_codings", "talk_codings", "talk_sessions"]
    frame[counts] = frame[counts].fillna(0).astype("int64")
    frame = frame[(frame["survey_N"] + frame["talk_N"] > 0) | (frame["group"] != NO_GROUP)].reset_index(drop=True)
    frame["in_lens"] = frame["theme"].isin(chosen).astype("int64")
    in_survey, in_talk = frame["survey_codings"] > 0, frame["talk_codings"] > 0
    frame["found"] = np.select([in_survey & in_talk, in_talk, in_survey], [BOTH, NEW, ONLY_SURVEY], default=NEITHER)
    return frame[list(COLUMNS)]


def _quoted(project: Project, theme: str, group: str, by: str, where: Filter, n: int) -> list[Quotation]:
    """Quotations of one group in the conversations, spread over its people."""
    found = [each for each in project.reports.quotations(theme, group, by=by, where=where) if not each.question]
    passages = [
        Passage(each.segment_id, f"{each.session}:{each.respondent}", each.group, each.session, "", each.text)
        for each in found
    ]
    by_segment = {each.segment_id: each for each in found}
    return [by_segment[each.segment] for each in choose_quotations(passages, n)]


def _sentences(
    how: str,
    chosen: Sequence[str],
    of_all: pd.DataFrame,
    new: Sequence[str],
    saturation: pd.DataFrame,
    names: dict[str, str],
) -> list[str]:
    told = []
    for row in of_all[of_all["theme"].isin(chosen)].to_dict("records"):
        told.append(f"{row['name']} ({row['survey_n']}/{row['survey_N']}; {row['talk_n']}/{row['talk_N']})")
    sentences = [
        f"{how} " + _("In the survey; in the conversations: {themes}.").format(themes=", ".join(told)),
        _("New in the conversations: {codes}.").format(codes=", ".join(names[each] for each in new))
        if new
        else _("No code is new in the conversations."),
    ]
    return [*sentences, *saturation_sentences(saturation)]


def saturation_sentences(
    saturation: pd.DataFrame, *, base_size: int = BASE_SIZE, run_length: int = RUN_LENGTH
) -> list[str]:
    """What the sessions gave, and where new codes fell off, as sentences.

    Args:
        saturation: as `saturation_of` gives it.
        base_size: with which it was made.
        run_length: likewise.
    """
    n = len(saturation)
    at = saturated_at(saturation)
    last = int(saturation["new"].iloc[-1]) if n else 0
    sentences = [
        ngettext(
            "{n} session gave {codes} codes; the last added {last}.",
            "{n} sessions gave {codes} codes; the last added {last}.",
            n,
        ).format(n=n, codes=int(saturation["cumulative"].iloc[-1]) if n else 0, last=last)
    ]
    if at is not None and (base_size, run_length) == (BASE_SIZE, RUN_LENGTH):
        sentences.append(
            _("At session {n}, new codes in two sessions fell to 5 % or less of those in the first four.").format(n=at)
        )
    elif at is not None:
        sentences.append(
            _("At session {n}, new codes in {run} sessions fell to 5 % or less of those in the first {base}.").format(
                n=at, run=run_length, base=base_size
            )
        )
    return sentences
