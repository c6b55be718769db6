"""What went wrong, as the user reads it: a sentence, what to do, and for a bug a report to copy."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import InUseError, Problem, QualcodeError, VanishedError, put_together
from qualcode.i18n import _


@dataclass(frozen=True, slots=True)
class Message:
    """What the message line shows.

    Attributes:
        sentence: what happened.
        hint: what to do about it.
        severity: "error", "warning" or "done".
        details: further lines, one for each problem.
        report: what a user may copy when it was a bug; "" otherwise. It holds no words of respondents.
        action: what a button offers to do about it (`MessageLine.acted` reports it), and what that button says.
        is_of_now: whether it tells how things stand, which the next step may change.
        is_while_gone: whether it is true only as long as the project's file is gone.
    """

    sentence: str
    hint: str = ""
    severity: str = "error"
    details: tuple[str, ...] = field(default=())
    report: str = ""
    action: tuple[str, str] = ("", "")
    is_of_now: bool = False
    is_while_gone: bool = False

    @property
    def is_done_with(self) -> bool:
        """Whether nobody needs it any longer once one goes on: it says that something went well, and offers nothing."""
        return self.severity == "done" and not self.action[0]


def message_of(error: BaseException) -> Message:
    """The message for an error: a user's own if it is one to act on, else a bug with a report."""
    if isinstance(error, QualcodeError):
        several = error.problems if len(error.problems) > 1 else ()
        is_gone = isinstance(error, VanishedError)
        return Message(
            error.message, error.hint, details=_lines(several), action=_action_for(error), is_while_gone=is_gone
        )
    return Message(
        _("Something went wrong in the program itself. What you coded before is saved."),
        _("Copy the report and send it to whoever looks after Qualcode."),
        report=bug_report(error),
    )


def _action_for(error: QualcodeError) -> tuple[str, str]:
    if isinstance(error, InUseError):
        return "open_read_only", _("Open for reading only")
    return ("write_again", _("Write it again")) if isinstance(error, VanishedError) else ("", "")


def message_of_problems(sentence: str, problems: tuple[Problem, ...]) -> Message:
    """The message after work that was done, with what was doubtful in it."""
    severity = "warning" if problems else "done"
    return Message(sentence, severity=severity, details=_lines(put_together(problems)))


def _lines(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(str(problem) for problem in problems)


def bug_report(error: BaseException) -> str:
    """Where a bug happened: file, line and function of each call, and the kind of error, but not its text.

    The text of an error may quote a document; places in the program never do.
    """
    import platform
    import traceback

    from qualcode import __version__

    lines = [f"Qualcode {__version__}, Python {platform.python_version()}, {platform.system()}"]
    for frame in traceback.extract_tb(error.__traceback__):
        name = frame.filename.replace("\\", "/").rpartition("/")[2]
        lines.append(f"  {name}:{frame.lineno} {frame.name}")
    lines.append(type(error).__name__)
    return "\n".join(lines)
