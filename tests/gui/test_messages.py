"""Errors reach the user as a sentence with a hint; a bug's report quotes nobody."""

from __future__ import annotations

from qualcode.errors import ImportingError, Problem, StudyFileError
from qualcode.gui.messages import message_of, message_of_problems


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
