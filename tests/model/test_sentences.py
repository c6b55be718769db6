"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Vi hadde bl.a. møter på avd. B kl. 12.30 med ca. 20 personer.",
        "Det gjelder f.eks. Oslo og nr. 5, dvs. Bergen.",
        "Me såg t.d. på det som hr. Ås skreiv m.a.o. alt.",
        "Den 12. mars møttes vi for 3. gang.",
        "Brevet fra J. R. Hansen kom fram.",
        "Dr. Smith said, e.g. on Monday, i.e. the 5th, that No. 7 was late.",
        "Andelen var 3.5 prosent og 1.200 kroner.",
        "Jeg vet ikke ... kanskje senere.",
        "Jeg … altså vi gikk.",
        "«Hva er dette?» spurte hun.",
        "«Kom inn.» sa han.",
        "Møter, telefon osv. er greit.",
        "Denne linjen er lang nok til at den ble brutt for å passe\npå en side.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi var der. Det var bra! Var det? Ja.", ["Vi var der.", "Det var bra!", "Var det?", "Ja."]),
        ("vi venter. det tar tid", ["vi venter.", "det tar tid"]),
        ("Vi brukte telefon osv. Det var greit.", ["Vi brukte telefon osv.", "Det var greit."]),
        ("Vi valgte plan B. Vi gikk.", ["Vi valgte plan B.", "Vi gikk."]),
        ("Vi var 12. Det holdt.", ["Vi var 12.", "Det holdt."]),
        ("Han sa «kom inn.» Så gikk vi.", ["Han sa «kom inn.»", "Så gikk vi."]),
        ("Nei… Vi gikk.", ["Nei…", "Vi gikk."]),
        ("Det er vanskelig.Det er slik det er.", ["Det er vanskelig.", "Det er slik det er."]),
        ("– Ja. – Nei.", ["– Ja.", "– Nei."]),
        ("Ja. (latter) Nei.", ["Ja.", "(latter) Nei."]),
        ("Ja. ... Nei.", ["Ja. ...", "Nei."]),
        ("- tilgang\n- møter, tid\n- mål", ["- tilgang", "- møter, tid", "- mål"]),
        ("1. Tilgang til alt\n2. Møter", ["1. Tilgang til alt", "2. Møter"]),
        ("tilgang\nmøter", ["tilgang", "møter"]),
        ("Eit avsnitt utan punktum som er langt nok til å vere brote\nEit nytt avsnitt", 2),
        ("Et avsnitt\n\nog et til", ["Et avsnitt", "og et til"]),
        ("", []),
        (" \n ", []),
        ("...", ["..."]),
        (" a ", ["a"]),
    ],
)
def test_sentences_end(text: str, expected: list[str] | int) -> None:
    found = sentences(text)
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_a_part_of_a_text_is_cut_by_itself() -> None:
    text = "Ja. Nei. Jo."
    assert sentence_spans(text, 4, 8) == [(4, 8)]
    assert sentence_spans(text, 5) == [(5, 8), (9, 12)]


@given(st.text(alphabet="aA1.!?… \n«»-–(,\u00a0", max_size=40), st.integers(0, 5))
def test_every_letter_is_in_exactly_one_sentence(text: str, start: int) -> None:
    spans = sentence_spans(text, start)
    covered = [position for first, last in spans for position in range(first, last)]
    assert covered == sorted(set(covered))
    assert {position for position in range(start, len(text)) if not text[position].isspace()} <= set(covered)
    assert all(text[first:last] == text[first:last].strip() != "" for first, last in spans)
