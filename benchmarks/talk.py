"""Invented talk in something like Norwegian, and the template that looks for themes in it; the same for a seed.

The commonest words are real, with the frequencies of Zipf's law; all rarer ones are made up of syllables. A few
sentences in a hundred mention a term of the template, inflected or inside a compound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

COMMON = """
og i det er som på til at for av ikke med vi en de jeg har om den så å fra kan men var et eller ved skal når blir ble
dette også etter mot mer vil noe må over bare være hvor ut der da opp under inn noen nå seg alle to sin andre enn hva
mange hadde her ha du meg man oss dem litt jo veldig hele få slik hvis gjøre to mellom siden denne disse selv før uten
kommer går sier får tror ser synes tenker vet kunne skulle ville måtte burde ganger dag uke år tid folk del gang måte
ting spørsmål svar arbeid møte plass hus vei mye godt bra dårlig stor liten lang kort ny gammel første siste egen viktig
vanskelig lett ofte sjelden alltid aldri kanskje egentlig liksom altså ikkje eg dei berre noko kva korleis vere mykje
""".split()
SYLLABLES = """
ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ha he hi ho ja jo ka ke ki ko ku la le li lo lu ma me mi mo mu na
ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo bru dre fle gla gri kle kra kve pri
skå slø smø spre stra svi tre trå tvi våg øde ære åse lønn berg dal stein vik land heim
""".split()
PLACES = """
bibliotek verksted kantine kveldskurs musikkrom lekeplass sykkel skolevei trafikk nabolag bakgård avfall belysning
leiekontrakt parkering dugnad festival svømmehall idrettslag kjøkken
""".split()
MATTERS = "ordning avtale gebyr regel gruppe problem plan ansvar budsjett skjema vakt frist".split()
ENDINGS = ("", "", "", "en", "ene", "er", "s")
COMPOUNDS = ("kommune{}", "{}spørsmålet", "{}arbeid")

N_WORDS = 40_000
N_CODES = 40
N_TERMS = 6
"""Terms of each code."""
SHARE_WITH_A_TERM = 0.04
"""Of all sentences."""
SHARE_SAID = 1 / 3
"""Of all sentences where there are others than invented ones."""
SHORTEST, LONGEST = 4, 20
"""Words of a sentence."""


def vocabulary(random: Random) -> list[str]:
    """Different words, the commonest first."""
    words = dict.fromkeys(COMMON)
    while len(words) < N_WORDS:
        words["".join(random.choices(SYLLABLES, k=random.choice((2, 2, 3, 3, 4)))) + random.choice(ENDINGS)] = None
    return list(words)


def template_terms() -> list[list[str]]:
    """The terms of each code: compounds of two words, and one phrase with a gap."""
    whole = [place + matter for place in PLACES for matter in MATTERS]
    Random(5).shuffle(whole)
    phrases = [f"{place} ... {matter}" for place in PLACES for matter in MATTERS[:3]]
    return [[*whole[code * (N_TERMS - 1) : (code + 1) * (N_TERMS - 1)], phrases[code]] for code in range(N_CODES)]


def template() -> str:
    """A codebook file: themes with codes below them, each code with one rule that lists its terms."""
    lines = ["key: benchmark", "title: Benchmark", "codes:"]
    for number, terms in enumerate(template_terms()):
        indent = "  " if number % 5 == 0 else "      "
        lines.append(f"{indent}- key: code_{number}")
        lines.append(f"{indent}  name: Code {number}")
        lines.append(f"{indent}  rules: [{{any: [{', '.join(terms)}]}}]")
        if number % 5 == 0:
            lines.append(f"{indent}  codes:")
    return "\n".join(lines) + "\n"


class Talk:
    """Sentences without end, the same ones for the same seed.

    Args:
        said: sentences of which one stands in place of every third invented one.
    """

    def __init__(self, seed: int, said: Sequence[str] = ()) -> None:
        self._random = Random(seed)
        self._said = tuple(said)
        self._words = vocabulary(Random(0))
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self._terms = [term for terms in template_terms() for term in terms]

    def sentences(self, n_words: int) -> Iterator[str]:
        """Sentences of so many words in all, a few more where a phrase is mentioned."""
        words = self._random.choices(self._words, cum_weights=self._weights, k=n_words)
        at = 0
        while at < n_words:
            part = words[at : at + self._random.randint(SHORTEST, LONGEST)]
            at += len(part)
            if self._said and self._random.random() < SHARE_SAID:
                yield self._random.choice(self._said)
                continue
            if self._random.random() < SHARE_WITH_A_TERM:
                part[self._random.randrange(len(part))] = self._mention()
            text = " ".join(part)
            yield f"{text[0].upper()}{text[1:]}{self._random.choice('.....!?')}"

    def turns(self, n_words: int) -> Iterator[str]:
        """The same in turns of one to eight sentences."""
        turn: list[str] = []
        wanted = self._random.randint(1, 8)
        for sentence in self.sentences(n_words):
            turn.append(sentence)
            if len(turn) == wanted:
                yield " ".join(turn)
                turn, wanted = [], self._random.randint(1, 8)
        if turn:
            yield " ".join(turn)

    def answers(self, n_answers: int) -> Iterator[str]:
        """Answers of one to three sentences."""
        left = self.sentences(n_answers * 3 * LONGEST)
        for _answer in range(n_answers):
            yield " ".join(next(left) for _sentence in range(self._random.randint(1, 3)))

    def _mention(self) -> str:
        term = self._random.choice(self._terms)
        if " ... " in term:
            return term.replace("...", self._random.choice(COMMON))
        if self._random.random() < 0.25:
            return self._random.choice(COMPOUNDS).format(term)
        return term + self._random.choice(ENDINGS)
