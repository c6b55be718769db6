"""Reads SPSS files (.sav): labels in place of codes, values declared as missing as blank."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.encodings import check_file
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import KnownColumn
from qualcode.importing.sheets import RawSheet, RawTableFile
from qualcode.importing.workbook_reader import MOST_CELLS, cell_text

LARGEST_FILE = 500_000_000  # bytes
_MARKS = (b"$FL2", b"$FL3")


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str
    header: str
    labels: Mapping[float | str, str]
    missing: Sequence[tuple[Any, Any]]  # from, to
    has_labels: bool = False  # for values that are not missing
    scale: tuple[float, float] | None = None  # its ends, where only some of its numbers have labels

    def is_missing(self, value: Any) -> bool:
        return any(type(value) is type(low) and low <= value <= high for low, high in self.missing)

    def shown(self, value: Any) -> str:
        if value is None or (isinstance(value, float) and value != value):
            return ""
        label = self.labels.get(value)
        return cell_text(value) if label is None else in_normal_form(label)


def read_sav(path: Path, encoding: str | None = None, separator: str | None = None) -> RawTableFile:
    """The cases of an SPSS file as one table.

    A column is named by its variable's label, or by its name where it has none. A set of multiple answers is added as
    a column of the chosen answers with semicolons between them.

    Args:
        path: the file.
        encoding: None to take the one that the file names.
        separator: of no use here.

    Raises:
        ImportingError: no SPSS file, damaged, or too large.
    """
    check_file(path, LARGEST_FILE)
    with path.open("rb") as opened:
        if not opened.read(4).startswith(_MARKS):
            raise _damaged(path.name)
    with warnings.catch_warnings(record=True) as told:  # the library warns of names that occur twice
        warnings.simplefilter("always")
        columns, about = _columns(path, encoding)
    variables = [_variable(about, name, columns[name]) for name in about.column_names]
    n_missing = 0
    shown: list[list[str]] = []
    for variable in variables:
        cells = []
        for value in columns[variable.name]:
            missing = variable.is_missing(value)
            n_missing += missing
            cells.append("" if missing else variable.shown(value))
        shown.append(cells)
    headers = [variable.header for variable in variables]
    sets = _multiple(about, variables, shown)
    headers.extend(header for header, _cells in sets)
    shown.extend(cells for _header, cells in sets)
    records = [tuple(headers), *zip(*shown, strict=True)]
    known = {
        column: KnownColumn(minimum=variable.scale[0], maximum=variable.scale[1]) if variable.scale else KnownColumn()
        for column, variable in enumerate(variables)
        if variable.has_labels
    }
    known |= {len(variables) + number: KnownColumn(is_multiple=True) for number in range(len(sets))}
    problems = tuple(_problems(path.name, n_missing, len(sets), len(told)))
    encoding = str(about.file_encoding or "utf-8").lower()
    return RawTableFile(encoding, (RawSheet("", records, known=known),), problems)


def _columns(path: Path, encoding: str | None) -> tuple[Mapping[str, Sequence[Any]], Any]:
    """The values of each variable, and what the file says about them."""
    import pyreadstat

    try:
        _nothing, about = pyreadstat.read_sav(str(path), metadataonly=True, encoding=encoding)
        _check_size(about, path.name)
        columns, about = pyreadstat.read_sav(str(path), user_missing=True, output_format="dict", encoding=encoding)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise _damaged(path.name) from error
    except (ValueError, TypeError, KeyError, OverflowError, LookupError, OSError) as error:  # from inside the library
        raise _damaged(path.name) from error
    if None in about.column_names or not set(about.column_names) <= set(columns):
        raise _damaged(path.name)
    return columns, about


def _damaged(file: str) -> ImportingError:
    return ImportingError(
        _("{file} is damaged, or is not of the kind that its ending says.").format(file=file),
        hint=_("Open it in SPSS or PSPP and save it anew, or export it as .csv with labels."),
    )


def _check_size(about: Any, file: str) -> None:
    n_cells = max(0, about.number_rows or 0) * max(1, about.number_columns or 0)
    if n_cells > MOST_CELLS:
        raise ImportingError(
            _("{file} has {n} million cells, which is too many.").format(file=file, n=n_cells // 1_000_000),
            hint=_("Keep only the variables that you need."),
        )


def _variable(about: Any, name: str, values: Sequence[Any]) -> _Variable:
    label = about.column_names_to_labels.get(name) or ""
    missing = [(each["lo"], each["hi"]) for each in about.missing_ranges.get(name, ())]
    labels = about.variable_value_labels.get(name, {})
    variable = _Variable(name, label if label.strip() else name, labels, missing)
    labelled = [value for value in labels if not variable.is_missing(value)]
    variable = replace(variable, has_labels=bool(labelled))
    numbers = [value for value in values if isinstance(value, float) and value == value]
    without = [value for value in numbers if value not in labels and not variable.is_missing(value)]
    low, high = (min(labelled), max(labelled)) if _are_numbers(labelled) else (0.0, 0.0)
    if low < high and without and all(low < value < high for value in without):
        return replace(variable, labels={}, scale=(low, high))  # labels at its ends only
    return variable


def _are_numbers(values: Sequence[Any]) -> bool:
    return len(values) > 1 and all(isinstance(value, int | float) for value in values)


def _multiple(
    about: Any, variables: Sequence[_Variable], shown: Sequence[Sequence[str]]
) -> list[tuple[str, list[str]]]:
    """A column for each set of multiple answers: the chosen ones, with semicolons between them."""
    position = {variable.name.casefold(): number for number, variable in enumerate(variables)}
    found = []
    for name, about_set in (getattr(about, "mr_sets", None) or {}).items():
        members = [position[each.casefold()] for each in about_set["variable_list"] if each.casefold() in position]
        if not members:
            continue
        counted = about_set.get("counted_value")
        cells = []
        for row in range(len(shown[0])):
            if about_set.get("is_dichotomy"):
                chosen = [
                    variables[each].header
                    for each in members
                    if shown[each][row] and shown[each][row] == _counted(variables[each], counted)
                ]
            else:
                chosen = [shown[each][row] for each in members if shown[each][row]]
            cells.append("; ".join(chosen))
        found.append((about_set.get("label") or name, cells))
    return found


def _counted(variable: _Variable, counted: Any) -> str:
    """How the value that means "chosen" is shown."""
    try:
        number = float(counted)
    except (TypeError, ValueError):
        return variable.shown(counted)
    return variable.shown(number)


def _problems(file: str, n_missing: int, n_sets: int, n_told: int) -> list[Problem]:
    problems = []
    if n_missing:
        what = ngettext(
            "{n} cell holds a value that is declared as missing and was read as blank.",
            "{n} cells hold values that are declared as missing and were read as blank.",
            n_missing,
        )
        problems.append(Problem(file, what.format(n=n_missing), "", "warning"))
    if n_told:
        what = _("Names of variables occur twice, or dates make no sense; the file may be damaged ({n}).")
        problems.append(Problem(file, what.format(n=n_told), _("Compare its columns with SPSS."), "warning"))
    if n_sets:
        what = ngettext(
            "{n} set of multiple answers was added as a column.",
            "{n} sets of multiple answers were added as columns.",
            n_sets,
        )
        problems.append(Problem(file, what.format(n=n_sets), "", "warning"))
    return problems
