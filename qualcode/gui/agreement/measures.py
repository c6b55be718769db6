"""The numbers of an agreement: what stands in which column, and one measure beside itself for several groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.gui.agreement.coefficients import NumberColumn
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    import pandas as pd

MEASURES = ("f1", "precision", "recall", "kappa")


def coder_columns() -> list[NumberColumn]:
    """Of coders."""
    return [
        NumberColumn("units", _("Units"), _("units that two or more coders judged"), is_count=True),
        NumberColumn("agreement", _("Agreement"), _("share of units on which the coders agree")),
        NumberColumn("prevalence", _("Prevalence"), _("share of judgements that give the theme")),
        NumberColumn("kappa", "κ", _("Cohen's kappa; with more than two coders Conger's")),
        NumberColumn("alpha", "α", _("Krippendorff's alpha")),
        NumberColumn("ac1", "AC1", _("Gwet's AC1, which rare themes do not upset")),
        NumberColumn("pabak", "PABAK", _("kappa adjusted for prevalence and bias")),
        NumberColumn("positive", _("Positive"), _("agreement on units that somebody gave the theme")),
    ]


def file_columns() -> list[NumberColumn]:
    """Of suggestions and codings that people made."""
    return [
        NumberColumn("both", _("Both"), _("units that rules and people give the theme"), is_count=True),
        NumberColumn("only_rules", _("Only rules"), _("units that only the rules give it"), is_count=True),
        NumberColumn("only_file", _("Only people"), _("units that only people give it"), is_count=True),
        NumberColumn("precision", _("Precision"), _("share of what the rules give that people gave too")),
        NumberColumn("recall", _("Recall"), _("share of what people gave that the rules give too")),
        NumberColumn("f1", "F1", _("harmonic mean of precision and recall")),
        NumberColumn("kappa", "κ", _("agreement beyond chance, Cohen's kappa")),
    ]


def side_by_side(table: pd.DataFrame, measure: str) -> tuple[list[dict[str, Any]], list[NumberColumn]]:
    """One measure of an evaluation by group, a column a group.

    Args:
        table: in the columns of `analysis.agreement_tables.AGREEMENT_COLUMNS`, with several groups.
        measure: one of `MEASURES`.

    Returns:
        A row a theme, and the columns of its numbers: first those of everything, then of each group.
    """
    groups = [str(each) for each in table["group"].drop_duplicates()]
    groups = [*(each for each in groups if each == ALL_GROUPS), *(each for each in groups if each != ALL_GROUPS)]
    rows: list[dict[str, Any]] = []
    for theme, of_theme in table.groupby("theme", sort=False):
        first = of_theme.iloc[0]
        row: dict[str, Any] = {"theme": theme, "name": first["name"], "depth": first["depth"], "note": ""}
        row |= {name: of_theme[name].max() for name in ("both", "only_rules", "only_file")}
        for each in of_theme.to_dict("records"):
            for end in ("", "_low", "_high"):
                row[f"{measure} {each['group']}{end}"] = each[f"{measure}{end}"]
        rows.append(row)
    return rows, [NumberColumn(f"{measure} {each}", group_name(each), group_name(each)) for each in groups]


def group_name(group: str) -> str:
    """A group, a language or an origin as one reads it."""
    named = {ALL_GROUPS: _("All"), NO_GROUP: _("No group"), "nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}
    named |= {"manual": _("coded by hand"), "rule": _("accepted from rules"), "learned": _("accepted, learned")}
    named |= {"imported": _("imported")}
    return named.get(group, group)


def measure_choices() -> Sequence[tuple[str, str]]:
    """Key and title of what can stand beside itself."""
    return [("f1", "F1"), ("precision", _("Precision")), ("recall", _("Recall")), ("kappa", "κ")]
