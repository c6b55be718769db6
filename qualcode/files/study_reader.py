"""A study out of a YAML tree, with all that is wrong in it."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path

from qualcode.files.findings import Findings
from qualcode.files.study import ClosedQuestion, DocumentSource, Study, SurveySource
from qualcode.files.study_paths import located
from qualcode.files.yaml_reader import Reader
from qualcode.files.yaml_tree import Kind, Node
from qualcode.i18n import _, collapsed, folded
from qualcode.model.case import ALL_GROUPS
from qualcode.model.codebook import LANGUAGES
from qualcode.model.document import DocumentKind
from qualcode.model.segment import Unit
from qualcode.model.words import NOT_AN_ANSWER

STUDY_KEYS = ("title", "codebook", "documents", "surveys", "groups", "not_an_answer", "analysis")
DOCUMENT_KEYS = ("files", "kind", "session", "same_people", "encoding", "speakers", "same_speaker")
SURVEY_KEYS = (
    "file",
    "files",
    "sheet",
    "header_row",
    "encoding",
    "separator",
    "respondent",
    "group",
    "group_is",
    "open",
    "closed",
)
CLOSED_KEYS = ("column", "kind", "min", "max")
CLOSED_KINDS = ("scale", "category", "multiple")
ANALYSIS_KEYS = ("language", "unit", "small_cell")

_DOCUMENT_KINDS = tuple(kind.value for kind in DocumentKind if kind is not DocumentKind.ANSWER)


def study_from(root: Node, path: Path, findings: Findings) -> Study:
    """The study that a tree describes; where the findings hold errors, only as far as it could be read.

    Args:
        root: the tree of the study file.
        path: the study file, to which other paths are relative.
        findings: collects what is wrong.
    """
    return _StudyReader(path, findings).study(root)


class _StudyReader(Reader):
    def __init__(self, path: Path, findings: Findings) -> None:
        super().__init__(findings)
        self._path = path
        self._folder = path.absolute().parent
        self._lines_of_files: dict[tuple[Path, str], int] = {}

    def study(self, root: Node) -> Study:
        parts = self.entries(root, STUDY_KEYS, ("title", "codebook"), _("A study file"))
        if "documents" not in parts and "surveys" not in parts:
            self.findings.add(
                root.line, _("The study has neither 'documents' nor 'surveys'."), _("Name at least one file.")
            )
        codebook = self._files(parts.get("codebook"), "codebook")
        if len(codebook) > 1:
            self.findings.add(parts["codebook"].line, _("'codebook' must be one file."))
        documents = self.items(parts.get("documents"), "documents", example="[{files: ...}]")
        surveys = self.items(parts.get("surveys"), "surveys", example="[{file: ..., open: [...]}]")
        self._check_not_empty(parts, "documents", "surveys")
        analysis = parts.get("analysis")
        settings = self.entries(analysis, ANALYSIS_KEYS, (), "'analysis'") if analysis else {}
        small_cell = self.whole(settings.get("small_cell"), "small_cell", least=0)
        return Study(
            path=self._path,
            title=self.name(parts.get("title"), "title") or "",
            codebook=codebook[0] if codebook else Path(),
            documents=tuple(self._document_source(each) for each in documents),
            surveys=tuple(self._survey_source(each) for each in surveys),
            groups=self._groups(parts.get("groups")),
            not_an_answer=(
                tuple(self.names(parts["not_an_answer"], "not_an_answer"))
                if "not_an_answer" in parts
                else NOT_AN_ANSWER
            ),
            language=self.one_of(settings.get("language"), "language", LANGUAGES) or "nb",
            unit=self.choice(settings.get("unit"), "unit", Unit) or Unit.SEGMENT,
            small_cell=Study.small_cell if small_cell is None else small_cell,
        )

    def _check_not_empty(self, parts: Mapping[str, Node], *keys: str) -> None:
        for key in keys:
            if key in parts and parts[key].kind is Kind.LIST and not parts[key].items:
                self.findings.add(parts[key].line, _("{key!r} is empty.").format(key=key))

    # --- files

    def _files(self, node: Node | None, key: str) -> tuple[Path, ...]:
        """The files that a path, a pattern or a list of them stands for."""
        if node is None:
            return ()
        if node.kind is Kind.LIST and not node.items:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key))
        found: list[Path] = []
        for item in node.items if node.kind is Kind.LIST else [node]:
            written = self.text(item, key)
            if written is not None:
                found += located(self._folder, written, item.line, self.findings)
        return tuple(dict.fromkeys(found))

    def _check_named_once(self, files: tuple[Path, ...], line: int, sheet: str = "") -> None:
        for file in files:
            first = self._lines_of_files.setdefault((file, folded(sheet)), line)
            if first != line:
                self.findings.add(
                    line,
                    _("The file {file!r} is named here a second time (first on line {line}).").format(
                        file=file.name, line=first
                    ),
                    _("Name each file once, or it is counted twice."),
                )

    def _encoding(self, node: Node | None) -> str | None:
        encoding = self.text(node, "encoding")
        if node is None or encoding is None:
            return None
        try:
            codecs.lookup(encoding)
            "".encode(encoding)  # refuses those that are no encodings of text
        except (LookupError, ValueError):
            self.findings.add(
                node.line,
                _("There is no encoding {encoding!r}.").format(encoding=encoding),
                _("Write utf-8, cp1252 or utf-16, or leave it out."),
            )
        return encoding

    # --- documents

    def _document_source(self, node: Node) -> DocumentSource:
        parts = self.entries(node, DOCUMENT_KEYS, ("files",), _("An entry of 'documents'"))
        files = self._files(parts.get("files"), "files")
        self._check_named_once(files, node.line)
        return DocumentSource(
            files=files,
            kind=DocumentKind(self.one_of(parts.get("kind"), "kind", _DOCUMENT_KINDS) or DocumentKind.FOCUS_GROUP),
            session=self.name(parts.get("session"), "session") or "",
            same_people=self.flag(parts.get("same_people"), "same_people") or False,
            encoding=self._encoding(parts.get("encoding")),
            speakers=self._speakers(parts.get("speakers")),
            line=node.line,
            same_speaker=self._same_speaker(parts.get("same_speaker")),
        )

    def _same_speaker(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        """Spellings by the name that counts; each stands under one name."""
        if node is None or not self.is_mapping(node, "'same_speaker'"):
            return {}
        entries = [(label, collapsed(label.text), value) for label, value in self.unique_entries(node)]
        lines: dict[str, int] = {}
        for label, name, _value in entries:
            self._is_new_label(label.line, name, lines)
        found: dict[str, tuple[str, ...]] = {}
        for _label, name, value in entries:
            spellings = []
            for item in value.items if value.kind is Kind.LIST else [value]:
                spelling = self.name(item, name)
                if spelling is None or folded(spelling) == folded(name):  # compared without case anyway
                    continue
                if self._is_new_label(item.line, spelling, lines):
                    spellings.append(spelling)
            found[name] = tuple(spellings)
        return found

    def _is_new_label(self, line: int, label: str, lines: dict[str, int]) -> bool:
        """Whether a label stands for the first time; else it is told."""
        if folded(label) not in lines:
            lines[folded(label)] = line
            return True
        self.findings.add(
            line,
            _("The label {label!r} stands here a second time (first on line {line}).").format(
                label=label, line=lines[folded(label)]
            ),
            _("Labels are compared without case."),
        )
        return False

    def _speakers(self, node: Node | None) -> dict[str, str]:
        if node is None or not self.is_mapping(node, "'speakers'"):
            return {}
        found: dict[str, str] = {}
        lines: dict[str, int] = {}
        for label, value in self.unique_entries(node):
            name, group = collapsed(label.text), self.name(value, label.text)
            if self._is_new_label(label.line, name, lines) and group is not None:
                found[name] = group
                self._check_group(group, value.line)
        return found

    # --- surveys

    def _survey_source(self, node: Node) -> SurveySource:
        parts = self.entries(node, SURVEY_KEYS, ("open",), _("An entry of 'surveys'"))
        self._check_either(node, parts, "file", "files", needed=True)
        self._check_either(node, parts, "group", "group_is", needed=False)
        self._check_not_empty(parts, "open")
        key = "file" if "file" in parts else "files"
        files = self._files(parts.get(key), key)
        if key == "file" and len(files) > 1:
            self.findings.add(parts[key].line, _("'file' must be one file."), _("Write 'files' for several."))
        sheet = self.name(parts.get("sheet"), "sheet")
        self._check_named_once(files, node.line, sheet or "")
        columns = _Columns(self)
        group_is = self.name(parts.get("group_is"), "group_is")
        if group_is is not None:
            self._check_group(group_is, parts["group_is"].line)
        return SurveySource(
            files=files,
            sheet=sheet,
            header_row=self.whole(parts.get("header_row"), "header_row", least=1) or 1,
            encoding=self._encoding(parts.get("encoding")),
            separator=self._separator(parts.get("separator")),
            respondent=columns.named(parts.get("respondent"), "respondent"),
            group=columns.named(parts.get("group"), "group"),
            group_is=group_is,
            open=tuple(
                column
                for item in self.items(parts.get("open"), "open")
                if (column := columns.asked(item, "open")) is not None
            ),
            closed=tuple(
                question
                for item in self.items(parts.get("closed"), "closed", example="[{column: ..., kind: ...}]")
                if (question := self._closed(item, columns)) is not None
            ),
            line=node.line,
            column_lines=columns.lines,
        )

    def _check_either(self, node: Node, parts: Mapping[str, Node], one: str, other: str, *, needed: bool) -> None:
        if node.kind is not Kind.MAPPING:
            return
        if one in parts and other in parts:
            self.findings.add(
                parts[other].line, _("{one!r} and {other!r} exclude each other.").format(one=one, other=other)
            )
        elif needed and one not in parts and other not in parts:
            self.findings.add(node.line, _("{one!r} or {other!r} is missing.").format(one=one, other=other))

    def _separator(self, node: Node | None) -> str | None:
        if node is None:
            return None
        separator = {"tab": "\t", "\\t": "\t"}.get(node.text, node.text)
        if node.kind in (Kind.LIST, Kind.MAPPING) or len(separator) != 1:
            self.findings.add(node.line, _("'separator' must be one character."), _('Write ";", "," or "\\t".'))
            return None
        return separator

    def _closed(self, node: Node, columns: _Columns) -> ClosedQuestion | None:
        parts = self.entries(node, CLOSED_KEYS, ("column", "kind"), _("An entry of 'closed'"))
        column = columns.asked(parts.get("column"), "column")
        kind = self.one_of(parts.get("kind"), "kind", CLOSED_KINDS)
        least, most = self.number(parts.get("min"), "min"), self.number(parts.get("max"), "max")
        if least is not None and most is not None and least >= most:
            self.findings.add(parts["min"].line, _("'min' must be smaller than 'max'."))
        for key in ("min", "max"):
            if key in parts and kind in ("category", "multiple"):
                self.findings.add(parts[key].line, _("{key!r} has a meaning only for kind: scale.").format(key=key))
        return None if column is None or kind is None else ClosedQuestion(column, kind, least, most)

    # --- groups

    def _groups(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        if node is None or not self.is_mapping(node, "'groups'"):
            return {}
        found: dict[str, tuple[str, ...]] = {}
        owners: dict[str, str] = {}
        entries = [(collapsed(name.text), name, value) for name, value in self.unique_entries(node)]
        for group, name, _value in entries:
            self._check_group(group, name.line)
            self._claim(group, group, name.line, owners)
        for group, name, value in entries:
            spellings = []
            for item in () if value.kind is Kind.NOTHING else self.items(value, name.text):
                spelling = self.name(item, name.text)
                if spelling is not None:
                    self._claim(spelling, group, item.line, owners)
                    spellings.append(spelling)
            found[group] = tuple(spellings)
        return found

    def _claim(self, spelling: str, group: str, line: int, owners: dict[str, str]) -> None:
        owner = owners.setdefault(folded(spelling), group)
        if owner != group:
            self.findings.add(
                line,
                _("The spelling {spelling!r} stands under two groups, {first!r} and {second!r}.").format(
                    spelling=spelling, first=owner, second=group
                ),
                _("A spelling can mean one group only; capitals and white space make no difference."),
            )

    def _check_group(self, group: str, line: int) -> None:
        if folded(group) == ALL_GROUPS:
            self.findings.add(
                line,
                _("No group can be called {name}.").format(name=ALL_GROUPS),
                _("Tables use the name for all groups."),
            )


class _Columns:
    """The columns that a survey names, with their lines; a question stands once."""

    def __init__(self, reader: Reader) -> None:
        self.lines: dict[str, int] = {}
        self._reader = reader
        self._asked: dict[str, int] = {}

    def named(self, node: Node | None, key: str) -> str | None:
        column = self._reader.name(node, key)
        if node is not None and column is not None:
            self.lines.setdefault(column, node.line)
        return column

    def asked(self, node: Node | None, key: str) -> str | None:
        column = self.named(node, key)
        if node is not None and column is not None and column in self._asked:
            self._reader.findings.add(
                node.line,
                _("The column {column!r} is named a second time (first on line {line}).").format(
                    column=column, line=self._asked[column]
                ),
                _("Name each question once, under 'open' or under 'closed'."),
            )
            return None
        if node is not None and column is not None:
            self._asked[column] = node.line
        return column
