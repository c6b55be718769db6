"""Code books of a survey, as Nettskjema and others export them: what each column asks, and what its codes mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, collapsed, folded
from qualcode.importing.report import KnownColumn
from qualcode.importing.sheets import RawSheet, RawTableFile

_SHEETS = frozenset(("kodebok", "codebook", "code book", "kodeliste"))
_STEMS = ("{}_kodebok", "{}-kodebok", "{} kodebok", "{}_codebook", "{}-codebook", "kodebok_{}", "codebook_{}")
_ENDINGS = (".csv", ".xlsx", ".tsv")
_COLUMNS = frozenset(
    "variabel;variabelnavn;variabelnamn;variable;variable name;variablename;variable_name;kolonne;column;feltnavn;"
    "elementkode;element_code;element code;spørsmålskode;question code;question_code;questioncode".split(";")
)
_QUESTIONS = frozenset(
    "spørsmål;spørsmålstekst;question;questiontext;question text;question_text;elementtekst;element_text;"
    "element text;variable label;variabelbeskrivelse".split(";")
)
_CODES = frozenset(
    "svarkode;verdi;value;kode;code;answer code;answer_code;answercode;option_code;option code;svarverdi".split(";")
)
_ANSWERS = frozenset(
    "svaralternativ;svartekst;svar;etikett;alternativ;label;answer;answer text;answer_text;option_text;option text;"
    "value label".split(";")
)
_LEAST_SHARED = 2  # columns of the survey that its code book knows


@dataclass(slots=True)
class _CodeBook:
    questions: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


def with_code_book(path: Path, raw: RawTableFile, read: Callable[[Path], RawTableFile]) -> RawTableFile:
    """A survey with its questions as headers and its answers in place of codes, where a code book explains them.

    The code book is a sheet of that name, or a file beside it with the same name and "kodebok" or "codebook" in it.
    """
    inside = [sheet for sheet in raw.sheets if folded(sheet.name) in _SHEETS]
    others = tuple(sheet for sheet in raw.sheets if sheet not in inside)
    if inside and others:
        return _explained(path.name, replace(raw, sheets=others), inside[0], inside[0].name) or raw
    beside = code_book_beside(path)
    if beside is None:
        return raw
    try:
        sheets = read(beside).sheets if beside.suffix == path.suffix else ()
    except ImportingError as error:
        what = _("The file beside it that explains its columns cannot be read; codes stand as they are.")
        return replace(raw, problems=(*raw.problems, Problem(path.name, what, error.message, "warning")))
    return (_explained(path.name, raw, sheets[0], beside.name) if sheets else None) or raw


def code_book_beside(path: Path) -> Path | None:
    """The code book in the folder of a survey, if there is one."""
    for form in _STEMS:
        found = path.with_name(form.format(path.stem) + path.suffix)
        try:
            if path.suffix in _ENDINGS and found.is_file():
                return found
        except OSError:
            return None
    return None


def _explained(file: str, raw: RawTableFile, sheet: RawSheet, source: str) -> RawTableFile | None:
    book = _code_book(sheet)
    sheets = [_with_answers(each, book) for each in raw.sheets]
    if all(after is None for after in sheets):
        return None
    what = _("Questions and answers in place of codes were taken from the code book {source}.").format(source=source)
    problem = Problem(file, what, _("Columns are named after their questions."), "warning")
    explained = tuple(after or before for before, after in zip(raw.sheets, sheets, strict=True))
    return replace(raw, sheets=explained, problems=(*raw.problems, problem))


def _code_book(sheet: RawSheet) -> _CodeBook:
    book = _CodeBook()
    if not sheet.records:
        return book
    header = [folded(cell) for cell in sheet.records[0]]
    variable, question, code, answer = (
        next((number for number, name in enumerate(header) if name in names), None)
        for names in (_COLUMNS, _QUESTIONS, _CODES, _ANSWERS)
    )
    if variable is None:
        return book
    name = ""
    for record in sheet.records[1:]:
        name = _cell(record, variable) or name  # it stands in the first row of its answers only
        if not name:
            continue
        if _cell(record, question):
            book.questions.setdefault(name, collapsed(_cell(record, question)))
        if _cell(record, code) and _cell(record, answer):
            book.answers.setdefault(name, {})[_cell(record, code)] = _cell(record, answer)
    return book


def _cell(record: Sequence[str], column: int | None) -> str:
    return record[column].strip() if column is not None and column < len(record) else ""


def _with_answers(sheet: RawSheet, book: _CodeBook) -> RawSheet | None:
    """The sheet in words; None if the code book is about another one."""
    if not sheet.records:
        return None
    names = [cell.strip() for cell in sheet.records[0]]
    shared = [name for name in names if name in book.questions or name in book.answers]
    if len(shared) < _LEAST_SHARED:
        return None
    header = tuple(book.questions.get(name) or cell for name, cell in zip(names, sheet.records[0], strict=True))
    answers: Mapping[int, dict[str, str]] = {
        column: book.answers[name] for column, name in enumerate(names) if name in book.answers
    }
    rows = [
        tuple(
            answers[column].get(cell.strip(), cell) if column in answers else cell for column, cell in enumerate(record)
        )
        for record in sheet.records[1:]
    ]
    return replace(sheet, records=[header, *rows], known={column: KnownColumn() for column in answers})
