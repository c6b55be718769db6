"""A codebook as sheets of a workbook: which columns they have, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.files.codebook_content import codebook_content
from qualcode.files.yaml_writing import Plain, PlainMapping, flow
from qualcode.model.codebook import LANGUAGES, Codebook, Wording
from qualcode.project.codebook_cells import list_in_cell, rule_in_cells, text_in_cell

if TYPE_CHECKING:
    from qualcode.exporting.codebook_sheet import TextTable

CODES, RULES, CONCEPTS, CODEBOOK = "Codes", "Rules", "Concepts", "Codebook"

LISTS = ("aliases", "include", "exclude", "examples")
WORDS = ("origin", "level", "valence", "counterpart", "colour")
WORDINGS = ("name", "definition")
ABOUT = ("key", "title", "source", "version")


def with_languages(part: str) -> tuple[str, ...]:
    return part, *(f"{part} {language}" for language in LANGUAGES)


CODE_COLUMNS = (
    *("key", "parent", "depth"),
    *with_languages("name"),
    "aliases",
    *with_languages("definition"),
    *("include", "exclude", "examples"),
    *WORDS,
    "rules",
)


def tables_of(codebook: Codebook) -> list[TextTable]:
    """The sheets of a codebook."""
    from qualcode.exporting.codebook_sheet import TextTable

    contents = _contents_by_key(codebook_content(codebook))
    unused = {part for part in WORDINGS if not any(getattr(code, part).plain for code in codebook.codes)}
    columns = tuple(column for column in CODE_COLUMNS if column != "rules" and column not in unused)
    codes = []
    for code in codebook.codes:
        cells: dict[str, str | int] = {
            "key": code.key,
            "parent": code.parent,
            "depth": code.depth,
            **_wording_cells("name", code.name),
            **_wording_cells("definition", code.definition),
            **{part: list_in_cell(getattr(code, part)) for part in LISTS},
            "origin": code.origin.value,
            "level": code.level.value if code.level else "",
            "valence": code.valence.value if code.valence else "",
            "counterpart": code.counterpart,
            "colour": code.colour,
        }
        codes.append(tuple(cells.get(column, "") for column in columns))
    rules = [
        (code.key if not number else "", part)
        for code in codebook.codes
        for text in _rule_texts(contents[code.key])
        for number, part in enumerate(rule_in_cells(text))
    ]
    concepts = [(name, ", ".join(terms)) for name, terms in codebook.concepts.items()]
    return [
        TextTable(CODES, columns, codes, [code.depth for code in codebook.codes]),
        TextTable(RULES, ("code", "rule"), rules),
        TextTable(CONCEPTS, ("concept", "terms"), concepts),
        TextTable(CODEBOOK, ("field", "value"), _about_rows(codebook)),
    ]


def _contents_by_key(content: PlainMapping) -> dict[str, PlainMapping]:
    """The plain values of each code, the nested ones too."""
    found: dict[str, PlainMapping] = {}
    waiting: list[Plain] = [content]
    while waiting:
        each = waiting.pop()
        below = each.get("codes", []) if isinstance(each, dict) else []
        for code in below if isinstance(below, list) else []:
            if isinstance(code, dict):
                found[str(code["key"])] = code
                waiting.append(code)
    return found


def _rule_texts(content: PlainMapping) -> Iterator[str]:
    """Each rule in the notation of docs/rules.md, one part a line."""
    rules = content.get("rules", [])
    for rule in rules if isinstance(rules, list) else []:
        if isinstance(rule, dict):
            yield "\n".join(f"{part}: {flow(value)}" for part, value in rule.items())


def _wording_cells(part: str, wording: Wording) -> dict[str, str]:
    if not wording.by_language:
        return {part: text_in_cell(wording.plain)}
    return {f"{part} {language}": text_in_cell(text) for language, text in wording.by_language.items()}


def _about_rows(codebook: Codebook) -> list[tuple[str, str]]:
    cells = {
        "key": codebook.key,
        **_wording_cells("title", codebook.title),
        "source": text_in_cell(codebook.source),
        "version": text_in_cell(codebook.version),
    }
    return [(name, text) for name, text in cells.items() if text]
