"""The codebook as an appendix: the tree of codes with definitions, when to use them, and examples."""

from __future__ import annotations

from qualcode.exporting.report_blocks import Cell, Strong, Words, cell
from qualcode.exporting.report_draft import Draft
from qualcode.model.codebook import Code, CodeOrigin


def write_codebook(draft: Draft) -> None:
    """All codes in the order of the tree, the names indented as deep as they stand."""
    say, content = draft.say, draft.content
    codebook = content.codebook
    draft.heading(1, say("Appendix: codebook"))
    title = codebook.title.in_language(content.language) or codebook.key
    version = say("version {version}").format(version=codebook.version) if codebook.version else ""
    draft.paragraph(". ".join(filter(None, (", ".join(filter(None, (title, version))), codebook.source))))
    header = [cell(say("Code"), bold=True, is_text=True), cell(say("Definition and use"), bold=True, is_text=True)]
    rows = [
        [
            _named(draft, code),
            Cell(tuple(_described(draft, code)), is_text=True),
        ]
        for code in codebook.codes
    ]
    draft.table(
        "codebook",
        say("The codes, their definitions and when to use them"),
        header,
        rows,
        [4.6, 11.4],
        trace=draft.state(),
    )


def _named(draft: Draft, code: Code) -> Cell:
    """The name, and below it the key: texts of a codebook point to other codes by their keys."""
    name = draft.names.get(code.key, code.key)
    return Cell(((name if code.depth else Strong(name),), (code.key,)), indent=code.depth, is_text=True)


def _described(draft: Draft, code: Code) -> list[Words]:
    say, language = draft.say, draft.content.language
    lines: list[Words] = []
    definition = code.definition.in_language(language)
    if definition:
        lines.append((definition,))
    for heading, items in (
        (say("Use when"), code.include),
        (say("Do not use when"), code.exclude),
        (say("Examples"), code.examples),
    ):
        if items:
            lines.append((Strong(f"{heading}: "), "; ".join(items)))
    if code.origin == CodeOrigin.EMERGENT:
        lines.append((say("Came out of the material."),))
    return lines or [("",)]
