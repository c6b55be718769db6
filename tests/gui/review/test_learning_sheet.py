"""How suggestions are made: the threshold's effect, and a model that is used only when asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.autocoding import meaning
from qualcode.autocoding.meaning import Meanings
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.main_window import MainWindow
from qualcode.gui.review.learning_sheet import LearningSheet
from qualcode.gui.review.screen import ReviewScreen
from qualcode.model.codebook import MatchRule
from qualcode.project.learning_run import Learning
from qualcode.project.project import Project
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project
from tests.gui.test_screenshots import picture

WHO = ["The nurses", "Our leaders", "Two colleagues", "The new team", "Everybody here"]
MONEY = ["cannot pay the rent", "got a smaller budget", "spend their wages", "wait for a better budget"]
TRAVEL = ["drive for an hour", "wait for the bus", "sit in the train", "walk to the bus"]
PATIENCE = 30_000


@pytest.fixture
def decided_path(tmp_path: Path) -> Path:
    """A project of 40 answers, 32 of them decided by one who knows that waiting is no matter of money."""
    rules = [MatchRule(any=("budget",)), MatchRule(any=("wait",), weight=0.55)]
    codebook = make_codebook(make_code("money", rules=rules), make_code("travel", rules=[MatchRule(any=("bus",))]))
    said = [f"{who} {does}." for who, does in itertools.product(WHO, [*MONEY, *TRAVEL])]
    with make_project(tmp_path, codebook) as project:
        add_survey(project, [(str(n), "Staff", {"Why?": text}) for n, text in enumerate(said)])
        project.review.suggest()
        for document in project.documents.all()[:32]:
            _decide(project, document.id, document.name)
        return project.path


def _decide(project: Project, document_id: int, name: str) -> None:
    text = project.documents.text(document_id)
    is_money = any(each in text for each in MONEY)
    for suggestion in project.review.of_document(document_id):
        right = (project.codebook.current().codes[0].id == suggestion.code_id) == is_money
        (project.review.accept if right else project.review.reject)([suggestion.id])
    if not project.segments.of_document(document_id):
        code_words(project, name, text, "money" if is_money else "travel")


@pytest.fixture
def in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learns on the worker thread: a process of its own takes seconds to begin."""

    def learn_from(
        path: Path,
        *,
        by_meaning: bool | None,
        meanings: Meanings | None,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Learning:
        with Project.open(path, read_only=True) as view:
            run = replace(view.learning.run(by_meaning), meanings=meanings)
            return run.learn(progress=progress, cancelled=cancelled)

    monkeypatch.setattr("qualcode.gui.review.learning_sheet.learn_from", learn_from)


@pytest.fixture
def review(window: MainWindow, decided_path: Path) -> Iterator[ReviewScreen]:
    """The review of that project in the window."""
    window.resize(1280, 800)
    window.open_project(decided_path)
    window.actions_table["show_review"].trigger()
    assert window.workbench is not None
    yield window.workbench.review


def open_sheet(review: ReviewScreen, qtbot: QtBot) -> LearningSheet:
    """Opens it by its button and waits until it has learned."""
    QTest.mouseClick(review.panel.making_button, Qt.MouseButton.LeftButton)
    sheet = review.making
    assert sheet.isVisible()
    qtbot.waitUntil(lambda: sheet.threshold_slider.isEnabled(), timeout=PATIENCE)
    return sheet


def work_of(window: MainWindow) -> list[Job | None]:
    """The long work that the window does from now on."""
    begun: list[Job | None] = []
    window.work.begun.connect(lambda _name: begun.append(window.job))
    return begun


def wait_for_work(window: MainWindow, qtbot: QtBot) -> None:
    """Waits until what goes on is over."""
    qtbot.waitUntil(lambda: window.job is None, timeout=PATIENCE)


@pytest.mark.usefixtures("in_a_thread")
def test_the_sheet_is_as_high_as_what_it_says_and_stays_when_that_is_clicked(
    review: ReviewScreen, window: MainWindow, qtbot: QtBot
) -> None:
    sheet = open_sheet(review, qtbot)
    qtbot.wait(50)
    assert window.rect().contains(sheet.geometry())
    assert sheet.height() == sheet.sizeHint().height(), "no room is left between the lines"
    QTest.mouseClick(sheet._state, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    QTest.mouseClick(review.panel, Qt.MouseButton.LeftButton, pos=QPoint(5, review.panel.height() - 5))
    assert not sheet.isVisible(), "beside it"


@pytest.mark.usefixtures("in_a_thread")
def test_a_model_is_not_used_where_that_is_cancelled(review: ReviewScreen, window: MainWindow, qtbot: QtBot) -> None:
    project = review._bridge.project
    before, steps = project.review.waiting(), project.history()
    sheet = open_sheet(review, qtbot)
    QTest.mouseClick(sheet.use_button, Qt.MouseButton.LeftButton)
    window.work.cancel()
    wait_for_work(window, qtbot)
    assert project.review.waiting() == before
    assert project.history() == steps
    assert project.learning.models() == []


@pytest.mark.usefixtures("in_a_thread")
def test_too_few_decisions_are_said_with_their_number(screen: ReviewScreen, qtbot: QtBot) -> None:
    sheet = open_sheet(screen, qtbot)
    assert any("0 sentences were decided on; a model needs 30" in each for each in sheet.sentences)
    assert not sheet.use_button.isVisible()
    assert any("7 suggestions would wait; none" in each for each in sheet.sentences)


@pytest.mark.usefixtures("in_a_thread")
def test_without_rules_and_decisions_it_says_what_to_code_first(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    said = [f"{who} {does}." for who, does in itertools.product(WHO, [*MONEY, *TRAVEL])]
    with make_project(tmp_path, make_codebook(make_code("money"), make_code("travel"))) as project:
        add_survey(project, [(str(n), "Staff", {"Why?": text}) for n, text in enumerate(said)])
        path = project.path
    window.resize(1280, 800)
    window.open_project(path)
    window.actions_table["show_review"].trigger()
    assert window.workbench is not None
    sheet = open_sheet(window.workbench.review, qtbot)
    picture(window, "review-begin-light", 1.0)
    first = sheet.to_begin_with
    assert len(first) == 6
    assert all(each.text() in said and each.accessibleName() in said for each in first)
    first[0].setFocus()
    with qtbot.waitSignal(sheet.place_picked) as picked:
        QTest.keyClick(first[0], Qt.Key.Key_Space)
    assert not sheet.isVisible()
    document_id, span = picked.args
    assert window.workbench.screen_name == "code"
    text = window.workbench.review._bridge.project.documents.text(document_id)
    assert text[span.start : span.end] == first[0].accessibleName()


def test_what_to_expect_is_shown_and_used_only_when_asked(
    review: ReviewScreen, window: MainWindow, qtbot: QtBot
) -> None:
    project = review._bridge.project
    before = project.review.waiting()
    sheet = open_sheet(review, qtbot)
    picture(window, "review-learning-light", 1.0)
    assert any("do better than the rules alone" in each for each in sheet.sentences)
    assert project.review.waiting() == before
    assert project.learning.models() == []
    jobs = work_of(window)
    QTest.mouseClick(sheet.use_button, Qt.MouseButton.LeftButton)
    assert not sheet.isVisible()
    wait_for_work(window, qtbot)
    assert [type(each) for each in jobs] == [PiecewiseJob]
    assert window.workbench is not None
    assert f"{project.review.n_pending()} suggestion" in window.workbench.undo_line.sentence
    assert project.learning.model_in_use() is not None
    learned = [
        each for each in (project.review.get(id) for id in project.review.waiting_ids()) if each and not each.rule
    ]
    assert learned
    review._show(learned[0].id)
    assert "learned from decisions" in review.card._rule.text()
    picture(window, "review-learned-light", 1.0)
    project.undo()
    assert project.review.waiting() == before


@pytest.mark.usefixtures("in_a_thread")
def test_a_threshold_says_its_effect_before_it_is_used(review: ReviewScreen, window: MainWindow, qtbot: QtBot) -> None:
    project = review._bridge.project
    sheet = open_sheet(review, qtbot)
    waiting = project.review.n_pending()
    assert any(f"{waiting} suggestions would wait" in each for each in sheet.sentences)
    assert not sheet.use_threshold_button.isVisible()
    sheet.threshold_slider.setFocus()
    for _press in range(4):
        QTest.keyClick(sheet.threshold_slider, Qt.Key.Key_Right)
    assert "0.70" in sheet.sentences[0]
    told = next(each for each in sheet.sentences if "would wait" in each or "would" in each)
    jobs = work_of(window)
    QTest.mouseClick(sheet.use_threshold_button, Qt.MouseButton.LeftButton)
    wait_for_work(window, qtbot)
    assert [type(each) for each in jobs] == [PiecewiseJob]
    assert project.settings.threshold == pytest.approx(0.7)
    assert told.startswith(f"{project.review.n_pending()} suggestion")
    assert 0 < project.review.n_pending() < waiting
    project.undo()
    assert project.settings.threshold == pytest.approx(0.5)
    assert project.review.n_pending() == waiting


def test_escape_stops_the_learning(review: ReviewScreen, qtbot: QtBot) -> None:
    QTest.mouseClick(review.panel.making_button, Qt.MouseButton.LeftButton)
    job = review.making._job
    assert job is not None
    QTest.keyClick(review.making, Qt.Key.Key_Escape)
    assert not review.making.isVisible()
    qtbot.waitUntil(lambda: job.wait(0), timeout=PATIENCE)
    assert review.making._job is None


@pytest.mark.meaning
@pytest.mark.skipif(not meaning.is_available(), reason="no meanings on this machine")
@pytest.mark.usefixtures("in_a_thread")
def test_meanings_are_compared_when_asked_for_where_there_are_many_sentences(
    review: ReviewScreen, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.project.learning_run.MOST_BY_ITSELF", 10)
    sheet = open_sheet(review, qtbot)
    assert any("not by what they mean" in each for each in sheet.sentences)
    assert sheet.compare_button.text() == "Compare meanings too (about 1 minute)"
    picture(window, "review-meanings", 1.0)
    QTest.mouseClick(sheet.compare_button, Qt.MouseButton.LeftButton)
    assert not sheet.threshold_slider.isEnabled()
    qtbot.waitUntil(sheet.threshold_slider.isEnabled, timeout=PATIENCE)
    assert any("by their words and by what they mean" in each for each in sheet.sentences)
    assert sheet.compare_button.isHidden()
    sheet.close_up()
    open_sheet(review, qtbot)
    assert any("by their words and by what they mean" in each for each in sheet.sentences), "asked for once"
