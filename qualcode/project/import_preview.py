"""What a file would give, before it is imported: its speakers, its columns, and what is to be decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.errors import Problem
from qualcode.i18n import _, collapsed, folded
from qualcode.importing.columns import ColumnProposal, Role
from qualcode.importing.inspect import HowToRead, Inspection, inspected
from qualcode.importing.readers import TABLE_READERS, TRANSCRIPT_READERS
from qualcode.importing.report import Outcome, Table, Transcript
from qualcode.model.document import DocumentKind
from qualcode.model.words import count_words

ENCODINGS = ("utf-8", "cp1252", "latin-1", "mac-roman", "cp865", "utf-16")
"""What a user can say of a text file whose letters are wrong."""

SEPARATORS = (";", ",", "\t", "|")
"""What a user can say of separated values whose columns are wrong."""

_TEXT_ENDINGS = frozenset((".txt", ".cha", ".sbv", ".md", ".vtt", ".srt", ".csv", ".tsv", ".html", ".htm"))
_DELIMITED_ENDINGS = frozenset((".csv", ".tsv"))
_N_SAMPLES = 3
_SAMPLE_LENGTH = 80
_FIRST_WORDS = 120
_N_HEAD_ROWS = 10
_FEW_LABELS = 2  # an interviewer and the one who is interviewed
_LETTERS_READ = 2_000_000  # bytes in which letters beyond ASCII are looked for


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label in one transcript.

    Attributes:
        label: as first written, white space collapsed; "" where the turns name nobody.
        key: the label as it is compared.
        first_words: the beginning of what is said first.
    """

    label: str
    key: str
    n_turns: int
    n_words: int
    first_words: str


@dataclass(slots=True)
class ColumnDraft:
    """A column of a survey, with the role that it gets.

    Attributes:
        proposed: the role that the column seems to have.
        reason: why, in a clause for the user.
        samples: a few cells, each on one line.
        minimum: of a scale, its lower end.
        maximum: of a scale, its upper end.
    """

    header: str
    role: Role
    proposed: Role
    reason: str
    samples: tuple[str, ...]
    n_filled: int
    minimum: float | None = None
    maximum: float | None = None


@dataclass(slots=True)
class FileDraft:
    """A file on its way into a study.

    Attributes:
        how: what the user said of how it is to be read.
        found: what `qualcode inspect` says of it, read that way.
        speakers: of a transcript, in the order of their first words.
        columns: of the chosen sheet of a survey, in its order.
        head_rows: number and cells of the first rows of the chosen sheet, one of which names the columns.
        kind: of a transcript.
        session: of a transcript; "" is the file.
        group_is: of a survey, the group of all its rows; "" for a column or none.
        is_settled: whether the user said that the reading is right as it is.
        sheets_before: those that it had when it was read otherwise: what cannot be read this way tells none.
    """

    path: Path
    how: HowToRead
    found: Inspection
    speakers: tuple[Speaker, ...] = ()
    columns: list[ColumnDraft] = field(default_factory=list)
    head_rows: tuple[tuple[int, str], ...] = ()
    kind: DocumentKind = DocumentKind.FOCUS_GROUP
    session: str = ""
    group_is: str = ""
    is_settled: bool = False
    sheets_before: Sequence[str] = ()
    _counted: tuple[str, str, Counter[str]] | None = None

    @property
    def is_transcript(self) -> bool:
        return self.found.transcript is not None

    @property
    def is_survey(self) -> bool:
        return self.found.kind == "survey" and bool(self.found.tables)

    @property
    def is_usable(self) -> bool:
        """Whether it can be imported as it is read now."""
        is_material = self.is_transcript or (self.is_survey and self.found.chosen is not None)
        return is_material and self.outcome in (Outcome.IMPORT, Outcome.WARN)

    @property
    def needs_sheet(self) -> bool:
        """Whether a sheet has to be chosen before anything else."""
        return self.is_survey and self.found.chosen is None

    @property
    def outcome(self) -> Outcome:
        """What an import would do; what was asked is settled once the user has answered."""
        outcome = self.found.outcome
        if self.found.kind in ("codings", "project", "codebook"):
            return Outcome.REFUSE
        if outcome is Outcome.ASK and self.is_settled and not self.needs_sheet:
            return Outcome.WARN
        return outcome

    @property
    def problems(self) -> Sequence[Problem]:
        """What is to be said of it, also why a file of another kind has no place here."""
        told = list(self.found.problems)
        if self.found.outcome is not Outcome.REFUSE and self.found.kind in ("codings", "project", "codebook"):
            told.append(Problem(self.path.name, *_elsewhere(self.found)))
        return told

    @property
    def sheets(self) -> Sequence[str]:
        """The sheets that hold something; separated values have none."""
        return self.found.sheets or self.sheets_before

    @property
    def has_encoding(self) -> bool:
        """Whether it can be read in one encoding or another."""
        return self.path.suffix.lower() in _TEXT_ENDINGS

    @property
    def has_separator(self) -> bool:
        return self.path.suffix.lower() in _DELIMITED_ENDINGS

    def columns_with(self, *roles: Role) -> list[ColumnDraft]:
        """The columns of these roles, in the order of the sheet."""
        return [column for column in self.columns if column.role in roles]

    def set_role(self, header: str, role: Role) -> None:
        """Give a column another role; the one that was id or group before is ignored then."""
        for column in self.columns:
            if column.header == header:
                column.role = role
            elif column.role is role and role in (Role.ID, Role.GROUP):
                column.role = Role.IGNORE
        if role is Role.GROUP:
            self.group_is = ""

    def group_values(self) -> Counter[str]:
        """Each spelling in the group column, and how many rows have it."""
        table, columns = self.found.chosen, self.columns_with(Role.GROUP)
        if self.group_is and table is not None:
            return Counter({collapsed(self.group_is): len(table.rows)})
        if table is None or not columns:
            return Counter()
        header = columns[0].header
        if self._counted is None or self._counted[:2] != (table.sheet, header):  # asked for after each decision
            position = table.header.index(header)
            found = Counter(row[position] for row in table.rows)
            counts: Counter[str] = Counter()
            for cell, n in found.items():
                if written := collapsed(cell):
                    counts[written] += n
            self._counted = (table.sheet, header, counts)
        return self._counted[2].copy()


def can_be_read(path: Path) -> bool:
    """Whether a file has the ending of a transcript or a survey."""
    return path.suffix.lower() in TRANSCRIPT_READERS or path.suffix.lower() in TABLE_READERS


def readable_endings() -> list[str]:
    """The endings of all transcripts and surveys that can be read."""
    return sorted({*TRANSCRIPT_READERS, *TABLE_READERS})


def preview_file(path: Path, how: HowToRead | None = None) -> FileDraft:
    """Read a file as an import would, and say what it would give; a file that cannot be used raises nothing.

    Args:
        path: any file.
        how: what the user says of how it is to be read; None to find all of it out.
    """
    how = how or HowToRead()
    found = inspected(path, how)
    draft = FileDraft(path, how, found)
    if found.transcript is not None:
        draft.speakers = _speakers(found.transcript)
        named = [each for each in draft.speakers if each.label]
        draft.kind = DocumentKind.INTERVIEW if 0 < len(named) <= _FEW_LABELS else DocumentKind.FOCUS_GROUP
    if found.kind == "survey" and found.chosen is not None:
        proposals = next(each for table, each in found.tables if table is found.chosen)
        draft.columns = [_column(found.chosen, number, each) for number, each in enumerate(proposals)]
        draft.head_rows = _head_rows(found.chosen, how.header_row)
    return draft


def read_again(draft: FileDraft, how: HowToRead) -> FileDraft:
    """The same file read another way; what the user decided about it is kept where it still fits."""
    again = preview_file(draft.path, how)
    again.kind, again.session, again.group_is = draft.kind, draft.session, draft.group_is
    again.sheets_before = draft.sheets
    answered = how.header_row != draft.how.header_row or how.separator != draft.how.separator
    again.is_settled = how.sheet == draft.how.sheet and (draft.is_settled or answered)  # a sheet has its own questions
    if how.sheet == draft.how.sheet and how.header_row != 1:
        again.head_rows = draft.head_rows or again.head_rows
    decided = {column.header: column for column in draft.columns if column.role is not column.proposed}
    for column in again.columns:
        if column.header in decided:
            again.set_role(column.header, decided[column.header].role)
    return again


def with_sheet(how: HowToRead, sheet: str) -> HowToRead:
    """Another sheet, whose header row is not that of the one before."""
    return replace(how, sheet=sheet, header_row=1)


def passage_with_letters(path: Path, encodings: Iterable[str]) -> dict[str, str]:
    """The same passage, one that holds letters beyond ASCII, as each encoding reads it; "" where there is none."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(_LETTERS_READ)
    except OSError:
        return dict.fromkeys(encodings, "")
    at = next((number for number, byte in enumerate(raw) if byte >= 0x80 and number > 2), None)
    is_wide = b"\0" in raw[:200]
    if at is None or is_wide:
        at = 40 if is_wide else None
    if at is None:
        return dict.fromkeys(encodings, "")
    start = max(0, at - 40) & ~1
    passage = raw[start : at + 60]
    found = {}
    for encoding in encodings:
        name = "utf-16-le" if encoding == "utf-16" and not raw.startswith(b"\xfe\xff") else encoding
        text = passage.decode("utf-16-be" if name == "utf-16" else name, errors="replace")
        found[encoding] = collapsed("".join(sign if sign.isprintable() else " " for sign in text.rstrip("\ufffd")))
    return found


def _speakers(transcript: Transcript) -> tuple[Speaker, ...]:
    said: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for speech in transcript.speeches:
        label = collapsed(speech.label or "")
        labels.setdefault(folded(label), label)
        said.setdefault(folded(label), []).append(speech.text)
    return tuple(
        Speaker(
            labels[key],
            key,
            len(texts),
            sum(count_words(text) for text in texts),
            _on_one_line(texts[0], _FIRST_WORDS),
        )
        for key, texts in said.items()
    )


def _column(table: Table, number: int, proposal: ColumnProposal) -> ColumnDraft:
    cells = dict.fromkeys(_on_one_line(row[number], _SAMPLE_LENGTH) for row in table.rows[:200] if row[number].strip())
    return ColumnDraft(
        proposal.header,
        proposal.role,
        proposal.role,
        proposal.reason,
        tuple(cells)[:_N_SAMPLES],
        proposal.n_filled,
        proposal.minimum,
        proposal.maximum,
    )


def _head_rows(table: Table, header_row: int) -> tuple[tuple[int, str], ...]:
    rows = [(header_row, table.header), *zip(table.row_numbers, table.rows, strict=True)][:_N_HEAD_ROWS]
    return tuple(
        (number, " · ".join(_on_one_line(cell, 30) for cell in cells if cell.strip())) for number, cells in rows
    )


def _on_one_line(text: str, longest: int) -> str:
    line = collapsed(text[: 4 * longest])
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _elsewhere(found: Inspection) -> tuple[str, str]:
    """Why a file of another kind is nothing to import here, and where it belongs."""
    kind = found.kind
    if found.project is not None:
        what = _("This is a project of another tool, or a part of one.")
        return what, _("Bring it into a project with: qualcode import PROJECT {file}").format(file=found.path.name)
    if kind == "codings":
        return _("This is a table of codings, not a survey."), _("Bring it in with: qualcode codings import.")
    if kind == "project":
        return _("This is a project, not material."), _("Open it from the first page.")
    return _("This is a codebook, not material."), _("Choose it where the codebook is asked for.")
