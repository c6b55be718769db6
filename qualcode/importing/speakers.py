"""Finds who speaks: labels are looked for line by line, and judged over the whole document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.label_lines import (
    with_bold_names,
    with_names_alone,
    with_names_beside_times,
    without_legend,
    without_line_numbers,
)
from qualcode.importing.labels_inside import labels_inside
from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_judgement import accepted_labels, explained_labels
from qualcode.importing.speaker_lines import (
    CLOSING_STAMP,
    OPENING_STAMP,
    Form,
    Line,
    is_surely_stamp,
    lines_of,
    seconds_of,
    seconds_span,
    unlabelled,
)
from qualcode.importing.speaker_names import could_be_name, is_proper, label_key, without_group
from qualcode.model.document import Speech


def speeches_of(
    paragraphs: Sequence[Paragraph], joint: str, where: str, line_joint: str = "\n"
) -> tuple[tuple[Speech, ...], tuple[Problem, ...]]:
    """Who says what.

    Args:
        paragraphs: in order, their texts in normal form.
        joint: what stands between two paragraphs of one speech.
        where: the file, for problems.
        line_joint: what stands between two lines of one paragraph.

    Returns:
        One speech for consecutive paragraphs of one speaker; where nobody is named, one for each paragraph, with
        label None. And warnings: what was left out before the first speaker, labels that were taken as one.
    """
    spoken = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    lines, explained, accepted = _judged(spoken)
    numbered = None if any(not key[:1].isdigit() for _form, key in accepted) else without_line_numbers(spoken)
    is_numbered = False
    if numbered is not None:
        plain = _judged([paragraph for paragraph in numbered if paragraph.text.strip()])
        is_numbered = bool(plain[2])
        lines, explained, accepted = plain if is_numbered else (lines, explained, accepted)
    if not accepted:
        lines = with_names_alone(lines)
        accepted = {(line.form, line.key) for line in lines if line.form is Form.ALONE}
    if not accepted:
        return tuple(_nobody(spoken, line_joint)), ()
    doubtful = [line.label for line in lines if _is_doubtful(line) and (line.form, line.key) not in accepted]
    lines = [line if line.form is None or (line.form, line.key) in accepted else unlabelled(line) for line in lines]
    same, problems = _one_person(lines, where)
    if doubtful:
        what = _("Taken as talk, since it stands before a colon only once: {labels}.")
        hint = _("If that is somebody who speaks, write the name out.")
        problems.append(Problem(where, what.format(labels=", ".join(dict.fromkeys(doubtful))), hint, "warning"))
    speeches, n_before, n_unnamed = _joined(lines, same, joint, line_joint)
    spoken_labels = {line.key: line.label for line in lines if line.form is not None}
    explained |= explained_labels([line for line in lines if line.form is None])
    if is_numbered:
        what = _("The lines are numbered; the numbers at their beginnings were left out.")
        problems.append(Problem(where, what, "", "warning"))
    legend = [f"{label} = {explained[key]}" for key, label in spoken_labels.items() if key in explained]
    if legend:
        what = _("The file explains its labels: {legend}.").format(legend="; ".join(legend[:12]))
        hint = _("The labels stand as they are; say which group each is (study key: speakers).")
        problems.append(Problem(where, what, hint, "warning"))
    if n_before:
        what = ngettext(
            "{n} character before the first speaker was left out.",
            "{n} characters before the first speaker were left out.",
            n_before,
        ).format(n=n_before)
        hint = _("If that is talk, put the speaker's name and a colon before it.")
        problems.append(Problem(where, what, hint, "warning"))
    if n_unnamed:
        what = ngettext(
            "{n} cue names no speaker, although others do; it belongs to nobody.",
            "{n} cues name no speaker, although others do; they belong to nobody.",
            n_unnamed,
        ).format(n=n_unnamed)
        problems.append(Problem(where, what, "", "warning"))
    problems += labels_inside(speeches, where)
    return tuple(speeches), tuple(problems)


def _is_doubtful(line: Line) -> bool:
    """Whether a line may well begin with a name whose role is cut short ("Jobbspes. Anne: …")."""
    return line.form in (Form.COLON, Form.BOLD_COLON) and not could_be_name(line.label) and is_proper(line.label)


def _judged(paragraphs: Sequence[Paragraph]) -> tuple[list[Line], dict[str, str], set[tuple[Form, str]]]:
    """The lines, what the document says of its labels, and the labels that are speakers."""
    candidates = with_bold_names([line for paragraph in paragraphs for line in lines_of(paragraph)])
    lines, listed = without_legend(with_names_beside_times(candidates))
    explained = listed | explained_labels(lines)
    return lines, explained, accepted_labels(lines, explained)


def _nobody(paragraphs: Iterable[Paragraph], line_joint: str) -> Iterator[Speech]:
    pending: float | None = None
    for paragraph in paragraphs:
        alone = seconds_of(paragraph.text)
        if alone is not None:
            pending = alone
            continue
        text, begins, ends = paragraph.text, paragraph.begins, paragraph.ends
        opening = OPENING_STAMP.match(text)
        if begins is None and opening:
            begins, ends = seconds_span(opening["stamp"])
            text = text[opening.end() :]
        elif begins is None:
            begins = pending
        pending = None
        yield Speech(None, text.replace("\n", line_joint), begins, ends)


def _one_person(lines: Sequence[Line], where: str) -> tuple[dict[str, str], list[Problem]]:
    """Labels that differ by a bracket only, one of which has none, name one person.

    "Kari (veileder)" at the first place and "Kari" later: the longer label stands. "Kari" first and "Kari (ler)"
    later: a remark; the shorter label stands.
    """
    labels: dict[str, str] = {}
    for line in lines:
        if line.form is not None:
            labels.setdefault(line.key, line.label)
    forms: dict[str, list[str]] = {}
    for key in labels:
        forms.setdefault(without_group(key), []).append(key)
    same: dict[str, str] = {}
    n_people = 0
    for bare, keys in forms.items():
        if len(keys) < 2 or bare not in keys:
            continue
        n_people += 1
        for key in keys:
            same[key] = labels[keys[0]]
    if not n_people:
        return same, []
    what = ngettext(
        "{n} speaker is named with and without a bracket; both were taken as one person.",
        "{n} speakers are named with and without a bracket; both were taken as one person.",
        n_people,
    ).format(n=n_people)
    return same, [Problem(where, what, _("Write the name the same way everywhere."), "warning")]


class _Speaking:
    """A speech while it grows."""

    def __init__(self, label: str | None, line: Line) -> None:
        self.label = label
        self.begins, self.ends = line.begins, line.ends
        self._pieces: list[str] = []

    @property
    def has_words(self) -> bool:
        return bool(self._pieces)

    def add(self, text: str, joint: str, ends: float | None, *, is_label: bool = False) -> None:
        if self._pieces and (text.strip() or not is_label):
            self._pieces.append(joint + text)
        elif text.strip():
            self._pieces.append(text)
        self.ends = ends if ends is not None else self.ends

    def finished(self) -> Speech:
        while not self._pieces[-1].strip():  # blank lines above the next label
            self._pieces.pop()
        return Speech(self.label, "".join(self._pieces), self.begins, self.ends)


def _joined(lines: Sequence[Line], same: dict[str, str], joint: str, line_joint: str) -> tuple[list[Speech], int, int]:
    """The speeches, how many characters stand before the first, and how many cues name nobody."""
    from_voices = joint == " " and any(line.form is Form.GIVEN for line in lines)
    speeches: list[_Speaking] = []
    before: list[str] = []
    n_unnamed = 0
    stamp: float | None = None
    for number, line in enumerate(lines):
        if _stamps_next(lines, number) or (line.form is None and is_surely_stamp(line.text)):
            stamp = seconds_of(line.text)
            continue
        between = line_joint if line.continues else joint
        if line.form is not None:
            label = same.get(line.key, line.label)
            if line.begins is None and stamp is not None:
                line = replace(line, begins=stamp)
            if len(speeches) > 1 and not speeches[-1].has_words:  # who only has a label says nothing
                speeches.pop()
            if not speeches or speeches[-1].label is None or label_key(speeches[-1].label) != label_key(label):
                speeches.append(_Speaking(label, line))
            rest, ends = _without_closing_stamp(line.rest, line.ends)
            speeches[-1].add(rest.replace("\n", line_joint), between, ends, is_label=True)
        elif not speeches:
            before.append(line.text)
        elif from_voices:
            n_unnamed += 1
            if speeches[-1].label is not None:
                speeches.append(_Speaking(None, replace(line, begins=line.paragraph.begins)))
            speeches[-1].add(line.text, between, line.paragraph.ends)
        else:
            opening = OPENING_STAMP.match(line.text)
            text, ends = _without_closing_stamp(
                line.text[opening.end() :] if opening else line.text, line.paragraph.ends
            )
            speeches[-1].add(text, between, ends)
        stamp = None
    n_before = len("\n".join(before).strip())
    return [speech.finished() for speech in speeches if speech.has_words], n_before, n_unnamed


def _without_closing_stamp(text: str, ends: float | None) -> tuple[str, float | None]:
    """A line without the time at its end, and that time."""
    closing = CLOSING_STAMP.search(text) if text.rstrip().endswith("#") else None
    return (text, ends) if closing is None else (text[: closing.start()], seconds_span(closing[0])[0])


def _stamps_next(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is a time stamp alone, and the next one begins a speech."""
    line = lines[number]
    if line.form is not None or seconds_of(line.text) is None or number + 1 == len(lines):
        return False
    return lines[number + 1].form is not None
