"""Inflected forms of a word by its shape: closed lists of endings, Bokmål, Nynorsk and English.

Nobody says which part of speech a keyword is, so a word gets the endings of all that its shape allows. That makes
forms that no one writes, which does no harm; the endings are chosen so that few forms are other words.
"""

from __future__ import annotations

import re
from functools import cache

from qualcode.autocoding.irregular import irregular_forms, is_strong_verb
from qualcode.autocoding.spellings import spellings

VOWELS = "aeiouyæøåéèêóòôäöü"


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Nouns and adjectives on a consonant: tid-en, råd-et, sak-a, sak-er, råd-ene, sak-ar, sak-ane; stor-e, stor-ere ...
_NOUN = _listed("en et a er ene ar ane ens ets as ers enes ars anes")
_ADJECTIVE = _listed("e ere est este are ast aste eres")
_NOUN_OR_ADJECTIVE = _NOUN | _ADJECTIVE
# On -e: møte-r, gruppe-n, gruppe-ne ... (endings stand after the word without its -e)
_NOUN_E = _listed("en et a er ene ar ane ens ets as ers enes ars anes or orne")
_VERB_E = _listed("er ar et a es as ast ande ende ete ede edes etes ere ere are")
_NOUN_E_OR_VERB_E = _NOUN_E | _VERB_E
_PAST_T = _listed("te t tes")
_PAST_D = _listed("de d des")
_NOUN_VOWEL = _listed("en n et a er r ene ne ar ane ens ets ers enes anes s")
_VERB_VOWEL = _listed("r dde dd tt s ende ande ast")
_ADJECTIVE_VOWEL = _listed("e tt ere est are ast este aste")
# behandl-er: -ere, -eren, -erne; Nynorsk -ar, -arar, -arane
_AGENT = _listed("er ere eren erne erens ernes eres ers ar arar aren arane arens aranes arars ars")
_SYNCOPE_NOUN = _listed("er ene ar ane ers enes ars anes a et")
_SYNCOPE_ADJECTIVE = _listed("e ere est este are ast aste")
_LATIN = _listed("et er ene a ar ane ets ers enes anes")  # sentr-um, muse-um, kriteri-um

_ENGLISH_SHAPE = re.compile(
    r"[wcqxz]|th|sh|ph|gh|ea|oo|ou|ee|oa|ai|oi|ey|ay|ew|tion$|[^aeiouyæøå]y$|ness$|ment$|ity$|ate$|ize$|ise$|ble$|ful$|age$|ure$|ive$|erve$|ess$|uct$|ect$|ict$|end$|ond$|ine$|ent$"
)
_NORWEGIAN_SHAPE = re.compile(r"[æøå]|kj|gj|hj|skj|lj|fj|nj|bj|øy|ei(?!v)|aa|kk|sjon|^hv|^kv|het$|lig$|skap$|ere$")
# English verbs that look as Norwegian as English.
_ENGLISH_VERBS = _listed(
    """
    adapt add adjust admit agree allow apply argue arrange arrive ask assist attend avoid base belong bill blame block
    call care carry cause change check claim close collaborate comment commit complain complete confirm connect consult
    control cope coordinate cover decide decline define delay deliver demand deny depend develop differ disagree
    discuss document employ end engage enter evaluate experience explain express fail file fill find finish fit focus
    follow form frustrate gain get give handle help hinder hire hope ignore improve include inform insist integrate
    invite involve join judge lack last lead learn let like limit link list listen live log long look love manage match
    meet mention merge mind miss mix motivate move need note notice offer open oppose order organise organize own
    participate permit place plan prefer present press prevent promise promote protect provide pull push refer refuse
    reject relate rely remember remind remove report request resist resolve respect respond rest restrict result return
    risk rule run save seem separate serve settle sign sit solve stand start state stay step stop store struggle study
    submit suffer suggest support talk tell test think train transfer travel treat trust try turn understand use value
    visit vote wait walk want warn wish wonder work worry
    """
)

# What an ending makes by chance: words of their own that are far more common than the form.
_OTHER_WORDS = {
    "nå": _listed("når nåde nådde"),
    "må": _listed("mål måne"),
    "lege": _listed("legende legender"),
    "mote": _listed("mot motet"),
    "være": _listed("vare varer vara"),
    "plan": _listed("planet planets"),
}

_SHORTEST_PLAIN_IMPERATIVE = 5


@cache
def inflections(keyword: str) -> frozenset[str]:
    """All forms of a word that count as the word itself, each of its spellings included.

    Args:
        keyword: in small letters.
    """
    forms: set[str] = set()
    for word in spellings(keyword):
        forms |= _forms(word)
    forms -= _OTHER_WORDS.get(keyword, frozenset())
    forms.add(keyword)
    return frozenset(forms)


def _forms(word: str) -> set[str]:
    irregular = irregular_forms(word)
    forms = {word, *irregular}
    forms |= {form + "s" for form in irregular if form[-1] not in "sxz"}
    if len(word) < 2 or not any(letter in VOWELS for letter in word):
        return forms | _attached(word, _NOUN)  # an abbreviation in small letters
    if word[-1] == "e":
        forms |= _of_e(word, strong=is_strong_verb(word))
    elif word[-1] in "aá":
        forms |= _of_a(word)
    elif word[-1] in "éè":
        forms |= _attached(word[:-1] + "e", _NOUN_VOWEL) | _attached(word, _NOUN_VOWEL)
    elif word[-1] in VOWELS:
        forms |= _of_vowel(word)
    else:
        forms |= _of_consonant(word)
    if word[-1] not in "sxzß":
        forms.add(word + "s")
    return forms | _english(word)


def _attached(stem: str, endings: frozenset[str]) -> set[str]:
    return {stem + ending for ending in endings}


def _of_e(word: str, *, strong: bool) -> set[str]:
    stem = word[:-1]
    if len(stem) < 2 or not any(letter in VOWELS for letter in stem):
        return _attached(word, _NOUN_VOWEL)
    forms = _attached(stem, _NOUN_E_OR_VERB_E)
    if (len(stem) >= _SHORTEST_PLAIN_IMPERATIVE and stem[-1] not in "lnr") or stem[-2:] == "er":
        forms.add(stem)
    if not strong:
        forms |= _weak_past(stem)
    if word.endswith(("ene", "ane")):
        forms |= {stem[:-2] + other + "ne" for other in "ea"}
    return forms


def _weak_past(stem: str) -> set[str]:
    """brukte, kjente, levde, høyrde: the past of a verb by the last letters of its stem."""
    single = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "lmnpskg" else stem
    forms: set[str] = set()
    if stem[-1] not in "tv" + VOWELS:
        forms |= _attached(stem, _PAST_T) | _attached(single, _PAST_T)
    if stem[-1] in "vg" or stem.endswith(("ei", "øy", "ør", "ær", "øyr", "eir", "øym", "øm", "ui", "ai", "i")):
        forms |= _attached(single, _PAST_D)
    if stem[-1] == "d" and stem[-2] in VOWELS:
        forms |= _attached(stem, _PAST_D)
    if stem[-1] == "v":
        forms |= _attached(stem, _PAST_T)
    return forms


def _of_a(word: str) -> set[str]:
    """kollega, tema; Nynorsk infinitives (arbeida), participles (lukka)."""
    stem = word[:-1]
    forms = _attached(word, _listed("en et er ene ar ane r ne s ens ets ers enes n st"))
    if len(stem) > 2:
        forms |= _attached(stem, _listed("e er ar en ene ane et ete ede ande ast es")) | _weak_past(stem)
    return forms


def _of_vowel(word: str) -> set[str]:
    forms = _attached(word, _NOUN_VOWEL)
    if len(word) <= 3:
        forms.discard(word + "n")
    if len(word) <= 3 or word[-1] in "åyø":
        forms |= _attached(word, _VERB_VOWEL) | _attached(word, _ADJECTIVE_VOWEL)
    return forms


def _of_consonant(word: str) -> set[str]:
    forms = _attached(word, _NOUN_OR_ADJECTIVE)
    doubled = word[-1] == word[-2]
    if word[-1] not in "tx":
        forms.add((word[:-1] if doubled else word) + "t")
    if word.endswith(("hvit", "kvit", "våt", "søt", "feit")):
        forms.add(word + "t")
    if word.endswith(("ig", "leg", "som")):
        forms |= {word + "st", word + "ste"}
    if word[-1] == "m" and not doubled and word[-2] in VOWELS:
        forms |= _attached(word + "m", _NOUN_OR_ADJECTIVE)
    if word[-2:] in ("el", "en", "er", "al", "ar"):
        forms |= _of_weak_syllable(word)
    if word.endswith("um") and len(word) > 4:
        forms |= _attached(word[:-2], _LATIN)
    if word.endswith("et") and len(word) > 4:
        forms |= _attached(word[:-2], _listed("a ede ete"))
    return forms | _of_plural(word)


def _of_weak_syllable(word: str) -> set[str]:
    """nøkkel - nøkler, åpen - åpne, sikker - sikre; behandler - behandlere - behandlarar."""
    stem, ending = word[:-2], word[-2:]
    if len(stem) < 2 or not any(letter in VOWELS for letter in stem):
        return set()
    forms: set[str] = set()
    if ending in ("el", "en", "er", "al"):
        single = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
        short = single + ending[1]
        forms |= _attached(short, _SYNCOPE_ADJECTIVE)
        if ending != "en":
            forms |= _attached(short, _SYNCOPE_NOUN)
        if ending == "en" and stem[-1] in "tk":  # skriven, written: a participle and its neuter
            forms |= {stem + "e"} if len(stem) > 4 else set()
    if ending in ("er", "ar"):
        forms |= _attached(stem, _AGENT)
        if len(stem) > 3:
            forms |= _attached(stem, _listed("ene ane ene"))
    return forms


_PLURAL = re.compile(r"(?P<base>.{3,}(?:ing|het|heit|sjon))(?:er|ar|en|a|ene|ane)$")


def _of_plural(word: str) -> set[str]:
    """A keyword that is itself a form: utfordringer is looked for as utfordring."""
    found = _PLURAL.match(word)
    if found is None:
        return set()
    return _attached(found["base"], _NOUN) | {found["base"]}


def _english(word: str) -> set[str]:
    forms: set[str] = set()
    if len(word) > 3 and word[-1] == "y" and word[-2] not in VOWELS:
        forms |= {word[:-1] + ending for ending in ("ies", "ied", "ier", "iest")}
    if len(word) > 2 and word.endswith(("s", "x", "z", "ch", "sh")):
        forms.add(word + "es")
    if not _looks_english(word):
        return forms
    if word[-1] == "e":
        forms |= {word + "d"} | ({word + "ing"} if word.endswith("ee") else {word[:-1] + "ing"})
        return forms
    forms |= {word + "ed", word + "ing"}
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", word):
        forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return forms


def _looks_english(word: str) -> bool:
    if _NORWEGIAN_SHAPE.search(word):
        return False
    return word in _ENGLISH_VERBS or _ENGLISH_SHAPE.search(word) is not None
