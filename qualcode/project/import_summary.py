"""What an import brought in, in numbers and in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.model.carrying import Tally


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A transcript whose file had changed: what became of its quotations."""

    document: str
    quotations: Tally


@dataclass(frozen=True, slots=True)
class SurveyWave:
    """A survey that was in the project already and was read again.

    Attributes:
        name: of the file.
        n_new: respondents who were added.
        n_known: rows whose respondent was there already.
        n_missing: respondents of the project who are not in the file; they stay.
        n_new_answers: open answers that known respondents had not given before.
        n_changed: open answers that read otherwise now and got a new version.
        n_withdrawn: open answers that are blank in the file now; they stay.
        n_closed: closed answers that are new or changed.
        quotations: what became of the quotations on changed answers.
    """

    name: str
    n_new: int = 0
    n_known: int = 0
    n_missing: int = 0
    n_new_answers: int = 0
    n_changed: int = 0
    n_withdrawn: int = 0
    n_closed: int = 0
    quotations: Tally = field(default_factory=Tally)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import brought in.

    Attributes:
        n_documents: new transcripts.
        n_respondents: new respondents.
        n_answers: new open answers that answer their question; neither blank nor such as "n/a".
        problems: what was left out, mended or is doubtful.
        versions: transcripts that were there and have a new version of their text now.
        waves: surveys that were there and were read again.
    """

    n_documents: int
    n_respondents: int
    n_answers: int
    problems: tuple[Problem, ...]
    versions: tuple[NewVersion, ...] = ()
    waves: tuple[SurveyWave, ...] = ()

    def sentences(self) -> list[str]:
        """What is said of transcripts and surveys that were there already."""
        return [*map(sentence_of_version, self.versions), *map(sentence_of_wave, self.waves)]


def quotations_told(tally: Tally) -> str:
    """How many quotations had which fate: "3 quotations kept, 1 changed, 0 lost"."""
    kept = ngettext("{n} quotation kept", "{n} quotations kept", tally.kept).format(n=tally.kept)
    parts = [kept, _("{n} changed").format(n=tally.changed)]
    if tally.moved:
        parts.append(_("{n} moved").format(n=tally.moved))
    return ", ".join([*parts, _("{n} lost").format(n=tally.lost)])


def sentence_of_version(version: NewVersion) -> str:
    """What became of a transcript whose file had changed."""
    return _("{document}: a new version of the text; {quotations}.").format(
        document=version.document, quotations=quotations_told(version.quotations)
    )


def sentence_of_wave(wave: SurveyWave) -> str:
    """What became of a survey that was read again; only what there is of."""
    parts = [
        ngettext("{n} new respondent", "{n} new respondents", wave.n_new).format(n=wave.n_new),
        ngettext("{n} known", "{n} known", wave.n_known).format(n=wave.n_known),
    ]
    further = (
        (wave.n_new_answers, ngettext("{n} answer added", "{n} answers added", wave.n_new_answers)),
        (wave.n_changed, ngettext("{n} answer changed", "{n} answers changed", wave.n_changed)),
        (wave.n_closed, ngettext("{n} closed answer changed", "{n} closed answers changed", wave.n_closed)),
        (
            wave.n_withdrawn,
            ngettext(
                "{n} answer blank in the file and kept", "{n} answers blank in the file and kept", wave.n_withdrawn
            ),
        ),
        (
            wave.n_missing,
            ngettext(
                "{n} respondent not in the file and kept", "{n} respondents not in the file and kept", wave.n_missing
            ),
        ),
    )
    parts += [phrase.format(n=n) for n, phrase in further if n]
    sentence = _("{file}: {parts}.").format(file=wave.name, parts=", ".join(parts))
    if wave.quotations != Tally():
        sentence += " " + _("On the changed answers: {quotations}.").format(quotations=quotations_told(wave.quotations))
    return sentence
