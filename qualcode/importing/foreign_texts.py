"""Brings the text of another tool's document into turns: labels go beside the text, and every place goes along."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.errors import Problem
from qualcode.i18n import folded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignDocument
from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_lines import CLOSING_STAMP, LONGEST_LABEL_LINE, seconds_of
from qualcode.importing.speakers import speeches_of
from qualcode.importing.text_changes import Run, TextChange
from qualcode.model.document import Speech, Turn, joined

_MOST_NAMES = 500  # labels of a document; more than any group has


@dataclass(frozen=True, slots=True)
class TurnedText:
    """A document in turns.

    Attributes:
        change: from the document's lines to the text that is stored.
        turns: of that text.
        names_speakers: whether labels were found and taken out.
    """

    change: TextChange
    turns: tuple[Turn, ...]
    names_speakers: bool
    problems: tuple[Problem, ...] = ()


def plain_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a text that are not blank; blank lines stand between blocks."""
    paragraphs = []
    after_blank = True
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Paragraph(line, opens_block=after_blank))
        after_blank = not line.strip()
    return tuple(paragraphs)


def names_speakers(text: str) -> bool:
    """Whether a plain text names speakers by itself."""
    speeches, _problems = speeches_of(plain_paragraphs(in_normal_form(text)), "\n", "")
    return any(speech.label is not None for speech in speeches)


def in_turns(document: ForeignDocument, coded: Sequence[tuple[int, int]], *, with_speakers: bool = True) -> TurnedText:
    """The document in turns of its speakers; where nobody is named, or the labels cannot be taken out exactly, by line.

    Args:
        document: with its lines.
        coded: (start, end) among the lines of what must not get lost, whatever stands before the first speaker.
        with_speakers: False to look for none.
    """
    text = document.change.text
    if with_speakers:
        speeches, problems = speeches_of(document.paragraphs, "\n", document.name)
        runs = _aligned(text, speeches) if any(speech.label is not None for speech in speeches) else None
        if runs is not None:
            change = _change(speeches, runs)
            if any(change.span(*span) is None for span in coded):
                before = _before(text, runs[0][0], _names(speeches))
                problems = (
                    tuple(each for each in problems if "before the first" not in each.what) if before else problems
                )
                speeches = (*(Speech(None, line) for line, _place in before), *speeches)
                runs = [*((place, place + len(line), 0, len(line)) for line, place in before), *runs]
                change = _change(speeches, runs)
            return TurnedText(change, joined(speeches)[1], True, problems)
    lines = [(line, place) for line, place in _lines(text) if line.strip()]
    speeches = tuple(Speech(None, line) for line, _place in lines)
    change = _change(speeches, [(place, place + len(line), 0, len(line)) for line, place in lines])
    return TurnedText(change, joined(speeches)[1], False)


def in_turns_of_cases(turned: TurnedText, ranges: Sequence[tuple[int, int, str]]) -> TurnedText:
    """A text without speakers, its lines given to whoever's (start, end, name) covers most of each.

    Args:
        turned: by line.
        ranges: in the stored text.
    """
    covered: dict[int, Counter[str]] = defaultdict(Counter)
    for start, end, name in ranges:
        for number, n in shares(turned.turns, start, end):
            covered[number][name] += n
    turns: list[Turn] = []
    for number, turn in enumerate(turned.turns):
        name, n = covered[number].most_common(1)[0] if number in covered else ("", 0)
        label = name if 2 * n > turn.end - turn.start else None
        if turns and label is not None and turns[-1].label == label:
            turns[-1] = Turn(label, turns[-1].start, turn.end)
        else:
            turns.append(Turn(label, turn.start, turn.end))
    return TurnedText(turned.change, tuple(turns), any(turn.label for turn in turns), turned.problems)


def shares(turns: Sequence[Turn], start: int, end: int) -> Iterator[tuple[int, int]]:
    """(number of a turn, how many characters) of the turns that a span [start, end) touches; turns are in order."""
    number = bisect_right(turns, start, key=lambda turn: turn.end)
    while number < len(turns) and turns[number].start < end:
        yield number, min(end, turns[number].end) - max(start, turns[number].start)
        number += 1


def with_times(turns: Sequence[Turn], syncs: Sequence[tuple[int, float]]) -> tuple[Turn, ...]:
    """The turns with the times of the recording where a known place is at their beginning.

    Args:
        turns: of the stored text.
        syncs: (position in the stored text, seconds) in order.
    """
    times = dict(syncs)
    return tuple(
        Turn(
            turn.label,
            turn.start,
            turn.end,
            turn.begins if turn.begins is not None else times.get(turn.start),
            turn.ends,
        )
        for turn in turns
    )


def _lines(text: str) -> list[tuple[str, int]]:
    """Each line with its place."""
    found = []
    place = 0
    for line in text.split("\n"):
        found.append((line, place))
        place += len(line) + 1
    return found


def _aligned(text: str, speeches: Sequence[Speech]) -> list[Run] | None:
    """Where each line of the speeches stands in the text, new places left at 0; None if that is not beyond doubt.

    A line of a speech is a line of the text or the end of one, after its label. From the last line upwards nothing of
    the text may be left over but blank lines, lines that are a label or a time alone, and what stands before the first
    speaker.
    """
    pieces = [(piece, speech.label) for speech in speeches for piece in speech.text.split("\n")]
    lines = _lines(text)
    names = _names(speeches)
    runs: list[Run] = []
    while pieces:
        piece, _label = pieces[-1]
        if not lines:
            return None
        line, place = lines.pop()
        if not line.strip():
            continue
        line = CLOSING_STAMP.sub("", line)
        if piece and line.endswith(piece):
            begin = place + len(line) - len(piece)
            runs.append((begin, begin + len(piece), 0, len(piece)))
            pieces.pop()
        elif not _is_label_alone(line, names):
            return None
        elif not piece:
            runs.append((place + len(line), place + len(line), 0, 0))
            pieces.pop()
    return runs[::-1]


def _names(speeches: Sequence[Speech]) -> set[str]:
    """The labels as they are compared, without what they have in brackets."""
    return {folded(speech.label or "").partition(" (")[0] for speech in speeches} - {""}


def _is_label_alone(line: str, names: set[str]) -> bool:
    if seconds_of(line) is not None:
        return True
    if len(line) > LONGEST_LABEL_LINE or len(names) > _MOST_NAMES:
        return False
    return any(name in folded(line) for name in names)


def _change(speeches: Sequence[Speech], runs: Sequence[Run]) -> TextChange:
    """The change to the joined speeches; each of their lines has its run."""
    new = 0
    placed: list[Run] = []
    for start, end, _new, _end in runs:
        placed.append((start, end, new, new + end - start))
        new += end - start + 1
    return TextChange("\n".join(speech.text for speech in speeches), placed)


def _before(text: str, end: int, names: set[str]) -> list[tuple[str, int]]:
    """The lines before the first speech, blank ones left out, and the line of its label too."""
    first_line = text.rfind("\n", 0, end) + 1
    lines = [(line, place) for line, place in _lines(text[:first_line]) if line.strip()]
    while lines and _is_label_alone(lines[-1][0], names):
        lines.pop()
    return lines
