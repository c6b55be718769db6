"""Texts that change: corrections in place, the versions that come of them, and the codings that were lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.alignment import Alignment, align, align_edit
from qualcode.model.carrying import Tally
from qualcode.model.document import Turn
from qualcode.model.segment import Span
from qualcode.model.words import is_answer
from qualcode.store import segments, text_versions
from qualcode.store.text_versions import Current, LostSegment

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction did.

    Attributes:
        span: where the new words stand; None if words were only taken out.
        quotations: how many of the document's quotations were kept, changed and lost.
    """

    span: Span | None
    quotations: Tally


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a document's text.

    Attributes:
        number: 1 is the text as it first came in.
        text_id: the text.
        file: the file that it was read from, or that was corrected.
        is_from_file: whether it was read from that file, not made by a correction.
        made_at: when it was made, in UTC; "" for the first.
        coder: who made it; "" for the first.
        reason: why; "" if nobody said.
        replacements: what of the version before was replaced by what, in order.
        n_lost: how many codings were lost when it was made.
    """

    number: int
    text_id: int
    file: str
    is_from_file: bool
    made_at: str = ""
    coder: str = ""
    reason: str = ""
    replacements: tuple[tuple[str, str], ...] = ()
    n_lost: int = 0


def correct(project: Project, document_id: int, span: Span, new_words: str, reason: str) -> Correction | None:
    """See `DocumentActions.correct`."""
    now = _current(project, document_id)
    turns = text_versions.turns_of_text(project.db, now.text_id)
    alignment = _corrected(now.content, turns, span, new_words)
    if alignment.new == alignment.old:
        return None
    with project.step(_("Correct the text")):
        coder = segments.coder_for(project.db, project.coder_name)
        shift = len(alignment.new) - len(alignment.old)
        tally = text_versions.replace_text(
            project.db,
            document_id,
            alignment,
            [_shifted(turn, span, shift) for turn in turns],
            coder_id=coder.id,
            reason=reason,
        )
        if not turns:
            counts = is_answer(alignment.new, project.settings.not_an_answer)
            text_versions.set_is_answer(project.db, document_id, counts)
    return Correction(Span(span.start, span.end + shift) if span.end + shift > span.start else None, tally)


def _corrected(text: str, turns: list[Turn], span: Span, new_words: str) -> Alignment:
    """The text with the words of a span replaced, aligned with the text as it was.

    Raises:
        QualcodeError: the span lies outside the text or in several turns, or nothing would be left of the turn.
    """
    from qualcode.importing.normal_form import in_normal_form

    if span.end > len(text):
        raise QualcodeError(
            _("Positions {start} to {end} lie outside the text.").format(start=span.start, end=span.end)
        )
    around = next((turn for turn in turns if turn.start <= span.start and span.end <= turn.end), None)
    if turns and around is None:
        raise QualcodeError(
            _("A correction stays inside one turn."), hint=_("Select words of one speaker, and correct turn by turn.")
        )
    start, end = (around.start, around.end) if around is not None else (0, len(text))
    words = in_normal_form(new_words)
    corrected = text[start : span.start] + words + text[span.end : end]
    if not corrected.strip():
        raise QualcodeError(
            _("Nothing would be left of the turn.") if turns else _("Nothing would be left of the answer."),
            hint=_("Leave at least one word or sign of it."),
        )
    whole = in_normal_form(corrected)
    if whole == corrected:
        return align_edit(text, span, words)
    return align(text, text[:start] + whole + text[end:])  # the new words join with letters beside them


def _shifted(turn: Turn, span: Span, shift: int) -> Turn:
    """A turn after a correction: its end moves if the correction is in it, all of it if the correction is before it."""
    start = turn.start + shift if turn.start >= span.end else turn.start
    end = turn.end + shift if turn.end >= span.end else turn.end
    return Turn(turn.label, start, end, turn.begins, turn.ends)


def versions(project: Project, document_id: int) -> list[TextVersion]:
    """See `DocumentActions.versions`."""
    now = _current(project, document_id)
    replaced = text_versions.superseded(project.db, document_id)
    lost = text_versions.lost(project.db, document_id)
    texts = [text_versions.content(project.db, each.text_id) for each in replaced] + [now.content]
    files = [(each.original_id, each.file) for each in replaced] + [(now.original_id, now.file)]
    ids = [each.text_id for each in replaced] + [now.text_id]
    found = [TextVersion(1, ids[0], files[0][1], True)]
    for number, made_by in enumerate(replaced, start=1):
        found.append(
            TextVersion(
                number + 1,
                ids[number],
                files[number][1],
                files[number][0] != files[number - 1][0],
                made_by.made_at,
                made_by.coder,
                made_by.reason,
                tuple(align(texts[number - 1], texts[number]).replacements()),
                sum(each.superseded_text_id == made_by.id for each in lost),
            )
        )
    return found


def text_of_version(project: Project, document_id: int, number: int) -> str:
    """See `DocumentActions.text_of_version`."""
    return text_versions.content(project.db, _text_id(project, document_id, number))


def spoken_text(project: Project, document_id: int, number: int) -> str:
    """See `DocumentActions.spoken_text`."""
    text_id = _text_id(project, document_id, number)
    text = text_versions.content(project.db, text_id)
    turns = text_versions.turns_of_text(project.db, text_id)
    said = [(turn.label, text[turn.start : turn.end]) for turn in turns]
    return "\n\n".join(f"{label}: {words}" if label else words for label, words in said) or text


def _text_id(project: Project, document_id: int, number: int) -> int:
    now = _current(project, document_id)
    ids = [each.text_id for each in text_versions.superseded(project.db, document_id)] + [now.text_id]
    if not 1 <= number <= len(ids):
        raise QualcodeError(_("There is no version {number} of this text.").format(number=number))
    return ids[number - 1]


def lost(project: Project, document_id: int) -> list[LostSegment]:
    """See `DocumentActions.lost`."""
    return text_versions.lost(project.db, document_id)


def _current(project: Project, document_id: int) -> Current:
    found = text_versions.current(project.db, document_id)
    if found is None:
        raise QualcodeError(_("That text is gone."), hint=_("Undo brings it back."))
    return found
