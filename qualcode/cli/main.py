"""Reads the command line, runs the command, and tells errors in one place."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from qualcode import __version__
from qualcode.cli.analysis_commands import (
    add_agreement,
    add_comparison_options,
    add_counting_options,
    add_framework,
    add_joint,
    add_lens,
    joined_words,
)
from qualcode.cli.arguments import CommandParser, named_folder, number_from_0
from qualcode.cli.help_texts import complete
from qualcode.errors import QualcodeError
from qualcode.i18n import _, language_of_environment, use_language

EXIT_ERROR, EXIT_USAGE, EXIT_BUG = 1, 2, 70
UNITS = ("segment", "sentence", "turn", "answer", "respondent", "session")
FIGURES = ("bars", "differences", "heatmap", "shares", "network", "model", "closed", "joint", "saturation")
KINDS = ("focus_group", "interview", "notes")

Command = Callable[[argparse.Namespace], int]

_NEW_OBJECTS = 200_000
"""So many come between two looks for what can be thrown away; Python's own number is 700."""


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0 done, 1 an error that the user can act on, 2 wrong usage, 70 a bug.
    """
    sys.stdout = sys.stdout or io.StringIO()  # None when whoever started the program has closed it
    _use_utf8()
    use_language(_language(arguments, os.environ))
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):  # so that a run takes its unfinished results away
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores it on purpose
                signal.signal(number, _stop_as_by_keyboard)
    try:
        options = _parser().parse_args(joined_words(arguments))
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        command: Command = options.command
        with collecting_less():
            code = command(options)
        sys.stdout.flush()
        return code
    except QualcodeError as error:
        tell(error)
        return EXIT_ERROR
    except BrokenPipeError:  # the reader has enough, as in `qualcode count ... | head`
        _forget_output()
        return 0
    except SystemExit as leaving:  # as rich leaves where the reader has enough
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        return 0
    except OSError as error:
        print(
            _("Error: something cannot be read or written ({reason}).").format(reason=error.strerror), file=sys.stderr
        )
        _forget_output()
        return EXIT_ERROR
    except KeyboardInterrupt:
        print(_("Stopped."), file=sys.stderr)
        return 130
    except Exception:
        traceback.print_exc()
        print(_("That is a bug in Qualcode, not your mistake. Please report the lines above."), file=sys.stderr)
        return EXIT_BUG


def tell(error: QualcodeError) -> None:
    """Print an error for a person: the sentence, all that was found, and what to do."""
    print(_("Error: {message}").format(message=error.message), file=sys.stderr)
    if len(error.problems) > 1 or (error.problems and error.problems[0].what not in error.message):
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
    if error.hint:
        print(_("Hint: {hint}").format(hint=error.hint), file=sys.stderr)


@contextlib.contextmanager
def collecting_less() -> Iterator[None]:
    """Let Python look less often for rings of objects that can be thrown away.

    A command makes few of them and keeps most of what it makes; a codebook of ten thousand terms is looked through
    again and again otherwise, which took a sixth of a run.
    """
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _forget_output() -> None:
    """Let what could not be written go, or Python would complain of it once more at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop_as_by_keyboard(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The terminal's language; English for what another program reads, so that it reads the same everywhere."""
    return "en" if {"--json", "--csv"} & set(arguments) else language_of_environment(environment)


def _use_utf8() -> None:
    """Print æøå and ≥ whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _lazily(module: str, name: str) -> Command:
    """A command whose module is imported when it runs."""

    def command(options: argparse.Namespace) -> int:
        from importlib import import_module

        return int(getattr(import_module(f"qualcode.cli.{module}"), name)(options))

    return command


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(
        prog="qualcode",
        description=_(
            "Template analysis of focus groups and open survey answers. Without a command, opens the window."
        ),
    )
    parser.add_argument("--version", action="version", version=f"qualcode {__version__}")
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)

    def add(name: str, module: str, function: str, help: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help, description=help)
        command.set_defaults(command=_lazily(module, function))
        return command

    study = add("run", "run_study", "run", _("from a study file to tables, quotations and a chart, in one go"))
    study.add_argument("study", type=Path, metavar="STUDY.yaml")
    study.add_argument("--out", type=named_folder, required=True, metavar="DIR", help=_("folder for the results"))
    study.add_argument("--accept-suggestions", action="store_true", help=_("make each suggestion a segment, unread"))
    study.add_argument("--overwrite", action="store_true", help=_("replace an earlier result in that folder"))
    study.add_argument("--json", action="store_true", help=_("print what run.json says"))

    inspect = add("inspect", "inspect_files", "inspect", _("say what an import would give; nothing is changed"))
    inspect.add_argument("files", type=Path, nargs="+", metavar="FILE")
    inspect.add_argument("--json", action="store_true")

    new = add("new", "import_material", "new", _("make a project from a study file"))
    new.add_argument("project", type=Path, metavar="PROJECT")
    new.add_argument("--study", type=Path, required=True, metavar="STUDY.yaml")
    new.add_argument("--json", action="store_true")

    importing = add("import", "import_material", "import_material", _("bring material into a project"))
    importing.add_argument("project", type=Path, metavar="PROJECT")
    importing.add_argument("files", type=Path, nargs="*", metavar="FILE")
    importing.add_argument("--study", type=Path, metavar="STUDY.yaml")
    importing.add_argument("--kind", choices=KINDS, default=KINDS[0], help=_("what the transcripts are"))
    importing.add_argument("--group", default="", help=_("respondent group of all speakers or rows"))
    importing.add_argument("--encoding", help=_("of text files and CSV; found out if not given"))
    importing.add_argument(
        "--sheet", help=_("of workbooks, the only one with data if not given; of a Taguette database, its project")
    )
    importing.add_argument(
        "--header-row", type=number_from_0, default=1, metavar="N", help=_("of surveys, counted from 1")
    )
    importing.add_argument(
        "--keep-labels", action="store_true", help=_("of another tool's project: leave speakers' names in the texts")
    )
    importing.add_argument("--json", action="store_true")

    originals = add("originals", "original_files", "originals", _("list the imported files, or give them back"))
    originals.add_argument("project", type=Path, metavar="PROJECT")
    originals.add_argument("--out", type=Path, metavar="FOLDER", help=_("write them there, byte for byte"))
    originals.add_argument("--json", action="store_true")

    suggest = add("suggest", "suggest_codes", "suggest", _("run the codebook's rules over the project"))
    suggest.add_argument("project", type=Path, metavar="PROJECT")
    suggest.add_argument("--json", action="store_true")

    count = add("count", "count_themes", "count", _("themes by group: codings, units and respondents"))
    count.add_argument("project", type=Path, metavar="PROJECT")
    count.add_argument(
        "--by",
        default="group",
        metavar="ATTRIBUTE",
        help=_("group, session, document, question, coder, origin, an attribute, or two joined by +"),
    )
    count.add_argument("--unit", choices=UNITS, help=_("unit of counting; the study's own if not given"))
    add_counting_options(count)
    _add_filter(count)
    _add_table_forms(count)

    compare = add("compare", "count_themes", "compare", _("two groups or more side by side"))
    compare.add_argument("project", type=Path, metavar="PROJECT")
    add_comparison_options(compare)
    compare.add_argument("--by", default="group", metavar="ATTRIBUTE")
    compare.add_argument(
        "--by-session", action="store_true", help=_("test whole sessions by permutation, for people who share them")
    )
    compare.add_argument(
        "--correction",
        choices=("holm", "bh"),
        default="holm",
        help=_("for the number of themes: Holm, or Benjamini and Hochberg (false discovery rate)"),
    )
    _add_filter(compare)
    _add_table_forms(compare)

    together = add("cooccurrence", "cooccurrence", "cooccurrence", _("which themes stand together"))
    together.add_argument("project", type=Path, metavar="PROJECT")
    together.add_argument("--unit", choices=UNITS, help=_("unit of counting; the study's own if not given"))
    _add_filter(together)
    _add_table_forms(together)

    search = add("search", "search", "search", _("find words in all that was said and answered"))
    search.add_argument("project", type=Path, metavar="PROJECT")
    search.add_argument("query", metavar="WORDS")
    search.add_argument(
        "--mode",
        choices=("words", "phrase", "regex"),
        default="words",
        help=_("words in any form, all in one turn or answer; a phrase as it is written; a regular expression"),
    )
    _add_filter(search)
    _add_table_forms(search)

    noted = add("memos", "memos", "memos", _("all memos with what they are on"))
    noted.add_argument("project", type=Path, metavar="PROJECT")
    _add_table_forms(noted)

    evaluate = add(
        "evaluate", "evaluate_rules", "evaluate_rules", _("how far the suggestions agree with codings that people made")
    )
    evaluate.add_argument("project", type=Path, metavar="PROJECT")
    evaluate.add_argument(
        "--against", type=Path, required=True, metavar="FILE.csv", help=_("codings in the columns of codings.csv")
    )
    evaluate.add_argument("--unit", choices=("sentence", "answer", "turn"), default="sentence")
    evaluate.add_argument(
        "--by",
        default="",
        metavar="ATTRIBUTE",
        help=_("group, session, document, question, language, origin (of the codings) or an attribute"),
    )
    evaluate.add_argument(
        "--disagreements", type=Path, metavar="FILE.csv", help=_("write what only one of the two has, with its words")
    )
    evaluate.add_argument("--overwrite", action="store_true", help=_("replace the file if it exists"))
    _add_filter(evaluate)
    _add_table_forms(evaluate)

    learning = add(
        "learn", "learn_codes", "learn", _("what the coders' decisions teach, how far to trust it, what to decide next")
    )
    learning.add_argument("project", type=Path, metavar="PROJECT")
    learning.add_argument(
        "--use", action="store_true", help=_("suggest by rules and model together; nothing is accepted")
    )
    learning.add_argument(
        "--meaning",
        action=argparse.BooleanOptionalAction,
        help=_(
            "compare what sentences mean, not their words alone; takes some hundredths of a second for each "
            "(without either option: if there are at most 500)"
        ),
    )
    learning.add_argument(
        "--next", type=number_from_0, default=10, metavar="N", help=_("how many sentences to decide next are listed")
    )
    _add_table_forms(learning)

    add_agreement(add, _add_filter, _add_table_forms)
    add_joint(add, _add_filter, _add_table_forms)
    add_lens(add, _add_filter, _add_table_forms)
    add_framework(add, _add_filter, _add_table_forms)

    closed = add("closed", "closed_questions", "closed", _("closed questions by group: means, quartiles, counts"))
    closed.add_argument("project", type=Path, metavar="PROJECT")
    closed.add_argument("--by", default="group", metavar="ATTRIBUTE", help=_("group or an attribute"))
    _add_filter(closed)
    _add_table_forms(closed)

    people = add("respondents", "respondents", "respondents", _("who is in the project; import a sheet of attributes"))
    people.add_argument("words", nargs="+", metavar="[import] PROJECT [FILE]")
    people.add_argument("--sheet", help=_("of workbooks; the only one with data if not given"))
    people.add_argument("--id", metavar="COLUMN", help=_("column that names respondents; found out if not given"))
    people.add_argument("--group", metavar="COLUMN", help=_("column that holds their group"))
    people.add_argument("--preview", action="store_true", help=_("say what fits, and change nothing"))
    _add_table_forms(people)

    export = add(
        "export",
        "exchange",
        "export",
        _(
            "write the report (.docx, .html), workbook (.xlsx), codings (.csv), a picture (.png, .svg, .pdf) "
            "or the whole project for other tools (.qdpx)"
        ),
    )
    export.add_argument("project", type=Path, metavar="PROJECT")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--figure", choices=FIGURES, default="", help=_("which picture; bars if not given"))
    export.add_argument("--by", default="group", metavar="ATTRIBUTE", help=_("what the groups are"))
    export.add_argument("--unit", choices=UNITS, help=_("unit of counting; the study's own if not given"))
    export.add_argument(
        "--groups",
        nargs=2,
        default=(),
        metavar=("A", "B"),
        help=_("the two groups to compare; the two in which most answered if not given"),
    )
    export.add_argument("--overwrite", action="store_true", help=_("replace the file if it exists"))
    _add_filter(export)

    quoted = add("quotations", "quotations", "quotations", _("what the report quotes, and who is never quoted"))
    quoted.add_argument("project", type=Path, metavar="PROJECT")
    quoted.add_argument(
        "--choose", type=int, nargs="+", metavar="N", help=_("quote these, and only chosen ones of their codes")
    )
    quoted.add_argument("--negative", action="store_true", help=_("with --choose: they speak against the theme"))
    quoted.add_argument("--note", default="", metavar="TEXT", help=_("with --choose: why; the report does not show it"))
    quoted.add_argument("--leave-out", type=int, nargs="+", metavar="N", help=_("take these out of what was chosen"))
    _add_filter(quoted)
    _add_table_forms(quoted)

    codings = add("codings", "exchange", "export", _("codings as a table, both ways"))
    ways = codings.add_subparsers(metavar="import|export", required=True)
    both_ways = (
        ("import", "import_codings", _("add codings from a table; all rows or none, each checked against the text")),
        ("export", "export_codings", _("write all codings as a table")),
    )
    for way, function, told in both_ways:
        one = ways.add_parser(way, help=told, description=told)
        one.set_defaults(command=_lazily("exchange", function))
        one.add_argument("project", type=Path, metavar="PROJECT")
        one.add_argument("file", type=Path, metavar="FILE.csv")
        if way == "export":
            one.add_argument("--overwrite", action="store_true", help=_("replace the file if it exists"))
        one.add_argument("--json", action="store_true")

    codebook = add("codebook", "exchange", "export", _("check or convert a codebook file"))
    actions = codebook.add_subparsers(metavar="check|convert", required=True)
    told = _("say all that is wrong with it, with line numbers")
    check = actions.add_parser("check", help=told, description=told)
    check.set_defaults(command=_lazily("exchange", "check_codebook"))
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true")
    told = _("write it in another format (.yaml, .xlsx, .qdc), by the ending")
    convert = actions.add_parser("convert", help=told, description=told)
    convert.set_defaults(command=_lazily("exchange", "convert_codebook"))
    convert.add_argument("source", type=Path, metavar="IN")
    convert.add_argument("target", type=Path, metavar="OUT")
    complete(parser)
    return parser


def _add_filter(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar="F",
        help=_(
            "FIELD=VALUE, several values with | between them; FIELD is group, session, document, question, code, "
            "coder, origin, respondent or an attribute; != for all others, “or” between conditions of which one is "
            "enough, @NAME for a saved filter; may be given again"
        ),
    )


def _add_table_forms(command: argparse.ArgumentParser) -> None:
    forms = command.add_mutually_exclusive_group()
    forms.add_argument("--csv", action="store_true", help=_("print the whole table as CSV"))
    forms.add_argument("--json", action="store_true", help=_("print the whole table as JSON"))
