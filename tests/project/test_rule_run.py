"""Rules that run again look through what changed, and give what a whole run gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.autocoding import examples, word_meanings
from qualcode.autocoding.resemblance import Resemblance
from qualcode.autocoding.scan import Scanner
from qualcode.autocoding.words import Keyword
from qualcode.model.codebook import Codebook, MatchRule, Valence
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.project import rule_run
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, make_code, make_codebook, make_project

SAID = [("A", "There is no time. The rent is high."), ("B", "We have time and money, and a plan.")]
WORDS = ("time", "rent", "money", "plan", "room")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, _codebook("time", "money", "plan")) as project:
        add_session(project, "One", SAID, {"A": "Leaders", "B": "Staff"})
        project.review.suggest()
        yield project


def _codebook(*words: str) -> Codebook:
    return make_codebook(*(make_code(f"code_{n}", rules=[MatchRule(any=(word,))]) for n, word in enumerate(words)))


def _waiting(project: Project) -> list[tuple[object, ...]]:
    return sorted(
        (each.document_id, each.span.start, each.span.end, each.code_id, each.rule, each.evidence, each.score)
        for document in project.documents.all()
        for each in project.review.of_document(document.id)
    )


def _same_as_whole(project: Project) -> None:
    found = _waiting(project)
    project.review.suggest(whole=True)
    assert _waiting(project) == found


def test_nothing_changed_is_nothing_to_do(project: Project) -> None:
    run = project.review.rule_run()
    assert run.codes == frozenset()
    assert run.find() == []
    before, steps = _waiting(project), len(project.history())
    assert project.review.suggest() == len(before)
    assert _waiting(project) == before
    assert len(project.history()) == steps


def test_one_rule_that_changed_runs_alone(project: Project) -> None:
    before = [each for each in project.review.waiting() if each.code_id != 1]
    project.codebook.load(_codebook("rent", "money", "plan"))
    run = project.review.rule_run()
    assert run.codes == frozenset({"code_0"})
    assert {proposal.code_key for _document, proposal in run.find()} == {"code_0"}
    project.review.suggest()
    assert [each for each in project.review.waiting() if each.code_id != 1] == before  # the very same rows
    _same_as_whole(project)


def test_the_rules_of_a_code_that_is_a_hindrance_now_run_again(project: Project) -> None:
    add_session(project, "Two", [("C", "The rent is no problem for us.")], {"C": "New"})
    book = _codebook("rent", "money", "plan")
    project.codebook.load(book)
    project.review.suggest()
    before = len(_waiting(project))
    project.codebook.load(replace(book, codes=(replace(book.codes[0], valence=Valence.HINDERING), *book.codes[1:])))
    assert project.review.rule_run().codes == frozenset({"code_0"})
    assert project.review.suggest() == before - 1
    _same_as_whole(project)


def test_a_new_document_is_looked_through_for_all_codes(project: Project) -> None:
    add_session(
        project, "Two", [("C", "A plan needs money."), ("M", "Time?")], {"C": "New", "M": SpeakerRole.MODERATOR}
    )
    add_survey(project, [("1", "Other", {"Why?": "money"})])
    run = project.review.rule_run()
    assert run.codes == frozenset()
    assert {document for document, _proposal in run.find()} == {2, 3}
    assert project.review.suggest() == 4 + 3
    _same_as_whole(project)


def test_another_group_of_a_speaker_looks_through_everything(project: Project) -> None:
    with project.step("Regroup"):
        project.db.connection.exec_driver_sql("UPDATE respondent_group SET name = 'Chiefs' WHERE name = 'Leaders'")
    assert project.review.rule_run().codes is None


def test_a_code_that_is_gone_looks_through_everything(project: Project) -> None:
    project.codebook.merge(1, 2)
    assert project.review.rule_run().codes is None


def test_what_a_run_worked_out_serves_a_later_view_of_the_same_texts(project: Project) -> None:
    run = project.review.rule_run()
    with Project.open(project.path, read_only=True) as view:
        view.review.go_on_from(run)
        assert view.review.rule_run().texts is run.texts
        assert view.review.rule_run().finds is run.finds
    with project.step("Regroup"):
        project.db.connection.exec_driver_sql("UPDATE respondent_group SET name = 'Chiefs' WHERE name = 'Leaders'")
    with Project.open(project.path, read_only=True) as view:
        view.review.go_on_from(run)
        changed = view.review.rule_run()
        assert changed.codes is None
        assert {each.group for text in changed.texts for each in text.passages} == {"Chiefs", "Staff"}


def test_undo_takes_back_what_is_known_of_the_run_too(project: Project) -> None:
    project.codebook.load(_codebook("rent", "money", "plan"))
    project.review.suggest()
    project.undo()
    assert project.review.rule_run().codes == frozenset({"code_0"})
    project.redo()
    assert project.review.rule_run().codes == frozenset()


def test_what_was_found_beside_suggestions_that_were_undone_does_not_count(project: Project) -> None:
    project.codebook.load(_codebook("rent", "money", "plan"))
    project.review.suggest()
    run = project.review.rule_run()
    assert not project.review.is_outdated(run)
    found = run.find()
    project.undo()
    assert project.review.is_outdated(run)
    project.review.store(run, found)
    assert project.review.rule_run().codes is None
    project.review.suggest()
    _same_as_whole(project)


def test_what_was_found_in_a_text_that_was_corrected_meanwhile_does_not_count(project: Project) -> None:
    add_session(project, "Two", SAID, {"A": "Leaders", "B": "Staff"})
    run = project.review.rule_run(whole=True)
    found = run.find()
    changed, other = (document.id for document in project.documents.all())
    project.documents.correct(changed, Span(0, 1), "Some more words, and a ")
    assert project.review.is_outdated(run)
    project.review.store(run, found)
    assert project.review.of_document(changed) == []
    assert len(project.review.of_document(other)) == 4
    assert project.review.rule_run().codes is None
    project.review.suggest()
    _same_as_whole(project)


def test_a_model_that_was_in_use_gives_way_to_a_whole_run(project: Project) -> None:
    with project.step("As a model would"):
        project.review.replace_pending([])
    assert project.review.rule_run().codes is None
    assert project.review.suggest() == 4


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(*[st.sampled_from(WORDS)] * 3), min_size=1, max_size=4), decide=st.booleans())
def test_any_row_of_changes_ends_where_a_whole_run_ends(
    project: Project, changes: list[tuple[str, str, str]], decide: bool
) -> None:
    for words in changes:
        project.codebook.load(_codebook(*words))
        project.review.suggest()
        if decide and project.review.waiting_ids():
            project.review.reject(project.review.waiting_ids()[:1])
    _same_as_whole(project)


def test_other_sentences_of_one_code_end_where_a_whole_run_ends(project: Project) -> None:
    def book(*more: str) -> Codebook:
        rules = [MatchRule(like=("There is no time at all.", "We lack hours.", *more), none=("Yes.",), weight=1.0)]
        other = [MatchRule(like=("The rent is high here.", "We pay too much."), weight=1.0)]
        words = [MatchRule(any=("plan",))]
        return make_codebook(*(make_code(f"code_{n}", rules=each) for n, each in enumerate((rules, other, words))))

    project.codebook.load(book())
    project.review.suggest()
    assert _waiting(project)
    project.codebook.load(book("We have a plan."))
    assert project.review.rule_run().codes == frozenset({"code_0", "code_1"})
    project.review.suggest()
    _same_as_whole(project)


LATE = ("There is no time at all.", "We lack hours every day.")
DEAR = ("The rent is high here.", "We pay too much for the room.")


def _with_sentences(*words: str) -> Codebook:
    sentences = (LATE, DEAR, ())
    rules = [
        [MatchRule(any=(word,), weight=0.6), *([MatchRule(like=like, none=("Yes.",), weight=1.0)] if like else [])]
        for word, like in zip(words, sentences, strict=True)
    ]
    return make_codebook(*(make_code(f"code_{n}", rules=each) for n, each in enumerate(rules)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(*[st.sampled_from(WORDS)] * 3), min_size=1, max_size=4))
def test_any_row_of_changes_beside_sentences_ends_where_a_whole_run_ends(
    project: Project, changes: list[tuple[str, str, str]]
) -> None:
    for words in changes:
        project.codebook.load(_with_sentences(*words))
        project.review.suggest()
    _same_as_whole(project)


def test_another_rule_beside_sentences_compares_none_of_them_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_survey(project, [("1", "Other", {"Why?": "No time at all here, and the rent is high."}), ("2", "Other", {})])
    project.codebook.load(_with_sentences("time", "money", "plan"))
    project.review.suggest()
    compared: list[str] = []
    whole = Resemblance.degrees_in_passages

    def spy(self: Resemblance, passages: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> object:
        compared.extend(text for text, _sentences in passages)
        return whole(self, passages)

    monkeypatch.setattr(Resemblance, "degrees_in_passages", spy)
    for word in ("rent", "room", "money"):  # without an index of words, making it, and with it
        project.codebook.load(_with_sentences(word, "money", "plan"))
        assert project.review.rule_run().codes == frozenset({"code_0"})
        project.review.suggest()
    assert compared == []
    _same_as_whole(project)
    add_session(project, "Two", [("C", "There is no time at all, I say.")], {"C": "New"})
    project.codebook.load(_with_sentences("plan", "money", "plan"))
    project.review.suggest()
    assert compared
    _same_as_whole(project)


MORE = ("We lack hours every week.", "The rent is too high for us.", "There is a plan.")


def _with_words_and_sentences(words: Sequence[str], more: str, are_left_out: bool) -> Codebook:
    late = [MatchRule(any=(words[0],), none=("money",), weight=0.6)]
    late += [] if are_left_out else [MatchRule(like=(*LATE, more), none=("Yes.", "And a plan."), weight=1.0)]
    dear = [MatchRule(like=DEAR, weight=1.0), MatchRule(near=((words[1],), ("we", "the")), words=6, weight=0.6)]
    rules = (late, dear, [MatchRule(any=(words[2],))])
    return make_codebook(*(make_code(f"code_{n}", rules=each) for n, each in enumerate(rules)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.lists(st.sampled_from(WORDS), min_size=3, max_size=3), st.sampled_from(MORE), st.booleans()),
        min_size=2,
        max_size=5,
    )
)
def test_any_row_of_changes_of_sentences_ends_where_a_whole_run_ends(
    project: Project, changes: list[tuple[list[str], str, bool]]
) -> None:
    if len(project.documents.all()) == 1:
        said = "We lack hours every week, for the ti-\nme is short. The rent is high."
        add_session(project, "Scan", [("C", said)], {"C": "New"})
    for words, more, are_left_out in changes:
        project.codebook.load(_with_words_and_sentences(words, more, are_left_out))
        project.review.suggest()
    _same_as_whole(project)


NOT = ("Yes.", "And a plan.", "No time like the present.")
CHANGES = st.tuples(
    st.lists(st.sampled_from((*LATE, *MORE)), max_size=3, unique=True),
    st.lists(st.sampled_from(NOT), max_size=2, unique=True),
    st.lists(st.sampled_from((*DEAR, *MORE)), max_size=2, unique=True),
    st.booleans(),
)


def _with_sentences_of(like: Sequence[str], others: Sequence[str], dear: Sequence[str], has_more: bool) -> Codebook:
    rules = [
        [
            MatchRule(any=("time",), weight=0.6),
            *([MatchRule(like=tuple(like), none=tuple(others), weight=1.0)] if like else []),
        ],
        [MatchRule(any=("rent",)), *([MatchRule(like=tuple(dear), weight=1.0)] if dear else [])],
        [MatchRule(like=("We have a plan.", "There is a plan, and money."), weight=0.9)],
    ]
    return make_codebook(*(make_code(f"code_{n}", rules=each) for n, each in enumerate(rules[: 2 + has_more])))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=2, max_size=6))
def test_sentences_that_come_and_go_end_where_another_program_would_end(
    project: Project, changes: list[tuple[list[str], list[str], list[str], bool]]
) -> None:
    if len(project.documents.all()) == 1:
        said = "We lack hours, for the ti-\nme is short. Is the rent too high? We pay too much. There is a plan. Yes."
        add_session(project, "Scan", [("C", said), ("A", said.replace("-\n", ""))], {"C": "New", "A": "Leaders"})
    for like, others, dear, has_more in changes:
        project.codebook.load(_with_sentences_of(like, others, dear, has_more))
        project.review.suggest()
    examples._resemblance.cache_clear()
    _same_as_whole(project)


def test_another_sentence_looks_for_no_word_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    add_survey(project, [("1", "Other", {"Why?": "No time at all here, and the rent is high."}), ("2", "Other", {})])
    looked_through: list[str] = []
    whole = Scanner.hits

    def spy(self: Scanner, text: str) -> object:
        looked_through.append(text)
        return whole(self, text)

    monkeypatch.setattr(Scanner, "hits", spy)
    project.codebook.load(_with_words_and_sentences(("time", "rent", "plan"), MORE[0], False))
    project.review.suggest()
    assert looked_through
    looked_through.clear()
    project.codebook.load(_with_words_and_sentences(("time", "rent", "plan"), MORE[1], False))
    assert project.review.rule_run().codes == frozenset({"code_0", "code_1"})
    project.review.suggest()
    assert looked_through == []
    _same_as_whole(project)
    add_session(project, "Two", [("C", "There is no time at all, I say.")], {"C": "New"})
    project.codebook.load(_with_words_and_sentences(("time", "rent", "plan"), MORE[2], False))
    project.review.suggest()
    assert looked_through
    _same_as_whole(project)


def test_other_words_of_one_code_beside_other_sentences_are_looked_for_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def book(word: str, more: str) -> Codebook:
        known = _with_words_and_sentences(("time", "rent", "plan"), more, False)
        third = make_code("code_2", rules=[MatchRule(any=(word,)), MatchRule(like=("We have a plan.",))])
        return replace(known, codes=(*known.codes[:2], third))

    project.codebook.load(book("plan", MORE[0]))
    project.review.suggest()
    sought: list[str] = []
    whole = Scanner.__init__

    def spy(self: Scanner, keywords: Sequence[Keyword]) -> None:
        sought.extend(keyword.text for keyword in keywords)
        whole(self, keywords)

    monkeypatch.setattr(Scanner, "__init__", spy)
    project.codebook.load(book("room", MORE[1]))
    assert project.review.rule_run().codes == frozenset({"code_0", "code_1", "code_2"})
    project.review.suggest()
    assert sought == ["room"]
    _same_as_whole(project)


def test_another_table_of_words_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is, read = rule_run._program.__wrapped__(), Path.read_bytes
    assert as_it_is == rule_run._program.__wrapped__()
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + (b"!" if path == word_meanings.FILE else b""))
    assert rule_run._program.__wrapped__() != as_it_is


def test_all_rules_run_again_in_a_program_that_looks_otherwise(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.review.rule_run().codes == frozenset()
    monkeypatch.setattr(rule_run, "_program", lambda: "the same version with other code")
    assert project.review.rule_run().codes is None
    project.review.suggest()
    assert project.review.rule_run().codes == frozenset()
