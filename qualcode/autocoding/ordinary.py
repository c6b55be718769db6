"""Talk that is about nothing in particular: what a codebook's first sentences are told apart from."""

from __future__ import annotations

ORDINARY_TALK = tuple(
    line.strip()
    for line in """
    Ja, det er det.
    Jeg vet ikke hva jeg skal si om det.
    Det var det jeg ville si.
    Jeg tror ikke det.
    Jeg fikk vite det i går.
    Jeg fikk bare høre om det.
    Vi fikk beskjed om det for noen uker siden.
    Vi skulle hatt litt mer av det.
    Vi skulle hatt flere.
    De skal gjøre det på en annen måte nå.
    Han har sagt det mange ganger.
    Det er noe som skjer av og til.
    Det kommer an på hvem man spør.
    Noen ganger er det sånn, og andre ganger er det ikke sånn.
    Vi har ikke noe mer å si om det.
    Det er jo bare sånn det er.
    Jeg synes det er helt greit.
    De vet ikke hva dette er.
    De vet ikke hvem vi er.
    Da måtte vi begynne på nytt igjen.
    Vi er fire stykker på kontoret.
    Det står i papirene et sted.
    Jeg kan ikke huske når det var.
    Alle har vel opplevd det en eller annen gang.
    Vi gjør det hver dag, og det har vi alltid gjort.
    Hva skal man si?
    Takk for at du spør.
    Eg veit ikkje kva eg skal seie om det.
    Vi fekk ikkje vite noko om det.
    Eg trur dei gjer det på same måten no.
    Ho sa at ho ikkje hadde høyrt om det.
    Det er berre slik det er hos oss.
    Dei har vore her ei god stund.
    Det kjem an på kven du spør.
    Yes, that is how it is.
    We have been here for a long time.
    They told us about it some weeks ago.
    She said that she would come, and then she came.
    That was all I wanted to say.
    I only got to hear about it yesterday.
    """.splitlines()
    if line.strip()
)
"""Sentences without a theme, in Bokmål, Nynorsk and English: made of the words that people use about anything."""
