"""Codebook files of every kind: read, checked whole (their rules too) and converted, chosen by the ending."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import CodebookError, ImportingError, Problem
from qualcode.files.codebook_file import REFI_ENDING, YAML_ENDINGS, convert_codebook, write_codebook
from qualcode.files.codebook_reader import codebook_from
from qualcode.files.findings import Findings
from qualcode.files.refi_codebook import codebook_from_qdc, qdc_warnings
from qualcode.files.text_files import read_text
from qualcode.files.yaml_tree import Kind, Node, parse
from qualcode.i18n import _, ngettext
from qualcode.importing.encodings import decoded, read_bytes
from qualcode.model.codebook import Code, Codebook, MatchRule, Wording
from qualcode.project.codebook_from_sheets import tree_of
from qualcode.project.codebook_sheets import tables_of
from qualcode.project.foreign_codebooks import foreign_codebook
from qualcode.project.sheet_rows import SheetFindings

WORKBOOK_ENDING = ".xlsx"
ENDINGS = (*YAML_ENDINGS, WORKBOOK_ENDING, REFI_ENDING)


@dataclass(frozen=True, slots=True)
class CodebookReading:
    """What a codebook file gave.

    Attributes:
        codebook: None, or only as far as it could be read, where there are errors.
        problems: all that is wrong or doubtful, by place.
        notes: those of them that are about the file's form, not about the template.
    """

    codebook: Codebook | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()

    def errors(self) -> list[Problem]:
        """What stops the work."""
        return [problem for problem in self.problems if problem.severity == "error"]


def codebook_reading(path: Path) -> CodebookReading:
    """Read a codebook file and gather all problems, those of its rules too; nothing is raised for them."""
    ending = path.suffix.casefold()
    if ending == WORKBOOK_ENDING:
        return _workbook_reading(path)
    findings = Findings(path.name)
    text = _wide_text(path) if ending == REFI_ENDING else None
    text = read_text(path, findings) if text is None else text
    root = codebook = None
    if text is not None and ending == REFI_ENDING:
        codebook = codebook_from_qdc(text, path.stem, findings)
        notes = tuple(findings.in_order())
        return CodebookReading(codebook, notes, notes)
    if text is not None:
        root = parse(text, findings)
    if root is not None and not root.entry("codes") and (root.entry("documents") or root.entry("surveys")):
        hint = _("Run it with: qualcode run {file} --out DIR").format(file=path.name)
        findings.add(0, _("This is a study file, not a codebook."), hint)
        root = None
    if root is not None:
        codebook = codebook_from(root, findings)
        _check_rules(root, codebook, findings)
    return CodebookReading(codebook, tuple(findings.in_order()))


def _wide_text(path: Path) -> str | None:
    """The text of a file in UTF-16, as some tools write XML; None for any other."""
    try:
        raw = read_bytes(path)
        return decoded(raw, path.name).text if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    except ImportingError:
        return None  # which is told by whoever reads it


def check_codebook_file(path: Path) -> list[Problem]:
    """All that is wrong or doubtful in a codebook file and in its rules, with line, or sheet and row."""
    return list(codebook_reading(path).problems)


def read_codebook_file(path: Path) -> Codebook:
    """The codebook in a file (YAML, workbook or REFI-QDA, by the ending).

    Raises:
        CodebookError: the file can't be read, or is wrong; with all problems and their places.
    """
    return _codebook_of(codebook_reading(path), path)


def convert_codebook_file(source: Path, target: Path) -> list[str]:
    """Write a codebook in another format, by the file's ending.

    Args:
        source: a codebook file.
        target: .yaml, .yml, .xlsx or .qdc.

    Returns:
        What is doubtful in the source's form, and what the target can't hold, in sentences.

    Raises:
        CodebookError: the source is wrong, or the target's ending is unknown.
        ExportError: the workbook can't be written.
    """
    ending = target.suffix.casefold()
    if ending not in ENDINGS:
        raise CodebookError(
            _("A codebook cannot be written as {ending!r}.").format(ending=target.suffix or target.name),
            hint=_("Use one of these endings: {endings}.").format(endings=", ".join(ENDINGS)),
        )
    if WORKBOOK_ENDING not in (source.suffix.casefold(), ending):
        return convert_codebook(source, target)
    reading = codebook_reading(source)
    codebook = _codebook_of(reading, source)
    told = [str(problem) for problem in reading.notes]
    if ending == WORKBOOK_ENDING:
        from qualcode.exporting.codebook_sheet import write_codebook_workbook

        write_codebook_workbook(target, codebook.title.in_language("nb") or codebook.key, tables_of(codebook))
        return told
    write_codebook(codebook, target)
    return told + (qdc_warnings(codebook) if ending == REFI_ENDING else [])


def _codebook_of(reading: CodebookReading, path: Path) -> Codebook:
    errors = reading.errors()
    if reading.codebook is None or errors:
        message = ngettext(
            "The codebook {file} has {n} error.", "The codebook {file} has {n} errors.", len(errors)
        ).format(file=path.name, n=len(errors))
        raise CodebookError.from_problems(message, errors)
    return reading.codebook


def _workbook_reading(path: Path) -> CodebookReading:
    from qualcode.importing.tables import read_tables

    try:
        file = read_tables(path)
    except ImportingError as error:
        problems = error.problems or (Problem(path.name, error.message, error.hint),)
        return CodebookReading(None, tuple(problems))
    foreign = foreign_codebook(file, path.stem)
    if foreign is not None:
        what = _("The sheet is not of this program; names, descriptions and places in the tree were taken from it.")
        told = (*file.problems, Problem(path.name, what, "", "warning"))
        return CodebookReading(foreign, told, told)
    findings = SheetFindings(path.name)
    root = tree_of(file, path.stem, findings)
    notes = (*file.problems, *findings.in_order())
    codebook = None
    if root is not None:
        codebook = codebook_from(root, findings)
        _check_rules(root, codebook, findings)
    return CodebookReading(codebook, (*file.problems, *findings.in_order()), notes)


def _check_rules(root: Node, codebook: Codebook, findings: Findings) -> None:
    """Add what keeps the rules from being looked for, where the file's own check has not told it."""
    from qualcode.autocoding.rules import compile_rules

    try:
        compile_rules(codebook)
        return
    except CodebookError:
        pass  # which rule it is, the rules one by one show
    known = {problem.what for problem in findings.errors()}
    for node, rule in _rules_with_places(root, codebook):
        error = _compile_error(codebook, rule) if _is_whole(rule) else None
        if error is not None and error.what not in known:
            expression = node.entry("regex")
            findings.add((expression[1] if expression else node).line, error.what, error.hint)


def _is_whole(rule: MatchRule) -> bool:
    """Whether a rule could be read; otherwise the file's own check has told what is wrong with it."""
    if rule.regex:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                re.compile(rule.regex, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError):
            return False
    return [bool(rule.any), bool(rule.all), bool(rule.near), bool(rule.regex), bool(rule.like)].count(True) == 1


def _compile_error(codebook: Codebook, rule: MatchRule) -> Problem | None:
    from qualcode.autocoding.rules import compile_rules

    alone = replace(codebook, codes=(Code("rule", Wording(), rules=(rule,)),))
    try:
        compile_rules(alone)
    except CodebookError as error:
        return error.problems[0] if error.problems else Problem("", error.message, error.hint)
    return None


def _rules_with_places(root: Node, codebook: Codebook) -> Iterator[tuple[Node, MatchRule]]:
    """Each rule with the node that it was read from; the reader takes codes in the order of the tree."""
    for node, code in zip(_codes_below(root), codebook.codes, strict=True):
        read = [rule for rule in _items(node, "rules") if rule.kind is Kind.MAPPING]
        yield from zip(read, code.rules, strict=True)


def _codes_below(node: Node) -> Iterator[Node]:
    for code in _items(node, "codes"):
        yield code
        yield from _codes_below(code)


def _items(node: Node, key: str) -> list[Node]:
    entry = node.entry(key)
    return entry[1].items if entry else []
