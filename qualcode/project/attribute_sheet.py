"""A sheet of attributes compared with the respondents of a project, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import ImportingError, Problem
from qualcode.exporting.csv_tables import unguard
from qualcode.i18n import _, collapsed, did_you_mean, folded, ngettext
from qualcode.importing.columns import is_called_like_an_id
from qualcode.importing.report import Table
from qualcode.importing.tables import problems_about, read_tables, sheet_with_data
from qualcode.model.case import ALL_GROUPS, Case

GROUP_HEADERS = ("group", "gruppe", "respondent group", "respondentgruppe")
_KEY, _IDENT = "respondent_key", "respondent"
_OWN_COLUMNS = (_KEY, _IDENT, "session", "source", "asked", "answered", "spoke", "words", "units")
"""What the program itself writes into respondents.csv; it is no attribute."""


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row that belongs to one respondent.

    Attributes:
        facts: what it says of them, blank cells left out.
        group: the group that it puts them in, "" for none.
    """

    case_id: int
    row: int
    facts: Mapping[str, str] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True, slots=True)
class SheetMatch:
    """How a sheet and the respondents fit together.

    Attributes:
        file: its name.
        ident: the column that names respondents.
        group: the column that holds their group, "" for none.
        place: the column that says in which session they spoke, where that tells equal labels apart; "" for none.
        columns: all columns, for another choice.
        attributes: the columns that become attributes.
        fixed: columns that are left out, because respondents answered them themselves.
        unmatched: names in the sheet that no respondent has, with their rows.
        doubled: names that stand in several rows, or that several respondents have, with their rows.
        without: how many respondents no row is about.
        problems: warnings of the reader.
    """

    file: str
    ident: str
    group: str
    columns: tuple[str, ...]
    attributes: tuple[str, ...]
    fixed: tuple[str, ...]
    matched: tuple[MatchedRow, ...]
    unmatched: tuple[tuple[str, int], ...]
    doubled: tuple[tuple[str, int], ...]
    without: int
    problems: tuple[Problem, ...] = ()
    place: str = ""

    @property
    def sentence(self) -> str:
        """The match in a sentence."""
        matched, unmatched, doubled = len(self.matched), len(self.unmatched), len(self.doubled)
        parts = [
            ngettext("{n} row fits a respondent", "{n} rows fit a respondent", matched).format(n=matched),
            ngettext("{n} fits nobody", "{n} fit nobody", unmatched).format(n=unmatched),
            ngettext("{n} is doubled", "{n} are doubled", doubled).format(n=doubled),
        ]
        return ", ".join(parts) + "."


def match_sheet(
    cases: Sequence[Case],
    path: Path,
    *,
    sheet: str | None = None,
    ident: str = "",
    group: str = "",
    fixed: Sequence[str] = (),
    places: Mapping[int, Collection[str]] = MappingProxyType({}),
) -> SheetMatch:
    """Compare a sheet with respondents; keys come before labels.

    A label that several have is doubled, unless a column says in which session they spoke.

    Args:
        cases: the respondents.
        path: a file that holds a table.
        sheet: of a workbook; the only one with data if None.
        ident: the column that names respondents; the one that fits most of them if "", never one of ages.
        group: the column that holds their group; one that is called so if "".
        fixed: attributes that must not be changed.
        places: sessions and documents in which respondents spoke, by their numbers.

    Raises:
        ImportingError: the file cannot be read, a column is not in it, or no column names respondents.
    """
    file = read_tables(path)
    table = sheet_with_data(file, sheet)
    finder = _Finder(cases, places)
    ident_column = _column(table, ident, path) if ident else _best_column(table, finder, path)
    group_column = _column(table, group, path) if group else _group_column(table, ident_column)
    place_column = _place_column(table, finder, ident_column)
    fixed_names = {folded(name) for name in fixed}
    own = {folded(name) for name in _OWN_COLUMNS}
    shown = [
        (at, name)
        for at, name in enumerate(table.header)
        if at not in (ident_column, group_column, place_column) and folded(name) not in own
    ]
    wanted = [(at, name) for at, name in shown if folded(name) not in fixed_names]
    fitting = [
        finder.all(row[ident_column], row[place_column] if place_column is not None else "") for row in table.rows
    ]
    owners = Counter(found[0] for found in fitting if len(found) == 1)
    matched: list[MatchedRow] = []
    unmatched: list[tuple[str, int]] = []
    doubled: list[tuple[str, int]] = []
    for row, number, found in zip(table.rows, table.row_numbers, fitting, strict=True):
        name = collapsed(row[ident_column])
        if not name:
            continue
        if not found:
            unmatched.append((name, number))
        elif len(found) > 1 or owners[found[0]] > 1:
            doubled.append((name, number))
        else:
            facts = {header: collapsed(row[at]) for at, header in wanted if row[at].strip()}
            into = collapsed(row[group_column]) if group_column is not None else ""
            matched.append(MatchedRow(found[0], number, facts, into if folded(into) != folded(ALL_GROUPS) else ""))
    return SheetMatch(
        file=path.name,
        ident=table.header[ident_column],
        group=table.header[group_column] if group_column is not None else "",
        columns=table.header,
        attributes=tuple(name for _at, name in wanted),
        fixed=tuple(name for _at, name in shown if folded(name) in fixed_names),
        matched=tuple(matched),
        unmatched=tuple(unmatched),
        doubled=tuple(doubled),
        without=len(cases) - len({each.case_id for each in matched}),
        problems=problems_about(file, table),
        place=table.header[place_column] if place_column is not None else "",
    )


class _Finder:
    """Finds respondents by key, else by label."""

    def __init__(self, cases: Sequence[Case], places: Mapping[int, Collection[str]]) -> None:
        self._keys = {folded(case.key): case.id for case in cases}
        self._places = {case.id: set(map(folded, (case.source, *places.get(case.id, ())))) for case in cases}
        self._idents: dict[str, list[int]] = defaultdict(list)
        for case in cases:
            self._idents[folded(case.ident)].append(case.id)

    def all(self, name: str, place: str = "") -> list[int]:
        """Everybody of that name; of several those who come from a place, if somebody does."""
        key = folded(unguard(name))
        if key in self._keys:
            return [self._keys[key]]
        found = self._idents.get(key, [])
        there = [each for each in found if folded(place) in self._places[each]] if place.strip() else []
        return there or found


def _column(table: Table, name: str, path: Path) -> int:
    names = [folded(each) for each in table.header]
    if folded(name) not in names:
        raise ImportingError(
            _("{file}: no column {name!r}.").format(file=path.name, name=name), hint=did_you_mean(name, table.header)
        )
    return names.index(folded(name))


def _best_column(table: Table, finder: _Finder, path: Path) -> int:
    """The first column in which most different names fit; one called like the program's own comes before all.

    Ages and years are easily ids of a survey too. So a column of numbers is taken only if it is the first or called
    like an id, and counts half beside one of names.
    """
    scores = [_score(table, at, finder) for at in range(len(table.header))]
    best = max(scores, default=0.0)
    if not best:
        raise ImportingError(
            _("{file}: no column names the respondents of this project.").format(file=path.name),
            hint=_(
                "One column must hold the ids or labels of the respondents, or their keys from respondents.csv; "
                "numbers in the first column, or in one called ID."
            ),
        )
    names = [folded(each) for each in table.header]
    for own in (_KEY, _IDENT):
        if own in names and scores[names.index(own)]:
            return names.index(own)
    return scores.index(best)


def _score(table: Table, at: int, finder: _Finder) -> float:
    cells = [row[at] for row in table.rows if row[at].strip()]
    fitting = {folded(cell) for cell in cells if finder.all(cell)}
    if not all(cell.strip().isdecimal() for cell in cells):
        return float(len(fitting))
    return len(fitting) / 2 if at == 0 or is_called_like_an_id(table.header[at]) else 0.0


def _group_column(table: Table, ident_column: int) -> int | None:
    names = [folded(each) for each in table.header]
    found = [names.index(each) for each in GROUP_HEADERS if each in names]
    return next((each for each in found if each != ident_column), None)


def _place_column(table: Table, finder: _Finder, ident_column: int) -> int | None:
    """The column that tells most respondents of equal names apart, by where they spoke; None if no column does."""
    shared = [row for row in table.rows if len(finder.all(row[ident_column])) > 1]
    apart = [sum(len(finder.all(row[ident_column], row[at])) == 1 for row in shared) for at in range(len(table.header))]
    best = max(apart, default=0)
    return apart.index(best) if best else None
