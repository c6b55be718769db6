"""Whether matched words (in brackets) are said to be missing."""

from __future__ import annotations

import re

import pytest

from qualcode.autocoding.lacking import is_lacking
from qualcode.autocoding.tokens import tokens

LACKING = """
Det skorter på [tid].
Det er ikke sånn at vi har [tid].
Vi har aldri hatt noe [tid], problemet er at det haster.
Vi har ikke [tilgang] til noe.
Me har ikkje fått [tilgang] enno.
[Tilgang] har vi ikke.
Uten [tilgang] stopper det.
Utan [tilgang] stoppar det.
Vi mangler [tilgang].
[Tilgangen] mangler.
No har me ikkje [tilgang].
We have no [access] to the records.
No [access].
We don't have [access].
We were never given [access].
Without [access] we stop.
There is a lack of [access].
[Access] was denied.
Verken møter eller [tilgang].
Ingen møter, ingen [tilgang].
Vi har ikke møter eller [tilgang].
De nekter oss [tilgang].
For lite [tilgang].
Altfor få [møter].
[Samarbeidet] med postmannen er ikke-eksisterende.
Mangel på [tilgang] er et problem.
Det er ikke slik at vi får [tilgang].
Vi [slipper] ikke [inn].
Det er umulig å få [tilgang].
Dei saknar [tilgang].
[Tilgangen] er stengt.
Vi har ikkje [tilgang], men mange møte.
Vi har møter, men ikke [tilgang].
Plikten hindrer [tilgang].
[Tilgang] får me aldri.
Vi får ikke noe [tilgang] fordi de er redde.
[Tilgang] har ingen av oss.
Vi har ikke bare ventet, vi har ikke [tilgang].
Skulle ønske vi hadde [tilgang].
Eg skulle gjerne hatt [tilgang].
Hadde vi hatt [tilgang], ville det gått lettere.
Det hadde vært fint å ha [tilgang].
It would help if she had [access].
I wish we had [access].
If only we had [access].
Vi har itj [tilgang].
"""

NOT_LACKING = """
I never had any trouble getting [access].
Vi har aldri hatt noe problem med [tilgangen].
Me har ikkje hatt noko særleg vanskar med [tilgang].
Det er ikke sånn at vi ikke har [tid].
Det er ikkje slik at me manglar [tid].
It's not that we don't have [time].
[Opplæringen] var ikke dårlig, den var bare kort.
The [training] was not bad.
Vi har [tilgang] til alt.
Vi har ikke bare [tilgang], men også møter.
Ikkje berre [tilgang].
Not only [access] but more.
Ikke uten [tilgang].
Vi mangler ikke [tilgang].
[Tilgangen] mangler ikke.
Det er ikke noe problem å få [tilgang].
Det er ingen problem med [tilgang].
Vi har [tilgang], men ikke tid.
Vi har [tilgang] og ikke noe annet.
Jeg skulle ønske noe annet, men vi har [tilgang].
Det hadde ikke gått om vi ikke hadde [tilgang].
Vi hadde møte da vi fikk [tilgang].
No har vi [tilgang].
No får me [tilgang] kvar dag.
Det er bra, ikke sant, med [tilgang].
Vi har ikke tid, så vi bruker [tilgang].
Jeg liker det ikke. Vi har [tilgang].
For å få [tilgang] må vi vente.
Uten tvil [tilgang].
[Tilgang] uten problemer.
Vi får [tilgang] når det ikke er ferie.
Vi mangler møter og vi har [tilgang].
Et lite team med [tilgang].
Nei, vi har [tilgang].
Det er ikke mangel på [tilgang].
Det er ikke vanskelig å få [tilgang].
Det er ikkje vanskeleg å få [tilgang].
We do not lack [access].
Ingen nektes [tilgang].
Når vi ikke møtes, får vi [tilgang].
Me har [tilgang], ikkje sant.
"""


def is_said_to_be_missing(marked: str) -> bool:
    pieces = re.split(r"[\[\]]", marked)
    text = "".join(pieces)
    starts = [len("".join(pieces[:place])) for place in range(1, len(pieces), 2)]
    found = tokens(text, 0, len(text))
    return is_lacking(found, frozenset(found.index(start) for start in starts))


@pytest.mark.parametrize("marked", LACKING.strip().splitlines())
def test_what_is_denied_or_missing_is_lacking(marked: str) -> None:
    assert is_said_to_be_missing(marked)


@pytest.mark.parametrize("marked", NOT_LACKING.strip().splitlines())
def test_what_is_there_is_not_lacking(marked: str) -> None:
    assert not is_said_to_be_missing(marked)


# Written when the scope rule stood, and only counted: the first mark says what is right.
HELD_OUT = """
+ Det finnes ikke noe [samarbeid] mellom oss.
+ Vi har aldri hatt felles [møter].
+ [Samarbeid] finnes knapt.
+ Ingen har gitt oss [innsyn].
+ Jeg har fortsatt ikke fått [opplæring] i dette.
+ Det er null [forståelse] for rollen vår.
+ Eg opplever at det manglar [kunnskap].
+ Me får ikkje vere med i [møta].
+ Det er dessverre ingen [oppfølging] etterpå.
+ De avviser all form for [samarbeid].
+ They do not share [information] with us.
+ There was no [training].
+ Nobody gave us [access].
+ Fravær av [ledelse] er hovedproblemet.
+ [Informasjon] om dette har vi ikke fått.
+ [Kunnskapen] er fraværende.
+ Jeg savner mer [støtte].
+ Vi ble nektet [innsyn].
+ [Opplæring] ble det aldri noe av.
+ Det er altfor lite [samarbeid] her.
+ Har dere ikke [tilgang]?
+ Systemet er stengt for [innsyn].
+ Ingen av oss har [tilgang] i dag.
+ Teamet har ikke et felles [mål].
+ Vi rakk aldri å få til et [møte].
- Vi har godt [samarbeid].
- [Samarbeidet] er bra, selv om vi ikke ses ofte.
- Hvis ikke ringer vi og avtaler et [møte].
- Jeg vet ikke, men [samarbeidet] virker bra.
- Det er ikke tvil om at [samarbeidet] er bra.
- Ikke minst har vi [støtte] fra ledelsen.
- [Møtene] er korte. Ingen klager.
- Vi har [møter] hver uke, ikke bare av og til.
- Eg har ikkje noko imot [møte].
- No er [samarbeidet] veldig bra.
- We not only have [meetings], we like them.
- [Training] is good, but time is missing.
- Vi fikk [innsyn] uten å vente.
- Det mangler ikke på [støtte].
- [Støtten] er der fordi ingen gir opp.
- Vi har [tilgang] til det vi trenger, verken mer eller mindre.
- Det er ingen som mangler [kunnskap].
- Om de ikke svarer, tar vi det i [møtet].
- Jeg har lite tid, men god [støtte].
- Det gikk ikke så lenge før vi fikk [tilgang].
"""


def test_most_of_a_list_that_the_rule_has_not_seen_is_right() -> None:
    rows = [(line[0] == "+", line[2:]) for line in HELD_OUT.strip().splitlines()]
    wrong = [marked for expected, marked in rows if is_said_to_be_missing(marked) != expected]
    assert len(wrong) / len(rows) <= 0.15, wrong
