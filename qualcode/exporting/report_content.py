"""All facts of a report, before they become sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.model.codebook import Codebook

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class GroupPeople:
    """The people of one respondent group.

    Attributes:
        name: NO_GROUP for those who have none.
        n: all in the material.
        asked: were asked in a survey.
        answered: answered at least one open question.
        in_sessions: are speakers of a transcript.
        spoke: said something there.
        silent: neither answered nor spoke.
        sessions: in which the group spoke.
        words: of what counts as said.
    """

    name: str
    n: int
    asked: int
    answered: int
    in_sessions: int
    spoke: int
    silent: int
    sessions: int
    words: int


@dataclass(frozen=True, slots=True)
class CoderWork:
    """How many codings one coder made, by where they come from.

    Attributes:
        is_person: False for rules whose suggestions were accepted unread.
    """

    name: str
    is_person: bool
    manual: int
    rule: int
    learned: int
    imported: int

    @property
    def total(self) -> int:
        return self.manual + self.rule + self.learned + self.imported


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation for the report.

    Attributes:
        group: "" where naming it could point to a person; likewise `session`.
        source: "answer", "focus_group", "interview", "notes", or "".
        is_negative: it speaks against the theme.
        is_coarser: less stands beside it than usual, because few people share that.
    """

    text: str
    group: str
    source: str
    session: str
    is_negative: bool
    is_coarser: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups side by side.

    Attributes:
        a: the first group; differences are a minus b.
        b: the second group.
        table: in the columns of `qualcode compare`.
        independent: False where several of their people share a session, so that there is no test.
        a_N: how many of the first group answered; likewise `b_N`.
        n_tests: over how many themes p is corrected; 0 without tests.
    """

    a: str
    b: str
    table: pd.DataFrame
    independent: bool
    a_N: int
    b_N: int
    n_tests: int


@dataclass(frozen=True, slots=True)
class Sources:
    """What the material is.

    Attributes:
        by_kind: transcripts by kind of document ("focus_group", "interview", "notes").
        languages: of documents, the most frequent first.
    """

    by_kind: Mapping[str, int]
    n_sessions: int
    n_answers: int
    n_questions: int
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """How far the people who coded agree on the same sentences, over all codes.

    Attributes:
        n_units: sentences that two or more of them read.
        agreement: share of judgements in which they agree, 0 to 1.
        alpha: Krippendorff's, pooled over codes; its bounds are NaN where there is no interval.
        n_open: disagreements that nobody has settled; `n_settled`: those that were.
        is_sample: whether the sentences are those of a sample that was drawn.
    """

    n_units: int
    agreement: float
    alpha: float
    alpha_low: float
    alpha_high: float
    n_open: int
    n_settled: int
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What became of the suggestions that rules made."""

    accepted: int
    changed: int
    rejected: int
    open: int


@dataclass(frozen=True, slots=True)
class ProjectState:
    """Which project, and at which moment.

    Attributes:
        file: the name of the project file, as it is typed in a command.
        n_steps: changes so far, without those undone.
        changed: when the last one was made, "" if there is none.
        made: when the report was made, as ISO 8601.
        program: name and version.
        versions: of Python and the libraries that compute the numbers.
    """

    file: str
    n_steps: int
    changed: str
    made: str
    program: str
    versions: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class ReportContent:
    """The facts of one report.

    Attributes:
        by: what the groups are; "group" stands for respondent groups.
        unit: the unit of counting.
        where: the filter as one types it, "" without one.
        suggested: nothing is decided yet, so numbers and quotations are of suggestions that nobody has reviewed.
        themes: the theme table, in the columns of theme_table.csv.
        comparison: None where there are no two groups.
        quotations: by key of the code that they carry, without the codes below it.
        n_answering: respondents who answered or spoke.
        n_never_quoted: of these.
        agreement: None where fewer than two people coded the same material.
        joint: themes beside their closed questions, in the columns of `qualcode joint`; None where there are none.
    """

    title: str
    language: str
    by: str
    unit: str
    small_cell: int
    where: str
    suggested: bool
    codebook: Codebook
    themes: pd.DataFrame
    comparison: Comparison | None
    quotations: Mapping[str, Sequence[Quoted]]
    n_answering: int
    n_never_quoted: int
    sources: Sources
    people: Sequence[GroupPeople]
    coders: Sequence[CoderWork]
    agreement: AgreementFacts | None
    review: ReviewState
    project: ProjectState
    not_an_answer: Sequence[str]
    joint: pd.DataFrame | None = None
