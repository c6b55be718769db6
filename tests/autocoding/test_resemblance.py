"""Rules that go by whole sentences: what resembles them is suggested, with the words that say so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from qualcode.autocoding import by_words as module
from qualcode.autocoding import reading
from qualcode.autocoding.by_words import ByWords
from qualcode.autocoding.examples import Examples
from qualcode.autocoding.resemblance import Resemblance
from qualcode.autocoding.rules import LikeRule
from qualcode.autocoding.suggest import Passage, Scanned, suggest_all
from qualcode.errors import CodebookError
from qualcode.model.codebook import Code, Codebook, MatchRule, Valence, Wording
from qualcode.model.suggestion import Proposal

APART = (
    "Vi sitter i hvert vårt bygg.",
    "Kontoret mitt ligger langt unna avdelingen.",
    "They work in another building across town.",
    "Det er lang vei mellom kontorene våre.",
)
TOGETHER = (
    "Vi sitter vegg i vegg og tar ting i gangen.",
    "Det hjelper å dele kontor med de andre.",
    "Her er det bare å stikke innom naboen.",
)
NEITHER = ("Vi skal ha lunsj etterpå.", "Kontoret er malt grønt.", "Ja, det er greit.")


def make_codebook(*more: MatchRule, groups: tuple[str, ...] = (), weight: float = 0.5) -> Codebook:
    apart = (MatchRule(like=APART, none=NEITHER, name="like these", groups=groups, weight=weight), *more)
    return Codebook(
        "book",
        (
            Code("apart", Wording(plain="Apart"), rules=apart, valence=Valence.HINDERING),
            Code("together", Wording(plain="Together"), rules=(MatchRule(like=TOGETHER),), valence=Valence.PROMOTING),
        ),
    )


def like_rule(key: str, sentences: tuple[str, ...]) -> LikeRule:
    return LikeRule(key, "like these", 0.7, sentences, NEITHER, False, False, None, None)


def by_words(sentences: list[tuple[str, frozenset[str]]]) -> ByWords:
    """The words of given sentences alone: columns for the code "apart" and for any."""
    given = np.array([["apart" in codes, bool(codes)] for _sentence, codes in sentences], dtype=np.float32)
    return ByWords([sentence for sentence, _codes in sentences], given - given.mean(axis=0))


def propose(text: str, book: Codebook | None = None, *, threshold: float = 0.5) -> list[Proposal]:
    scanned = Scanned(1, text, (Passage(0, len(text), "Leader"),))
    ((_, found),) = suggest_all([scanned], book or make_codebook(), threshold=threshold)
    return found


def test_a_given_sentence_resembles_itself_and_no_other_code() -> None:
    sentences = [(each, frozenset({"apart"})) for each in APART] + [(each, frozenset[str]()) for each in NEITHER]
    made = by_words(sentences)
    assert made.degrees(APART[0], [(0, len(APART[0]))])[0, 0] > 0.15
    assert made.degrees(NEITHER[1], [(0, len(NEITHER[1]))])[0, 0] < 0.0


def test_the_words_of_a_likeness_add_up_to_its_degree() -> None:
    made = by_words([(each, frozenset({"apart"})) for each in APART] + [(NEITHER[0], frozenset())])
    text = "Kontoret deres ligger i en annen bydel."
    found = made.likeness(0, text, 0, len(text))
    assert found.degree == pytest.approx(float(made.degrees(text, [(0, len(text))])[0, 0]), abs=1e-5)
    assert "Kontoret" in [text[start:end] for start, end in found.words]


def test_what_resembles_the_examples_is_suggested_with_its_words() -> None:
    (found,) = propose("Kontoret mitt ligger langt unna behandlerne.")
    assert (found.code_key, found.rule) == ("apart", "like these")
    assert "langt" in found.evidence.words or "unna" in found.evidence.words
    assert 0.5 <= found.score < 1


FIRST = ("Vi skulle hatt flere kurs.", "Jeg fikk bare en kort innføring.", "Vikarene vet ikke hva dette går ut på.")


def first_codebook(*more: MatchRule) -> Codebook:
    """What somebody writes in the first quarter of an hour: one code with three sentences, none of them without it."""
    rules = (MatchRule(like=FIRST), *more)
    return Codebook("book", (Code("training", Wording(plain="Training"), rules=rules, valence=Valence.HINDERING),))


@pytest.mark.parametrize("text", [*FIRST, "Vikarene vet ikke hva de skal gjøre."])
def test_the_first_sentences_of_a_codebook_find_what_is_like_them(text: str) -> None:
    assert [each.code_key for each in propose(text, first_codebook())] == ["training"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi skulle hatt mer tid.",
        "Jeg fikk ikke vite noe før det startet.",
        "Legene vet ikke hvem som er hjemme.",
        "Vi fikk nye lister.",
    ],
)
def test_the_first_sentences_find_nothing_by_the_words_of_any_talk(text: str) -> None:
    assert propose(text, first_codebook()) == []


def test_the_first_sentences_take_nothing_from_what_words_find() -> None:
    by_words = MatchRule(any=("opplæring",), lacking=True)
    assert [each.code_key for each in propose("Det er mangel på opplæring også.", first_codebook(by_words))] == [
        "training"
    ]


@pytest.mark.parametrize("text", ["Ja.", "Vi skal ha lunsj i morgen.", "Været er fint."])
def test_what_resembles_none_is_not_suggested(text: str) -> None:
    assert propose(text) == []


def test_a_denied_hindrance_is_not_suggested() -> None:
    assert propose("Lang vei mellom kontorene våre har aldri vært noe problem.") == []


def test_a_rule_gains_where_the_sentence_is_like_the_examples_and_loses_where_it_is_like_the_others() -> None:
    rule = MatchRule(any=("kontor",), weight=0.5, name="office")
    book = make_codebook(rule)
    assert propose("Kontoret er malt grønt, ja.", book) == []
    (found,) = [each for each in propose("Kontoret mitt ligger langt unna.", book) if each.code_key == "apart"]
    assert found.rule == "office; like these"
    assert found.evidence.words[0] == "Kontoret"
    assert found.score > 0.6


def test_it_holds_for_its_groups_only_and_counts_by_its_weight() -> None:
    text = "Kontoret mitt ligger langt unna behandlerne."
    assert propose(text, make_codebook(groups=("Clinician",))) == []
    assert propose(text, make_codebook(weight=0.1)) == []


def test_the_same_codebook_gives_the_same_scores() -> None:
    text = "Kontoret mitt ligger langt unna behandlerne."
    assert propose(text) == propose(text, make_codebook())


def test_like_is_one_way_of_looking_and_stands_alone() -> None:
    with pytest.raises(CodebookError):
        propose("Ja.", make_codebook(MatchRule(like=("Ja.",), any=("ja",))))


def test_sentences_looked_at_together_get_what_each_gets_alone() -> None:
    made = by_words([(each, frozenset({"apart"})) for each in APART] + [(NEITHER[0], frozenset())])
    text = " ".join([*APART, "", *NEITHER, "?!"])
    spans = [(0, len(APART[0])), (3, 3), (len(APART[0]) + 1, len(text)), (len(text) - 2, len(text))]
    together = made.degrees(text, spans)
    assert together.tolist() == [made.degrees(text, [span])[0].tolist() for span in spans]
    assert together[1].tolist() == together[3].tolist() == [0.0, 0.0]


def test_a_sentence_is_read_with_those_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = by_words([(each, frozenset({"apart"})) for each in APART] + [(NEITHER[0], frozenset())])
    parts = ["Hm.", APART[1], *["Hm."] * 4]
    text = " ".join(parts)
    starts = [sum(len(each) + 1 for each in parts[:number]) for number in range(len(parts))]
    spans = [(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]
    alone, read = made.degrees(text, spans)[:, 0], made.degrees_in_passages([(text, spans)])[:, 0]
    assert read.tolist() == pytest.approx(alone.tolist())  # the others say nothing themselves and get nothing
    monkeypatch.setattr(reading, "_LEAST_ALONE", 0.0)
    read = made.degrees_in_passages([(text, spans[:1]), (text, spans[1:])])[:, 0]
    # beside it a quarter, within two a half, within three 0.3 of what is lent; another passage has nothing of it
    assert (read / alone[1]).tolist() == pytest.approx([0, 1, 0.25 + 0.5 + 0.3, 0.5 + 0.3, 0.3, 0], abs=1e-5)
    read = made.degrees_in_passages([(text, spans)])[:, 0]
    assert (read / alone[1]).tolist() == pytest.approx([1.05, 1, 1.05, 0.8, 0.3, 0], abs=1e-5)
    monkeypatch.setattr(reading, "_MOST_ADDED", 0.02)
    read = made.degrees_in_passages([(text, spans)])[:, 0]
    assert (read - alone).tolist() == pytest.approx([0.02, 0, 0.02, 0.02, 0.02, 0], abs=1e-5)  # no more is added


def test_of_sentences_beside_it_the_one_counts_that_says_more() -> None:
    made = by_words([(each, frozenset({"apart"})) for each in APART] + [(NEITHER[0], frozenset())])
    text = f"{APART[1]} Vi skal ha lunsj etterpå."
    spans = [(0, len(APART[1])), (len(APART[1]) + 1, len(text))]
    (alone, _other), (read, _its) = made.degrees(text, spans)[:, 0], made.degrees_in_passages([(text, spans)])[:, 0]
    assert read < alone  # what goes on about lunch makes it less sure
    assert made.degrees_in_passages([(text, spans[:1])]) == pytest.approx(made.degrees(text, spans[:1]))
    assert made.degrees_in_passages([(text, [])]).shape == (0, 2)


def test_of_two_codes_the_one_that_a_sentence_resembles_less_loses() -> None:
    alone = Examples([like_rule("apart", APART)])
    both = Examples([like_rule("apart", APART), like_rule("together", TOGETHER)])
    at_most = np.array([[0.2, -0.1, 0], [0.2, 0.3, 0], [0.2, 0.9, 0], [0.2, 0.2, 0]])
    (without,) = alone.weights(np.array([[0.2, 0]]), 0.5).lifts[:, 0]
    assert (without - both.weights(at_most, 0.5).lifts[:, 0]).tolist() == pytest.approx([0, 3, 3, 0], abs=0.01)
    (small,) = both.weights(np.array([[0.1, 0.15, 0]]), 0.5).lifts
    assert small[1] - small[0] == pytest.approx(0.05 * 20 + 1.5, abs=0.01)


def test_all_codes_lose_where_a_sentence_resembles_those_that_carry_none() -> None:
    made = Examples([like_rule("apart", APART), like_rule("together", TOGETHER)])
    texts = [*APART, *TOGETHER, *NEITHER]
    passages = [(each, [(0, len(each))]) for each in texts]
    of_any = made.resemblance.degrees_in_passages(passages)[:, -1]
    assert min(of_any[: -len(NEITHER)]) > max(of_any[-len(NEITHER) :])
    degrees = np.array([[0.2, 0.1, of_any] for of_any in (0.5, 0.0, -0.1, -0.2, -0.9)])
    lifts = made.weights(degrees, 0.5).lifts
    assert (lifts[0] - lifts).tolist() == [pytest.approx([lost, lost]) for lost in (0, 0, 0, 1, 4)]


def test_whether_a_passage_carries_any_code_is_said_by_its_clearest_part() -> None:
    sentences = [(each, frozenset({"apart"})) for each in APART] + [(each, frozenset[str]()) for each in NEITHER]
    made = by_words(sentences)
    text = f"{APART[1]} {NEITHER[0]}"
    spans = [(0, len(APART[1])), (len(APART[1]) + 1, len(text))]
    alone = made.degrees(text, spans)[:, -1]
    both = made.degrees_in_passages([(text, spans)])[:, -1]
    assert both[0] == pytest.approx(alone[0]) and alone[1] < both[1] < alone[0]


def test_a_code_with_fewer_sentences_asks_for_less_resemblance() -> None:
    many = tuple(f"{each} ({number})" for number in range(50) for each in APART)
    degrees = np.array([[0.1, 0.1, 0.0]])
    few, many_more = Examples([like_rule("many", many), like_rule("few", APART)]).weights(degrees, 0.5).lifts[0]
    assert few - many_more == pytest.approx(1.4 * (1 - 4 / 200))


def test_a_question_is_less_sure_than_a_statement_and_one_to_somebody_still_less() -> None:
    stated, asked, asked_you = (
        next((each.score for each in propose(text, threshold=0.05)), 0.0)
        for text in (
            "Kontoret mitt ligger langt unna avdelingen.",
            "Kontoret mitt ligger langt unna avdelingen?",
            "Kontoret mitt ligger langt unna avdelingen din?",
        )
    )
    assert stated > asked > asked_you


def test_scores_are_as_sure_as_the_odds_say() -> None:
    rule = MatchRule(any=("kontor",), weight=0.9, name="office")
    (found,) = propose(f"{APART[1]} Hm.", make_codebook(rule))
    assert found.score > 0.95


def test_a_sentence_of_a_word_or_two_is_suggested_only_if_it_is_one_of_those_given() -> None:
    rules = (MatchRule(like=(*APART, "Lang avstand"), none=NEITHER, name="like these"),)
    book = Codebook("book", (Code("apart", Wording(plain="Apart"), rules=rules, valence=Valence.HINDERING),))
    assert propose("Langt unna.", book, threshold=0.1) == []
    assert [each.code_key for each in propose("Langt unna avdelingen.", book, threshold=0.1)] == ["apart"]
    assert [each.code_key for each in propose("lang avstand!", book, threshold=0.1)] == ["apart"]


def test_what_lifts_no_score_is_suggested_at_no_threshold() -> None:
    found = propose("Kontoret mitt ligger langt unna behandlerne. Møtet er mandag.", threshold=0.0)
    assert {each.code_key for each in found} == {"apart"}
    assert {each.span.start for each in found} == {0}


def test_several_codes_and_sentences_are_told_apart_whatever_was_asked_before() -> None:
    sentences = [(each, frozenset({"apart"})) for each in APART] + [
        (each, frozenset({"together"})) for each in TOGETHER
    ]
    made = Resemblance(sentences, ["apart", "together"])
    asked = [(code, each, 0, len(each)) for each in (*APART, *TOGETHER) for code in ("apart", "together")]
    alone = [Resemblance(sentences, ["apart", "together"]).likeness(*each) for each in asked]
    assert [made.likeness(*each).words for each in asked] == [each.words for each in alone]
    assert made.likeness(*asked[-1]).words != made.likeness(*asked[0]).words


def test_threads_that_ask_at_once_get_what_one_gets() -> None:
    sentences = [(each, frozenset({"apart"})) for each in APART] + [(each, frozenset[str]()) for each in NEITHER]
    texts = [f"{one} {other} nr{number}" for number in range(60) for one in APART for other in NEITHER]
    spans = [(0, len(text)) for text in texts]
    alone = Resemblance(sentences, ["apart"])
    expected = [alone.degrees_in_passages([(text, [span])]).tolist() for text, span in zip(texts, spans, strict=True)]
    shared = Resemblance(sentences, ["apart"])
    with ThreadPoolExecutor(4) as pool:
        for _round in range(2):
            found = list(pool.map(lambda text: shared.degrees_in_passages([(text, [(0, len(text))])]).tolist(), texts))
            assert found == expected


def test_where_there_are_very_many_codes_the_rarest_features_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [(each, frozenset({"apart"})) for each in APART] + [(each, frozenset[str]()) for each in NEITHER]
    whole = by_words(sentences)
    monkeypatch.setattr(module, "_MOST_KEPT", 2 * 120)
    fewer = by_words(sentences)
    text = "Kontoret mitt ligger langt unna."
    assert fewer.degrees(text, [(0, len(text))])[0, 0] > 0.05
    assert fewer.degrees(NEITHER[2], [(0, len(NEITHER[2]))])[0, 0] < 0.05
    assert fewer.degrees(text, [(0, len(text))]).tolist() != whole.degrees(text, [(0, len(text))]).tolist()


def test_a_sentence_that_is_suggested_for_what_stands_beside_it_shows_those_words_too() -> None:
    strong, weak = "Kontoret mitt ligger langt unna avdelingen.", "Det er lang tur mellom oss."
    alone = {each.span.start: each for each in propose(f"{strong} {weak}", threshold=0.3)}
    (beside,) = (each for start, each in alone.items() if start > len(strong))
    own = [span for span in beside.evidence.spans if span.start > len(strong)]
    others = [span for span in beside.evidence.spans if span.end <= len(strong)]
    assert own and others, beside.evidence
    assert set(beside.evidence.words) > {f"{strong} {weak}"[span.start : span.end] for span in others[:1]}
    assert all(span.end <= len(strong) for span in alone[0].evidence.spans), "it says enough by itself"
