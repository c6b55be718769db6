"""Every change can be undone and redone, and nothing changes outside a step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from qualcode.errors import StoreError
from qualcode.model.segment import Origin, Span
from qualcode.project.project import Project
from qualcode.project.steps import Changes
from qualcode.store import cases
from qualcode.store import segments as store_segments
from qualcode.store.database import MANY
from qualcode.store.schema import JOURNAL, WATCHED, respondent_group
from tests.builders import add_session, code_words, make_project

SAID = [("A", "It costs too much."), ("B", "It takes time.")]
GROUPS = {"A": "Leaders", "B": "Staff"}


def contents(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that the journal follows."""
    return {table.name: sorted(tuple(row) for row in project.db.connection.execute(select(table))) for table in WATCHED}


def test_a_change_outside_a_step_is_refused(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        before = contents(project)
        with pytest.raises(IntegrityError, match="outside a step"), project.db.transaction():
            cases.group_id(project.db, "Leaders")
        assert contents(project) == before


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        before, steps = contents(project), project.history()
        with pytest.raises(RuntimeError), project.step("Half a step"):
            cases.group_id(project.db, "Leaders")
            raise RuntimeError
        assert contents(project) == before
        assert project.history() == steps
        with project.step("The next one works"):
            cases.group_id(project.db, "Leaders")


def test_undo_brings_back_a_merged_code_with_its_segments_and_sub_codes(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, GROUPS)
        code_words(project, "Team.txt", "costs", "price")
        before = contents(project)
        ids = {code.key: code.id for code in project.codebook.current().codes}
        project.codebook.merge(ids["price"], ids["time"])
        after = contents(project)
        assert [code.key for code in project.codebook.current().codes] == ["time", "cost"]
        assert project.undo_name == "Merge codes"
        assert project.undo() == "Merge codes"
        assert contents(project) == before
        assert project.redo() == "Merge codes"
        assert contents(project) == after


def test_a_deleted_code_comes_back_with_what_cascades(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        document = add_session(project, "Team", SAID, GROUPS)
        code = project.codebook.add("Worth", parent_id=project.codebook.by_key_or_name("price").id)
        project.segments.add(document, Span(0, 5), code.id)
        before = contents(project)
        project.codebook.delete(project.codebook.by_key_or_name("price").id)
        assert project.segments.count() == 0
        project.undo()
        assert contents(project) == before


def test_the_history_outlives_the_session(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, GROUPS)
        before = contents(project)
        code_words(project, "Team.txt", "costs", "price")
    with Project.open(tmp_path / "test.qualcode") as project:
        assert project.undo() == "Code"
        assert contents(project) == before
    with Project.open(tmp_path / "test.qualcode") as project:
        assert project.redo_name == "Code"
        project.redo()
        assert project.segments.count() == 1


def test_a_new_step_ends_what_could_be_redone(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        project.codebook.add("One")
        project.undo()
        project.codebook.add("Two")
        assert project.redo_name is None
        with pytest.raises(StoreError, match="nothing to redo"):
            project.redo()


def test_a_step_that_changes_nothing_leaves_what_could_be_redone(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        code = project.codebook.add("One")
        document = add_session(project, "Team", SAID, GROUPS)
        project.segments.add(document, Span(0, 2), code.id)
        project.segments.add(document, Span(3, 8), code.id)
        after = contents(project)
        project.undo()
        project.segments.add(document, Span(0, 2), code.id)  # it is coded so already
        assert project.redo() == "Code"
        assert contents(project) == after


def test_a_step_that_changes_nothing_is_no_entry(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        steps = len(project.history())
        with project.step("Nothing"):
            pass
        assert len(project.history()) == steps


def test_listeners_hear_which_tables_changed(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        heard: list[tuple[str, frozenset[str]]] = []
        stop = project.on_change(lambda changes: heard.append((changes.name, changes.tables)))
        project.codebook.add("One")
        project.undo()
        stop()
        project.redo()
        assert heard == [("Add code", frozenset({"code"}))] * 2


def test_undo_keeps_numbers_and_letters_exactly(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        code = project.codebook.add('Navn med "sitat", æøå og 😀\nlinje')
        project.codebook.rename(code.id, "Annet")
        project.undo()
        assert project.codebook.current().codes[-1].name.plain == 'Navn med "sitat", æøå og 😀\nlinje'


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["add", "rename", "merge", "delete", "code"]), st.integers(0, 9)), max_size=12
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(actions=ACTIONS)
def test_undoing_everything_ends_where_it_began_and_redoing_where_it_ended(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, int]]
) -> None:
    with make_project(tmp_path_factory.mktemp("journal")) as project:
        document = add_session(project, "Team", SAID, GROUPS)
        states = [contents(project)]
        for action, number in actions:
            known = project.codebook.current().codes
            n_steps = len(project.history())
            if action == "add" or len(known) < 2:
                project.codebook.add(f"Code {number}", known[number % len(known)].id if known and number % 2 else None)
            elif action == "rename":
                project.codebook.rename(known[number % len(known)].id, f"Name {len(states)}")
            elif action == "code":
                project.segments.add(document, Span(number, number + 3), known[number % len(known)].id)
            elif action == "delete":
                project.codebook.delete(known[number % len(known)].id)
            else:
                source, target = known[number % len(known)], known[(number + 1) % len(known)]
                if target.key not in project.codebook.current().subtree(source.key):
                    project.codebook.merge(source.id, target.id)
            if len(project.history()) > n_steps:
                states.append(contents(project))
        for expected in reversed(states[:-1]):
            project.undo()
            assert contents(project) == expected
        for expected in states[1:]:
            project.redo()
            assert contents(project) == expected


def test_the_journal_follows_every_table_that_is_not_append_only() -> None:
    names = {table.name for table in WATCHED}
    assert {"case", "code", "document", "segment", "suggestion", "decision", "setting", "speaker"} <= names
    assert names.isdisjoint({"text", "turn", "original", *(table.name for table in JOURNAL)})


@pytest.mark.parametrize("n", [MANY - 1, MANY, MANY + 5])
def test_many_rows_that_come_together_are_undone_and_redone_together(tmp_path: Path, n: int) -> None:
    with make_project(tmp_path) as project:
        document = add_session(project, "Team", [("A", "word " * (n + 10))], {"A": "Leaders"})
        code = project.codebook.by_key_or_name("price").id
        before = contents(project)
        places = [(document, Span(5 * at, 5 * at + 4)) for at in range(n)]
        with project.step("Code many"):
            coder_id = store_segments.coder_for(project.db, "Kari").id
            store_segments.add_many(project.db, places, code, coder_id, Origin.MANUAL)
            store_segments.remove(project.db, [1])  # one of them goes again in the same step
            store_segments.change_span(project.db, 2, Span(6, 8))  # and one changes
        after = contents(project)
        assert len(after["segment"]) == n - 1
        for _time in range(2):
            project.undo()
            assert contents(project) == before
            project.redo()
            assert contents(project) == after


def test_many_rows_after_others_were_deleted_take_their_ids_and_are_told_apart(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        document = add_session(project, "Team", [("A", "word " * (2 * MANY))], {"A": "Leaders"})
        code = project.codebook.by_key_or_name("price").id
        places = [(document, Span(5 * at, 5 * at + 4)) for at in range(MANY)]
        with project.step("First"):
            coder_id = store_segments.coder_for(project.db, "Kari").id
            store_segments.add_many(project.db, places, code, coder_id, Origin.MANUAL)
        first = contents(project)
        with project.step("Second"):
            store_segments.remove(project.db, list(range(1, MANY + 1)))
            moved = [(document, Span(span.start, span.end + 5)) for document, span in places]
            store_segments.add_many(project.db, moved, code, coder_id, Origin.MANUAL)
        second = contents(project)
        assert first != second
        project.undo()
        assert contents(project) == first
        project.redo()
        assert contents(project) == second
        project.undo()
        project.undo()
        assert contents(project)["segment"] == []


def test_many_rows_outside_a_step_are_refused_and_the_journal_goes_on(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        rows = [(f"Group {n}", n) for n in range(MANY)]
        with pytest.raises(IntegrityError, match="outside a step"), project.db.transaction():
            project.db.insert_rows(respondent_group, ["name", "position"], rows)
        with pytest.raises(IntegrityError, match="UNIQUE"), project.step("Twice the same"):
            project.db.insert_rows(respondent_group, ["name", "position"], [*rows, rows[0]])
        with project.step("One"):
            cases.group_id(project.db, "Leaders")
        project.undo()
        assert contents(project)["respondent_group"] == []


def test_very_many_rows_are_taken_back_in_pieces(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        first = contents(project)
        with project.step("Groups"):
            rows = [(f"Group {n}", n) for n in range(3 * MANY)]
            project.db.insert_rows(respondent_group, ["name", "position"], rows)
        with project.step("Others"):
            project.db.connection.execute(update(respondent_group).values(position=respondent_group.c.position + 1))
            project.db.connection.execute(delete(respondent_group).where(respondent_group.c.id > 10))
        last = contents(project)
        assert project.n_rows_to(0) >= 3 * MANY + 3 * MANY + 3 * MANY - 10
        target = (project.last_step_id or 0) - 2
        assert project.n_rows_to(target) == 9 * MANY - 10
        points = list(project.going_to(target))
        assert len(points) > 4 and all(0 <= done < total for done, total in points)
        assert contents(project) == first
        project.redo()
        list(project.going_to(project.following_step_id or 0))
        assert contents(project) == last


def test_going_back_that_is_stopped_changes_nothing(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        for name in ("Leaders", "Staff"):
            with project.step(name):
                cases.group_id(project.db, name)
        before = contents(project)
        heard: list[Changes] = []
        project.on_change(heard.append)
        pieces = project.going_to((project.last_step_id or 0) - 2)
        next(pieces)
        next(pieces)
        with pytest.raises(StoreError, match="still going on"):
            project.undo()
        pieces.close()
        assert contents(project) == before and heard == []
        assert project.undo() == "Staff"
