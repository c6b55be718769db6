"""Whether a sentence says that something is missing or denied: closed lists and a scope, Bokmål, Nynorsk, English."""

from __future__ import annotations

import re

from qualcode.autocoding.tokens import Tokens

BEFORE = 7
"""A cue is looked for at most so many words before the matched words."""

AFTER = 6
"""And at most so many words after them."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Deny what stands before or after them in the clause ("vi har ikke tilgang", "tilgang har vi ikke").
_DENIALS = _listed("ikke ikkje aldri neppe knapt not never cannot cant dont hardly barely")
# Deny only what follows ("uten tilgang", "ingen møter").
_DENIALS_AHEAD = _listed(
    "uten utan without ingen inga intet inkje ingenting null verken hverken korkje neither nor none nothing nobody"
)
_LITTLE = _listed("lite little few minimalt")
_TOO = _listed("for altfor så svært veldig ganske")  # before "få", which is a verb elsewhere
# Say that something is missing, whichever side it stands on ("mangler tilgang", "tilgangen mangler").
_ABSENCE = re.compile(
    r"mangl(?:e|er|ar|a|et|ande|ende|es|ast)|mankerer?|skort(?:e|er|ar|a|et|ast)|savn(?:e|er|ar|a|et|es)|sakn(?:e|er|ar|a|et|ast)"
    r"|nekt(?:e|er|ar|a|et|es|ast)|avsl(?:å|år|o|ått|ås)|avvis(?:e|er|te|t|es|ast)|avslag|frat(?:a|att|as|ok)"
    r"|frateke|sperr(?:e|er|et|a|ar|es|ast)|stengt?e?|utesteng\w*|utelukk\w*|mist(?:e|er|et|a|ar)|umulig|umogleg"
    r"|(?:for)?hindr(?:e|er|ar|a|et|es|ast)|blokker(?:e|er|te|t|ar|a)|prevent(?:s|ed)?|block(?:s|ed)?"
    r"|mangelfull\w*|fråverande|fraværende|ikke-eksisterende|ikkje-eksisterande|non-?existent"
    r"|lack(?:s|ed|ing)?|missing|absent|den(?:y|ies|ied)|refus(?:e|es|ed)|impossible|unavailable|prohibited"
)
_ABSENCE_AHEAD = re.compile(r"mangel(?:en)?|fravær(?:et)?|fråvær(?:et)?|absence|loss|tap(?:et)?|manko")
_PREPOSITIONS = _listed("på av i of")
# A denial before these is none ("ikke bare", "ikke sant", "uten tvil").
_NOT_MEANT = {
    "ikke": _listed("bare minst sant utelukkende mindre rart"),
    "ikkje": _listed("berre minst sant utelukkande mindre rart"),
    "not": _listed("only just least merely surprisingly"),
    "uten": _listed("tvil videre"),
    "utan": _listed("tvil vidare"),
    "without": _listed("doubt"),
    "ingen": _listed("tvil"),
    "no": _listed("doubt"),
}
# What is denied when a difficulty is: then the thing itself is there ("ikke noe problem å få tilgang").
_DIFFICULTY = re.compile(
    r"problem\w*|tvil|vansk(?:e|er|ar|ene|ane)|vanskelig\w*|vanskeleg\w*|utfordr\w*|hinder|hindring\w*|tung(?:t|vint)?|dårlig\w*|dårleg\w*|ille"
    r"|difficult\w*|obstacle\w*|barrier\w*|hard|trouble|bad|poor"
)
# Between a denial and the difficulty that it denies ("aldri hatt noe særlig problem").
_SMALL = _listed(
    """
    hatt hadde had have been vært vore blitt noe noko noen nokon nokre et eit en ein store særlig særleg spesielt any
    some a much mye mykje really
    """
)
# "Ikke sånn at vi ikke har tid", "not that we don't have time": the second denial is what is not so.
_SO = _listed("sånn slik sann sant det so true")
_CLAUSE = _listed("men fordi ettersom hvis dersom mens selv but because although though while whereas if unless")
_RELATIVE = _listed("som at når der hvor that which who when where så so")
_JOINING = _listed("og and eller or samt")
# After a comma or "og" they begin a clause of their own.
_SUBJECTS = _listed(
    """
    jeg eg vi me du de dei han hun ho det den dette man ein noen nokon alle er har får kan må skal vil blir var hadde
    fikk fekk i we you they he she it there is are has have had can must will was were
    """
)
_AUXILIARIES = _listed("har hadde får fikk fekk gir gav ga fått ha få have had has get got")
_PAIR = 4  # two cues at most so many words apart may cancel each other
_ARTICLES = _listed("et eit en ein ei a an the det dette")
_ENGLISH = _listed(
    "the we is are have has there of and they with was were had our their it you this that access for to"
)
_NORWEGIAN = _listed("har vi eg jeg er det ikkje ikke som på til og av dei de å i har vart vert blir kan får no me med")

# What is wished for is not there today.
_SUBJECT = r"(?:jeg|eg|vi|me|de|dei|hun|ho|han|det|man|ein|en|\w+en|\w+ene|\w+ane)"
_SUBJECT_EN = "(?:i|we|they|he|she|it|you)"
_WISH = re.compile(
    r"\b(?:(?:skulle|hadde|kunne) (?:\w+ )?(?:ønsk\w*|ynskj\w*|gjerne)"
    r"|(?:burde|skulle|kunne) (?:\w+ ){0,2}(?:hatt|fått|vært|vore)"
    rf"|(?:om|hvis|dersom|viss|bare|berre|når) {_SUBJECT} (?:\w+ )?(?:hadde|fikk|fekk|kunne|var|satt|sat)"
    r"|(?:ville|hadde) (?:\w+ ){0,2}(?:hjulpet|hjelpt|hjulpe|vært|vore|blitt)(?: \w+){0,5} "
    r"(?:om|hvis|dersom|viss|å|med)"
    rf"|wish(?:ed)?|if only|if {_SUBJECT_EN} (?:\w+ )?(?:had|got|could|were)"
    r"|(?:would|could|might) (?:\w+ )?(?:help|be|love|like|make)(?: \w+){0,4} (?:if|to have|to get|to be|when)"
    r"|(?:should|ought to|could) (?:\w+ )?have|(?:would|'d) (?:like|love) to"
    r"|need (?:an? )?(?:more|better|closer)|more would)\b"
)
_WISHED_FIRST = re.compile(rf"(?:hadde {_SUBJECT}|had {_SUBJECT_EN})\b")
_WISH_SIGNS = _listed(
    """
    skulle hadde kunne burde om hvis dersom viss bare berre når ville wish wished if would could might should ought need
    more had
    """
)
"""Each wish has one of these words."""

_WISHED_WITHIN = 15
"""What is wished for stands at most so many words after the wish."""


def is_lacking(tokens: Tokens, matched: frozenset[int]) -> bool:
    """Whether the matched words are negated or said to be missing.

    What is only wished for, or told as what would be, is missing today. Else a cue counts when it stands in the same
    clause, fewer than `BEFORE` words before the first or `AFTER` words after the last matched word. A denial of an
    absence ("ikke uten", "mangler ikke") or of a difficulty ("ikke noe problem med") is no lack, nor is "ikke bare".

    Args:
        tokens: the words of the sentence, with what stands around it if the rule looks there.
        matched: which of the words the rule matched; not empty.
    """
    first, last = min(matched), max(matched)
    wished = _is_wished(tokens, first, last)
    if wished is not None:
        return wished
    ahead = [place for place in range(_clause_begin(tokens, first), last + 1) if place not in matched]
    behind = range(last + 1, _clause_end(tokens, last))
    cues = [place for place in ahead if _denies_what_follows(tokens, place)]
    cues += [place for place in behind if _denies_what_went_before(tokens, place, last)]
    while cues:
        cue = cues.pop(0)
        partner = next((other for other in cues if _cancel(tokens, cue, other)), None)
        if partner is None:
            return True
        cues.remove(partner)
    return False


def _is_wished(tokens: Tokens, first: int, last: int) -> bool | None:
    """Whether the matched words are only wished for, or told as what would be ("if only we had", "hadde vi hatt").

    None when there is no wish. Where the condition is denied, the thing is there ("if we had not had").
    """
    begin = max(0, first - _WISHED_WITHIN)
    if _WISH_SIGNS.isdisjoint(tokens.words[begin:last]):
        return None
    for place in range(first, begin, -1):
        if any(mark in tokens.breaks[place - 1] for mark in ".!?;") or tokens.words[place] in ("men", "but"):
            begin = place
            break
    words = " ".join(tokens.words[begin : last + 1])
    before = len(" ".join(tokens.words[begin:first]))
    is_first = begin == 0 or bool(tokens.breaks[begin - 1])
    cue = (_WISHED_FIRST.match(words) if is_first else None) or _WISH.search(words)
    if cue is None or cue.start() > before:
        return None
    behind = tokens.words[begin + words.count(" ", 0, cue.start()) : last + 1]
    return not any(_is_denial(word) or word in _DENIALS_AHEAD for word in behind)


def _clause_begin(tokens: Tokens, first: int) -> int:
    """The first word, going back from a matched word, that belongs to its clause."""
    place = first
    while place > 0 and first - place < BEFORE and not _parts_clauses(tokens, place, first):
        place -= 1
    return place


def _parts_clauses(tokens: Tokens, place: int, first: int) -> bool:
    """Whether a clause begins with the word at `place`, seen from a matched word at or after it."""
    marks, previous = tokens.breaks[place - 1], tokens.words[place - 1]
    if any(mark in marks for mark in ".!?;:()–…") or previous in _CLAUSE or tokens.words[place] in _CLAUSE:
        return True
    if "," in marks or previous in _JOINING:
        return any(word in _SUBJECTS for word in tokens.words[place : min(place + 3, first)])
    return False


def _clause_end(tokens: Tokens, last: int) -> int:
    """One past the last word, going on from a matched word, that belongs to its clause."""
    place = last + 1
    while place < len(tokens.words) and place - last < AFTER:
        marks, word = tokens.breaks[place - 1], tokens.words[place]
        if any(mark in marks for mark in ".,!?;:()–…") or word in _CLAUSE or word in _RELATIVE or word in _JOINING:
            break
        place += 1
    return place


def _denies_what_follows(tokens: Tokens, place: int) -> bool:
    word = tokens.words[place]
    if word == "no":
        return _is_english_no(tokens) and _is_meant(tokens, place)
    if _is_denial(word) or word in _DENIALS_AHEAD:
        return _is_meant(tokens, place)
    if word in _LITTLE:
        return place == 0 or tokens.words[place - 1] not in _ARTICLES
    if word == "få":
        return place > 0 and tokens.words[place - 1] in _TOO
    if _ABSENCE_AHEAD.fullmatch(word):
        return tokens.words[place + 1] in _PREPOSITIONS  # a matched word stands further on
    return _ABSENCE.fullmatch(word) is not None


def _denies_what_went_before(tokens: Tokens, place: int, last: int) -> bool:
    word = tokens.words[place]
    if _is_denial(word):
        return _is_meant(tokens, place)
    if word in ("ingen", "inga"):
        return tokens.words[place - 1] in _AUXILIARIES and place - last <= 3
    return _ABSENCE.fullmatch(word) is not None


def _is_denial(word: str) -> bool:
    return word in _DENIALS or word.endswith(("n't", "n’t"))


def _is_meant(tokens: Tokens, place: int) -> bool:
    """Whether a denial is none of "ikke bare", "uten tvil", "ikke noe problem" and the like."""
    following = tokens.words[place + 1 : place + 3]
    if following and following[0] in _NOT_MEANT.get(tokens.words[place], ()):
        return False
    first = place + 1
    while first < len(tokens.words) and tokens.words[first] in _SMALL and not tokens.breaks[first]:
        first += 1
    following += tokens.words[first : first + 1]
    return not any(_DIFFICULTY.fullmatch(word) for word in following)


def _cancel(tokens: Tokens, cue: int, other: int) -> bool:
    """Whether two cues deny one another: close together, nothing joined or set apart between them."""
    if _is_not_so(tokens, min(cue, other)):
        return True
    between = range(min(cue, other), max(cue, other))
    if len(between) > _PAIR or any(tokens.breaks[place] or tokens.words[place] in _JOINING for place in between):
        return False
    return _is_denial(tokens.words[cue]) != _is_denial(tokens.words[other]) or _is_none(tokens.words[cue])


def _is_not_so(tokens: Tokens, place: int) -> bool:
    """Whether a denial is one of "ikke sånn at", "not that"."""
    so, that = [*tokens.words[place + 1 : place + 3], "", ""][:2]
    return _is_denial(tokens.words[place]) and (so == "that" or (so in _SO and that in ("at", "that")))


def _is_none(word: str) -> bool:
    return word in ("ingen", "inga", "no", "nobody", "none")


def _is_english_no(tokens: Tokens) -> bool:
    """Whether "no" denies; in Nynorsk it means now."""
    english = sum(word in _ENGLISH for word in tokens.words)
    norwegian = sum(word in _NORWEGIAN for word in tokens.words)
    return english >= norwegian
