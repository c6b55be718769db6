"""Spellings of one word that differ by written standard, Bokmål and Nynorsk, and small words as dialects have them."""

from __future__ import annotations

import re
from functools import cache

# One word in its spellings. Words of four letters or more are also looked up as the beginning and the end
# of a longer word (oppgavefordeling, arbeidsoppgåve).
_PAIRS = """
alene/aleine annen/annan arbeidsgiver/arbeidsgivar avgjøre/avgjere bare/berre beholde/behalde ben/bein
besøke/besøkje bo/bu bruker/brukar bud/bod bygge/byggje bære/bere dele/deile drøm/draum drømme/drøyme
egen/eigen eie/eige eier/eigar enig/einig enighet/einigheit ennå/enno flere/fleire forbud/forbod
forebygge/førebyggje/førebygge forholde/forhalde fortelle/fortelje fra/frå fram/frem framover/fremover
framskritt/fremskritt framtid/fremtid fravær/fråvær følge/fylgje følge/følgje gave/gåve gi/gje gjøre/gjere
glemme/gløyme gutt/gut hel/heil helt/heilt hjem/heim hjemme/heime holde/halde
hva/kva hvem/kven hver/kvar hverdag/kvardag hvil/kvil hvile/kvile hvis/viss hvit/kvit hvor/kor/kvar
hvorfor/korfor/kvifor høre/høyre høy/høg ikke/ikkje innhold/innhald kjøre/køyre komme/kome lav/låg
leder/leiar legge/leggje ligge/liggje lærer/lærar lønn/løn løse/løyse mene/meine mening/meining mer/meir
merke/merkje mulig/mogleg mulighet/moglegheit mye/mykje måned/månad noe/noko noen/nokon også/òg
oppfølge/oppfølgje oppgave/oppgåve opphold/opphald oppholde/opphalde penger/pengar rekke/rekkje rådgiver/rådgivar
sammen/saman se/sjå seinere/senere selge/selje selv/sjølv selvstendig/sjølvstendig sen/sein sette/setje si/seie
sitte/sitje sju/syv skille/skilje skjære/skjere skjønne/skjøne skole/skule spørre/spørje sted/stad steder/stader
stele/stjele sten/stein strekke/strekkje syk/sjuk sykdom/sjukdom syke/sjuke sykefravær/sjukefråvær sykehus/sjukehus
sykepenger/sjukepengar sykepleier/sjukepleiar sykmelde/sjukmelde sykmelding/sjukmelding søke/søkje søker/søkjar
taushet/tausheit telle/telje tenke/tenkje tidligere/tidlegare tilbud/tilbod tilhøre/tilhøyre trekke/trekkje tro/tru
uenig/ueinig uke/veke umulig/umogleg uten/utan utgave/utgåve vanskelig/vanskeleg veg/vei veileder/vegleiar
velge/velje videre/vidare virke/verke virkelig/verkeleg virkelighet/verkelegheit være/vere ønske/ønskje øye/auge
"""

# Small words as dialects are written down, behind the word of Bokmål that they stand for. Each is a whole word.
_SPOKEN = """
jeg/eg/æ/æg/æi/je/jæ meg/mæ/mei deg/dæ seg/sæ vi/me/mi oss/øss de/dei/dæm/døm dem/dei/dæm/døm
dere/dåkker/dokker/dykk/dokke deres/deira/dæmmes hun/ho/hu ikke/ikkje/itj/ittj/itte/ikkj/isje/ikkjæ hva/kva/ka
hvem/kven/kæm/kem hvor/kor hvordan/korleis/korsn/korsen/koss/kossen/åssen/hossen hvorfor/kvifor/koffor/koffer/koffår
noe/noko/nokka/nåkka/noka/nåkke/nokke noen/nokon/nokre/nokken/nåkken/nån mye/mykje/møkje er/e
være/vere/vera/værra/væra var/va blir/vert/bi ble/vart/blei har/ha bare/berre/bærre/bærr aldri/aldr alltid/allti
ingen/inga/ingjen fra/frå sammen/saman/sammans også/òg/åsså mange/mang gjør/gjer/gjørr sier/seier/sei får/fær
fikk/fekk/fækk kommer/kjem/kjæm vet/veit/væit skal/ska kan/kanj selv/sjølv/sjøl helt/heilt/hælt annet/anna/ainna
andre/ainner til/te med/me sånn/slik ennå/enno
"""


@cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """The small words by the word that they stand for."""
    return {standard: tuple(others) for standard, *others in (entry.split("/") for entry in _SPOKEN.split())}


# Of what is written in dialect alone, what it stands for; the rest are words of the standards, too.
_ALSO_OTHER_WORDS = frozenset("e me mi ha ka va bi te ho sei ska ska dei vert slik inga anna nokre".split())


@cache
def _standards() -> dict[str, str]:
    return {
        spoken: standard
        for standard, others in _spoken().items()
        for spoken in others
        if spoken not in _ALSO_OTHER_WORDS and spoken != standard
    }


@cache
def _spoken_alike() -> dict[str, tuple[str, ...]]:
    """The other spellings of each small word."""
    table: dict[str, tuple[str, ...]] = {}
    for standard, others in _spoken().items():
        alike = (standard, *others)
        for word in alike:
            if word not in _ALSO_OTHER_WORDS:
                table[word] = tuple(dict.fromkeys((*table.get(word, ()), *(each for each in alike if each != word))))
    return table


def standard(word: str) -> str:
    """The Bokmål word that a small word of Nynorsk or a dialect stands for, for those who read lists; else the word."""
    return _standards().get(word, word)


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in _PAIRS.split():
        words = entry.split("/")
        for word in words:
            table[word] = (*table.get(word, ()), *(other for other in words if other != word))
    return table


# What whole families of words share; each is (Bokmål, Nynorsk) and goes both ways. The letters before say in which
# words to look at all.
_FAMILIES = (
    ("het", re.compile(r"(?<=[^\W\d_]{2})het(?=s|$)"), "heit"),
    ("heit", re.compile(r"(?<=[^\W\d_]{2})heit(?=s|$)"), "het"),
    ("lig", re.compile(r"(?<=[^\W\d_]{2})lig(?=$|e$|h)"), "leg"),
    ("leg", re.compile(r"(?<=[^\W\d_]{2})leg(?=$|e$|h)"), "lig"),
    ("hv", re.compile(r"^hv(?=[aeiouyæøå])"), "kv"),
    ("kv", re.compile(r"^kv(?=[aeiouyæøå])"), "hv"),
)
_J_VERB = re.compile(r"(?<=[eiyæøå])(k|kk|g|gg|rk|lg|nk|nkk)e$")
_NO_J_VERB = re.compile(r"(?<=[kg])je$")
_LONG_ENOUGH = 4


def spellings(word: str) -> tuple[str, ...]:
    """A word in small letters in each of its spellings, itself first."""
    found = [word]
    for each in _by_list(word):
        _add(found, each)
    for letters, pattern, other in _FAMILIES:
        for each in tuple(found):
            if letters in each:
                _add(found, pattern.sub(other, each))
    for each in tuple(found):
        if len(each) > _LONG_ENOUGH and each[-1] == "e":
            _add(found, _J_VERB.sub(r"\1je", each))
            _add(found, _NO_J_VERB.sub("e", each))
    return tuple(found)


def _add(found: list[str], word: str) -> None:
    if word not in found:
        found.append(word)


@cache
def _first_and_last_letters() -> tuple[frozenset[str], frozenset[str]]:
    """What the words of the list that may be a part of a longer one begin and end with."""
    long = [word for word in _pairs() if len(word) >= _LONG_ENOUGH]
    return frozenset(word[:_LONG_ENOUGH] for word in long), frozenset(word[-_LONG_ENOUGH:] for word in long)


def _by_list(word: str) -> list[str]:
    pairs = _pairs()
    found = [*pairs.get(word, ()), *_spoken_alike().get(word, ())]
    firsts, lasts = _first_and_last_letters()
    if word[:_LONG_ENOUGH] in firsts:
        for cut in range(_LONG_ENOUGH, len(word) - 1):
            found.extend(other + word[cut:] for other in pairs.get(word[:cut], ()))
    if word[-_LONG_ENOUGH:] in lasts:
        for cut in range(2, len(word) - _LONG_ENOUGH + 1):
            found.extend(word[:cut] + other for other in pairs.get(word[cut:], ()))
    return found
