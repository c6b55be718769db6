"""What a reader must know to trust the numbers: the rows of the sheet "About these numbers"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.exporting.wording import in_language


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """The facts behind the tables of one export.

    Attributes:
        study_file: its name, "" if the study came in file by file.
        made: date and time as text.
        program: name and version.
        codebook: key and version.
        n_rules: how many rules the codebook has.
        threshold: the score from which a suggestion is made, 0 to 1.
        unit: the unit of counting.
        n_respondents: all in the project; `n_answered` answered a survey, `n_spoke` spoke in a session.
        not_an_answer: what does not count as an answer.
        n_accepted: suggestions by what became of them; likewise `n_changed`, `n_rejected`, `n_open`.
        segments_by_coder: (name, how many segments).
        files: (name, SHA-256) of each original.
        warnings: what the import left out, mended or found doubtful.
    """

    title: str
    study_file: str
    made: str
    program: str
    codebook: str
    n_rules: int
    threshold: float
    unit: str
    n_respondents: int
    n_answered: int
    n_spoke: int
    not_an_answer: Sequence[str]
    small_cell: int
    n_accepted: int
    n_changed: int
    n_rejected: int
    n_open: int
    segments_by_coder: Sequence[tuple[str, int]]
    files: Sequence[tuple[str, str]]
    warnings: Sequence[str]


def about_rows(facts: StudyFacts, language: str) -> list[tuple[str, str]]:
    """(heading, text) of each row, in the language of the report; warnings stay as the program said them."""
    say = in_language(language)
    respondents = say("{n} in all; {answered} answered a survey, {spoke} spoke in a session.")
    suggestions = say("{accepted} accepted, {changed} changed, {rejected} rejected, {open} not reviewed.")
    rows = [
        (say("Study"), facts.title),
        (say("Study file"), facts.study_file),
        (say("Made"), facts.made),
        (say("Program"), facts.program),
        (say("Codebook"), facts.codebook),
        (
            say("Rules"),
            say("{n} rules, compared with the sentences; a suggestion needs a score of {percent} %.").format(
                n=facts.n_rules, percent=round(100 * facts.threshold)
            ),
        ),
        (say("Unit of counting"), say(facts.unit)),
        (
            say("Respondents"),
            respondents.format(n=facts.n_respondents, answered=facts.n_answered, spoke=facts.n_spoke),
        ),
        (
            say("Answering"),
            say(
                "Respondents with at least one answer in the open questions that is not blank, not only punctuation "
                "and not listed as “Not an answer”; in transcripts, respondents who spoke."
            ),
        ),
        (say("Not an answer"), ", ".join(facts.not_an_answer)),
        (say("Moderators"), say("What the moderator says is not counted.")),
        (
            say("Small groups"),
            say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.").format(
                small_cell=facts.small_cell
            ),
        ),
        (say("Sub-codes"), say("A theme includes its sub-codes and counts each respondent once.")),
        (
            say("Intervals"),
            say("Interval: Wilson, 95 %, without continuity correction. It treats respondents as independent."),
        ),
        (
            say("Suggestions"),
            suggestions.format(
                accepted=facts.n_accepted, changed=facts.n_changed, rejected=facts.n_rejected, open=facts.n_open
            ),
        ),
    ]
    coded = say("{coder}: {n} segments")
    rows += [(say("Coders"), coded.format(coder=coder, n=n)) for coder, n in facts.segments_by_coder]
    rows += [(say("Files"), f"{name} (SHA-256 {sha256})") for name, sha256 in facts.files]
    rows += [(say("Left out or doubtful"), warning) for warning in facts.warnings]
    return _headed_once(row for row in rows if row[1])


def _headed_once(rows: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A heading that repeats is left blank: it continues the one before."""
    last, headed = "", []
    for heading, text in rows:
        headed.append(("" if heading == last else heading, text))
        last = heading
    return headed
