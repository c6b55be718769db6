"""Judges over a whole transcript which of the labels that lines may begin with are speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.importing.speaker_lines import Form, Line, has_mark
from qualcode.importing.speaker_names import (
    collapsed_label,
    could_be_name,
    is_list_of_names,
    is_proper,
    is_title,
    label_key,
    starts_like_name,
    stem_of,
)

_NEARLY_ALL = 0.9
_QUESTIONS = frozenset("spørsmål spm question q sp s i".split())
_ANSWERS = frozenset("svar answer".split())
_LEGEND = re.compile(r"(?P<short>[^\W_][\w.]{0,9})\s*=\s*(?P<long>[^,;=\n]{2,60}?)(?=\s*(?:[,;.]|$|\s[\w.]{1,10}\s*=))")


def accepted_labels(lines: Sequence[Line], explained: Mapping[str, str]) -> set[tuple[Form, str]]:
    """The labels (as form and folded name) that are speakers.

    Args:
        lines: of the whole document.
        explained: see `explained_labels`.
    """
    given = {line.key for line in lines if line.form is Form.GIVEN}
    lines = _as_plain_unless_bold_rules(lines)
    judged = {form: _judged(lines, form) for form in Form if form is not Form.GIVEN}
    for form in (Form.BOLD_COLON, Form.COLON, Form.BRACKET, Form.TABBED, Form.LETTER):
        known_here = {line.key for line in lines if line.form is form} & explained.keys()
        if len(known_here) > 1 or known_here & judged[form]:
            judged[form] |= known_here
    sizes = {form: sum(1 for line in lines if line.form is form and line.key in judged[form]) for form in judged}
    main = max(sizes, key=lambda form: (sizes[form], -form))
    keys = set(given) | (judged[main] if not given else set())
    if keys & _ANSWERS and not keys & _QUESTIONS:  # a form with numbered questions, not somebody's talk
        keys -= _ANSWERS
    if not keys:
        return set()
    known_stems = {stem_of(key) for key in keys}
    accepted: set[tuple[Form, str]] = set()
    for line in lines:
        if line.form is None:
            continue
        known = line.key in keys or (stem_of(line.key) in known_stems and line.key != stem_of(line.key))
        if line.form is Form.GIVEN or (line.form is main and line.key in keys) or (known and line.form < Form.BOLD):
            accepted.add((line.form, line.key))
    if any(form is Form.BOLD_COLON for form, _folded in accepted) or main is Form.COLON:
        # the merged judgement of `_as_plain_unless_bold_rules` holds for both ways to write a colon
        accepted |= {(Form.BOLD_COLON, key) for form, key in accepted if form is Form.COLON}
    return accepted


def explained_labels(lines: Sequence[Line]) -> dict[str, str]:
    """Abbreviations that the document explains ("I = intervjuer, B1 = behandler 1"): folded label -> explanation."""
    found: dict[str, str] = {}
    for line in lines:
        if "=" in line.text and len(line.text) < 1000:
            for each in _LEGEND.finditer(line.text):
                found.setdefault(label_key(each["short"]), collapsed_label(each["long"]))
    return found


def _as_plain_unless_bold_rules(lines: Sequence[Line]) -> list[Line]:
    """Bold labels are a way of writing of their own only where they are the usual one."""
    forms = Counter(line.form for line in lines)
    if forms[Form.BOLD_COLON] >= max(2, forms[Form.COLON]):
        return list(lines)
    return [replace(line, form=Form.COLON) if line.form is Form.BOLD_COLON else line for line in lines]


def _judged(lines: Sequence[Line], form: Form) -> set[str]:
    """The labels of one form that are speakers, were it the only form."""
    found = [line for line in lines if line.form is form]
    if not found:
        return set()
    counts = Counter(line.key for line in found)
    spelled = {line.key: line.label for line in found}
    if form in (Form.BOLD_COLON, Form.CHAT):
        return set(counts)
    if form is Form.LETTER:
        return _letters(lines, found, counts)
    if form is Form.PARENTHESIS:
        return _names_above(lines, form)
    if form in (Form.DASHED, Form.MARKED):
        return _in_nearly_all(lines, found, counts)
    recurring = {key for key, n in counts.items() if n > 1 and _may_recur(spelled[key], n)}
    if form is Form.TABBED and (not recurring or 2 * len(found) < sum(not line.continues for line in lines)):
        return set()
    if form in (Form.BRACKET, Form.BOLD):
        followed = {line.key for line in found if line.rest.strip() or line.begins != line.paragraph.begins}
        if form is Form.BOLD and not recurring:
            return set()
        if form is Form.BRACKET and not (recurring & followed):
            return _names_above(lines, form)
    if recurring:
        return recurring | _singles_amid(lines, found, recurring, counts, spelled)
    return _all_once(lines, found, spelled)


def _names_above(lines: Sequence[Line], form: Form) -> set[str]:
    """Names in brackets on lines of their own, above what each says: several, the first of which opens the talk.

    A remark ("[Dør smeller]") may stand so too, but is seldom written like a name, and does not open the talk.
    """
    places = [number for number, line in enumerate(lines) if line.form is form and not line.rest.strip()]
    names = Counter(lines[number].key for number in places if is_proper(lines[number].label))
    if len(names) < 2 or max(names.values()) < 2 or sum(names.values()) < len(places):
        return set()
    first = next(number for number, line in enumerate(lines) if line.form is form or not is_title(line.text))
    followed = [number for number in places if number + 1 < len(lines) and lines[number + 1].form is not form]
    return set(names) if first in places and len(followed) >= _NEARLY_ALL * len(places) else set()


def _in_nearly_all(lines: Sequence[Line], found: Sequence[Line], counts: Counter[str]) -> set[str]:
    """Names with a dash behind or a bullet before them: only where nearly all paragraphs have one, and some recur."""
    n_blocks = sum(not line.continues and any(map(str.isalnum, line.text)) for line in lines)
    n_recurring = sum(n > 1 for n in counts.values())
    enough = 1 if found[0].form is Form.MARKED else 2
    return set(counts) if n_recurring >= enough and len(found) >= _NEARLY_ALL * n_blocks else set()


def _letters(lines: Sequence[Line], found: Sequence[Line], counts: Counter[str]) -> set[str]:
    """Single letters without a colon ("I Hva tenker du?", "Q. Why?"): only if nearly every line has one that recurs.

    Without a full stop a letter may be a word of the language ("I går", "Å reise"), so one must be a usual one.
    """
    recurring = {key for key, n in counts.items() if n > 1}
    stems = {stem_of(key) for key in recurring}
    named = [line for line in found if line.key in recurring or stem_of(line.key) in stems - {line.key}]
    first = next((number for number, line in enumerate(lines) if line.form is Form.LETTER), 0)
    if not 2 <= len(recurring) <= 8 or len(named) < 0.9 * (len(lines) - first):
        return set()
    if all(has_mark(line) for line in named):
        return {line.key for line in named}
    changes = sum(one.key != other.key for one, other in pairwise(named))
    usual = recurring & {"i", "q", "m", "s"} or all(key[-1].isdigit() for key in recurring)
    alternating = len(named) >= 4 and changes >= 0.7 * (len(named) - 1)
    return {line.key for line in named} if usual and alternating else set()


def _may_recur(label: str, n: int) -> bool:
    return starts_like_name(label) or (n > 2 and len(label.split()) == 1)


def _singles_amid(
    lines: Sequence[Line], found: Sequence[Line], recurring: set[str], counts: Counter[str], spelled: dict[str, str]
) -> set[str]:
    """Labels that occur once in a document whose other labels recur: names, but not the beginnings of sentences."""
    known = [line for line in found if line.key in recurring]
    in_capitals = sum(not line.rest.lstrip()[:1].islower() for line in known) >= _NEARLY_ALL * len(known)
    first = next(number for number, line in enumerate(lines) if line.form is not None and line.key in recurring)
    head = {line.key for line in lines[:first]}
    in_blocks = sum(line.paragraph.opens_block and not line.continues for line in known) >= 0.9 * len(known)
    stems = {stem_of(key) for key in recurring}
    in_time = sum(line.is_stamped for line in known) >= _NEARLY_ALL * len(known)
    singles = set()
    for line in found:
        if (
            counts[line.key] != 1
            or line.key.isdigit()
            or (in_blocks and (line.continues or not line.paragraph.opens_block))
        ):
            continue
        is_sure = could_be_name(line.label) or (in_time and line.is_stamped)
        like_name = is_sure and is_proper(spelled[line.key]) and len(line.label.split()) <= 3
        goes_on = in_capitals and line.rest.lstrip()[:1].islower()  # the sentence, behind its colon
        who_was_there = line.key in head and is_list_of_names(line.rest)
        if stem_of(line.key) in stems or (like_name and not goes_on and not who_was_there):
            singles.add(line.key)
    return singles


def _all_once(lines: Sequence[Line], found: Sequence[Line], spelled: dict[str, str]) -> set[str]:
    """Labels of a document in which none recurs: only if they look like names and open most of its paragraphs."""
    sure = [line for line in found if could_be_name(line.label)]
    proper = [line for line in sure if is_proper(spelled[line.key]) and len(line.label.split()) <= 3]
    related = Counter(stem_of(line.key) for line in found)
    names = {line.key for line in proper} | {
        line.key for line in found if related[stem_of(line.key)] > 1 and starts_like_name(line.label)
    }
    n_paragraphs = sum(1 for line in lines if not line.continues)
    first = next((line for line in lines if line.form is not None or not is_title(line.text)), None)
    if len(names) > 1 and len(names) * 2 >= n_paragraphs:
        return names
    if names and first is not None and first.key in names and first.form is found[0].form:
        return names
    return set()
