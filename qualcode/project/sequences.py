"""Codes in the order of a session, what follows what, and what stands near what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.analysis.filtering import Filter
from qualcode.analysis.sequence import near_sentences, proximity_table, transitions_table
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.segment import Unit
from qualcode.project.selection import Selection
from qualcode.project.unit_places import named_places, touched, unit_table
from qualcode.store import documents
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

EVERYTHING = Filter()
SEQUENCE_COLUMNS = (
    *("session", "position", "document", "begins", "respondent", "group", "start", "end", "code", "name", "text"),
)


def code_sequence(project: Project, session: str, *, where: Filter = EVERYTHING) -> pd.DataFrame:
    """What was coded in a session, in the order in which it was said.

    Returns:
        A row a span and code in `SEQUENCE_COLUMNS`; `position` counts spans, equal for several codes on one; `begins`
        are seconds from the start of the recording, NaN if not known.

    Raises:
        AnalysisError: there is no such session.
    """
    material, codebook = project.reports.material(), project.codebook.current()
    names = {folded(name): number for number, name in material.sessions.items()}
    if folded(session) not in names:
        raise AnalysisError(
            _("There is no {field} {value!r}.").format(field="session", value=session),
            hint=did_you_mean(session, material.sessions.values()),
        )
    codings = Selection(material, codebook, where).codings
    inside = codings[codings["session"] == names[folded(session)]]
    inside = inside.drop_duplicates(["document", "start", "end", "code"])
    order = {code.id: place for place, code in enumerate(codebook.codes)}
    inside = inside.assign(place=inside["code"].map(order))
    inside = inside.sort_values(["document", "start", "end", "place"], kind="stable").reset_index(drop=True)
    spans = inside.groupby(["document", "start", "end"], sort=False).ngroup()
    times = documents.times_of(project.db, sorted(set(inside["document"].tolist())))
    by_id = {code.id: code for code in codebook.codes}
    language = project.settings.language
    rows = [
        {
            "session": place["session"],
            "position": int(spans[number]) + 1,
            **{name: place[name] for name in ("document", "respondent", "group", "start", "end", "text")},
            "begins": times.at(place["document_id"], place["start"]),
            "code": by_id[code].key,
            "name": by_id[code].name.in_language(language) or by_id[code].key,
        }
        for number, (place, code) in enumerate(zip(named_places(project, inside), inside["code"].tolist(), strict=True))
    ]
    return pd.DataFrame(rows, columns=list(SEQUENCE_COLUMNS)).astype({"begins": "float64"})


def transitions(project: Project, *, where: Filter = EVERYTHING) -> pd.DataFrame:
    """Which code follows which within a session, in the columns of `analysis.sequence.TRANSITION_COLUMNS`.

    Raises:
        AnalysisError: the filter names something that does not exist.
    """
    codebook = project.codebook.current()
    codings = Selection(project.reports.material(), codebook, where).codings
    spoken = codings[codings["session"] != NOBODY]
    spans = spoken.assign(place=spoken["session"], order=spoken["document"])
    return transitions_table(spans, codebook.codes, language=project.settings.language)


def proximity(project: Project, *, within: int = 1, where: Filter = EVERYTHING) -> pd.DataFrame:
    """Which themes stand within so many sentences of each other, in `analysis.sequence.PROXIMITY_COLUMNS`.

    Sentences are those of respondents that count; what a moderator says between them is passed over. Two answers are
    never near each other.

    Raises:
        AnalysisError: the distance is below 0, or the filter names something that does not exist.
    """
    if within < 0:
        raise AnalysisError(_("A distance of {n} sentences makes no sense.").format(n=within), hint=_("Use 0 or more."))
    codebook = project.codebook.current()
    selection = Selection(project.reports.material(), codebook, where)
    units = unit_table(project.db, selection.said, Unit.SENTENCE)
    row, sentence = touched(units, selection.codings)
    return proximity_table(
        units["document"].to_numpy(),
        sentence,
        selection.codings["code"].to_numpy()[row],
        codebook.codes,
        within=within,
        small_cell=project.settings.small_cell,
        language=project.settings.language,
    )


def codes_in_order(project: Project, *, where: Filter = EVERYTHING) -> pd.DataFrame:
    """What was coded in each session, in the order in which it was said.

    Returns:
        A row a span and code, sessions in the order of import: `session, position, code`; `position` counts rows.

    Raises:
        AnalysisError: the filter names something that does not exist.
    """
    material, codebook = project.reports.material(), project.codebook.current()
    keys = {code.id: code.key for code in codebook.codes}
    place = {code.id: number for number, code in enumerate(codebook.codes)}
    codings = _spoken(project, where).drop_duplicates(["session", "document", "start", "end", "code"])
    codings = codings.assign(place=codings["code"].map(place))
    codings = codings.sort_values(["document", "start", "end", "place"], kind="stable")
    found: dict[str, list[str]] = {}
    for session, code in zip(codings["session"].tolist(), codings["code"].tolist(), strict=True):
        found.setdefault(material.sessions[session], []).append(keys[code])
    ordered = [name for name in material.sessions.values() if name in found]
    rows = [(name, at + 1, key) for name in ordered for at, key in enumerate(found[name])]
    return pd.DataFrame(rows, columns=["session", "position", "code"])


def quotations_following(project: Project, first: str, then: str, *, where: Filter = EVERYTHING) -> list[Quotation]:
    """The quotations behind a row of `transitions`: of a code, and of the next one where it follows.

    Args:
        first: key of a code, without those below it.
        then: key of the code that comes next.
        where: which part of the material.
    """
    codebook = project.codebook.current()
    one, other = (codebook.code(key).id for key in (first, then))
    spoken = _spoken(project, where)
    kept: set[int] = set()
    for _session, inside in spoken.groupby("session", sort=False):
        ordered = inside.sort_values(["document", "start"], kind="stable")
        points = [part for _at, part in ordered.groupby(["document", "start"], sort=True)]
        for here, after in pairwise(points):
            before, next_ = here[here["code"] == one], after[after["code"] == other]
            if len(before) and len(next_):
                kept |= {*before.index.tolist(), *next_.index.tolist()}
    return project.reports.quoted(spoken.loc[sorted(kept)], list(dict.fromkeys([one, other])))


def quotations_near(
    project: Project, first: str, second: str, *, within: int = 1, where: Filter = EVERYTHING
) -> list[Quotation]:
    """The quotations behind a row of `proximity`: of either theme, where the other is near.

    Args:
        first: key of a theme, the codes below it included.
        second: of another.
        within: as for `proximity`.
        where: which part of the material.
    """
    codebook = project.codebook.current()
    selection = Selection(project.reports.material(), codebook, where)
    units = unit_table(project.db, selection.said, Unit.SENTENCE)
    row, sentence = touched(units, selection.codings)
    code = selection.codings["code"].to_numpy()[row]
    sides = [[codebook.code(key).id for key in codebook.subtree(theme)] for theme in (first, second)]
    ticked = np.zeros((len(units), 2), dtype=np.bool_)
    for side, ids in enumerate(sides):
        ticked[sentence[np.isin(code, ids)], side] = True
    near = near_sentences(ticked, units["document"].to_numpy(), within)
    met = (np.isin(code, sides[0]) & near[sentence, 1]) | (np.isin(code, sides[1]) & near[sentence, 0])
    return project.reports.quoted(selection.codings.iloc[np.unique(row[met])], [*sides[0], *sides[1]])


def _spoken(project: Project, where: Filter) -> pd.DataFrame:
    """Codings in conversations, numbered from 0."""
    codings = Selection(project.reports.material(), project.codebook.current(), where).codings
    spoken: pd.DataFrame = codings[codings["session"] != NOBODY].reset_index(drop=True)
    return spoken
