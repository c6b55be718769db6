"""What the imports said: kept in the project, so that it can be read again later."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.project.import_choices import Choices, remember_choices
from qualcode.project.import_summary import ImportSummary
from qualcode.store import journal, settings

if TYPE_CHECKING:
    from qualcode.project.project import Project

_SETTING = "imports_said"
_MOST_IMPORTS = 50
_MOST_PROBLEMS = 500  # of one import; how many more there were is kept


@dataclass(frozen=True, slots=True)
class ImportNote:
    """What one import said.

    Attributes:
        when: date and time on this machine's clock, to the second.
        name: of the import, as undo names it.
        result: what came in, in a sentence.
        sentences: what became of files that were there already.
        problems: what was left out, mended or is doubtful.
        n_more: problems that are not kept.
    """

    when: datetime.datetime
    name: str
    result: str
    sentences: tuple[str, ...]
    problems: tuple[Problem, ...]
    n_more: int = 0


def record_import(project: Project, name: str, summary: ImportSummary, choices: Choices) -> None:
    """Keep what an import said, and what was decided for it; undo of the import leaves both."""
    with project.db.transaction(), journal.unrecorded(project.db.connection):
        _keep(project, name, sentence_of(summary), summary.sentences(), summary.problems)
        remember_choices(project, choices)


def record_note(
    project: Project, name: str, result: str, sentences: Sequence[str], problems: Sequence[Problem]
) -> None:
    """Keep what an import of another kind said; undo of the import leaves it."""
    with project.db.transaction(), journal.unrecorded(project.db.connection):
        _keep(project, name, result, sentences, problems)


def _keep(project: Project, name: str, result: str, sentences: Sequence[str], problems: Sequence[Problem]) -> None:
    kept: list[dict[str, Any]] = settings.read(project.db, _SETTING, [])
    note = {
        "when": datetime.datetime.now().isoformat(timespec="seconds"),
        "name": name,
        "result": result,
        "sentences": list(sentences),
        "problems": [[each.where, each.what, each.hint, each.severity] for each in problems[:_MOST_PROBLEMS]],
        "more": max(0, len(problems) - _MOST_PROBLEMS),
    }
    settings.write(project.db, _SETTING, [*kept, note][-_MOST_IMPORTS:])


def imports_said(project: Project) -> list[ImportNote]:
    """What each import said, the last one first."""
    kept: Sequence[dict[str, Any]] = settings.read(project.db, _SETTING, [])
    return [
        ImportNote(
            datetime.datetime.fromisoformat(each["when"]),
            each["name"],
            each["result"],
            tuple(each["sentences"]),
            tuple(Problem(*problem) for problem in each["problems"]),
            each["more"],
        )
        for each in reversed(kept)
    ]


def sentence_of(summary: ImportSummary) -> str:
    """What came in, in numbers."""
    parts = [
        ngettext("{n} transcript", "{n} transcripts", summary.n_documents).format(n=summary.n_documents),
        ngettext("{n} respondent", "{n} respondents", summary.n_respondents).format(n=summary.n_respondents),
        ngettext("{n} answer", "{n} answers", summary.n_answers).format(n=summary.n_answers),
    ]
    n = len(summary.problems)
    notes = ngettext("{n} note", "{n} notes", n).format(n=n) if n else _("nothing to note")
    return _("New: {parts}; {notes}.").format(parts=", ".join(parts), notes=notes)
