"""A rule in words, as pieces of which some are the terms that it looks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile

from qualcode.i18n import _, in_quotes, ngettext
from qualcode.model.codebook import Context, MatchRule

_MOST_TERMS = 4  # of one list; a rule may name dozens
_MOST_OF_SEVERAL = 2  # of each list, in a rule that has several
_ALIKE = 4  # letters at the beginning that make a term look like a word


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; a term is set off."""

    text: str
    is_term: bool = False


def rule_in_words(rule: MatchRule, evidence: Sequence[str] = ()) -> list[Piece]:
    """What a rule looks for: "clinician within 6 words of decide or choose".

    Args:
        rule: of the codebook.
        evidence: the words that it found; terms that look like them are named first.
    """
    sought = _sought_in_words(rule, evidence)
    # said here and not among the conditions: "not when it is not said to be missing" has to be read three times
    return [*sought, *_when_lacking(rule)]


def short_words(rule: MatchRule) -> str:
    """What the window calls a rule where there is little room: its name, else its first terms in words.

    Files call it by `MatchRule.short_form`, which is the same in each language.
    """
    if rule.name:
        return rule.name
    sought = _sought_in_words(rule, (), _MOST_OF_SEVERAL)
    return as_text([*sought, *_when_lacking(rule)])


def _when_lacking(rule: MatchRule) -> list[Piece]:
    return [Piece(_("(where it is said to be missing or denied)"))] if rule.lacking else []


def _sought_in_words(rule: MatchRule, evidence: Sequence[str], most_alone: int = _MOST_TERMS) -> list[Piece]:
    if rule.any:
        return _alternatives(_likely_first(rule.any, evidence), most_alone)
    if rule.regex:
        return [Piece(_("the expression")), Piece(rule.regex, is_term=True)]
    if rule.like:
        return [
            Piece(
                ngettext("resembles {n} sentence", "resembles one of {n} sentences", len(rule.like)).format(
                    n=len(rule.like)
                )
            )
        ]
    items = rule.near or rule.all
    pieces: list[Piece] = []
    for number, item in enumerate(items):
        if number:
            pieces.append(Piece(_between(rule)))
        most = _MOST_OF_SEVERAL if len(items) > 1 else most_alone
        pieces.extend(_alternatives(_likely_first(item, evidence), most))
    return pieces


def _likely_first(terms: Sequence[str], evidence: Sequence[str]) -> list[str]:
    """The terms in their order, but first those that share most of their letters with a word that was found."""
    words = [word.casefold() for each in evidence for word in (each, *each.split())]

    def unlike(term: str) -> int:
        plain = term.casefold().strip("~=*")
        shared = max((_alike(plain, word) for word in words), default=0)
        return -shared if shared >= min(len(plain), _ALIKE) else 0

    return sorted(terms, key=unlike)


def _alike(term: str, word: str) -> int:
    """How many letters two words share from the beginning."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(term, word, strict=False)))


def _between(rule: MatchRule) -> str:
    if rule.near:
        return ngettext("within {n} word of", "within {n} words of", rule.words).format(n=rule.words)
    if rule.within is Context.TURN:
        return _("and, in the same turn,")
    if rule.within is Context.NEIGHBOURS:
        return _("and, in a sentence beside it,")
    return _("and")


def conditions_in_words(rule: MatchRule) -> list[Piece]:
    """When a rule does not hold, or holds alone; nothing for a rule without conditions."""
    parts: list[list[Piece]] = []
    if rule.lacking is False:
        parts.append([Piece(_("it is said to be missing or denied"))])
    if rule.none and not rule.like:
        parts.append(_alternatives(rule.none))
    if rule.groups:
        parts.append([Piece(_("a group other than {names} speaks").format(names=", ".join(rule.groups)))])
    if rule.questions:
        parts.append([Piece(_("another question is answered"))])
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        if number:
            pieces.append(Piece(_("or")))
        pieces.extend(part)
    return pieces


def _alternatives(terms: Sequence[str], most: int = _MOST_TERMS) -> list[Piece]:
    pieces: list[Piece] = []
    for number, term in enumerate(terms[:most]):
        if number:
            pieces.append(Piece(_("or")))
        pieces.append(Piece(shown_term(term), is_term=True))
    more = len(terms) - most
    if more > 0:
        pieces.append(Piece(ngettext("or {n} more", "or {n} more", more).format(n=more)))
    return pieces


def shown_term(term: str) -> str:
    """A term as it is read: a concept by its name, any other as the codebook writes it."""
    return in_quotes(term[1:].replace("_", " ")) if term.startswith("@") else term


def as_html(pieces: Sequence[Piece], ink: str) -> str:
    """Pieces as rich text: terms set off in a colour."""
    return " ".join(
        f'<span style="font-weight:500; color:{ink}">{escape(piece.text)}</span>'
        if piece.is_term
        else escape(piece.text)
        for piece in pieces
    )


def as_text(pieces: Sequence[Piece]) -> str:
    """Pieces as plain words."""
    return " ".join(piece.text for piece in pieces)
