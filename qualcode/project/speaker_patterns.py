"""What labels have in common: patterns for labels that begin alike, and the role that a label seems to have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from qualcode.i18n import collapsed, folded
from qualcode.model.document import SpeakerRole

_NUMBERED = re.compile(r"(?P<stem>.*[^\W\d_])(?:[\s._\-]*#?\d{1,3}[a-zæøå]?|[\s._\-]+[A-ZÆØÅ])")
_IN_BRACKETS = re.compile(r".+\((?P<group>[^()]{2,40})\)")

# These are words of any interview; none of them is a group that somebody studies.
_MODERATORS = frozenset(
    "moderator moderatoren intervjuer intervjuar interviewer fasilitator facilitator ordstyrer ordstyrar møteleder "
    "møteleiar forsker forskar researcher int mod".split()
)
_SEVERAL = frozenset(("flere", "fleire", "alle", "several", "all", "everyone", "flere samtidig", "unison", "gruppen"))
_NAMELESS = frozenset(
    "speaker taler talar deltaker deltakar participant person informant respondent voice stemme unknown ukjent "
    "ukjend mann kvinne man woman r p d s".split()
)
_JOINED = re.compile(r"\s*[/+&,]\s*|\s+(?:og|and)\s+", re.IGNORECASE)
_PLURAL_ENDINGS = frozenset("e r er ar ere s n en a ene ane ne".split())
_NEAR_FROM = 6  # letters that a word has at least to be told from a misspelt one
_NEAR = 0.85
_ASKING = {"i": "r", "q": "a"}  # interviewer and respondent, question and answer


def stem_of(label: str) -> str:
    """What a label begins with before its number or letter: "Baker 2" -> "Baker"; "" if it has neither."""
    found = _NUMBERED.fullmatch(collapsed(label))
    return found["stem"].rstrip(" ._-#") if found else ""


def bracketed_group(label: str) -> str:
    """The group that a label names in brackets: "Kari (baker)" -> "baker"; "" if it names none."""
    found = _IN_BRACKETS.fullmatch(collapsed(label))
    return collapsed(found["group"]) if found else ""


def pattern_of(label: str) -> str:
    """The pattern that fits all labels like this one: "Baker*", "*(baker)"; "" if nothing is shared."""
    group = bracketed_group(label)
    if group:
        return f"*({group})"
    stem = stem_of(label)
    return f"{stem}*" if len(stem) > 1 else ""


def families(labels: Iterable[str]) -> dict[str, list[str]]:
    """Labels that share a pattern, by the pattern as first written; only where there are at least two.

    A label that is the shared beginning itself ("Baker" beside "Baker 2") belongs to them.
    """
    patterns: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    listed = list(labels)
    for label in listed:
        pattern = pattern_of(label)
        if pattern:
            patterns.setdefault(folded(pattern), pattern)
            found.setdefault(folded(pattern), {}).setdefault(folded(label), label)
    for label in listed:
        whole = folded(f"{collapsed(label)}*")
        if whole in found:
            found[whole].setdefault(folded(label), label)
    return {patterns[key]: list(members.values()) for key, members in found.items() if len(members) > 1}


def proposed_role(label: str, labels_beside: Collection[str], groups: Collection[str]) -> str:
    """The role that a label seems to have: "moderator", "several", a group, or "" where nothing says so.

    Args:
        label: as the transcript writes it.
        labels_beside: all labels of the same transcript.
        groups: groups that the study has already.
    """
    stem = stem_of(label) or collapsed(label)
    beside = {folded(each) for each in labels_beside}
    words = _outer_words(label)
    names_a_moderator = not _MODERATORS.isdisjoint((folded(stem), folded(bracketed_group(label)), *words))
    names_a_moderator = names_a_moderator or _is_asking_in_brackets(label)
    if names_a_moderator or _ASKING.get(folded(label), folded(label)) in beside - {folded(label)}:
        return SpeakerRole.MODERATOR.value
    if folded(label) in _SEVERAL or _are_several(label, beside):
        return SpeakerRole.SEVERAL.value
    known = same_group(bracketed_group(label) or stem, groups)
    known = known or next(filter(None, (same_group(word, groups) for word in words)), "")
    if known:
        return known
    if bracketed_group(label):
        return bracketed_group(label)
    is_numbered = bool(stem_of(label)) and len(stem) > 2
    return stem if is_numbered and folded(stem) not in _NAMELESS else ""


def _outer_words(label: str) -> tuple[str, ...]:
    """What stands behind a name or before it ("Kari intervjuer", "Baker Kari"); none for one word or several people."""
    words = folded(label).split()
    return (words[-1], words[0]) if len(words) > 1 and not _JOINED.search(collapsed(label)) else ()


def _is_asking_in_brackets(label: str) -> bool:
    """Whether a name is followed by the letter of those who ask: "Kari (I)"."""
    return re.fullmatch(r".+\((?:i|int|q|mod)\)", folded(label)) is not None


def _are_several(label: str, beside: Collection[str]) -> bool:
    """Whether a label joins speakers: "Baker 1 og Baker 2", "Baker 1/2", "Anna og Per" beside "Anna" and "Per"."""
    first, *others = _JOINED.split(collapsed(label))
    is_speaker = [folded(each) in beside or bool(stem_of(each)) for each in (first, *others)]
    return bool(others) and is_speaker[0] and all(is_speaker[n] or each.isdigit() for n, each in enumerate(others, 1))


@lru_cache(maxsize=512)  # asked for after each decision, and many transcripts have the same labels
def look_alikes(labels: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of labels that may be one person: equal but for a letter or two in a word, or once with a name more.

    "Baker 1" and "Baker 2" are two people, "Baker" and "Baker 2" too; "Behandler 1" and "Behanlder 1" may be one, and
    "Anna" and "Anna Ås", unless there is an "Anna Li" as well.
    """
    listed = sorted(set(labels))
    found = []
    for number, one in enumerate(listed):
        found += [(one, other) for other in listed[number + 1 :] if _is_near(folded(one), folded(other))]
        longer = [other for other in listed if _has_a_name_more(folded(one), folded(other))]
        found += [(one, other) for other in longer[:1] if len(longer) == 1]
    return tuple(found)


def _has_a_name_more(one: str, other: str) -> bool:
    """Whether the other label is this one and one word behind it, which is no number and stands in no bracket."""
    more = other.removeprefix(f"{one} ")
    return more != other and " " not in more and more.rstrip(".").isalpha()


def same_group(name: str, groups: Iterable[str]) -> str:
    """The group among some that a name seems to mean: equal, its plural, or a slip of the pen away; "" if none."""
    name, listed = folded(name), [(group, folded(group)) for group in groups]
    for is_same in (str.__eq__, _is_plural, _is_near):
        for group, other in listed:
            if is_same(name, other):
                return group
    return ""


def _is_near(one: str, other: str) -> bool:
    """Whether words differ by a letter or two inside or at the end; "A" and "B", "1" and "2" are never near."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    return one.count(" ") == other.count(" ") and all(a == b or _is_near_word(a, b) for a, b in pairs)


def _is_near_word(one: str, other: str) -> bool:
    is_long = min(len(one), len(other)) >= _NEAR_FROM and one.isalpha() and other.isalpha()
    return is_long and one[:3] == other[:3] and SequenceMatcher(None, one, other).ratio() >= _NEAR


def _is_plural(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short) and long[len(short) :] in _PLURAL_ENDINGS
