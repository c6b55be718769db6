"""From texts to proposals."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.autocoding.suggest import Passage, Scanned, suggest_all
from qualcode.errors import CancelledError, CodebookError
from qualcode.model.codebook import Code, Codebook, Context, MatchRule, Wording
from qualcode.model.suggestion import Proposal

CONCEPTS = {
    "access": ("tilgang", "innsyn", "slippe inn", "access"),
    "records": ("journal", "DIPS", "record system"),
}


def make_codebook(
    *rules: MatchRule, concepts: Mapping[str, tuple[str, ...]] = CONCEPTS, more: tuple[Code, ...] = ()
) -> Codebook:
    return Codebook("book", (Code("theme", Wording(plain="Theme"), rules=rules), *more), concepts=concepts)


def scanned(text: str, document_id: int = 1, group: str = "Leader", question: str = "") -> Scanned:
    return Scanned(document_id, text, (Passage(0, len(text), group),), question)


def propose(text: str, *rules: MatchRule, group: str = "Leader", question: str = "") -> list[Proposal]:
    texts = [scanned(text, group=group, question=question)]
    return [each for _, found in suggest_all(texts, make_codebook(*rules)) for each in found]


def evidence(text: str, *rules: MatchRule) -> list[str]:
    return [str(each.evidence) for each in propose(text, *rules)]


def test_a_proposal_says_where_why_and_how_surely() -> None:
    text = "Det var fint. Vi fikk journaltilgangen sent! Ja."
    (found,) = propose(text, MatchRule(any=("journaltilgang", "tilgang"), weight=0.8))
    assert text[found.span.start : found.span.end] == "Vi fikk journaltilgangen sent!"
    assert found.code_key == "theme"
    assert found.rule == "journaltilgang / tilgang"
    assert found.evidence.words == ("journaltilgangen",)
    assert [text[span.start : span.end] for span in found.evidence.spans] == ["journaltilgangen"]
    assert found.score == 0.8
    assert found.against == ""


def test_a_compound_is_a_little_less_sure() -> None:
    rule = MatchRule(any=("møte",), weight=0.7)
    (whole,) = propose("Vi har møter.", rule)
    (part,) = propose("Vi har behandlingsmøter.", rule)
    assert whole.score == 0.7
    assert 0.5 < part.score < 0.7


def test_rules_that_match_together_add_up_as_independent_evidence() -> None:
    rules = MatchRule(any=("møte",), weight=0.5), MatchRule(any=("samarbeid",), weight=0.6, name="samarbeid sagt")
    (found,) = propose("Samarbeid krever møter.", *rules)
    assert found.score == pytest.approx(1 - 0.5 * 0.4)
    assert found.rule == "samarbeid sagt; møte"
    assert str(found.evidence) == "Samarbeid | møter"


def test_only_what_reaches_the_threshold_is_proposed() -> None:
    book = make_codebook(MatchRule(any=("møte",), weight=0.5))
    texts = [scanned("Vi har møter. Vi har møterom.")]
    assert [len(found) for _, found in suggest_all(texts, book)] == [1]
    assert [len(found) for _, found in suggest_all(texts, book, threshold=0.4)] == [2]
    assert [len(found) for _, found in suggest_all(texts, book, threshold=0.6)] == [0]


def test_a_sentence_may_get_several_codes_in_the_order_of_the_codebook() -> None:
    other = Code("other", Wording(plain="Other"), rules=(MatchRule(any=("møte",)),))
    book = make_codebook(MatchRule(any=("samarbeid",)), more=(other,))
    ((_, found),) = suggest_all([scanned("Møter gir samarbeid. Møter!")], book)
    assert [each.code_key for each in found] == ["theme", "other", "other"]


def test_all_wants_one_of_each_in_the_sentence() -> None:
    rule = MatchRule(all=(("@records",), ("lukket", "stengt")))
    text = "Journalen er stengt. Journalen er åpen. Den er stengt. Stengt er DIPS."
    assert evidence(text, rule) == ["Journalen | stengt", "Stengt | DIPS"]


def test_near_wants_them_within_so_many_words_in_either_order() -> None:
    rule = MatchRule(near=(("@access",), ("@records",)), words=4)
    assert evidence("Tilgang til en journal.", rule) == ["Tilgang | journal"]
    assert evidence("Journal uten å få tilgang.", rule) == []
    assert evidence("Journal gir deg innsyn.", rule) == ["Journal | innsyn"]
    assert evidence("Vi har journalinnsyn.", rule) == ["journalinnsyn"]


def test_near_takes_the_closest_words() -> None:
    rule = MatchRule(near=(("tilgang",), ("journal",)), words=8)
    assert evidence("Journal og mer journal og tilgang her.", rule) == ["journal | tilgang"]


def test_lacking_asks_for_what_is_missing_or_for_what_is_there() -> None:
    missing = MatchRule(near=(("@access",), ("@records",)), lacking=True)
    there = MatchRule(near=(("@access",), ("@records",)), lacking=False)
    text = "Vi har ikke tilgang til journalen. Vi har tilgang til journalen."
    assert [each.span.start for each in propose(text, missing)] == [0]
    assert [each.span.start for each in propose(text, there)] == [35]


def test_lacking_keeps_the_words_that_are_missing() -> None:
    rule = MatchRule(any=("møte", "støtte"), lacking=True)
    assert evidence("Vi har møter, men får ingen støtte.", rule) == ["støtte"]


def test_not_turns_a_rule_down_and_is_told_beside_another_that_holds() -> None:
    strict = MatchRule(any=("journal",), none=("avisjournal",))
    assert evidence("Journalen og avisjournalen.", strict) == []
    (found,) = propose("Journalen, tilgang og avisjournalen.", strict, MatchRule(any=("tilgang",)))
    assert found.rule == "tilgang"
    assert "avisjournalen" in found.against


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (Context.SENTENCE, []),
        (Context.NEIGHBOURS, ["Vi har møter.", "Så ringer vi."]),
        (Context.TURN, ["Vi har møter.", "Så ringer vi.", "Møter er bra."]),
    ],
)
def test_within_says_how_far_around_the_sentence_a_rule_looks(within: Context, expected: list[str]) -> None:
    text = "Vi har møter. Så ringer vi. Ja. Møter er bra. Nei."
    found = propose(text, MatchRule(all=(("møte",), ("ringe",)), within=within))
    assert [text[each.span.start : each.span.end] for each in found] == expected


def test_near_looks_across_sentences_where_the_rule_says_so() -> None:
    rule = MatchRule(near=(("journal",), ("tilgang",)), words=5, within=Context.NEIGHBOURS)
    found = propose("Vi ser en journal. Uten tilgang. Og så mye annet her.", rule)
    assert [str(each.evidence) for each in found] == ["journal | tilgang", "journal | tilgang"]


def test_turns_do_not_look_into_each_other() -> None:
    text = "Vi har møter\nVi ringer"
    book = make_codebook(MatchRule(all=(("møte",), ("ringe",)), within=Context.TURN))
    one = Scanned(1, text, (Passage(0, len(text), "A"),))
    two = Scanned(2, text, (Passage(0, 12, "A"), Passage(13, len(text), "A")))
    assert [len(found) for _, found in suggest_all([one, two], book)] == [2, 0]


def test_what_is_not_handed_in_is_not_read() -> None:
    text = "Har dere møter?\nNei."
    book = make_codebook(MatchRule(any=("møte",)))
    assert list(suggest_all([Scanned(1, text, (Passage(16, 20, "A"),))], book)) == [(1, [])]


def test_a_rule_may_ask_for_a_group_or_a_question() -> None:
    by_group = MatchRule(any=("møte",), groups=("team Leader",))
    assert propose("Møter.", by_group, group="Team  leader")
    assert not propose("Møter.", by_group, group="Clinician")
    by_question = MatchRule(any=("møte",), questions=("Hva hindrer?",))
    assert propose("Møter.", by_question, question="hva hindrer?")
    assert not propose("Møter.", by_question)


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("slippe inn", "De slipper inn andre.", ["slipper inn"]),
        ("slippe inn", "De slipper ikke inn andre.", ["slipper ikke inn"]),
        ("slippe inn", "De slipper oss inn.", []),
        ("slippe inn", "De slipper nok ikke helt inn.", []),
        ("slippe inn", "De slipper, inn.", []),
        ("slippe inn", "Inn slipper de.", []),
        ("tilgang ... journal", "Tilgangen til en ny pasientjournal.", ["Tilgangen | pasientjournal"]),
        ("tilgang ... journal", "Tilgang er det vi trenger til journal.", []),
        ("tilgang ... journal", "Tilgang. Journal.", []),
        ("felles mål", "Et felles målebånd.", []),
        ("record system", "Two record systems.", ["record systems"]),
        ("=NAV ... møte", "Hos NAV er det møter.", ["NAV | møter"]),
    ],
)
def test_a_phrase_is_found_in_order(term: str, text: str, expected: list[str]) -> None:
    assert evidence(text, MatchRule(any=(term,))) == expected


def test_a_regular_expression_is_looked_for_in_a_sentence() -> None:
    rule = MatchRule(regex=r"to (ulike|forskjellige) journal\w+")
    assert evidence("Vi fører to ulike journaler. To. Ulike journaler.", rule) == ["to ulike journaler"]
    assert evidence("Nå kl. 12.30 går vi. Ja.", MatchRule(regex=r"\d\d\.\d\d")) == ["12.30"]
    assert evidence("Ikke to ulike journaler her.", MatchRule(regex=rule.regex, lacking=False)) == []


def test_evidence_is_on_one_line() -> None:
    text = "Denne lange linjen er brutt for å passe på siden og slipper\ninn alle."
    assert evidence(text, MatchRule(any=("slippe inn",))) == ["slipper inn"]


def test_results_do_not_depend_on_the_order_of_the_texts() -> None:
    book = make_codebook(MatchRule(any=("møte", "@access")), MatchRule(near=(("tilgang",), ("journal",)), lacking=True))
    texts = [scanned("Møtene. Ikke tilgang til journalen.", 1), scanned("Innsyn i møter.", 2), scanned("Ja.", 3)]
    assert dict(suggest_all(texts, book)) == dict(suggest_all(texts[::-1], book))


def test_texts_are_taken_one_by_one() -> None:
    taken: list[int] = []

    def texts() -> object:
        for number in range(3):
            taken.append(number)
            yield scanned("Møter.", number)

    found = suggest_all(texts(), make_codebook(MatchRule(any=("møte",))))  # type: ignore[arg-type]
    next(found)
    assert taken == [0]


def test_progress_is_told_and_the_search_can_be_stopped() -> None:
    book = make_codebook(MatchRule(any=("møte",)))
    told: list[tuple[int, int]] = []
    list(suggest_all([scanned("Møter."), scanned("Ja.", 2)], book, total=2, progress=lambda *each: told.append(each)))
    assert told == [(1, 2), (2, 2)]
    with pytest.raises(CancelledError):
        list(suggest_all([scanned("Møter.")], book, cancelled=lambda: True))


def test_all_that_is_wrong_in_the_rules_is_told_at_once() -> None:
    book = make_codebook(MatchRule(any=("@acess",)), MatchRule(any=("lo*v",)), MatchRule(regex="(a+)+b"), MatchRule())
    with pytest.raises(CodebookError) as caught:
        list(suggest_all([], book))
    assert len(caught.value.problems) == 4
    assert "access" in caught.value.problems[0].hint
    assert all("theme" in problem.where for problem in caught.value.problems)


def test_a_concept_cannot_name_another() -> None:
    book = make_codebook(MatchRule(any=("@one",)), concepts={"one": ("@two",), "two": ("møte",)})
    with pytest.raises(CodebookError):
        list(suggest_all([], book))


def test_a_codebook_without_rules_proposes_nothing() -> None:
    assert list(suggest_all([scanned("Møter.")], make_codebook())) == [(1, [])]


def test_a_very_long_turn_is_read_with_all_its_sentences() -> None:
    text = "Vi har ikke møter. Tilgang til journal! " * 3_000
    rules = (
        MatchRule(near=(("møte",), ("journal",)), words=12, within=Context.TURN),
        MatchRule(any=("møte",), lacking=True),
    )
    assert len(propose(text, *rules)) == 6_000


@given(
    st.text(alphabet="aMø .,!?…\n-'«»1()İ", max_size=60),
    st.lists(st.sampled_from(["møte", " ikke ", "Tilgang", " journal. ", "NAV-", "slipper inn", ", "]), max_size=12),
    st.randoms(use_true_random=False),
)
def test_any_text_can_be_read_and_evidence_stands_in_it(noise: str, words: list[str], random: Random) -> None:
    pieces = [*words, *noise]
    random.shuffle(pieces)
    text = "".join(pieces)
    rules = (
        MatchRule(any=("møte", "slippe inn", "tilgang ... NAV"), none=("=1",)),
        MatchRule(near=(("møte", "NAV"), ("@access",)), lacking=True, within=Context.NEIGHBOURS),
        MatchRule(all=(("møte",), ("journal",)), within=Context.TURN, lacking=False),
        MatchRule(regex=r"ikke \w+"),
    )
    for found in propose(text, *rules):
        assert 0 <= found.score <= 1
        assert found.evidence.words
        for span, words_there in zip(found.evidence.spans, found.evidence.words, strict=True):
            assert " ".join(text[span.start : span.end].split()) == words_there


def test_loading_the_engine_leaves_the_heavy_libraries_out() -> None:
    program = (
        "import sys, qualcode.autocoding.suggest; print([n for n in ('spacy', 'pandas', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
