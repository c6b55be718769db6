"""A codebook as plain values in the order in which files have them, defaults left out."""

from __future__ import annotations

from qualcode.files.yaml_writing import Plain, PlainMapping
from qualcode.model.codebook import LANGUAGES, Code, Codebook, CodeOrigin, Context, MatchRule, Wording

_DEFAULT = MatchRule()


def codebook_content(codebook: Codebook) -> PlainMapping:
    """What a codebook file says; the reader makes an equal codebook of it (numbers of the project aside)."""
    content: PlainMapping = {"key": codebook.key}
    _put(content, "title", _wording(codebook.title))
    _put(content, "source", codebook.source)
    _put(content, "version", int(codebook.version) if _is_plain_number(codebook.version) else codebook.version)
    _put(content, "concepts", {name: list(terms) for name, terms in codebook.concepts.items()})
    content["codes"] = _codes_below(codebook, "")
    return content


def _put(content: PlainMapping, key: str, value: Plain) -> None:
    if value not in ("", [], {}):
        content[key] = value


def _is_plain_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and str(int(text)) == text


def _wording(wording: Wording) -> Plain:
    if not wording.by_language:
        return wording.plain
    order = [*LANGUAGES, *wording.by_language]
    return {each: wording.by_language[each] for each in dict.fromkeys(order) if wording.by_language.get(each)}


def _codes_below(codebook: Codebook, parent: str) -> list[Plain]:
    by_parent: dict[str, list[Code]] = {}
    for code in codebook.codes:
        by_parent.setdefault(code.parent, []).append(code)

    def below(key: str) -> list[Plain]:
        found: list[Plain] = []
        for code in by_parent.pop(key, []):
            content = _code(code)
            _put(content, "codes", below(code.key))
            found.append(content)
        return found

    return below(parent)


def _code(code: Code) -> PlainMapping:
    content: PlainMapping = {"key": code.key, "name": _wording(code.name)}
    _put(content, "aliases", list(code.aliases))
    _put(content, "definition", _wording(code.definition))
    _put(content, "include", list(code.include))
    _put(content, "exclude", list(code.exclude))
    _put(content, "examples", list(code.examples))
    if code.origin is not CodeOrigin.A_PRIORI:
        content["origin"] = code.origin.value
    _put(content, "level", code.level.value if code.level else "")
    _put(content, "valence", code.valence.value if code.valence else "")
    _put(content, "counterpart", code.counterpart)
    _put(content, "colour", code.colour)
    _put(content, "rules", [rule_content(rule) for rule in code.rules])
    return content


def rule_content(rule: MatchRule) -> PlainMapping:
    """What a file says of a rule."""
    content: PlainMapping = {}
    _put(content, "any", list(rule.any))
    _put(content, "all", _term_groups(rule.all))
    _put(content, "near", _term_groups(rule.near))
    _put(content, "regex", rule.regex)
    _put(content, "like", "\n".join(rule.like))
    if rule.words != _DEFAULT.words:
        content["words"] = rule.words
    _put(content, "not", "\n".join(rule.none) if rule.like else list(rule.none))
    if rule.lacking is not None:
        content["lacking"] = rule.lacking
    if rule.within is not Context.SENTENCE:
        content["within"] = rule.within.value
    _put(content, "groups", list(rule.groups))
    _put(content, "questions", list(rule.questions))
    if rule.weight != _DEFAULT.weight:
        content["weight"] = rule.weight
    _put(content, "name", rule.name)
    return content


def _term_groups(groups: tuple[tuple[str, ...], ...]) -> list[Plain]:
    return [group[0] if len(group) == 1 else list(group) for group in groups]
