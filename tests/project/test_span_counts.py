"""The counts beside the codes are the same whether everything is counted or only what a step touched."""

from __future__ import annotations

from pathlib import Path

from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.project.span_counts import SpanCounts
from qualcode.store import touched
from tests.builders import add_session, add_survey, code_words, make_project


def check(project: Project, counts: SpanCounts, hidden: tuple[int, ...] = ()) -> dict[int, int]:
    found = counts.count_again(hidden)
    assert found == SpanCounts(project, "segment").count(hidden)
    return found


def test_counting_what_changed_gives_what_counting_everything_gives(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "One", [("A", "It costs too much and takes time.")], {"A": "Staff"})
        add_session(project, "Two", [("B", "Time is money, and money is time.")], {"B": "Staff"})
        add_survey(project, [("1", "Staff", {"Why?": "No time"})])
        price, cost, time = (code.id for code in project.codebook.current().codes)
        code_words(project, "Two.txt", "money", "price")
        counts = SpanCounts(project, "segment")
        assert counts.count() == {price: 1}
        segment = project.segments.add(1, Span(3, 8), cost)
        assert check(project, counts) == {price: 2, cost: 1}
        project.segments.add(1, Span(3, 8), price)  # the same span under the theme: counted once there
        assert check(project, counts) == {price: 2, cost: 1}
        project.segments.recode(segment.id, time)
        assert check(project, counts) == {price: 2, time: 1}
        project.survey.code([3], cost)
        assert check(project, counts) == {price: 3, cost: 1, time: 1}
        project.undo()
        check(project, counts)
        project.undo()
        check(project, counts)
        project.redo()
        check(project, counts)
        code_words(project, "One.txt", "much", "time", coder="Ola")
        check(project, counts)
        ola = next(coder.id for coder in project.coders() if coder.name == "Ola")
        check(project, counts, (ola,))
        project.documents.correct(1, Span(0, 2), "This")
        check(project, counts, (ola,))
        project.segments.remove(segment.id)
        check(project, counts)


def test_a_step_with_very_many_changes_is_not_looked_through(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_survey(project, [(str(n), "Staff", {"Why?": "No time"}) for n in range(2100)])
        code = project.codebook.current().codes[0].id
        counts = SpanCounts(project, "segment")
        counts.count()
        project.survey.code([document.id for document in project.documents.all()], code)
        assert touched.touched_since(project.db.connection, "segment", counts._touched._position) is None
        assert check(project, counts) == {code: 2100}


def test_a_way_back_over_many_steps_is_counted(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "One", [("A", "It costs too much and takes time.")], {"A": "Staff"})
        add_session(project, "Two", [("B", "Time is money, and money is time.")], {"B": "Staff"})
        price, cost, time = (code.id for code in project.codebook.current().codes)
        counts = SpanCounts(project, "segment")
        counts.count()
        before = project.last_step_id or 0
        for document_id, code_id in ((1, price), (2, cost), (1, time), (2, time)):
            project.segments.add(document_id, Span(0, 4), code_id)
            check(project, counts)
        last = project.last_step_id or 0
        project.go_to(before)
        assert check(project, counts) == {}
        project.go_to(last)
        assert check(project, counts) == {price: 2, cost: 1, time: 2}
        project.go_to(before + 1)
        assert check(project, counts) == {price: 1}
        project.segments.add(2, Span(0, 4), cost)  # what was undone can't be redone any more
        assert check(project, counts) == {price: 2, cost: 1}
