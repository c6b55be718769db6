"""Whether what is said to hamper (in brackets) is denied."""

from __future__ import annotations

import re

import pytest

from qualcode.autocoding.denial import is_denied
from qualcode.autocoding.suggest import Passage, Scanned, suggest_all
from qualcode.autocoding.tokens import tokens
from qualcode.model.codebook import Code, Codebook, MatchRule, Valence, Wording

DENIED = """
Det er jo ikke sant at det er [tidspress] her.
Det er ingen tvil om [hvem] som gjør hva.
[Regelverket] har aldri vært noe hinder for oss.
Vi har ingen problemer med [regelverket].
We have no problems with the [rules].
[Rules] have never stopped us.
Ingen av dem var [skeptiske].
Nobody was [sceptical].
Det er ikke [mangel] på tid.
[Ventetid] er ikkje lenger noko problem.
[Skepsisen] har vi ikke sett noe til.
Eg har ikkje merka noko [hierarki].
There was never any doubt about [who] does [what].
Det har itj vært nokka problem med [reglan].
Jeg opplever ikke at noen er [skeptiske].
I don't think that there is any [resistance].
[Skepsis] er det ikke snakk om hos oss.
At de skal være [redde], det kjenner jeg meg ikke igjen i.
Andre klager på [ventetid].
I was warned about [conflicts].
[Avstanden] har ikke noe å si for oss.
At vi har to [arbeidsgjevarar], spelar inga rolle her.
[Separate buildings] have never made any difference to us.
The [distance] doesn't matter.
Det er ikke [tida] det står på når brødet blir bløtt.
It wasn't the [rules] that spoilt the soup.
[Motstand] har jeg ikke støtt på her på kjøkkenet.
[Turnover] isn't something we've noticed.
[Tidspress], nei, det vil jeg ikke kalle det.
Jeg kan ikke si at [reglene] har stått i veien.
I can't say the [rules] got in the way.
Om det er [dårlig] plass, det kan jeg ikke uttale meg om.
[Regelverket] er det ingenting å klage på.
I andre kommuner har de visst [ventelister].
I've heard that others have long [queues].
Heldigvis har vi ikke noe [hierarki] her.
Noen sier at [rollene] er uklare, men det kjenner jeg meg ikke igjen i.
Vi har [ikke] noe problem med [tiden] hos oss.
Det er [ikke] [tiden] som er problemet, det er kjøkkenet.
It is [not] the [time] that is the problem.
"""

NOT_DENIED = """
Det er alltid [tidspress], ikke sant, og da går det galt.
Det er jo [tidspress] hele tida ikkje sant.
[Ventetid] er et problem, ikke sant?
Jeg er ikke i tvil om at [tidspress] er det verste.
Det er ingen tvil om at [tidspress] går ut over brødet.
Uten tvil er [tidspress] det verste.
There is no doubt that the [queues] are too long.
Vi har [ikke] [tid] til å løse problemene.
Det er [ikke] [tid] som vi kan bruke på problemer.
Det er [ikke] nok [folk].
[Regelverket] er et hinder for oss.
På grunn av [ventelisten] kommer de ikke inn.
De kommer ikke inn på grunn av [ventelisten].
[Hierarkiet] gjør at vi ikke blir hørt.
Det er ikke bare [skepsis] vi møter.
Not only [scepticism].
[Regelverket] er et problem, men det er ikke noe hinder for oss.
Vi har ikke problemer med møter, men [skepsis] møter vi ofte.
De [spør aldri] oss.
De får ikke vite at vi er [skeptiske].
Vi får ikke plass fordi det er [venteliste].
Ikke alle var [skeptiske].
Ingen vet hvilken [rolle] de har.
Det spiller en stor rolle at vi sitter i [ulike] hus.
[Avstanden] har mye å si.
The [distance] makes a difference.
The [distance] does matter.
Det er ikke [tid] til å bake.
Det er [tida] det står på, ikke viljen.
[Motstand] har jeg støtt på hver uke.
Vi får ikke si noe om [oppskriften].
Jeg har hørt at vi skal få [ventelister].
Andre steder går det bra, men her er det [ventelister].
Nei, [regelverket] er vanskelig.
"""


def _is_denied(marked: str) -> bool:
    read = tokens(marked.replace("[", "").replace("]", ""), 0, len(marked))
    matched = {word for each in re.findall(r"\[(.+?)\]", marked) for word in each.lower().split()}
    return is_denied(read, frozenset(place for place, word in enumerate(read.words) if word in matched))


@pytest.mark.parametrize("marked", DENIED.strip().splitlines())
def test_a_hindrance_is_denied(marked: str) -> None:
    assert _is_denied(marked)


@pytest.mark.parametrize("marked", NOT_DENIED.strip().splitlines())
def test_a_hindrance_is_not_denied(marked: str) -> None:
    assert not _is_denied(marked)


@pytest.mark.parametrize(
    ("text", "n_found"),
    [
        ("Ventelister? Nei, det har vi ikke.", 0),
        ("Waiting lists? No, not here.", 0),
        ("Jeg ble fortalt om ventelister. Har ikke sett noen.", 0),
        ("Det er ventelister. Nei, nå må jeg gå.", 1),
        ("Ventelister? Ja, det har vi.", 1),
    ],
)
def test_the_next_sentence_may_take_a_hindrance_back(text: str, n_found: int) -> None:
    code = Code(
        "waiting",
        Wording(plain="Waiting"),
        valence=Valence.HINDERING,
        rules=(MatchRule(any=("venteliste", "waiting list")),),
    )
    ((_, found),) = suggest_all([Scanned(1, text, (Passage(0, len(text), ""),))], Codebook("book", (code,)))
    assert len(found) == n_found


@pytest.mark.parametrize(("valence", "n_found"), [(Valence.HINDERING, 0), (Valence.NEUTRAL, 1), (None, 1)])
def test_only_what_hampers_can_be_denied(valence: Valence | None, n_found: int) -> None:
    text = "Ventelister har aldri vært noe problem."
    code = Code("waiting", Wording(plain="Waiting"), valence=valence, rules=(MatchRule(any=("venteliste",)),))
    scanned = Scanned(1, text, (Passage(0, len(text), ""),))
    ((_, found),) = suggest_all([scanned], Codebook("book", (code,)))
    assert len(found) == n_found
