"""Errors reach the user as a sentence with a hint; a bug's report quotes nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError, Problem, StudyFileError
from qualcode.gui.messages import message_of, message_of_problems
from qualcode.gui.new_projects import _sentence_of
from qualcode.gui.study_opening import MadeProject


def test_an_error_to_act_on_keeps_its_words() -> None:
    message = message_of(ImportingError("No sheet holds data.", hint="Name one."))
    assert (message.sentence, message.hint, message.report) == ("No sheet holds data.", "Name one.", "")


def test_several_problems_are_listed_all() -> None:
    problems = [Problem(f"line {number}", "Unknown key.") for number in range(7)]
    message = message_of(StudyFileError("7 things are wrong.", problems=problems))
    assert message.details[0] == "line 0: Unknown key."
    assert message.details[-1] == "line 6: Unknown key."
    assert len(message.details) == 7


def test_a_bug_says_where_but_not_what_was_read() -> None:
    try:
        raise KeyError("a respondent's words")
    except KeyError as error:
        message = message_of(error)
    assert "respondent" not in message.report
    assert "KeyError" in message.report
    assert "test_messages.py" in message.report


def test_doubtful_things_make_a_warning() -> None:
    assert message_of_problems("Done.", ()).severity == "done"
    assert message_of_problems("Done.", (Problem("row 3", "Twice."),)).severity == "warning"


def test_one_thing_in_many_files_is_told_once_with_its_places() -> None:
    problems = [Problem(f"{number}.docx", "No group.", "Name it.", "warning") for number in range(3)]
    problems.insert(1, Problem("0.docx", "No time.", "", "warning"))
    told = message_of_problems("Done.", tuple(problems)).details
    assert told == ("0.docx; 1.docx; 2.docx: No group. Name it.", "0.docx: No time.")
    problems = [Problem(f"{number}.docx", "No group.") for number in range(9)]
    (line,) = message_of_problems("Done.", tuple(problems)).details
    assert line == "0.docx; 1.docx; 2.docx; 3.docx; 4.docx; 5.docx and 3 more places: No group."
    (line,) = message_of_problems("Done.", tuple(problems[:7])).details
    assert line.count(".docx") == 7, "one place more is as short as saying so"


@pytest.mark.parametrize(
    ("n_documents", "n_answers", "has_rules", "sentence"),
    [
        (7, 0, False, "Read 7 transcripts."),
        (0, 1, False, "Read 1 answer."),
        (2, 3, True, "Read 2 transcripts and 3 answers; the rules made 5 suggestions."),
        (0, 0, True, "Read 0 transcripts; the rules made 5 suggestions."),
    ],
)
def test_what_a_study_has_none_of_is_not_named(
    n_documents: int, n_answers: int, has_rules: bool, sentence: str
) -> None:
    made = MadeProject(Path("a.qualcode"), n_documents, n_answers, 5, has_rules, ())
    assert _sentence_of(made) == sentence
