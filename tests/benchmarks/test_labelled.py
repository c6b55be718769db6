"""The template codebook finds what it is known to find: the labelled development half, never the half held out."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.labelled import Labelled, Score, labelled, labelled_talk, score, whole_turns
from qualcode.files.codebook_file import read_codebook
from qualcode.model.codebook import Code, Codebook, MatchRule, Wording

REPOSITORY = Path(__file__).parents[2]
DEVELOPMENT = REPOSITORY / "tests" / "data" / "labelled" / "development.csv"
CODEBOOK = REPOSITORY / "codebooks" / "ips_integration.yaml"


def test_scores_of_one_code() -> None:
    counts = Score(right=3, wrong=1, missed=2, n_texts=10)
    assert counts.precision == 0.75
    assert counts.recall == 0.6
    assert counts.f1 == pytest.approx(2 / 3)
    assert counts.kappa == pytest.approx(0.4)  # agreed 0.7, by chance (4 x 5 + 6 x 5) / 100 = 0.5


def test_a_code_is_counted_where_it_was_given_or_found() -> None:
    both, none = frozenset({"a"}), frozenset[str]()
    texts = [Labelled("1", "", "nb", "", both, both), Labelled("2", "", "nb", "", none, both)]
    assert score(texts, "a") == Score(1, 1, 0, 2)


def test_the_template_finds_half_of_what_others_wrote() -> None:
    book = read_codebook(CODEBOOK)
    texts = labelled(DEVELOPMENT.with_name("validation.csv"), book)
    scores = [score(texts, code.key) for code in book.codes if code.key != "other"]
    assert fmean(each.f1 for each in scores) > 0.6
    right, wrong = sum(each.right for each in scores), sum(each.wrong for each in scores)
    assert right / (right + wrong) > 0.62
    denied = [each for each in texts if each.kind == "negated" and not each.given]
    assert sum(bool(each.found) for each in denied) <= len(denied) / 3


def test_no_rule_holds_a_sentence_of_the_validation() -> None:
    book = read_codebook(CODEBOOK)
    held = {sentence for code in book.codes for rule in code.rules for sentence in (*rule.like, *rule.none)}
    assert len(held) > 2_000
    with DEVELOPMENT.with_name("validation.csv").open(encoding="utf-8", newline="") as file:
        assert not held & {" ".join(row["text"].split()) for row in csv.DictReader(file)}


def test_the_template_finds_what_it_was_written_for() -> None:
    book = read_codebook(CODEBOOK)
    texts = labelled(DEVELOPMENT, book)
    scores = [score(texts, code.key) for code in book.codes if code.key != "other"]
    assert fmean(each.f1 for each in scores) > 0.88
    assert min(each.f1 for each in scores) > 0.6
    plain = [each for each in texts if not each.given]
    assert sum(bool(each.found) for each in plain) / len(plain) < 0.25


def test_sentences_of_a_conversation_are_read_in_their_turns(tmp_path: Path) -> None:
    (tmp_path / "talk.csv").write_text(
        "conversation,turn,role,language,codes,text\n"
        "1,1,moderator,en,,Is there too little flour?\n"
        "1,2,respondent,en,flour,There is never flour.\n"
        "1,2,respondent,en,,We sing.\n"
        "1,3,respondent,en,flour,None of that left.\n"
        "2,1,respondent,en,,Flour is white.\n",
        encoding="utf-8",
    )
    rule = MatchRule(any=("flour",))
    book = Codebook("book", (Code("flour", Wording(plain="Flour"), rules=(rule,)),))
    read = labelled_talk(tmp_path / "talk.csv", book)
    assert [(each.id, sorted(each.given), sorted(each.found)) for each in read] == [
        ("1.1", ["flour"], ["flour"]),
        ("1.2", [], []),
        ("1.3", ["flour"], []),
        ("2.0", [], ["flour"]),
    ]
    turns = whole_turns(read)
    assert [(each.id, each.text) for each in turns] == [
        ("1:2", "There is never flour. We sing."),
        ("1:3", "None of that left."),
        ("2:1", "Flour is white."),
    ]
    assert score(turns, "flour") == Score(right=1, wrong=1, missed=1, n_texts=3)
