"""How far documents are coded is the same whether everything is counted or only what a step touched."""

from __future__ import annotations

from pathlib import Path

from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.project.coded_documents import CodedDocuments, coded_by_document
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_project


def check(project: Project, coded: CodedDocuments, hidden: tuple[int, ...] = ()) -> dict[int, tuple[int, int]]:
    coded.note()
    assert not coded.is_lost(hidden)
    coded.renew()
    assert coded._counted == coded_by_document(project, hidden)
    return coded._counted


def counted(project: Project) -> CodedDocuments:
    made = CodedDocuments(project)
    made.expect()
    made.adopt(coded_by_document(project))
    return made


def test_turns_of_respondents_that_hold_coded_words_are_counted_after_each_step(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        turns = [("Moderator", "What is it?"), ("A", "It costs too much."), ("B", "No time."), ("A", "No.")]
        add_session(project, "One", turns, {"Moderator": SpeakerRole.MODERATOR, "A": "Staff", "B": "Staff"})
        add_survey(project, [("1", "Staff", {"Why?": "No time"}), ("2", "Staff", {"Why?": "vet ikke"})])
        price = project.codebook.current().codes[0].id
        coded = counted(project)
        assert coded.of([1]) == (0, 3)
        project.segments.add(1, Span(0, 4), price)  # of the moderator: a coding, but no turn of a respondent
        assert check(project, coded)[1] == (0, 3)
        text = project.documents.text(1)
        both = project.segments.add(1, Span(text.index("much"), text.index("time")), price)
        assert check(project, coded)[1] == (2, 3)
        project.segments.add(1, Span(text.index("costs"), text.index("costs") + 5), price)
        assert check(project, coded)[1] == (2, 3)
        project.survey.code([2, 3], price)
        assert check(project, coded) == {1: (2, 3), 2: (1, 1)}
        assert coded.of([2, 3]) == (1, 1)
        project.segments.remove(both.id)
        assert check(project, coded)[1] == (1, 3)
        project.undo()
        project.undo()
        assert check(project, coded) == {1: (2, 3)}


def test_what_a_hidden_coder_coded_does_not_count(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "One", [("A", "It costs too much."), ("B", "No time.")], {"A": "Staff", "B": "Staff"})
        code_words(project, "One.txt", "much", "price", coder="Ola")
        ola = next(coder.id for coder in project.coders() if coder.name == "Ola")
        coded = counted(project)
        assert coded.of([1]) == (1, 2) and coded.is_lost((ola,))
        coded.expect((ola,))
        coded.adopt(coded_by_document(project, (ola,)))
        assert coded.of([1]) == (0, 2)
