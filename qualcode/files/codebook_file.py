"""Codebooks as files: read and checked with line numbers, written without losing a comment, converted."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import CodebookError, Problem, QualcodeError
from qualcode.files.codebook_content import codebook_content
from qualcode.files.codebook_reader import codebook_from
from qualcode.files.findings import Findings
from qualcode.files.refi_codebook import codebook_from_qdc, qdc_text, qdc_warnings
from qualcode.files.text_files import read_text, replace_text
from qualcode.files.yaml_patching import patched
from qualcode.files.yaml_tree import Node, parse
from qualcode.files.yaml_writing import PlainMapping, entry_lines
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Codebook

YAML_ENDINGS = (".yaml", ".yml")
REFI_ENDING = ".qdc"


def read_codebook(path: Path) -> Codebook:
    """The codebook in a file (YAML, or REFI-QDA where the name ends in .qdc).

    Raises:
        CodebookError: the file can't be read, or is wrong; with all problems and their lines.
    """
    findings = Findings(path.name)
    codebook = _read(path, findings)
    errors = findings.errors()
    if codebook is None or errors:
        message = ngettext(
            "The codebook {file} has {n} error.", "The codebook {file} has {n} errors.", len(errors)
        ).format(file=path.name, n=len(errors))
        raise CodebookError.from_problems(message, errors)
    return codebook


def check_codebook(path: Path) -> list[Problem]:
    """All that is wrong or doubtful in a codebook file, in the order of its lines; nothing is raised for it."""
    findings = Findings(path.name)
    _read(path, findings)
    return findings.in_order()


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook; an existing YAML file keeps its comments, order, quotes and line breaks.

    Raises:
        CodebookError: what stands in the file isn't a codebook that can be read, or this one couldn't be read again.
    """
    if path.suffix.casefold() == REFI_ENDING:
        replace_text(path, qdc_text(codebook), CodebookError)
        return
    clean = _clean_text(codebook_content(codebook))
    wanted = _content_of(clean, path.name)
    if path.exists() and path.stat().st_size:
        replace_text(path, _kept(path, wanted) or clean, CodebookError)
    else:
        replace_text(path, clean, CodebookError)


def convert_codebook(source: Path, target: Path, *, language: str = "nb") -> list[str]:
    """Write a codebook in another format, by the file's ending.

    Args:
        source: a codebook file.
        target: .yaml, .yml or .qdc.
        language: of names and descriptions, where the target holds one only.

    Returns:
        What the target can't hold, in sentences; nothing if it holds everything.

    Raises:
        CodebookError: the source is wrong, or the target's ending is unknown.
    """
    ending = target.suffix.casefold()
    if ending not in (*YAML_ENDINGS, REFI_ENDING):
        raise CodebookError(
            _("A codebook cannot be written as {ending!r}.").format(ending=target.suffix or target.name),
            hint=_("Use one of these endings: {endings}.").format(endings=", ".join((*YAML_ENDINGS, REFI_ENDING))),
        )
    codebook = read_codebook(source)
    told = [str(problem) for problem in check_codebook(source)] if source.suffix.casefold() == REFI_ENDING else []
    if ending == REFI_ENDING:
        replace_text(target, qdc_text(codebook, language), CodebookError)
        return told + qdc_warnings(codebook, language)
    write_codebook(codebook, target)
    return told


def _read(path: Path, findings: Findings) -> Codebook | None:
    text = read_text(path, findings)
    if text is None:
        return None
    if path.suffix.casefold() == REFI_ENDING:
        return codebook_from_qdc(text, path.stem, findings)
    root = parse(text, findings)
    return None if root is None else codebook_from(root, findings)


def _clean_text(content: PlainMapping) -> str:
    """A codebook file as the program writes a new one: a blank line before each part and each theme."""
    parts: list[str] = []
    for key, value in content.items():
        if key == "codes" and isinstance(value, list) and value:
            themes = entry_lines(key, value, 0).split("\n  - ")
            parts.append("\n" + "\n\n  - ".join(themes).replace("codes:\n\n  - ", "codes:\n  - ", 1))
        else:
            parts.append(("\n" if key == "concepts" else "") + entry_lines(key, value, 0))
    return "".join(parts)


def _content_of(text: str, name: str) -> PlainMapping:
    """What a text says once it is read, which may differ from what was written in white space."""
    findings = Findings(name)
    root = parse(text, findings)
    codebook = None if root is None else codebook_from(root, findings)
    errors = findings.errors()
    if codebook is None or errors:
        raise CodebookError(
            _("The codebook cannot be written: {reason}").format(reason=errors[0].what if errors else ""),
            hint=errors[0].hint if errors else "",
            problems=errors,
        )
    return codebook_content(codebook)


def _kept(path: Path, wanted: PlainMapping) -> str | None:
    """The text of an existing file with the wanted values in it; None where its layout is too unusual to be changed."""
    findings = Findings(path.name)
    text = read_text(path, findings)
    root = None if text is None else parse(text, findings)
    codebook = None if root is None else codebook_from(root, findings)
    if text is None or root is None or codebook is None or findings.errors():
        raise CodebookError(
            _("{file} exists, and is not a codebook that can be read.").format(file=path.name),
            hint=_("Mend it, or choose another name."),
            problems=findings.errors(),
        )
    return _patched_text(text if text.endswith("\n") else text + "\n", root, codebook, wanted)


def _patched_text(text: str, root: Node, codebook: Codebook, wanted: PlainMapping) -> str | None:
    changed = patched(text, root, codebook_content(codebook), wanted, tree_key="codes", identity="key")
    try:
        return changed if _content_of(changed, "") == wanted else None
    except QualcodeError:
        return None
