"""What a comparison of two groups came to, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.gui.analysis.differences_model import ALPHA, Difference
from qualcode.i18n import _, ngettext

_MOST_NAMED = 4


def verdict(rows: Sequence[Difference], a: str, b: str, *, tested: bool) -> str:
    """The result in a sentence or two: what holds after correction, and the widest gap.

    Args:
        rows: a row a theme.
        a: the first group.
        b: the second.
        tested: whether themes were tested.
    """
    for share in (each for row in rows[:1] for each in (row.a, row.b)):
        if not share.base:
            return _("Nobody answered in {group}.").format(group=share.group)
    if not rows:
        return _("Nothing to count yet")
    if not any(row.a.n or row.b.n for row in rows):
        return _("Neither group speaks of any of these themes.")
    widest = max(rows, key=lambda row: abs(row.points or 0.0))
    gap = _gap(widest)
    if not tested:
        return gap
    n_tests = sum(row.p is not None for row in rows)
    held = [row.name for row in rows if row.p_corrected is not None and row.p_corrected < ALPHA]
    return f"{held_sentence(held, n_tests)} {gap}"


def held_sentence(names: Sequence[str], n_tests: int) -> str:
    """Which differences hold up after correction for so many tests."""
    if not names:
        sentence = ngettext(
            "No difference holds up in {n} test.", "No difference holds up after correction for {n} tests.", n_tests
        )
        return sentence.format(n=n_tests)
    sentence = ngettext(
        "One difference holds up after correction for {tests} tests: {themes}.",
        "{n} differences hold up after correction for {tests} tests: {themes}.",
        len(names),
    )
    return sentence.format(n=len(names), tests=n_tests, themes=_named(names))


def overlap(rows: Sequence[Difference], a: str, b: str) -> str:
    """Which themes both groups speak of, and which only one of them."""
    both = [row for row in rows if row.a.n and row.b.n]
    parts = []
    if both:
        sentence = ngettext("Both groups speak of {n} theme.", "Both groups speak of {n} themes.", len(both))
        parts.append(sentence.format(n=len(both)))
    only_a = [row for row in rows if row.a.n and not row.b.n]
    only_b = [row for row in rows if row.b.n and not row.a.n]
    for group, only in ((a, only_a), (b, only_b)):
        if only:
            parts.append(_("Only {group}: {themes}.").format(group=group, themes=_named([row.name for row in only])))
    neither = [row for row in rows if not row.a.n and not row.b.n]
    if len(neither) == len(rows):
        return ""  # the verdict says so
    if neither and len(neither) <= _MOST_NAMED:
        parts.append(_("Neither: {themes}.").format(themes=_named([row.name for row in neither])))
    elif neither:
        parts.append(_of_others(len(neither)))
    return " ".join(parts)


def corrected(n_themes: int) -> str:
    """For how many tests at once p is corrected, as it stands below a table."""
    return ngettext("Holm over the {n} theme", "Holm over the {n} themes", n_themes).format(n=n_themes)


def _of_others(n: int) -> str:
    return ngettext("Neither speaks of {n} other.", "Neither speaks of {n} others.", n).format(n=n)


def _gap(row: Difference) -> str:
    if not row.whole_points:
        return _("The two groups speak of each theme equally often.")
    more = row.a if (row.points or 0.0) > 0 else row.b
    text = ngettext(
        "The widest gap is in {theme}: {n} point more in {group}.",
        "The widest gap is in {theme}: {n} points more in {group}.",
        abs(row.whole_points),
    )
    return text.format(theme=row.name, n=abs(row.whole_points), group=more.group)


def _named(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMED])
    rest = len(names) - len(shown)
    if rest:
        shown.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    return ", ".join(shown)
