"""Forms of a word."""

from __future__ import annotations

import pytest

from qualcode.autocoding.inflection import inflections
from qualcode.autocoding.spellings import spellings


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("møte", "møte møtet møter møtene møta møtane møtes møtets møtte møttes møtende møtande"),
        ("behandle", "behandler behandlet behandla behandlar behandles behandlende behandlande"),
        ("bygge", "bygger bygde bygd byggje byggjer"),
        ("kjenne", "kjenner kjente kjent"),
        ("prøve", "prøver prøvde prøvd"),
        ("kriterium", "kriteriet kriterier kriteria"),
        ("program", "programmet programmer programma"),
        ("artikkel", "artikler artiklar artikkelen"),
        ("sliten", "slitent slitne"),
        ("idé", "ideen ideer"),
        ("håndbok", "håndbøker håndbøkene"),
        ("foreslå", "foreslår foreslo foreslått"),
        ("enighet", "enighetens enigheita"),
        ("arbeida", "arbeidar arbeide arbeidet"),
        ("carry", "carries carried"),
        ("stop", "stopped stopping"),
        ("decide", "decides decided deciding"),
    ],
)
def test_the_forms_of_a_word_are_known(word: str, forms: str) -> None:
    assert set(forms.split()) - inflections(word) == set()


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("mene", "men"),
        ("dele", "del"),
        ("måle", "mål"),
        ("måte", "måtte"),
        ("nå", "når"),
        ("lege", "legende"),
        ("behandle", "behandling"),
        ("observere", "observare"),
        ("plan", "planet"),
        ("lov", "loving"),
    ],
)
def test_another_word_is_no_form(word: str, others: str) -> None:
    assert set(others.split()).isdisjoint(inflections(word))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ikke", "ikkje"),
        ("hva", "kva"),
        ("forskjellighet", "forskjelligheit"),
        ("oppgavefordeling", "oppgåvefordeling"),
        ("arbeidsoppgave", "arbeidsoppgåve"),
        ("vanskelig", "vanskeleg"),
        ("søke", "søkje"),
        ("taushetsplikt", "tausheitsplikt"),
    ],
)
def test_spellings_go_both_ways(one: str, other: str) -> None:
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize(("one", "other"), [("forståelse", "forståing"), ("fordi", "av di"), ("lede", "leie")])
def test_words_that_differ_are_no_spellings(one: str, other: str) -> None:
    assert other not in spellings(one)
