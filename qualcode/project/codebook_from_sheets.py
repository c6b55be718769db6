"""Sheets of a workbook become the tree that a YAML file of the same codebook gives, with sheet and row for lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.files.code_keys import key_from
from qualcode.files.yaml_tree import MAX_DEPTH, Kind, Node, parse
from qualcode.i18n import _, did_you_mean, folded
from qualcode.importing.report import Table, TableFile
from qualcode.model.codebook import LANGUAGES
from qualcode.project.codebook_cells import NEARLY_FULL, list_of_cell, terms_of_cell, text_of_cell
from qualcode.project.codebook_sheets import (
    ABOUT,
    CODE_COLUMNS,
    CODEBOOK,
    CODES,
    CONCEPTS,
    LISTS,
    RULES,
    WORDINGS,
    WORDS,
    with_languages,
)
from qualcode.project.sheet_rows import CellFindings, SheetFindings, SheetRow, rows_of


def tree_of(file: TableFile, stem: str, findings: SheetFindings) -> Node | None:
    """The tree that the sheets describe, as a YAML file of the same content would give it.

    Args:
        file: the workbook's tables.
        stem: the file's name without ending, which the codebook is called by where no sheet says its key.
        findings: takes what is wrong, with sheet and row.

    Returns:
        None where there is no sheet of codes with keys.
    """
    sheets = _Sheets(file, findings)
    codes = sheets.codes()
    if codes is None:
        return None
    root = sheets.about(stem)
    concepts = sheets.concepts()
    if concepts is not None:
        root.entries.append((_text("concepts", 0), concepts))
    root.entries.append((_text("codes", codes.line), codes))
    return root


@dataclass(slots=True)
class _CodeRow:
    row: SheetRow
    key: str
    parent: str
    node: Node


class _Sheets:
    """Reads the sheets of one workbook."""

    def __init__(self, file: TableFile, findings: SheetFindings) -> None:
        self._file = file
        self._findings = findings

    # codes

    def codes(self) -> Node | None:
        table = self._sheet(CODES)
        if table is None:
            names = [each.sheet for each in self._file.tables]
            self._findings.add(
                0,
                _("The workbook has no sheet {sheet!r}.").format(sheet=CODES),
                did_you_mean(CODES, names),
            )
            return None
        top = Node(Kind.LIST, 0, 0, self._findings.place(table.sheet))
        if not self._has_columns(table, ("key",), CODE_COLUMNS):
            return None
        by_key = self._code_rows(table)
        self._take_rules(by_key)
        self._plant(top, by_key)
        return top

    def _code_rows(self, table: Table) -> dict[str, _CodeRow]:
        by_key: dict[str, _CodeRow] = {}
        for row in rows_of(table):
            key = row.cells.get("key", "")
            if not key:
                self._add(row, "key", _("The code has no key."), _("Write small letters a to z, digits and '_'."))
            elif key in by_key:
                self._add(
                    row,
                    "key",
                    _("The key {key!r} stands here a second time (first in row {row}).").format(
                        key=key, row=by_key[key].row.number
                    ),
                    _("Each code needs a key of its own."),
                )
            else:
                by_key[key] = _CodeRow(row, key, row.cells.get("parent", ""), self._code(row, key))
        return by_key

    def _code(self, row: SheetRow, key: str) -> Node:
        node = Node(Kind.MAPPING, 0, 0, self._findings.place(row.sheet, row.number))
        for part in ("key", *WORDS):
            if part in row.cells:
                _put(node, part, _text(row.cells[part], self._at(row, part)))
        for part in WORDINGS:
            wording = self._wording(row, part)
            if wording is not None:
                _put(node, part, wording)
            elif part == "name":
                self._add(row, "name", _("The code {key!r} has no name.").format(key=key))
                _put(node, "name", _text(key, node.line))
        for part in LISTS:
            if part in row.cells:
                _put(node, part, _texts(list_of_cell(row.cells[part]), self._at(row, part)))
        rules = Node(Kind.LIST, 0, 0, node.line)
        if "rules" in row.cells:
            rules.items = self._rules(row, "rules")
        _put(node, "rules", rules)
        return node

    def _wording(self, row: SheetRow, part: str) -> Node | None:
        found = [
            (language, row.cells[f"{part} {language}"]) for language in LANGUAGES if f"{part} {language}" in row.cells
        ]
        plain = row.cells.get(part)
        if plain is not None and found:
            columns = " / ".join((part, f"{part} {found[0][0]}"))
            self._add(
                row,
                part,
                _("There is a text for all languages and one for a single language ({columns}).").format(
                    columns=columns
                ),
                _("Clear one of the cells."),
            )
        if plain is not None:
            return _text(text_of_cell(plain), self._at(row, part))
        if not found:
            return None
        node = Node(Kind.MAPPING, 0, 0, self._at(row, f"{part} {found[0][0]}"))
        for language, text in found:
            _put(node, language, _text(text_of_cell(text), self._at(row, f"{part} {language}")))
        return node

    # the tree

    def _plant(self, top: Node, by_key: dict[str, _CodeRow]) -> None:
        below: dict[str, list[_CodeRow]] = {}
        for code in by_key.values():
            if code.parent and code.parent not in by_key:
                hint = did_you_mean(code.parent, by_key)
                self._add(code.row, "parent", _("There is no code {key!r}.").format(key=code.parent), hint)
                code.parent = ""
            below.setdefault(code.parent, []).append(code)
        waiting = [(top, 0, code) for code in reversed(below.get("", []))]
        planted = set()
        while waiting:
            node, depth, code = waiting.pop()
            planted.add(code.key)
            node.items.append(code.node)
            self._check_depth(code, depth)
            if code.key not in below:
                continue
            if depth >= MAX_DEPTH // 2:
                self._add(code.row, "parent", _("The codes stand too deep in one another."))
                planted.update(by_key)
                continue
            inner = Node(Kind.LIST, 0, 0, code.node.line)
            _put(code.node, "codes", inner)
            waiting += [(inner, depth + 1, each) for each in reversed(below[code.key])]
        for key in by_key.keys() - planted:
            self._add(
                by_key[key].row,
                "parent",
                _("The code {key!r} stands below itself.").format(key=key),
                _("Leave 'parent' blank for a theme."),
            )

    def _check_depth(self, code: _CodeRow, depth: int) -> None:
        written = code.row.cells.get("depth", str(depth))
        if written != str(depth):
            self._add(
                code.row,
                "depth",
                _("The depth is given as {written}, but by its parent the code stands at {depth}.").format(
                    written=written, depth=depth
                ),
                _("The parent counts."),
                severity="warning",
            )

    # rules

    def _take_rules(self, by_key: dict[str, _CodeRow]) -> None:
        table = self._sheet(RULES)
        if table is None or not self._has_columns(table, ("code", "rule")):
            return
        for row in _whole_rules(rows_of(table)):
            key = row.cells.get("code", "")
            if key not in by_key:
                what = _("There is no code {key!r}.").format(key=key) if key else _("The rule has no code.")
                self._add(row, "code", what, did_you_mean(key, by_key) if key else "")
            if "rule" not in row.cells:
                self._add(row, "rule", _("The rule is empty."))
                continue
            rules = self._rules(row, "rule")
            if key in by_key:
                entry = by_key[key].node.entry("rules")
                if entry is not None:
                    entry[1].items += rules

    def _rules(self, row: SheetRow, column: str) -> list[Node]:
        """The rules that a cell holds: one, or a list of them."""
        cell = row.cells[column]
        findings = CellFindings(self._findings, row, column)
        # A YAML key may be a mapping or a list itself; so the cell becomes a mapping's key, and keeps its lines.
        root = parse("? " + cell.replace("\n", "\n  ") + "\n", findings)
        if root is None:
            return []
        found = root.entries[0][0]
        rules = found.items if found.kind is Kind.LIST else [found]
        several = "\n" in cell
        for rule in rules:
            self._settle(rule, row, column, several)
        return rules

    def _settle(self, node: Node, row: SheetRow, column: str, several_lines: bool) -> None:
        """Give the parts of a rule their places in the workbook."""
        node.line = self._findings.place(row.sheet, row.number, column, node.line if several_lines else 0)
        for item in node.items:
            self._settle(item, row, column, several_lines)
        seen: set[str] = set()
        kept = []
        for key, value in node.entries:
            self._settle(key, row, column, several_lines)
            self._settle(value, row, column, several_lines)
            if key.text in seen:
                self._findings.add(
                    key.line, _("The rule has {key!r} twice.").format(key=key.text), _("Delete one of them.")
                )
            else:
                kept.append((key, value))
            seen.add(key.text)
        node.entries = kept

    # concepts, and what the codebook is called

    def concepts(self) -> Node | None:
        table = self._sheet(CONCEPTS)
        if table is None or not self._has_columns(table, ("concept", "terms")):
            return None
        node = Node(Kind.MAPPING, 0, 0, self._findings.place(table.sheet))
        first: dict[str, int] = {}
        for row in rows_of(table):
            name = row.cells.get("concept", "")
            if not name:
                self._add(row, "concept", _("The concept has no name."))
            elif name in first:
                self._add(
                    row,
                    "concept",
                    _("The concept {name!r} stands here a second time (first in row {row}).").format(
                        name=name, row=first[name]
                    ),
                    _("Put their terms into one row."),
                )
            else:
                first[name] = row.number
                terms = _texts(terms_of_cell(row.cells.get("terms", "")), self._at(row, "terms"))
                node.entries.append((_text(name, self._at(row, "concept")), terms))
        return node

    def about(self, stem: str) -> Node:
        root = Node(Kind.MAPPING, 0, 0, 0)
        given: dict[str, tuple[str, int]] = {}
        table = self._sheet(CODEBOOK)
        if table is not None and self._has_columns(table, ("field", "value")):
            known = (*ABOUT, *with_languages("title")[1:])
            for row in rows_of(table):
                name = row.cells.get("field", "").casefold()
                if name not in known:
                    self._add(row, "field", _("Unknown key {key!r}.").format(key=name), did_you_mean(name, known))
                elif name in given:
                    self._add(row, "field", _("{key!r} stands here a second time.").format(key=name))
                elif "value" in row.cells:
                    given[name] = text_of_cell(row.cells["value"]), self._at(row, "value")
        if "key" not in given:
            key = key_from(stem) or "codebook"
            self._findings.warn(
                0,
                _("The workbook doesn't say the codebook's key; it is called {key!r} after the file.").format(key=key),
                _("Give it a sheet {sheet!r} with the columns 'field' and 'value'.").format(sheet=CODEBOOK),
            )
            given["key"] = key, 0
        title = Node(Kind.MAPPING, 0, 0, 0)
        for name, (text, line) in given.items():
            part, _blank, language = name.partition(" ")
            if language:
                title.line = title.line or line
                _put(title, language, _text(text, line))
            else:
                _put(root, part, _text(text, line))
        if title.entries and "title" in given:
            self._findings.add(
                title.line, _("There is a title for all languages and one for a single language."), _("Delete one.")
            )
        elif title.entries:
            _put(root, "title", title)
        return root

    # sheets

    def _sheet(self, name: str) -> Table | None:
        """The sheet of that name; None if there is none, or it is blank."""
        found = (table for table in self._file.tables if folded(table.sheet) == folded(name) and table.header)
        return next(found, None)

    def _has_columns(self, table: Table, required: Sequence[str], known: Sequence[str] = ()) -> bool:
        known = known or required
        names = [folded(name) for name in table.header]
        line = self._findings.place(table.sheet)
        lacking = [name for name in required if name not in names]
        for name in lacking:
            self._findings.add(
                line,
                _("The sheet has no column {name!r}.").format(name=name),
                did_you_mean(name, table.header) or _("The names of the columns stand in the first row."),
            )
        for name in names:
            if name not in known:
                self._findings.warn(
                    line,
                    _("The column {name!r} is not known here and was left out.").format(name=name),
                    did_you_mean(name, known),
                )
        return not lacking

    def _at(self, row: SheetRow, column: str) -> int:
        return self._findings.place(row.sheet, row.number, column)

    def _add(self, row: SheetRow, column: str, what: str, hint: str = "", *, severity: str = "error") -> None:
        self._findings.add(self._at(row, column), what, hint, severity=severity)


def _whole_rules(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """Rows with rules; one without a code below a cell that is nearly full goes on with the rule of that cell."""
    last: SheetRow | None = None
    nearly_full = False
    for row in rows:
        rule = row.cells.get("rule", "")
        if last is not None and nearly_full and "code" not in row.cells:
            last.cells["rule"] += " " + rule
        else:
            if last is not None:
                yield last
            last = row
        nearly_full = len(rule) >= NEARLY_FULL
    if last is not None:
        yield last


def _text(text: str, line: int) -> Node:
    return Node(Kind.TEXT, 0, 0, line, text=text)


def _texts(texts: Iterable[str], line: int) -> Node:
    return Node(Kind.LIST, 0, 0, line, items=[_text(text, line) for text in texts])


def _put(node: Node, key: str, value: Node) -> None:
    node.entries.append((_text(key, value.line), value))
