"""Two groups in words: themes of both, of one only, and themes that mirror each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from qualcode.i18n import _
from qualcode.model.codebook import Code, Valence

BOTH, ONLY_A, ONLY_B, NEITHER = "both", "only_a", "only_b", "neither"
MIRRORED, SHARED, ONE_SIDED, SILENT = "mirrored", "shared", "one_sided", "silent"
MIRRORED_COLUMNS = (
    *("theme", "name", "valence", "counterpart", "counterpart_name", "counterpart_valence"),
    *("a_theme", "a_counterpart", "a_N", "b_theme", "b_counterpart", "b_N", "pattern", "sentence"),
)


@dataclass(frozen=True, slots=True)
class _Side:
    """One group: its name, and by theme how many of how many answering."""

    group: str
    counts: Mapping[str, tuple[int, int]]

    def share(self, theme: str) -> float:
        n, base = self.counts[theme]
        return n / base if base else 0.0

    def fraction(self, theme: str) -> str:
        n, base = self.counts[theme]
        return f"{n}/{base}"


def overlap(a_n: int, b_n: int) -> str:
    """Whether a theme is spoken of by both groups, one of them, or neither."""
    return {(True, True): BOTH, (True, False): ONLY_A, (False, True): ONLY_B, (False, False): NEITHER}[a_n > 0, b_n > 0]


def overlap_sentences(table: pd.DataFrame, a: str, b: str) -> list[str]:
    """Which themes both groups speak of, and which only one of them, as sentences.

    Args:
        table: as `comparison.compare_groups` gives it.
        a: the first group.
        b: the second group.
    """
    found: dict[str, list[str]] = {BOTH: [], ONLY_A: [], ONLY_B: [], NEITHER: []}
    for row in table.to_dict("records"):
        kind = overlap(row["a_n"], row["b_n"])
        counts = f"{row['a_n']}/{row['a_N']}, {row['b_n']}/{row['b_N']}"
        found[kind].append(f"{row['name']} ({counts})")
    sentences = {
        BOTH: _("Both groups ({a}, {b}): {themes}.").format(a=a, b=b, themes="; ".join(found[BOTH])),
        ONLY_A: _("Only {group}: {themes}.").format(group=a, themes="; ".join(found[ONLY_A])),
        ONLY_B: _("Only {group}: {themes}.").format(group=b, themes="; ".join(found[ONLY_B])),
        NEITHER: _("Neither: {themes}.").format(themes="; ".join(found[NEITHER])),
    }
    return [sentence for kind, sentence in sentences.items() if found[kind]]


def mirrored_table(table: pd.DataFrame, codes: Sequence[Code], a: str, b: str, *, language: str) -> pd.DataFrame:
    """Themes that mirror each other: what hinders for one group is what promotes for the other.

    Two codes belong together where one names the other as its `counterpart`. A group leans to the one of which a larger
    share of its answering respondents speaks.

    Args:
        table: a theme table with `group, theme, respondents, answering`.
        codes: the codebook, with `valence` and `counterpart`.
        a: the first group.
        b: the second group.
        language: which names the themes get.

    Returns:
        One row for each pair of codes in `MIRRORED_COLUMNS`, the hindering code first where there is one. `pattern` is
        `mirrored` (the groups lean to different sides), `shared` (both lean to the same, or are even), `one_sided` (one
        group speaks of neither) or `silent` (nobody speaks of either). Empty where the codebook names no counterparts.
    """
    by_key = {code.key: code for code in codes}
    sides = [_side(table, group) for group in (a, b)]
    rows = []
    for first, second in _pairs(codes):
        one, other = by_key[first], by_key[second]
        pattern, sentence = _pattern(one, other, sides[0], sides[1], language)
        rows.append(
            {
                "theme": first,
                "name": one.name.in_language(language) or first,
                "valence": one.valence.value if one.valence else "",
                "counterpart": second,
                "counterpart_name": other.name.in_language(language) or second,
                "counterpart_valence": other.valence.value if other.valence else "",
                "a_theme": sides[0].counts[first][0],
                "a_counterpart": sides[0].counts[second][0],
                "a_N": sides[0].counts[first][1],
                "b_theme": sides[1].counts[first][0],
                "b_counterpart": sides[1].counts[second][0],
                "b_N": sides[1].counts[first][1],
                "pattern": pattern,
                "sentence": sentence,
            }
        )
    return pd.DataFrame(rows, columns=list(MIRRORED_COLUMNS))


def _pairs(codes: Sequence[Code]) -> list[tuple[str, str]]:
    """Codes and their counterparts, each pair once, what hinders first."""
    by_key = {code.key: code for code in codes}
    found: dict[frozenset[str], tuple[str, str]] = {}
    for code in codes:
        if not code.counterpart or code.counterpart not in by_key or code.counterpart == code.key:
            continue
        pair = (code.key, code.counterpart)
        if by_key[code.counterpart].valence == Valence.HINDERING and code.valence != Valence.HINDERING:
            pair = (code.counterpart, code.key)
        found.setdefault(frozenset(pair), pair)
    return list(found.values())


def _side(table: pd.DataFrame, group: str) -> _Side:
    rows = table[table["group"] == group]
    columns = (rows[name].tolist() for name in ("theme", "respondents", "answering"))
    return _Side(group, {theme: (int(n), int(base)) for theme, n, base in zip(*columns, strict=True)})


def _pattern(one: Code, other: Code, a: _Side, b: _Side, language: str) -> tuple[str, str]:
    def lean(side: _Side) -> float:
        return side.share(one.key) - side.share(other.key)

    def speaks(side: _Side) -> bool:
        return side.counts[one.key][0] + side.counts[other.key][0] > 0

    names = [code.name.in_language(language) or code.key for code in (one, other)]
    if not speaks(a) and not speaks(b):
        return SILENT, _("Nobody speaks of {one} or {other}.").format(one=names[0], other=names[1])
    if not speaks(a) or not speaks(b):
        there, silent = (a, b) if speaks(a) else (b, a)
        return ONE_SIDED, _("{group} speaks of {one} ({n}) and {other} ({m}); {silent} of neither.").format(
            group=there.group,
            one=names[0],
            n=there.fraction(one.key),
            other=names[1],
            m=there.fraction(other.key),
            silent=silent.group,
        )
    if lean(a) * lean(b) < 0:
        to_one, to_other = (a, b) if lean(a) > 0 else (b, a)
        return MIRRORED, _(
            "{first} speaks more of {one} ({n}, and {m} of {other}); {second} more of {other} ({k}, and {j} of {one})."
        ).format(
            first=to_one.group,
            second=to_other.group,
            one=names[0],
            other=names[1],
            n=to_one.fraction(one.key),
            m=to_one.fraction(other.key),
            k=to_other.fraction(other.key),
            j=to_other.fraction(one.key),
        )
    return SHARED, _("Both groups lean the same way: {one} {n} and {m}, {other} {k} and {j}.").format(
        one=names[0],
        other=names[1],
        n=a.fraction(one.key),
        m=b.fraction(one.key),
        k=a.fraction(other.key),
        j=b.fraction(other.key),
    )
