"""Finds who speaks: labels are looked for line by line, and judged over the whole document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from qualcode.errors import Problem
from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.importing.report import Paragraph
from qualcode.model.document import Speech

MOST_WORDS = 5
MOST_CHARACTERS = 40
LONGEST_LABEL_LINE = 200  # a line of a time stamp, a name and a group in brackets

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LONG_TIME = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_TO = r"(?:\s*(?:-->|[-–—])\s*%s)?"
_BRACKETED = rf"(?:[\[(]\s*{_TIME}{_TO % _TIME}\s*[\])]|#{_TIME}(?:-\d)?#)"  # the latter as f4 and MAXQDA write it
_LEADING = rf"(?P<before>{_BRACKETED}|{_TIME}{_TO % _TIME})?"
_NAME = r"(?P<label>[^\W_][^:\n()\[\]<>\"«»?!;]*?)"
_GROUP = r"(?P<group>[^\S\n]*\([^():\n]{1,40}\))?"
_REST = r"(?P<after>%s)?(?P<gap>[^\S\n]*)(?P<rest>.*)"

_COLON_LINE = re.compile(
    rf"\s*{_LEADING}\s*{_NAME}{_GROUP}\s*(?P<amid>{_BRACKETED}|{_LONG_TIME})?\s*:(?P<space>[^\S\n]*)"
    + _REST % rf"(?:{_BRACKETED}|{_LONG_TIME})(?!\d)"
)
_STAMPED_LINE = re.compile(
    rf"\s*{_NAME}{_GROUP}(?P<space>\s+)(?:(?P<after>{_BRACKETED}|{_LONG_TIME})(?P<gap>[^\S\n]*)(?P<rest>.*)"
    rf"|(?P<alone>{_TIME})\s*)$"
)
_BRACKET_LINE = re.compile(
    rf"\s*{_LEADING}\s*\[(?P<label>[^\[\]:\n]+)\]\s*:?(?P<space>[^\S\n]*)"
    + _REST % rf"(?:{_BRACKETED}|{_LONG_TIME})(?!\d)"
)
_STAMP_FIRST_LINE = re.compile(rf"\s*(?P<before>{_BRACKETED}|{_TIME})(?P<space>[^\S\n]+){_NAME}{_GROUP}\s*(?P<rest>)$")
_TABBED_LINE = re.compile(
    rf"\s*(?:(?P<before>{_BRACKETED}|{_TIME})\s+)?(?P<label>[^\W_][^:\n\t\[\]<>\"«»?!;]*?)\t\s*"
    rf"(?:(?P<after>{_BRACKETED}|{_LONG_TIME})\t?)?(?P<rest>\S.*)"
)
_LETTER_LINE = re.compile(r"\s*(?P<label>[A-ZÆØÅ]{1,2}\d{0,2})(?P<mark>[.)]?)[^\S\n]+(?P<rest>\S.*)")
_CHAT_LINE = re.compile(  # as the chat of Zoom is saved
    r"\s*\d{1,2}:\d{2}(?::\d{2})?\s+(?:From|Fra)\s+(?P<label>\S[^:\n]{0,80}?)"
    r"(?:\s+(?:to|To|til)\s+[^:\n]{1,60})?\s*:[^\S\n]*(?P<rest>.*)"
)
_LEGEND = re.compile(r"(?P<short>[^\W_][\w.]{0,9})\s*=\s*(?P<long>[^,;=\n]{2,60}?)(?=\s*(?:[,;.]|$|\s[\w.]{1,10}\s*=))")
_LONE_STAMP = re.compile(rf"\s*(?P<stamp>{_BRACKETED}|{_TIME})\s*")
_OPENING_STAMP = re.compile(rf"\s*(?P<stamp>{_BRACKETED})[^\S\n]*")
_CLOCK = re.compile(_TIME)
_MARKDOWN_BOLD = re.compile(r"\s*(\*\*|__)(?P<name>[^*_\n]{1,60}?)(?P<colon>:?)\1(?P<rest>.*)")
_NAME_LIKE = re.compile(r"[^\W_][\w .,'’\-/&+#]*\.?")
_SHORTENED = re.compile(r"(?:[^\W\d_]{1,4}\.)+|[^\W\d_]\.?")

# A name holds none of these words; a sentence up to its colon nearly always does.
_SENTENCE_WORDS = frozenset(
    "er var blir ble vart blei det dette den disse vi jeg eg du han hun ho de dei dere dykk oss meg at som ikke "
    "ikkje har hadde skal skulle kan kunne må vil ville sa sier seier tenker tenkjer spør spurte sånn slik slikt "
    "hva kva hvordan korleis hvorfor kvifor når is are was were it this that these we she they you not has have "
    "had said says think do does did will would can could should what how why kl from everyone".split()
)
_FIRST_WORDS_OF_SENTENCES = frozenset(
    "men og så altså for fordi hvis viss da då ja nei jo eller også òg and but so because if when yes no well "
    "or then also like ok okay".split()
)
# Words that stand before a colon at the head of a document or amid its talk, and name nobody.
_NO_SPEAKERS = frozenset(
    "dato date tid time sted stad place varighet varigheit duration tema emne topic subject tittel title "
    "deltakere deltakarar deltagere participants prosjekt project fil file opptak recording transkribert "
    "transkripsjon transcribed transcript lengde lengd length språk language notat notater note notes merk nb "
    "obs ps eksempel døme example konklusjon conclusion poenget problemet spørsmålet svaret målet the point "
    "oppsummert oppsummering summary kilde kjelde source http https www ftp mailto forkortelser forkortingar "
    "tegnforklaring legend møte meeting oppfølging hovedpoeng stikkord versjon version side page bakgrunn "
    "background formål purpose metode method resultat resultater results tiltak hensikt innledning avslutning "
    "introduksjon introduction kl kapittel vedlegg spørsmålsstilling stede mål".split()
)
_NUMBERED_HEADINGS = frozenset(
    "spørsmål question sak punkt del kapittel chapter tabell table figur figure runde round oppgave tema topic".split()
)
_BETWEEN_NAMES = frozenset(("og", "and", "&", "+", "med", "fra", "von", "van", "de", "da", "av"))
_REMARKS = frozenset(
    "latter ler lattar pause stille stillhet hoster sukker uhørbart uhøyrbart utydelig utydeleg uklart musikk "
    "applaus kremter avbryter avbryt sic laughter laughs laughing inaudible crosstalk silence applause music "
    "coughs sighs unclear overlapping blank_audio noise støy gråter nikker pust".split()
)


class _Form(IntEnum):
    """How a line names its speaker; a name that the format itself gives is beyond doubt."""

    GIVEN = 0
    BOLD_COLON = 1
    COLON = 2
    STAMPED = 3
    CHAT = 4
    BRACKET = 5
    BOLD = 6
    TABBED = 7
    LETTER = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the label it may begin with.

    Attributes:
        text: the whole line.
        rest: what follows the label.
        continues: whether the line goes on inside the paragraph of the line before it.
    """

    text: str
    paragraph: Paragraph
    continues: bool
    form: _Form | None = None
    label: str = ""
    rest: str = ""
    begins: float | None = None
    ends: float | None = None
    key: str = ""  # the label as it is compared


def speeches_of(
    paragraphs: Sequence[Paragraph], joint: str, where: str
) -> tuple[tuple[Speech, ...], tuple[Problem, ...]]:
    """Who says what.

    Args:
        paragraphs: in order, their texts in normal form.
        joint: what stands between two paragraphs of one speech.
        where: the file, for problems.

    Returns:
        One speech for consecutive paragraphs of one speaker; where nobody is named, one for each paragraph, with
        label None. And warnings: what was left out before the first speaker, labels that were taken as one.
    """
    spoken = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    lines = [line for paragraph in spoken for line in _lines(paragraph)]
    accepted = _accepted(lines)
    if not accepted:
        return tuple(_nobody(spoken)), ()
    lines = [line if line.form is None or (line.form, line.key) in accepted else _unlabelled(line) for line in lines]
    same, problems = _one_person(lines, where)
    speeches, n_before, n_unnamed = _joined(lines, same, joint)
    spoken_labels = {line.key: line.label for line in lines if line.form is not None}
    explained = _explained([line for line in lines if line.form is None])
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
    return tuple(speeches), tuple(problems)


_collapsed = lru_cache(maxsize=10_000)(collapsed)  # a document names few speakers, but often
_key = lru_cache(maxsize=10_000)(folded)


@lru_cache(maxsize=10_000)
def could_be_name(text: str) -> bool:
    """Whether a text is short and shaped like a label for a speaker; says nothing about whether it is one."""
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > MOST_CHARACTERS:
        return False
    bare = re.sub(r"\s*\([^()]*\)$", "", text)
    if not _NAME_LIKE.fullmatch(bare):
        return False
    lowered = [word.strip(".,").casefold() for word in bare.split()]
    if any("." in word and not _SHORTENED.fullmatch(word) for word in bare.split()):
        return False
    if len(lowered) > 1 and (lowered[0] in _FIRST_WORDS_OF_SENTENCES or _SENTENCE_WORDS.intersection(lowered)):
        return False
    if lowered[0] in _NO_SPEAKERS or (len(lowered) == 1 and lowered[0] in _SENTENCE_WORDS | _FIRST_WORDS_OF_SENTENCES):
        return False
    return not (lowered[0] in _NUMBERED_HEADINGS and lowered[-1].isdigit())


def seconds_of(text: str) -> float | None:
    """Seconds of a time stamp that is the whole text ("[00:12:15]", "12:15", "1:02:03.5"); None if it is none."""
    found = _LONE_STAMP.fullmatch(text)
    return _seconds(found["stamp"])[0] if found else None


def may_name_speaker(line: str) -> bool:
    """Whether a line begins with something that could be a speaker's label."""
    form = _candidate(_Line(line, Paragraph(line), False)).form
    return form is not None and form < _Form.TABBED


def _seconds(stamp: str | None) -> tuple[float | None, float | None]:
    """Begin and end of a stamp, in seconds."""
    if not stamp:
        return None, None
    found = []
    for clock in _CLOCK.findall(stamp):
        seconds = 0.0
        for part in clock.replace(",", ".").split(":"):
            seconds = seconds * 60 + float(part)
        found.append(seconds)
    return found[0], (found[1] if len(found) > 1 else None)


# Candidates, line by line


def _lines(paragraph: Paragraph) -> Iterator[_Line]:
    if paragraph.speaker is not None:
        yield _Line(
            paragraph.text,
            paragraph,
            False,
            _Form.GIVEN,
            _collapsed(paragraph.speaker),
            paragraph.text,
            paragraph.begins,
            paragraph.ends,
            _key(paragraph.speaker),
        )
        return
    texts = paragraph.text.split("\n")
    for number, text in enumerate(texts):
        bold = paragraph.bold if number == 0 else 0
        yield _candidate(_Line(text, paragraph, number > 0), bold)


def _candidate(line: _Line, bold: int = 0) -> _Line:
    head = line.text[:160]
    marked = _MARKDOWN_BOLD.fullmatch(line.text) if "**" in head or "__" in head else None
    if marked is not None:
        found = _bold_candidate(line, marked["name"] + marked["colon"], marked["rest"])
    elif bold > 0 and line.text[:bold].strip():
        found = _bold_candidate(line, line.text[:bold], line.text[bold:])
    else:
        found = line
    if found.form is _Form.BOLD_COLON:
        return found
    return _plain_candidate(line, head, found)


def _plain_candidate(line: _Line, head: str, otherwise: _Line) -> _Line:
    if "\t" in head:
        match = _TABBED_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and _starts_like_name(match["label"]):
            return _labelled(line, _Form.TABBED, match)
    if ":" in head:
        match = _CHAT_LINE.fullmatch(line.text) if "From" in head or "Fra" in head else None
        if match:
            return _labelled(line, _Form.CHAT, match)
        match = _COLON_LINE.fullmatch(line.text)
        if match and not _colon_is_inside(match) and could_be_name(match["label"].strip()):
            return _labelled(line, _Form.COLON, match, match["amid"])
        match = _STAMPED_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()):
            return _labelled(line, _Form.STAMPED, match, match["alone"])
        match = _STAMP_FIRST_LINE.fullmatch(line.text) if len(line.text) <= LONGEST_LABEL_LINE else None
        if match and could_be_name(match["label"].strip()) and _starts_like_name(match["label"]):
            return _labelled(line, _Form.STAMPED, match)
    if otherwise.form is not None:
        return otherwise
    if "[" in head:
        match = _BRACKET_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and _words(match["label"])[0] not in _REMARKS:
            return _labelled(line, _Form.BRACKET, match)
    match = _LETTER_LINE.fullmatch(line.text)
    return line if match is None else _labelled(line, _Form.LETTER, match)


def _colon_is_inside(match: re.Match[str]) -> bool:
    """Whether the colon is one of a clock time, an address or a path rather than one after a name."""
    if match["space"] or match["after"]:
        return False
    return bool(match["rest"]) and not (match["rest"][0].isalpha() or match["rest"][0] in "«“\"'–—…(")


def _labelled(line: _Line, form: _Form, match: re.Match[str], amid: str | None = None) -> _Line:
    groups = match.groupdict()
    label = _collapsed(match["label"] + (groups.get("group") or ""))
    rest = match["rest"] or ""
    stamp = groups.get("before") or amid or groups.get("after")
    begins, ends = _seconds(stamp)
    if not groups.get("after"):
        rest = (groups.get("gap") or "") + rest
    if begins is None:
        begins, ends = line.paragraph.begins, line.paragraph.ends
    return _Line(line.text, line.paragraph, line.continues, form, label, rest, begins, ends, _key(label))


def _bold_candidate(line: _Line, bold: str, rest: str) -> _Line:
    """A line that opens in bold type: with a colon in or after the bold words, or with bold words only."""
    name = bold.strip()
    colon = name.endswith(":") or rest.lstrip().startswith(":")
    if colon:
        tail = rest if name.endswith(":") else rest.lstrip()[1:]
        match = _COLON_LINE.fullmatch(f"{name.rstrip(':').rstrip()}: {tail.lstrip()}")
        if match is None or not could_be_name(match["label"].strip()):
            return line
        return _labelled(line, _Form.BOLD_COLON, match, match["amid"])
    stamped = _STAMPED_LINE.fullmatch(name)
    if stamped and could_be_name(stamped["label"].strip()) and not stamped["rest"]:
        begins, ends = _seconds(stamped["alone"] or stamped["after"])
        label = _collapsed(stamped["label"] + (stamped["group"] or ""))
        rest = rest.lstrip()
        return _Line(line.text, line.paragraph, line.continues, _Form.STAMPED, label, rest, begins, ends, _key(label))
    name = name.removeprefix("[").removesuffix("]") if name.startswith("[") else name
    if not could_be_name(name) or _words(name)[0] in _REMARKS or not _starts_like_name(name):
        return line
    begins, ends = line.paragraph.begins, line.paragraph.ends
    rest = rest.lstrip()
    opening = _OPENING_STAMP.match(rest) or _LONE_STAMP.fullmatch(rest)
    if opening:
        begins, ends = _seconds(opening["stamp"])
        rest = rest[opening.end() :]
    label = _collapsed(name)
    return _Line(line.text, line.paragraph, line.continues, _Form.BOLD, label, rest, begins, ends, _key(label))


def _words(label: str) -> list[str]:
    return _key(label).split() or [""]


def _starts_like_name(label: str) -> bool:
    return label[:1].isupper() or any(character.isdigit() for character in label)


def _is_proper(label: str) -> bool:
    """Whether each word begins with a capital or holds a digit, as in a person's name or "Deltaker 3"."""
    bare = re.sub(r"\s*\([^()]*\)$", "", label)
    words = [word for word in bare.split() if word not in _BETWEEN_NAMES]
    return all(word[:1].isupper() or any(letter.isdigit() for letter in word) for word in words)


# Judgement, over the whole document


def _accepted(lines: Sequence[_Line]) -> set[tuple[_Form, str]]:
    """The labels (as form and folded name) that are speakers."""
    given = {line.key for line in lines if line.form is _Form.GIVEN}
    lines = _as_plain_unless_bold_rules(lines)
    judged = {form: _judged(lines, form) for form in _Form if form is not _Form.GIVEN}
    explained = _explained(lines)
    for form in (_Form.BOLD_COLON, _Form.COLON, _Form.BRACKET, _Form.TABBED, _Form.LETTER):
        known_here = {line.key for line in lines if line.form is form} & explained.keys()
        if len(known_here) > 1 or known_here & judged[form]:
            judged[form] |= known_here
    sizes = {form: sum(1 for line in lines if line.form is form and line.key in judged[form]) for form in judged}
    main = max(sizes, key=lambda form: (sizes[form], -form))
    keys = set(given) | (judged[main] if not given else set())
    if not keys:
        return set()
    known_stems = {_stem(key) for key in keys}
    accepted: set[tuple[_Form, str]] = set()
    for line in lines:
        if line.form is None:
            continue
        known = line.key in keys or (_stem(line.key) in known_stems and line.key != _stem(line.key))
        if line.form is _Form.GIVEN or (line.form is main and line.key in keys) or (known and line.form < _Form.BOLD):
            accepted.add((line.form, line.key))
    if any(form is _Form.BOLD_COLON for form, _key in accepted) or main is _Form.COLON:
        # the merged judgement of `_as_plain_unless_bold_rules` holds for both ways to write a colon
        accepted |= {(_Form.BOLD_COLON, key) for form, key in accepted if form is _Form.COLON}
    return accepted


def _explained(lines: Sequence[_Line]) -> dict[str, str]:
    """Abbreviations that the document explains ("I = intervjuer, B1 = behandler 1"): folded label -> explanation."""
    found: dict[str, str] = {}
    for line in lines:
        if "=" in line.text and len(line.text) < 1000:
            for each in _LEGEND.finditer(line.text):
                found.setdefault(_key(each["short"]), _collapsed(each["long"]))
    return found


def _as_plain_unless_bold_rules(lines: Sequence[_Line]) -> list[_Line]:
    """Bold labels are a way of writing of their own only where they are the usual one."""
    forms = Counter(line.form for line in lines)
    if forms[_Form.BOLD_COLON] >= max(2, forms[_Form.COLON]):
        return list(lines)
    return [replace(line, form=_Form.COLON) if line.form is _Form.BOLD_COLON else line for line in lines]


def _judged(lines: Sequence[_Line], form: _Form) -> set[str]:
    """The labels of one form that are speakers, were it the only form."""
    found = [line for line in lines if line.form is form]
    if not found:
        return set()
    counts = Counter(line.key for line in found)
    spelled = {line.key: line.label for line in found}
    if form in (_Form.BOLD_COLON, _Form.CHAT):
        return set(counts)
    if form is _Form.LETTER:
        return _letters(lines, found, counts)
    recurring = {key for key, n in counts.items() if n > 1 and _may_recur(spelled[key], n)}
    if form is _Form.TABBED and (not recurring or 2 * len(found) < sum(not line.continues for line in lines)):
        return set()
    if form in (_Form.BRACKET, _Form.BOLD):
        followed = {line.key for line in found if line.rest.strip() or line.begins != line.paragraph.begins}
        if form is _Form.BOLD and not recurring:
            return set()
        if form is _Form.BRACKET and not (recurring & followed):
            return set()
    if recurring:
        return recurring | _singles_amid(lines, found, recurring, counts, spelled)
    return _all_once(lines, found, spelled)


def _letters(lines: Sequence[_Line], found: Sequence[_Line], counts: Counter[str]) -> set[str]:
    """Single letters without a colon ("I Hva tenker du?", "Q. Why?"): only if nearly every line has one that recurs.

    Without a full stop a letter may be a word of the language ("I går", "Å reise"), so one must be a usual one.
    """
    recurring = {key for key, n in counts.items() if n > 1}
    stems = {_stem(key) for key in recurring}
    named = [line for line in found if line.key in recurring or _stem(line.key) in stems - {line.key}]
    first = next((number for number, line in enumerate(lines) if line.form is _Form.LETTER), 0)
    if not 2 <= len(recurring) <= 8 or len(named) < 0.9 * (len(lines) - first):
        return set()
    if all(_has_mark(line) for line in named):
        return {line.key for line in named}
    changes = sum(one.key != other.key for one, other in pairwise(named))
    usual = recurring & {"i", "q", "m", "s"} or all(key[-1].isdigit() for key in recurring)
    alternating = len(named) >= 4 and changes >= 0.7 * (len(named) - 1)
    return {line.key for line in named} if usual and alternating else set()


def _has_mark(line: _Line) -> bool:
    match = _LETTER_LINE.fullmatch(line.text)
    return bool(match and match["mark"])


def _may_recur(label: str, n: int) -> bool:
    return _starts_like_name(label) or (n > 2 and len(label.split()) == 1)


def _singles_amid(
    lines: Sequence[_Line], found: Sequence[_Line], recurring: set[str], counts: Counter[str], spelled: dict[str, str]
) -> set[str]:
    """Labels that occur once in a document whose other labels recur: names, but not the beginnings of sentences."""
    known = [line for line in found if line.key in recurring]
    in_blocks = sum(line.paragraph.opens_block and not line.continues for line in known) >= 0.9 * len(known)
    stems = {_stem(key) for key in recurring}
    singles = set()
    for line in found:
        if (
            counts[line.key] != 1
            or line.key.isdigit()
            or (in_blocks and (line.continues or not line.paragraph.opens_block))
        ):
            continue
        like_name = _is_proper(spelled[line.key]) and len(line.label.split()) <= 3
        if _stem(line.key) in stems or like_name:
            singles.add(line.key)
    return singles


def _all_once(lines: Sequence[_Line], found: Sequence[_Line], spelled: dict[str, str]) -> set[str]:
    """Labels of a document in which none recurs: only if they look like names and open most of its paragraphs."""
    proper = [line for line in found if _is_proper(spelled[line.key]) and len(line.label.split()) <= 3]
    related = Counter(_stem(line.key) for line in found)
    names = {line.key for line in proper} | {
        line.key for line in found if related[_stem(line.key)] > 1 and _starts_like_name(line.label)
    }
    n_paragraphs = sum(1 for line in lines if not line.continues)
    first = next((line for line in lines if line.form is not None or not _is_title(line.text)), None)
    if len(names) > 1 and len(names) * 2 >= n_paragraphs:
        return names
    if names and first is not None and first.key in names and first.form is found[0].form:
        return names
    return set()


def _is_title(text: str) -> bool:
    """Whether a line is short and no sentence, as titles and dates above a transcript are."""
    return len(text.strip()) <= 60 and not text.rstrip().endswith((".", "?", "!", ":", ","))


def _stem(key: str) -> str:
    """A label without its number or letter: "deltaker 3" -> "deltaker"."""
    return re.sub(r"(?<=\w)[\s_\-]*(?:\d+|\b[a-zæøå])$", "", key)


def _unlabelled(line: _Line) -> _Line:
    return _Line(line.text, line.paragraph, line.continues)


# Speeches


def _nobody(paragraphs: Iterable[Paragraph]) -> Iterator[Speech]:
    pending: float | None = None
    for paragraph in paragraphs:
        alone = seconds_of(paragraph.text)
        if alone is not None:
            pending = alone
            continue
        text, begins, ends = paragraph.text, paragraph.begins, paragraph.ends
        opening = _OPENING_STAMP.match(text)
        if begins is None and opening:
            begins, ends = _seconds(opening["stamp"])
            text = text[opening.end() :]
        elif begins is None:
            begins = pending
        pending = None
        yield Speech(None, text, begins, ends)


def _one_person(lines: Sequence[_Line], where: str) -> tuple[dict[str, str], list[Problem]]:
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
        forms.setdefault(re.sub(r"\s*\([^()]*\)$", "", key), []).append(key)
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

    def __init__(self, label: str | None, line: _Line) -> None:
        self.label = label
        self.begins, self.ends = line.begins, line.ends
        self._pieces: list[str] = []

    @property
    def has_words(self) -> bool:
        return bool(self._pieces)

    def add(self, text: str, joint: str, ends: float | None) -> None:
        if self._pieces:
            self._pieces.append(joint + text)
        elif text.strip():
            self._pieces.append(text)
        self.ends = ends if ends is not None else self.ends

    def finished(self) -> Speech:
        return Speech(self.label, "".join(self._pieces), self.begins, self.ends)


def _joined(lines: Sequence[_Line], same: dict[str, str], joint: str) -> tuple[list[Speech], int, int]:
    """The speeches, how many characters stand before the first, and how many cues name nobody."""
    from_voices = joint == " " and any(line.form is _Form.GIVEN for line in lines)
    speeches: list[_Speaking] = []
    before: list[str] = []
    n_unnamed = 0
    stamp: float | None = None
    for number, line in enumerate(lines):
        if _stamps_next(lines, number):
            stamp = seconds_of(line.text)
            continue
        between = "\n" if line.continues else joint
        if line.form is not None:
            label = same.get(line.key, line.label)
            if line.begins is None and stamp is not None:
                line = replace(line, begins=stamp)
            if not speeches or speeches[-1].label is None or _key(speeches[-1].label) != _key(label):
                speeches.append(_Speaking(label, line))
            speeches[-1].add(line.rest, between, line.ends)
        elif not speeches:
            before.append(line.text)
        elif from_voices:
            n_unnamed += 1
            if speeches[-1].label is not None:
                speeches.append(_Speaking(None, replace(line, begins=line.paragraph.begins)))
            speeches[-1].add(line.text, between, line.paragraph.ends)
        else:
            speeches[-1].add(line.text, between, line.paragraph.ends)
        stamp = None
    n_before = len("\n".join(before).strip())
    return [speech.finished() for speech in speeches if speech.has_words], n_before, n_unnamed


def _stamps_next(lines: Sequence[_Line], number: int) -> bool:
    """Whether a line is a time stamp alone, and the next one begins a speech."""
    line = lines[number]
    if line.form is not None or seconds_of(line.text) is None or number + 1 == len(lines):
        return False
    return lines[number + 1].form is not None
