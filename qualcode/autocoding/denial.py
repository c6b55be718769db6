"""Whether a sentence says that a hindrance is not there: closed lists and a scope, Bokmål, Nynorsk, English."""

from __future__ import annotations

import re

from qualcode.autocoding.tokens import Tokens

_BEFORE = 7
"""A denial is looked for at most so many words before the word that names the hindrance."""

_BEHIND = 5
"""And at most so many words after it."""

_JUST_BEFORE = 3
"""A complaint so many words before the matched words is about them ("no doubt about who does what")."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DENIALS = _listed(
    """
    ikke ikkje itj itte isje inte ikkj aldri neppe knapt ingen inga ingenting inkje uten utan verken korkje null
    not never no nobody none nothing without neither nor hardly cannot zero
    """
)
# "Ikke bare", "not only", "ikke alle": the thing is there all the same.
_NOT_MEANT = _listed("bare berre minst mindre only just least alle all everyone everybody everything helt heilt quite")
# What hampers, as people call it in any field: denied, it is gone.
_DIFFICULTY = re.compile(
    r"(?:hoved|hovud|kjerne)?problem\w*|utfordring\w*|hinder|hindring\w*|hindr[ea]n[ea]|vansk(?:e|er|ar)|vanskelig\w*|vanskeleg\w*|barriere\w*"
    r"|bekymring\w*|besvær|uproblematisk|flaskehals\w*|hemsko\w*|snublestein\w*|bøygen"
    r"|problems?|issues?|obstacles?|barriers?|troubles?|difficult(?:y|ies)?|hindrances?|concerns?|challenges?"
)
# What a hindrance does; denied, it does not do it.
_HAMPERS = re.compile(
    r"stopp(?:er|ar|et|a)|(?:for)?hindr(?:er|ar|et|a)|brems(?:er|ar|et|a)|plag(?:er|et|ar|a)|ødelagt|øydelagt"
    r"|stopp(?:ed|ing|s)?|hamper(?:ed|s)?|bother(?:ed|s)?|prevent(?:ed|s)?|imped(?:ed|es)|mattered|hindered"
)
# How one says that it is there or not. Behind a denial, it was not met with.
_MET_WITH = re.compile(
    r"opplev(?:d|er|t|de|ar)?|oppleve|merk(?:et|a|er|ar|te|t)|sett|møtt|støtt|erfar(?:t|er|ar|te)|kjent|kjend|hatt|vært|vore|noticed|experienced?"
    r"|seen|felt|met|encountered|had|been|come|sensed|heard"
)
# What is said of it is not so: "det er ikke snakk om", "kjenner meg ikke igjen i", "not the case".
_NOT_SO = re.compile(r"snakk|igjen|att|tilfelle\w*|sant|slik|sånn|case|true")
# It is there and does nothing: "har ikke noe å si", "never made any difference".
_WITHOUT_EFFECT = re.compile(
    r"(?:ikke|ikkje|itj|aldri|neppe|knapt)(?: \w+)? (?:noe|noko|nokka|så mye|så mykje) å si"
    r"|(?:spill|spel|betyd|gjør|gjer|gjord|utgjør|utgjer|har|hatt)\w* (?:ing(?:en|a|enting)|inkje)"
    r"(?: rolle| skilnad| forskjell| betydning| å si|$)"
    r"|(?:ma[dk]e|makes|making) (?:no|any) difference|(?:n['’]t|not|never) (?:\w+ )?matter(?:ed)?"
)
# What one does not think, see or ask for is not there: "opplever ikke at", "don't think that", "krever ikke at".
_OPINION = re.compile(
    r"opplev\w*|merk(?:er|ar|et|a)|tror|trur|mener|meiner|synes|synest|ser|sett|sier|seier|påstår|krev(?:er|de|d|st|jar)"
    r"|think|believe|say|feel|find|see|seen|noticed|experienced?|claim|require|mean"
)
_SAID_OF_OTHERS = re.compile(
    r"(?:andre|others?|other \w+)(?: \w+)? (?:klag|strev|slit|snakk|fort|complain|struggl|talk|mention)\w*"
    r"|(?:advart|åtvara|warned) (?:meg |oss |me |us )?(?:om|mot|about|of)"
)
_MATCHED = "§"
"""Stands for each of the matched words where a clause is looked at as a whole."""

_NOT = r"(?:ikke|ikkje|itj|inte|isje|aldri|not|never|\w+n['’]t)"
_SELF = r"(?:vi|eg|jeg|me|oss|i|we)(?:['’]\w+)?"
_SET_ASIDE = re.compile(
    # It is something else: "det er ikke tida det står på", "it isn't the rules that stop us".
    rf"\b(?:det|it) (?:er|var|is|was)? ?(?:\w+ ){{0,3}}{_NOT} (?!(?:{'|'.join(sorted(_NOT_MEANT))})\b)"
    rf"(?:\w+ ){{0,2}}§(?: §)* (?:som|det|{_SELF}|that|who)\b"
    # It was not met with: "regler har vi ikke støtt på", "turnover isn't something I've noticed".
    rf"|§ (?:\w+ ){{0,4}}{_NOT} (?:\w+ ){{0,2}}"
    r"(?:støtt på|merk\w+|opplevd|møtt|noticed|encountered|experienced|run into|come across)\b"
    rf"|§ (?:\w+ ){{0,3}}{_NOT} (?:noe|noko|nokka|something|anything) (?:som |that )?{_SELF} (?:\w+ ){{0,2}}"
    r"(?:kjenner|kjenn|merk\w+|opplev\w+|tenk\w+|hengt|plag\w+|bekymr\w+|notice\w*|experience\w*|worry|feel)\b"
    # It cannot be said: "kan ikke si at", "det kan jeg ikke uttale meg om", "I can't say that".
    rf"|\b(?:kan|vil|kunne|can|could|would) (?:\w+ )?{_NOT} (?:si|seie|påstå|say|claim) (?:at|that)\b.*§"
    r"|\b(?:can['’]t|cannot|couldn['’]t|wouldn['’]t) (?:say|claim) (?:that )?.*§"
    rf"|§.*\b(?:kan|kjenner|kjenn) {_SELF} {_NOT} (?:uttale|til)\b"
    # It is nothing to speak of: "ikke noe å snakke om", "nothing to complain about".
    r"|\b(?:ikke|ikkje|itj|ingenting|inkje|nothing) (?:\w+ ){0,2}"
    r"(?:å (?:snakk\w*|klag\w*|utsett\w*) (?:om|over|på)|to (?:speak of|complain about))\b"
    # It is elsewhere, by hearsay: "i andre kommuner har de", "I've heard that others".
    r"|\b(?:andre|other) "
    r"(?:steder|stader|plass(?:er|ar)|kommun(?:er|ar)|fylk(?:er|e)|region(?:er|ar)|places|counties|parts) "
    r"(?:har|hadde|er|skal|strever|sliter|slit|have|had|are|struggle)\b"
    r"|\b(?:hørt|høyrt|heard) (?:at |om |that |of )?(?:dei|de|andre|others?|they)\b.*§"
    r"|\b(?:heldigvis|luckily|thankfully|fortunately)\b.* (?:ikke|ikkje|not|no|ingen)\b"
)
# The problem is another, also where the denial is one of the matched words: "det er ikke tiden som er problemet".
_OTHER_PROBLEM = re.compile(
    rf"\b(?:det|it) (?:er|var|is|was) {_NOT} (?:\w+ ){{0,2}}§(?: §)* (?:som|that) (?:er|var|is|was) (?:\w+ )?"
    rf"(?:{_DIFFICULTY.pattern})\b"
)
_NOT_HERE = re.compile(r"\bkjenn\w* (?:jeg|eg|vi|me) (?:meg|oss) (?:ikke|ikkje|itj) (?:igjen|att)\b")
_NO = _listed("nei no nope niks")
# "…, ikke sant?" asks for a yes; only "det er (jo) ikke sant" denies.
_TRUE = "sant"
_IS = _listed("er var e æ")
_ADVERBS = _listed("jo da vel slett slettes heller")
# "Ingen tvil om hvem som gjør hva" says that there is none; "ingen tvil om at", "uten tvil" say that something is so.
_DOUBT = re.compile(r"tvil(?:en)?|doubts?")
_OF_DOUBT = _listed("om about over rundt kring regarding as")

# How the next sentence takes it back: "Hierarki? Nei." "I was warned of it. Haven't seen any."
_TAKEN_BACK = re.compile(
    r"\W*(?:nei|no|nope|niks|overhodet ikke|not at all|not here|ikke her|ikkje her)\b"
    r"|\W*(?:(?:det|den|dei|de|i|we)\W+)?(?:har|have|haven['’]t|hasn['’]t|never|not|ikke|aldri)\W+(?:\w+\W+){0,3}"
    r"(?:sett|merk\w+|opplevd|kjent|møtt|seen|noticed|met|felt|experienced)\b",
    re.IGNORECASE,
)
# Words that are complaints in themselves.
_COMPLAINT = re.compile(
    r"skep[st]i\w*|skepsis\w*|motstand\w*|motvilje\w*|mistillit\w*|mistru\w*|hierarki\w*|vente(?:list|tid|kø)\w*|køen|kø|konflikt\w*"
    r"|spenning\w*|u(?:s|e|ei)(?:am|n)(?:d|ig)\w*|usemj\w*|friksjon\w*|gnisning\w*|krang\w*|maktkamp\w*|rivalis\w*|dragkamp\w*|strid\w*"
    r"|byråkrati\w*|uklar\w*|usikker\w*|utydel\w*|forvirr\w*|misforst\w*|mistyd\w*|tvil\w*|mang(?:el|ler|lar|lande|lende|elen)|overlapp\w*"
    r"|tidsklemme\w*|tidspress\w*|tidsnød|turnover|gjennomtrekk\w*|utskift\w*|redd\w*|frykt\w*|engstel\w*|bekymr\w*"
    r"|utenfor|utanfor|utestengt\w*|glemt|gløymd\w*|forbigått\w*|oversett|nedlatende|ovenfra"
    r"|sc?k?eptic\w*|scepticism|resist\w*|reluctan\w*|distrust\w*|mistrust\w*|hierarch\w*|queues?|waiting|conflicts?|tensions?|friction"
    r"|disagree\w*|quarrel\w*|rivalr\w*|bureaucra\w*|unclear|uncertain\w*|confus\w*|misunderst\w*|doubts?|doubt(?:ed|ful)|lack|shortage|overlap\w*"
    r"|afraid|fears?|worr(?:y|ied|ies)|excluded|forgotten|ignored|overlooked|skipped|left"
)
# Between a denial and a complaint they say that it is the reason for something else, not that it is not there.
_REASONS = _listed(
    "grunn pga because due fordi for of grunna owing hvis dersom viss om if når when at that som who which"
)
_THAT = _listed("at that om if")
_CLAUSE = _listed(
    """
    men mens but while whereas although though selv sjølv however likevel imidlertid fordi because hvis dersom viss if
    unless
    """
)
_STOPS = frozenset(".!?;:()–…")


def is_denied(tokens: Tokens, matched: frozenset[int]) -> bool:
    """Whether what the matched words say to hamper is denied in their clause.

    So where a difficulty is denied ("confidentiality has never been a problem"), where what hampers does not ("has
    never stopped us"), and where a complaint is denied itself ("no scepticism", "ingen var skeptiske").

    Args:
        tokens: the words of the sentence.
        matched: which of the words the rule matched; not empty. A denial that is one of them belongs to the complaint.
    """
    first, last = _clause(tokens, min(matched), max(matched))
    denials = [
        place
        for place in range(first, last)
        if place not in matched and _denies(tokens.words[place]) and not _is_only(tokens, place)
        if place + 1 in matched or not _is_sure(tokens, place + 1)
    ]
    if _SAID_OF_OTHERS.search(" ".join(tokens.words[first : min(matched)])):
        return True
    if _WITHOUT_EFFECT.search(" ".join(tokens.words[first:last])) or _is_set_aside(tokens, matched, first, last):
        return True
    if any(_denies_named_difficulty(tokens, place, last, matched) for place in matched if first <= place < last):
        return True
    return any(_denies_difficulty(tokens, place, last) for place in denials) or any(
        _denies_complaint(tokens, place, complaint)
        for complaint in range(max(first, min(matched) - _JUST_BEFORE), max(matched) + 1)
        if _COMPLAINT.fullmatch(tokens.words[complaint])
        if complaint in matched or not _is_sure(tokens, complaint)
        for place in denials
        if place != complaint
    )


def _is_set_aside(tokens: Tokens, matched: frozenset[int], first: int, last: int) -> bool:
    """Whether the clause says of the matched words that they are not what it is about here."""
    behind = max(matched) + 1
    if behind < len(tokens.words) and tokens.words[behind] in _NO and "," in tokens.breaks[behind - 1]:
        return True  # "tidspress, nei, ..."
    clause = " ".join(_MATCHED if place in matched else tokens.words[place] for place in range(first, last))
    as_said = " ".join(
        _MATCHED if place in matched and not _denies(tokens.words[place]) else tokens.words[place]
        for place in range(first, last)
    )
    if _OTHER_PROBLEM.search(as_said):
        return True
    return _SET_ASIDE.search(clause) is not None or _NOT_HERE.search(" ".join(tokens.words)) is not None


def is_taken_back(text: str, sentence: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a sentence is denied by the next one: a question that gets a no, or what nobody has seen.

    Args:
        sentence: first code point and one past the last, like those of the following one.
    """
    answer = _TAKEN_BACK.match(text, *following)
    if answer is None:
        return False
    return text[: sentence[1]].rstrip().endswith("?") or len(answer[0].split()) > 1


def _clause(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """The first word of the clause around some words, and one past the last."""
    while first > 0 and not (_STOPS & set(tokens.breaks[first - 1])) and tokens.words[first] not in _CLAUSE:
        first -= 1
    while last < len(tokens.words) - 1 and not (_STOPS & set(tokens.breaks[last])):
        if tokens.words[last + 1] in _CLAUSE:
            break
        last += 1
    return first, last + 1


def _denies(word: str) -> bool:
    return word in _DENIALS or word.endswith(("n't", "n’t"))


def _is_only(tokens: Tokens, place: int) -> bool:
    """Whether a denial is one of "ikke bare", or of an "ikke sant" that asks for a yes."""
    if place + 1 >= len(tokens.words):
        return False
    following = tokens.words[place + 1]
    return following in _NOT_MEANT or (following == _TRUE and not _is_said_to_be(tokens, place))


def _is_said_to_be(tokens: Tokens, place: int) -> bool:
    """Whether "er" or "var" stands before a word, small adverbs apart."""
    while place > 0 and not tokens.breaks[place - 1]:
        place -= 1
        if tokens.words[place] not in _ADVERBS:
            return tokens.words[place] in _IS
    return False


def _is_sure(tokens: Tokens, place: int) -> bool:
    """Whether a doubt is one of those whose denial makes something sure."""
    if place >= len(tokens.words) or not _DOUBT.fullmatch(tokens.words[place]):
        return False
    of, that = [*tokens.words[place + 1 : place + 3], "", ""][:2]
    return of not in _OF_DOUBT or that in ("at", "that")


def _denies_difficulty(tokens: Tokens, place: int, last: int) -> bool:
    """Whether a difficulty, or what hindrances do, follows the denial ("aldri vært noe hinder", "never stopped us")."""
    for following in range(place + 1, min(last, place + _BEHIND + 1)):
        word = tokens.words[following]
        if following == place + 1 and _NOT_SO.fullmatch(word):
            return True
        if tokens.breaks[following - 1] or word in _REASONS:
            return False
        if _DIFFICULTY.fullmatch(word) or _HAMPERS.fullmatch(word):
            return True
    return False


def _denies_named_difficulty(tokens: Tokens, place: int, last: int, matched: frozenset[int]) -> bool:
    """Whether a matched word denies a difficulty before anything else that matched.

    "Ikke noe problem med tiden", found by "ikke" near "tid"; not so "ikke tid til å løse problemene".
    """
    if not _denies(tokens.words[place]) or _is_only(tokens, place):
        return False
    following = min((each for each in matched if each > place), default=last)
    return _denies_difficulty(tokens, place, following)


def _denies_complaint(tokens: Tokens, place: int, complaint: int) -> bool:
    """Whether a denial says of a complaint that it is not there."""
    words = tokens.words
    if place < complaint:
        between = words[place + 1 : complaint]
        reasons = set(between) & _REASONS
        if reasons <= _THAT and any(_OPINION.fullmatch(word) for word in words[max(0, place - 2) : place + 2]):
            reasons = set()
        return len(between) < _BEFORE and not reasons and not any(tokens.breaks[place:complaint])
    between = words[complaint + 1 : place]
    if len(between) >= _BEHIND or any(tokens.breaks[complaint:place]) or set(between) & _REASONS:
        return False
    following = words[place + 1 : place + 2]
    return not following or _MET_WITH.fullmatch(following[0]) is not None
