"""The options of the commands that measure agreement and set one part of a study beside another."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from qualcode.cli.arguments import number_from_0
from qualcode.i18n import _

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
Extend = Callable[[argparse.ArgumentParser], None]

BASES = ("answering", "group", "asked", "units", "segments")
JUDGED_UNITS = ("sentence", "turn", "answer", "character")
SECOND_WORDS = {"agreement": ("sample", "settle"), "framework": ("summary",)}
"""Commands of two words, told from a project by the second."""


def joined_words(arguments: Sequence[str]) -> list[str]:
    """`agreement sample PROJECT` as the one word that the parser knows, unless a file has the second word's name."""
    words = list(arguments)
    if len(words) > 1 and words[1] in SECOND_WORDS.get(words[0], ()) and not Path(words[1]).exists():
        return [f"{words[0]}-{words[1]}", *words[2:]]
    return words


def add_agreement(add: Add, add_filter: Extend, add_table_forms: Extend) -> None:
    """`agreement`, `agreement sample` and `agreement settle`."""
    agreement = add(
        "agreement", "coder_agreement", "agreement", _("how far coders agree; see also `agreement sample` and `settle`")
    )
    agreement.add_argument("project", type=Path, metavar="PROJECT")
    agreement.add_argument(
        "--coders", nargs="+", default=[], metavar="NAME", help=_("two or more; all people if not given")
    )
    agreement.add_argument("--unit", choices=JUDGED_UNITS, default="sentence", help=_("what they judge"))
    agreement.add_argument(
        "--universe", choices=("all", "coded"), default="all", help=_("all units, or those that somebody coded")
    )
    agreement.add_argument("--sample", default="", metavar="NAME", help=_("only units of a sample that was drawn"))
    agreement.add_argument(
        "--all-read",
        action="store_true",
        help=_("take coders as having read what they coded nothing in; otherwise they are missing there"),
    )
    agreement.add_argument(
        "--disagreements", type=Path, metavar="FILE.csv", help=_("write where they differ, with its words")
    )
    agreement.add_argument("--overwrite", action="store_true", help=_("replace the file if it exists"))
    add_filter(agreement)
    add_table_forms(agreement)

    sample = add("agreement-sample", "coder_agreement", "sample", _("draw units for coding by two"))
    sample.prog = "qualcode agreement sample"
    sample.add_argument("project", type=Path, metavar="PROJECT")
    sample.add_argument("--name", required=True, metavar="N")
    sample.add_argument("--share", type=float, required=True, metavar="S", help=_("of the units of each group, 0 to 1"))
    sample.add_argument("--unit", choices=JUDGED_UNITS[:3], default="turn")
    sample.add_argument("--by", default="group", metavar="ATTRIBUTE", help=_("what the units are grouped by"))
    sample.add_argument("--seed", type=int, default=1, help=_("the same seed draws the same units"))
    add_filter(sample)
    add_table_forms(sample)

    settle = add("agreement-settle", "coder_agreement", "settle", _("record what coders agreed on in discussion"))
    settle.prog = "qualcode agreement settle"
    settle.add_argument("project", type=Path, metavar="PROJECT")
    settle.add_argument(
        "file",
        type=Path,
        metavar="FILE.csv",
        help=_("as --disagreements writes it, with 1 or 0 in the column `applies`"),
    )
    settle.add_argument("--json", action="store_true")


def add_counting_options(count: argparse.ArgumentParser) -> None:
    """What `count` can count beside groups and units."""
    count.add_argument("--base", choices=BASES, default=BASES[0], help=_("what the per cents are of"))
    count.add_argument(
        "--depth", type=number_from_0, metavar="N", help=_("leave codes out that stand lower; 0 is the top")
    )
    count.add_argument(
        "--singles", action="store_true", help=_("tell units with one theme from units that carry several")
    )


def add_comparison_options(compare: argparse.ArgumentParser) -> None:
    """The groups that `compare` sets beside each other, and the ways to do it."""
    compare.add_argument("groups", nargs="+", metavar="GROUP", help=_("two, or more for one test of all of them"))
    compare.add_argument(
        "--paired",
        action="store_true",
        help=_("the same people in two places: --by question (if not given), session, document or source"),
    )
    compare.add_argument(
        "--mirrored", action="store_true", help=_("what hinders for one group and promotes for the other")
    )


def add_joint(add: Add, add_filter: Extend, add_table_forms: Extend) -> None:
    """`joint`."""
    joint = add("joint", "joint_display", "joint", _("themes, closed questions and quotations by group, in one table"))
    joint.add_argument("project", type=Path, metavar="PROJECT")
    joint.add_argument("--by", default="group", metavar="ATTRIBUTE", help=_("group or an attribute"))
    joint.add_argument(
        "--theme", action="append", default=[], metavar="KEY", help=_("only this theme; may be given again")
    )
    joint.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="THEME=QUESTION",
        help=_("which closed question goes with a theme, kept in the project; may be given again"),
    )
    joint.add_argument("--quotations", type=number_from_0, default=2, metavar="N", help=_("of each group and theme"))
    add_filter(joint)
    add_table_forms(joint)


def add_lens(add: Add, add_filter: Extend, add_table_forms: Extend) -> None:
    """`lens` and `saturation`."""
    lens = add("lens", "survey_lens", "lens", _("the themes that carry the survey, in the conversations"))
    lens.add_argument("project", type=Path, metavar="PROJECT")
    lens.add_argument("--themes", nargs="+", default=[], metavar="KEY", help=_("these; by share if not given"))
    lens.add_argument(
        "--share", type=float, default=0.25, metavar="S", help=_("at least this share speak of it, 0 to 1")
    )
    lens.add_argument("--group", default="", metavar="G", help=_("in this group of the survey; in any if not given"))
    lens.add_argument("--by", default="group", metavar="ATTRIBUTE", help=_("group or an attribute"))
    lens.add_argument(
        "--depth", type=number_from_0, default=0, metavar="N", help=_("themes no lower than this; 0 is the top")
    )
    lens.add_argument("--quotations", type=number_from_0, default=3, metavar="N", help=_("of each group and theme"))
    saturation = add("saturation", "survey_lens", "saturation", _("which codes each session adds"))
    saturation.add_argument("project", type=Path, metavar="PROJECT")
    saturation.add_argument("--base-size", type=int, default=4, metavar="N", help=_("sessions of the base"))
    saturation.add_argument("--run-length", type=int, default=2, metavar="N", help=_("sessions of a run"))
    for each in (lens, saturation):
        each.add_argument(
            "--order", nargs="+", default=[], metavar="SESSION", help=_("sessions in order; as imported if not given")
        )
        add_filter(each)
        add_table_forms(each)


def add_framework(add: Add, add_filter: Extend, add_table_forms: Extend) -> None:
    """`framework`, `framework summary`, `sequence` and `proximity`."""
    rows = {"choices": ("respondent", "session"), "default": "respondent", "help": _("what a row is")}
    matrix = add("framework", "framework_matrix", "framework", _("what each respondent or session says of each theme"))
    matrix.add_argument("project", type=Path, metavar="PROJECT")
    matrix.add_argument("--rows", **rows)  # type: ignore[arg-type]  # as above
    matrix.add_argument("--themes", nargs="+", default=[], metavar="KEY", help=_("those at the top if not given"))
    matrix.add_argument("--filled", action="store_true", help=_("leave rows out of which nothing is coded or written"))
    matrix.add_argument("--out", type=Path, metavar="FILE", help=_("write .xlsx (matrix) or .csv (a line a cell)"))
    matrix.add_argument("--overwrite", action="store_true", help=_("replace the file if it exists"))
    matrix.add_argument("--no-quotations", action="store_true", help=_("only summaries in the workbook"))
    add_filter(matrix)
    add_table_forms(matrix)

    summary = add("framework-summary", "framework_matrix", "summary", _("write a cell of the framework matrix"))
    summary.prog = "qualcode framework summary"
    summary.add_argument("project", type=Path, metavar="PROJECT")
    summary.add_argument("--rows", **rows)  # type: ignore[arg-type]  # as above
    summary.add_argument("--row", required=True, metavar="KEY", help=_("key of the respondent, or name of the session"))
    summary.add_argument("--theme", required=True, metavar="KEY")
    summary.add_argument("--text", metavar="TEXT", help=_("what to write; nothing takes it away; without, it is shown"))
    summary.add_argument("--json", action="store_true")

    sequence = add(
        "sequence", "framework_matrix", "sequence", _("which code follows which; of a session, all in order")
    )
    sequence.add_argument("project", type=Path, metavar="PROJECT")
    sequence.add_argument("--session", default="", metavar="NAME")
    near = add("proximity", "framework_matrix", "near", _("which themes stand near each other, in sentences"))
    near.add_argument("project", type=Path, metavar="PROJECT")
    near.add_argument(
        "--within", type=int, default=1, metavar="N", help=_("how many sentences away; 0 is the same one")
    )
    for each in (sequence, near):
        add_filter(each)
        add_table_forms(each)
