"""Tables of agreement: for each group and theme, which codes are confused, and where the two differ."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.agreement import Agreement, macro, micro, pooled_kappa
from qualcode.analysis.intervals import NAN, wilson
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Code

Integers = NDArray[np.int64]
MICRO_CODES, MACRO_CODES = "(micro, codes)", "(macro, codes)"
MICRO_THEMES, MACRO_THEMES = "(micro, themes)", "(macro, themes)"

AGREEMENT_COLUMNS = (
    "group",
    "theme",
    "name",
    "parent",
    "depth",
    "units",
    "both",
    "only_rules",
    "only_file",
    "neither",
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
    "f1",
    "f1_low",
    "f1_high",
    "kappa",
    "kappa_low",
    "kappa_high",
    "note",
)
CONFUSION_COLUMNS = ("file_code", "rules_code", "units")


@dataclass(frozen=True, slots=True)
class CodedUnits:
    """Which units the rules and the file give which code.

    Attributes:
        n_units: how many units there are, coded or not.
        rules: two columns, unit (0 to n_units - 1) and position of the code in the codebook; each pair once.
        file: likewise.
    """

    n_units: int
    rules: Integers
    file: Integers

    def without_file_codings(self, kept: Integers) -> CodedUnits:
        """The same with other codings of the file."""
        return CodedUnits(self.n_units, self.rules, kept)


def unit_pairs(unit: Integers, code: Integers) -> Integers:
    """(unit, code), each pair once, in order."""
    return np.unique(np.column_stack([unit, code]).astype(np.int64), axis=0)


def agreement_table(
    coded: CodedUnits, codes: Sequence[Code], groups: Mapping[str, NDArray[np.bool_]], *, language: str
) -> pd.DataFrame:
    """Agreement of rules and file for each group and theme.

    Args:
        codes: the codebook in tree order.
        groups: which units are in each group, by name, in order.
        language: which names the themes get ("nb", "nn", "en").

    Returns:
        One row for each group and theme in `AGREEMENT_COLUMNS`, zeros included, then four that sum up. A parent's row
        is the union of its own codings and of all below it. Shares and kappas are proportions, not per cents.
    """
    themes = _themes_above(codes)
    rules, file = (_with_parents(pairs, themes) for pairs in (coded.rules, coded.file))
    rows: list[dict[str, object]] = []
    for group, inside in groups.items():
        by_theme = _by_code(inside, rules, file, len(codes))
        by_code = _by_code(inside, coded.rules, coded.file, len(codes))
        rows.extend(
            {
                "group": group,
                "theme": code.key,
                "name": code.name.in_language(language) or code.key,
                "parent": code.parent,
                "depth": code.depth,
                **_measures(agreement),
                "note": _note(agreement),
            }
            for code, agreement in zip(codes, by_theme, strict=True)
        )
        tops = [each for code, each in zip(codes, by_theme, strict=True) if code.depth == 0]
        rows.extend({"group": group, "parent": "", **row} for row in _summary(by_code, tops))
    return _as_table(rows)


def recall_table(
    coded: CodedUnits, codes: Sequence[Code], origins: Mapping[str, Integers], *, language: str
) -> pd.DataFrame:
    """Recall by where the file's codings come from, in the columns of `agreement_table`.

    Suggestions have no such origin, so nothing but recall and its counts exists here.

    Args:
        codes: the codebook in tree order.
        origins: the file's (unit, code) pairs of each origin.
        language: which names the themes get.
    """
    everything = np.ones(coded.n_units, dtype=np.bool_)
    parts = []
    for origin, pairs in origins.items():
        part = agreement_table(coded.without_file_codings(pairs), codes, {origin: everything}, language=language)
        known = ("group", "theme", "name", "parent", "depth", "units", "both", "only_file", "note")
        for column in AGREEMENT_COLUMNS:
            if column not in known and not column.startswith("recall"):
                part[column] = pd.NA if column in ("only_rules", "neither") else NAN
        part["note"] = _("suggestions have no origin: recall only")
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else _as_table([])


def confusion_table(coded: CodedUnits, codes: Sequence[Code], nothing: str) -> pd.DataFrame:
    """What the rules give where the file gives something, code by code and without parents.

    The diagonal counts units on which both give the code. Elsewhere a unit counts for each pair of a code that only the
    file gives and a code that only the rules give; where the other side gives the unit no code at all, for `nothing`.

    Returns:
        Rows with at least one unit, in `CONFUSION_COLUMNS`, in order of the codebook, `nothing` last.
    """
    n_codes = len(codes)
    in_rules, in_file = (_keys(pairs, n_codes) for pairs in (coded.rules, coded.file))
    both = np.intersect1d(in_rules, in_file)
    only_rules, only_file = np.setdiff1d(in_rules, both), np.setdiff1d(in_file, both)
    cells: dict[tuple[int, int], int] = {}
    _add(cells, both % n_codes, both % n_codes)
    missed = pd.DataFrame({"unit": only_file // n_codes, "file": only_file % n_codes})
    extra = pd.DataFrame({"unit": only_rules // n_codes, "rules": only_rules % n_codes})
    together = missed.merge(extra, on="unit")
    _add(cells, together["file"].to_numpy(), together["rules"].to_numpy())
    alone = missed[~missed["unit"].isin(coded.rules[:, 0])]["file"].to_numpy()
    _add(cells, alone, np.full(len(alone), n_codes))
    unasked = extra[~extra["unit"].isin(coded.file[:, 0])]["rules"].to_numpy()
    _add(cells, np.full(len(unasked), n_codes), unasked)
    names = [*(code.key for code in codes), nothing]
    rows = [(names[first], names[second], n) for (first, second), n in sorted(cells.items())]
    return pd.DataFrame(rows, columns=list(CONFUSION_COLUMNS))


def disagreeing(coded: CodedUnits, n_codes: int) -> pd.DataFrame:
    """(unit, code) that only one of the two gives: `unit, code, only_rules`, by unit and code."""
    in_rules, in_file = (_keys(pairs, n_codes) for pairs in (coded.rules, coded.file))
    keys = np.setxor1d(in_rules, in_file)
    return pd.DataFrame({"unit": keys // n_codes, "code": keys % n_codes, "only_rules": np.isin(keys, in_rules)})


def _add(cells: dict[tuple[int, int], int], first: Integers, second: Integers) -> None:
    for pair in zip(first.tolist(), second.tolist(), strict=True):
        cells[pair] = cells.get(pair, 0) + 1


def _keys(pairs: Integers, n_codes: int) -> Integers:
    """One number for each (unit, code)."""
    keys: Integers = pairs[:, 0] * n_codes + pairs[:, 1]
    return keys


def _themes_above(codes: Sequence[Code]) -> list[list[int]]:
    """For each code the positions of itself and of all codes above it."""
    position = {code.key: number for number, code in enumerate(codes)}
    above: list[list[int]] = []
    for number, code in enumerate(codes):
        above.append([number, *(above[position[code.parent]] if code.parent else [])])
    return above


def _with_parents(pairs: Integers, themes: Sequence[Sequence[int]]) -> Integers:
    """(unit, theme) for each code and each theme above it, each pair once."""
    depth = max((len(each) for each in themes), default=1)
    levels = np.array([[*each, *[each[0]] * (depth - len(each))] for each in themes], dtype=np.int64)
    if not len(pairs):
        return pairs
    return unit_pairs(np.repeat(pairs[:, 0], depth), levels[pairs[:, 1]].reshape(-1))


def _by_code(inside: NDArray[np.bool_], rules: Integers, file: Integers, n_codes: int) -> list[Agreement]:
    """One agreement for each code, over the units of a group."""
    in_rules, in_file = (_keys(pairs[inside[pairs[:, 0]]], n_codes) for pairs in (rules, file))
    both = np.bincount(np.intersect1d(in_rules, in_file, assume_unique=True) % n_codes, minlength=n_codes)
    n_rules, n_file = (np.bincount(keys % n_codes, minlength=n_codes) for keys in (in_rules, in_file))
    n = int(inside.sum())
    return [
        Agreement(hits, suggested - hits, coded - hits, n - suggested - coded + hits)
        for hits, suggested, coded in zip(both.tolist(), n_rules.tolist(), n_file.tolist(), strict=True)
    ]


def _measures(agreement: Agreement) -> dict[str, object]:
    kappa = agreement.kappa
    values: dict[str, object] = {**_counts(agreement), **_shares(agreement)}
    values["kappa"] = kappa.value
    values["kappa_low"], values["kappa_high"] = kappa.interval
    return values


def _counts(agreement: Agreement) -> dict[str, object]:
    return {
        "units": agreement.n,
        "both": agreement.both,
        "only_rules": agreement.only_rules,
        "only_file": agreement.only_file,
        "neither": agreement.neither,
    }


def _shares(agreement: Agreement) -> dict[str, object]:
    values: dict[str, object] = {
        "precision": agreement.precision,
        "recall": agreement.recall,
        "f1": agreement.f1,
    }
    intervals = {
        "precision": wilson(agreement.both, agreement.suggested),
        "recall": wilson(agreement.both, agreement.coded),
        "f1": agreement.f1_interval,
    }
    for name, (low, high) in intervals.items():
        values[f"{name}_low"], values[f"{name}_high"] = low, high
    return values


def _note(agreement: Agreement) -> str:
    """Why numbers do not exist."""
    if agreement.either == 0:
        return _("neither suggested nor in the file")
    if agreement.suggested == 0:
        return _("never suggested")
    if agreement.coded == 0:
        return _("not in the file")
    if math.isnan(agreement.kappa.value):
        return _("every unit has it: kappa does not exist")
    if agreement.only_rules == agreement.only_file == 0:
        return _("no disagreement: kappa has no interval")
    return ""


def _summary(by_code: Sequence[Agreement], tops: Sequence[Agreement]) -> list[dict[str, object]]:
    """Micro and macro rows: over codes as they stand, and over themes at the top with all below them."""
    rows: list[dict[str, object]] = []
    parts = (
        (MICRO_CODES, MACRO_CODES, _("All codes, micro"), _("All codes, macro"), by_code),
        (MICRO_THEMES, MACRO_THEMES, _("Top themes, micro"), _("Top themes, macro"), tops),
    )
    for micro_key, macro_key, micro_name, macro_name, agreements in parts:
        found = [each for each in agreements if each.either]
        whole = micro(found)
        rows.append(
            {
                "theme": micro_key,
                "name": micro_name,
                **_counts(whole),
                **_shares(whole),
                "kappa": pooled_kappa(found),
                "note": _("units counted once for each code; kappa is pooled"),
            }
        )
        rows.append(
            {
                "theme": macro_key,
                "name": macro_name,
                "precision": macro([each.precision for each in found]),
                "recall": macro([each.recall for each in found]),
                "f1": macro([each.f1 for each in found]),
                "kappa": macro([each.kappa.value for each in found]),
                "note": ngettext(
                    "mean of {n} code that the file or the rules give",
                    "mean of {n} codes that the file or the rules give",
                    len(found),
                ).format(n=len(found)),
            }
        )
    return rows


def _as_table(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=list(AGREEMENT_COLUMNS))
    whole = ("depth", "units", "both", "only_rules", "only_file", "neither")
    kinds = dict.fromkeys(whole, "Int64")
    words = ("group", "theme", "name", "parent", "note")
    kinds |= {name: "float64" for name in AGREEMENT_COLUMNS if name not in whole and name not in words}
    return table.astype(kinds)
