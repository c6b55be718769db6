"""Proposes what each column of a survey holds; the user decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.i18n import _, folded, ngettext
from qualcode.importing.report import KnownColumn, Table
from qualcode.model.words import is_answer

LARGEST_SCALE = 100  # a closed scale ends there at most
MOST_CATEGORIES = 12
MOST_GROUPS = 20
_ONCE_AT_MOST = 0.2  # of the values that are listed with commas, the share that only one cell has
_SENTENCE = 8  # words from which a line is no choice
_MOSTLY = 0.9  # share of cells that decides what a column is

_ID_WORDS = frozenset(
    "id respondent respondentid respondentnr respondentnummer respnr løpenr løpenummer lopenr nr nummer no "
    "deltaker deltakar deltakernr deltakerid participant participantid caseid case responseid recordid uuid "
    "guid svarid informant".split()
)
_GROUP_WORDS = frozenset(
    "rolle role gruppe group respondentgruppe stilling stillinga position yrke yrkesgruppe profesjon "
    "profession occupation funksjon faggruppe tittel stillingstittel jobtitle ansettelse".split()
)
_PRIVATE_WORDS = frozenset(
    "navn namn name fornavn etternavn epost mail email telefon telefonnummer phone mobil ip ipadresse "
    "ipaddress adresse address brukernavn username fødselsnummer".split()
)
_DATE_WORDS = frozenset(
    "dato date tidspunkt timestamp tidsstempel tidsmerke starttid sluttid startdate enddate recordeddate submitted "
    "created opprettet levert starttidspunkt fullføringstidspunkt".split()
)
_OF_SERVICES = frozenset(  # headers that survey services add, compared as a whole
    "progress;duration (in seconds);finished;distributionchannel;userlanguage;externalreference;externaldatareference;"
    "recipientfirstname;recipientlastname;recipientemail;locationlatitude;locationlongitude;ipaddress;"
    "$answer_time_ms;$forwarded_to_form;answer time (ms);svartid;svartid (ms);submission_reference;"
    "poengsum;total points;totalt antall poeng;quiz feedback;last modified time;tidspunkt for siste endring;"
    "statoverall;statoverall_1;statoverall_2;statoverall_3;statoverall_4;statoverall_5;stato_1;stato_2;stato_3;"
    "stato_4;stato_5;closetime;createdtime".split(";")
)
_CHOSEN_OR_NOT = frozenset(("0", "1", "ja", "nei", "yes", "no", "x", "true", "false"))
_ID_HEADERS = frozenset(
    "$submission_id;submission_id;submission id;svar-id;svar id;response id;responseid;respondent id;respid;"
    "respnokk".split(";")
)
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?"
    r"|\d{4}/\d{1,2}/\d{1,2}( \d{1,2}:\d{2}(:\d{2})?( [apAP]\.?[mM]\.?)?( [A-Z]{2,5}([+-]\d{1,2})?)?)?"
    r"|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}( (kl\.? )?\d{1,2}[:.]\d{2}([:.]\d{2})?( [AP]M)?)?"
)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
_RANGE = re.compile(r"(-?\d+)\s*(?:[-–—]|til|to)\s*(\d+)")
_CODE = re.compile(r"[A-Za-zÆØÅæøå]{0,6}[-_ ]?\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,30}|[A-Za-z0-9]*\d[A-Za-z0-9]*")


class Role(StrEnum):
    """What a column is for."""

    ID = "id"
    GROUP = "group"
    OPEN = "open"
    SCALE = "closed scale"
    CATEGORY = "closed category"
    MULTIPLE = "multiple choice"
    DATE = "date"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """The role that a column seems to have.

    Attributes:
        reason: a clause for the user, without respondents' words.
        n_filled: cells that are not blank.
        n_answers: of an open column, cells that answer; see `model.words.is_answer`.
        minimum: of a scale, its lower end; None for other roles.
        maximum: of a scale, its upper end.
    """

    header: str
    role: Role
    reason: str
    n_filled: int
    n_answers: int = 0
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    cells: Sequence[str]  # not blank, outer white space off
    n_rows: int
    index: int
    known: KnownColumn | None = None

    @property
    def words(self) -> set[str]:
        return _words(self.header)

    @property
    def n_distinct(self) -> int:
        return len({folded(cell) for cell in self.cells})

    def share(self, test: Callable[[str], object]) -> float:
        return sum(bool(test(cell)) for cell in self.cells) / len(self.cells)


def is_called_like_an_id(header: str) -> bool:
    """Whether a column is called as one that says who a row is about."""
    words = _words(header)
    return (bool(words & _ID_WORDS) and len(words) <= 3) or folded(header) in _ID_HEADERS


def _words(header: str) -> set[str]:
    return set(re.findall(r"\w+", folded(header).replace("-", "")))


def propose_roles(table: Table) -> tuple[ColumnProposal, ...]:
    """A role for each column; at most one is the id and one the group."""
    proposals: list[ColumnProposal] = []
    for index, header in enumerate(table.header):
        cells = [row[index].strip() for row in table.rows]
        column = _Column(header, [cell for cell in cells if cell], len(table.rows), index, table.known.get(header))
        taken = {proposal.role for proposal in proposals}
        proposals.append(_proposal(column, taken))
    return tuple(proposals)


def _proposal(column: _Column, taken: set[Role]) -> ColumnProposal:
    def as_role(role: Role, reason: str) -> ColumnProposal:
        return ColumnProposal(column.header, role, reason, len(column.cells))

    if not column.cells:
        return as_role(Role.IGNORE, _("blank in every row"))
    if Role.ID not in taken and _is_id(column):
        return as_role(Role.ID, _("a different short value in nearly every row"))
    if column.known is not None:
        return _known(column, column.known, taken)
    if column.words & _PRIVATE_WORDS and not column.header.rstrip().endswith("?") and not _says_chosen_or_not(column):
        return as_role(Role.IGNORE, _("the header speaks of names or addresses"))
    if column.share(_EMAIL.fullmatch) >= _MOSTLY:
        return as_role(Role.IGNORE, _("e-mail addresses"))
    if folded(column.header) in _OF_SERVICES:
        return as_role(Role.IGNORE, _("the survey service adds this column; it holds no answers"))
    if column.share(_DATE.fullmatch) >= _MOSTLY:
        return as_role(Role.DATE, _("dates in nearly all rows"))
    if _is_numbers(column):
        return _numbers(column)
    if Role.GROUP not in taken and _is_group(column):
        return as_role(Role.GROUP, _("the header speaks of a group, and few values recur"))
    if _is_multiple(column):
        return as_role(Role.MULTIPLE, _("lists of a few values that recur, with a semicolon or comma between them"))
    if _is_category(column):
        return as_role(Role.CATEGORY, _values(column.n_distinct))
    if any(letter.isalpha() for cell in column.cells for letter in cell):
        return _open(column)
    return as_role(Role.IGNORE, _("neither words nor numbers"))


def _values(n: int) -> str:
    return ngettext("{n} short value that recurs", "{n} short values that recur", n).format(n=n)


def _known(column: _Column, known: KnownColumn, taken: set[Role]) -> ColumnProposal:
    """The role of a column of which the file itself says something."""
    n_filled = len(column.cells)
    if known.minimum is not None:
        reason = _("the file has labels for the ends of its scale")
        ends = known.minimum, known.maximum
        return ColumnProposal(column.header, Role.SCALE, reason, n_filled, minimum=ends[0], maximum=ends[1])
    if known.is_multiple:
        return ColumnProposal(column.header, Role.MULTIPLE, _("the file says that several can be chosen"), n_filled)
    role = Role.GROUP if Role.GROUP not in taken and column.words & _GROUP_WORDS else Role.CATEGORY
    return ColumnProposal(column.header, role, _("the file has labels for its values"), n_filled)


def _says_chosen_or_not(column: _Column) -> bool:
    """Whether the cells only say whether something was chosen, or how much."""
    return all(folded(cell) in _CHOSEN_OR_NOT or (cell.isdecimal() and len(cell) < 3) for cell in column.cells)


def _is_id(column: _Column) -> bool:
    distinct = column.n_distinct / len(column.cells)
    short = max(len(cell) for cell in column.cells) <= 64
    if is_called_like_an_id(column.header):
        return distinct >= 0.8 and short
    complete = len(column.cells) == column.n_rows and column.n_rows > 1
    return column.index == 0 and complete and distinct == 1 and column.share(_CODE.fullmatch) == 1


def _is_group(column: _Column) -> bool:
    if not column.words & _GROUP_WORDS:
        return False
    few = column.n_distinct <= max(2, min(MOST_GROUPS, len(column.cells) // 2))
    return few and max(len(cell) for cell in column.cells) <= 60


def _is_numbers(column: _Column) -> bool:
    """Whether those who answer give numbers; "vet ikke" beside a scale is no answer."""
    n_numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in column.cells)
    n_others = sum(is_answer(cell) and not _NUMBER.fullmatch(cell) for cell in column.cells)
    return n_numbers >= max(1, len(column.cells) / 2) and n_numbers >= _MOSTLY * (n_numbers + n_others)


def _numbers(column: _Column) -> ColumnProposal:
    n_filled = len(column.cells)
    found = [_NUMBER.fullmatch(cell) for cell in column.cells]
    values = [float(each[0].replace("−", "-").replace(",", ".")) for each in found if each]
    named = _RANGE.search(column.header)
    if named and float(named[1]) <= min(values) and max(values) <= float(named[2]):
        reason = _("numbers within the range that the header names")
        return ColumnProposal(
            column.header, Role.SCALE, reason, n_filled, minimum=float(named[1]), maximum=float(named[2])
        )
    if column.words & _DATE_WORDS:
        return ColumnProposal(column.header, Role.DATE, _("the header speaks of a date"), n_filled)
    if set(values) <= {0.0, 1.0} and len(values) > 1:
        reason = _("0 or 1: chosen or not")
        return ColumnProposal(column.header, Role.CATEGORY, reason, n_filled)
    whole = all(value.is_integer() for value in values)
    if whole and min(values) >= 0 and max(values) <= LARGEST_SCALE and (max(values) <= 10 or len(set(values)) <= 11):
        reason = _("whole numbers from {low:g} to {high:g}").format(low=min(values), high=max(values))
        return ColumnProposal(column.header, Role.SCALE, reason, n_filled, minimum=min(values), maximum=max(values))
    return ColumnProposal(column.header, Role.IGNORE, _("numbers that are no scale"), n_filled)


def _is_multiple(column: _Column) -> bool:
    lines = [line for cell in column.cells for line in cell.split("\n")]
    may_be_lines = max(len(line.split()) for line in lines) < _SENTENCE
    return (
        _lists_of(column, ";", 2)
        or _lists_of(column, ", ", 3)
        or _lists_of(column, "|", 2)
        or (may_be_lines and _lists_of(column, "\n", 2))
    )


def _lists_of(column: _Column, separator: str, least: int) -> bool:
    """Whether cells list a few values, each of which occurs `least` times on average."""
    lists = [
        [part.strip() for part in cell.split(separator) if part.strip()]
        for cell in column.cells
        if "\n" not in cell or separator == "\n"
    ]
    if separator == ", " and any(cell.rstrip().endswith((".", "!", "?")) for cell in column.cells):
        return False
    if sum(len(parts) > 1 for parts in lists) < 2 or len(lists) < len(column.cells):
        return False
    counts = Counter(folded(part) for parts in lists for part in parts)
    n_once = sum(n == 1 for n in counts.values())
    if separator == ", " and n_once > _ONCE_AT_MOST * len(counts):  # "time, money" in people's own words
        return False
    return len(counts) <= MOST_CATEGORIES and sum(counts.values()) >= least * len(counts)


def _is_category(column: _Column) -> bool:
    counts = Counter(folded(cell) for cell in column.cells)
    n_words = max(len(cell.split()) for cell in column.cells)
    recurring = sum(n for n in counts.values() if n > 1) / len(column.cells)
    if len(counts) > MOST_CATEGORIES or n_words > 10 or any("\n" in cell for cell in column.cells):
        return False
    if column.header.rstrip().endswith("?") and not all(counts[each] > 1 for each in counts):
        return False  # an open question that is mostly answered with "no"
    return recurring >= 0.8 and len(column.cells) >= 2 * len(counts)


def _open(column: _Column) -> ColumnProposal:
    n_answers = sum(is_answer(cell) for cell in column.cells)
    return ColumnProposal(
        column.header, Role.OPEN, _("different texts in most rows"), len(column.cells), n_answers=n_answers
    )
