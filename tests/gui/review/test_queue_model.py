"""The queue: its orders, what comes and goes, what is set aside."""

from __future__ import annotations

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.review.places import Places
from qualcode.gui.review.queue_model import HEAD, IS_CODED, IS_SKIPPED, WAITING, Head, Order, QueueModel
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal
from tests.builders import code_words


@pytest.fixture
def model(bridge: ProjectBridge, places: Places) -> QueueModel:
    made = QueueModel(bridge, places)
    made.read()
    return made


def ids(model: QueueModel) -> list[int]:
    found = (model.index(row, 0).data(WAITING) for row in range(model.rowCount()))
    return [each.id for each in found if each is not None]


def titles(model: QueueModel) -> list[str]:
    return [head.title for _row, head in model.heads()]


def test_it_keeps_qts_rules(model: QueueModel, qtmodeltester: ModelTester, bridge: ProjectBridge) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    for order in Order:
        model.sort_by(order)
        bridge.project.review.accept([ids(model)[0]])
        model.read_decided()
        bridge.project.undo()
        model.read_decided()
    model.sort_by(Order.CODE)
    model.toggle(model.heads()[0][1])


def test_by_document_it_follows_the_text(model: QueueModel, bridge: ProjectBridge) -> None:
    assert titles(model) == ["samtale", "Hva er vanskelig?"]
    waiting = bridge.project.review.waiting()
    assert ids(model) == [each.id for each in waiting]
    head = model.index(0, 0).data(HEAD)
    assert isinstance(head, Head)
    assert len(head.sorting) == len([each for each in waiting if each.document_id == 1])


def test_by_code_it_follows_the_codebook_and_the_score(model: QueueModel, bridge: ProjectBridge) -> None:
    model.sort_by(Order.CODE)
    assert titles(model) == [bridge.names[code.id] for code in bridge.codebook.codes if code.rules]
    for _row, head in model.heads():
        scores = [-each[0] for each in head.sorting]
        assert scores == sorted(scores, reverse=True)


def test_by_score_it_has_no_heads(model: QueueModel) -> None:
    model.sort_by(Order.SCORE)
    assert model.heads() == []
    waiting = [model.waiting(each) for each in ids(model)]
    scores = [each.score for each in waiting if each is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == model.n_waiting


def test_by_use_what_was_ranked_comes_first_and_then_what_is_least_sure(model: QueueModel) -> None:
    model.sort_by(Order.USEFUL)
    unsure = [abs(each.score - 0.5) for each in (model.waiting(id) for id in ids(model)) if each is not None]
    assert unsure == sorted(unsure)
    last = model.waiting(ids(model)[-1])
    assert last is not None
    model.rank([(last.document_id, last.start, last.end)])
    assert ids(model)[0] == last.id
    assert len(ids(model)) == model.n_waiting


@pytest.mark.parametrize("order", list(Order))
def test_a_decision_takes_one_row_and_undo_puts_it_back(
    model: QueueModel, bridge: ProjectBridge, qtbot: QtBot, order: Order
) -> None:
    model.sort_by(order)
    before = ids(model)
    decided = before[1]
    bridge.project.review.reject([decided])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsRemoved):
        assert model.read_decided() == []
    assert ids(model) == [each for each in before if each != decided]
    bridge.project.undo()
    with qtbot.waitSignal(model.rowsInserted):
        assert model.read_decided() == [decided]
    assert ids(model) == before


def test_a_head_goes_with_its_last_suggestion(model: QueueModel, bridge: ProjectBridge) -> None:
    model.sort_by(Order.CODE)
    room = bridge.code_keyed("room")
    assert room is not None
    of_room = [each.id for each in bridge.project.review.waiting() if each.code_id == room.id]
    for each in of_room:
        model.remove(each)
    assert bridge.names[room.id] not in titles(model)
    bridge.project.review.reject(of_room)
    bridge.project.undo()
    model.read()
    assert bridge.names[room.id] in titles(model)


def test_what_is_set_aside_comes_last(model: QueueModel) -> None:
    order = ids(model)
    first, second, third = order[:3]
    assert model.first() == first
    model.skip(first)
    assert model.first() == second
    row = model.row_of(first)
    assert row is not None and model.index(row, 0).data(IS_SKIPPED)
    assert model.after(second) == third
    assert model.after(order[-1]) == second, "from the end to the top, past what is set aside"
    for each in order[1:]:
        model.remove(each)
    assert model.first() == first, "now it comes again"
    assert model.after(first) is None
    assert not model.index(1, 0).data(IS_SKIPPED)


def test_neighbours_end_at_the_ends(model: QueueModel) -> None:
    order = ids(model)
    assert [model.beside(each, back=False) for each in order] == [*order[1:], order[-1]]
    assert [model.beside(each, back=True) for each in order] == [order[0], *order[:-1]]


def test_folding_hides_rows_and_keeps_counts(model: QueueModel) -> None:
    head = model.heads()[0][1]
    inside = set(head.ids)
    model.toggle(head)
    assert not inside & set(ids(model))
    assert model.row_of(min(inside)) is None
    assert model.first() == min(inside), "what is folded away is still to be reviewed"
    model.remove(min(inside))
    assert len(head.sorting) == len(inside) - 1
    model.toggle(head)
    assert set(ids(model)) >= inside - {min(inside)}


def test_rules_that_run_again_fill_it_anew(model: QueueModel, bridge: ProjectBridge) -> None:
    rejected = ids(model)[0]
    gone = bridge.project.review.get(rejected)
    bridge.project.review.reject([rejected])
    bridge.project.review.suggest()
    model.read()
    assert model.n_waiting == bridge.project.review.n_pending()
    assert gone is not None
    for each in bridge.project.review.waiting():
        assert (each.document_id, each.start, each.code_id) != (gone.document_id, gone.span.start, gone.code_id)


def test_a_screen_reader_hears_code_respondent_and_words(model: QueueModel) -> None:
    spoken = str(model.index(1, 0).data())
    assert "score" in spoken and "Baker 1" in spoken and "kjøkken" in spoken.casefold()


def test_other_names_and_other_suggestions_are_taken_over_in_one_go(
    model: QueueModel, bridge: ProjectBridge, qtbot: QtBot
) -> None:
    built: list[int] = []
    model.modelReset.connect(lambda: built.append(model.n_waiting))
    bridge.project.review.reject([each.id for each in bridge.project.review.waiting()[:2]])
    model.read(is_renamed=True)
    assert built == [len(bridge.project.review.waiting())]


def test_rows_say_what_the_coder_coded_alike_already(model: QueueModel, bridge: ProjectBridge, qtbot: QtBot) -> None:
    project = bridge.project
    first, second = (model.waiting(each) for each in ids(model)[:2])
    assert first is not None and second is not None

    def coded() -> list[int]:
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        return [row.data(WAITING).id for row in rows if row.data(IS_CODED)]

    assert coded() == []
    other = next(code.id for code in bridge.codebook.codes if code.id != second.code_id)
    project.segments.add(second.document_id, Span(second.start, second.start + 3), other)
    assert coded() == [], "with another code"
    with qtbot.waitSignal(model.dataChanged):
        project.segments.add(second.document_id, Span(second.start, second.start + 3), second.code_id)
    assert coded() == [second.id]
    row = model.row_of(second.id)
    assert row is not None and "(coded already)" in model.index(row, 0).data()
    project.undo()
    assert coded() == []
    project.review.accept([first.id])
    model.remove(first.id)
    assert first.id not in coded()


def test_a_suggestion_that_gets_the_number_of_another_is_not_taken_for_it(
    model: QueueModel, bridge: ProjectBridge
) -> None:
    project = bridge.project
    last = max(project.review.waiting())
    project.segments.add(last.document_id, Span(last.start, last.end), last.code_id)
    row = model.row_of(last.id)
    assert row is not None and model.index(row, 0).data(IS_CODED)
    model.skip(last.id)
    code = bridge.code(next(code.id for code in bridge.codebook.codes if code.id != last.code_id))
    assert code is not None
    with project.step("Find others"):
        found = (Proposal(Span(n, n + 9), code.key, "any: x", Evidence((), ("x",)), 0.9) for n in range(60))
        project.review.replace_pending([(last.document_id, each) for each in found])
    model.read()
    row = model.row_of(last.id)
    assert row is not None, "the number was given again"
    assert not model.index(row, 0).data(IS_CODED)
    assert not model.index(row, 0).data(IS_SKIPPED)


def test_what_another_coder_coded_is_not_said_of_a_row(model: QueueModel, bridge: ProjectBridge) -> None:
    project = bridge.project
    waiting = project.review.waiting()[0]
    name = next(each.name for each in project.documents.all() if each.id == waiting.document_id)
    words = project.documents.text(waiting.document_id)[waiting.start : waiting.end]
    code = bridge.code(waiting.code_id)
    assert code is not None
    code_words(project, name, words, code.key, coder="Kari")
    assert not project.review.is_coded(waiting)
    code_words(project, name, words, code.key, coder=project.coder_name)
    assert project.review.is_coded(waiting)
