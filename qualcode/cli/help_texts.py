"""What `--help` says of arguments that many commands share, and an example of each command."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from qualcode.i18n import _


class _Formatter(argparse.HelpFormatter):
    """Help in the language in use; argparse itself knows the language of the system's catalogues only."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix if prefix is not None else _("usage:") + " ")


def complete(parser: argparse.ArgumentParser, name: str = "") -> None:
    """Give every argument without a help text the shared one, and each command its example."""
    shared = _shared()
    example = EXAMPLES.get(name)
    if example:
        parser.epilog = (
            _("Example: {command}").format(command=f"qualcode {name.replace('-', ' ')} {example}").replace("%", "%%")
        )
    parser.formatter_class = _Formatter
    parser._positionals.title, parser._optionals.title = _("arguments"), _("options")
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            action.help = _("show this and end")
        elif isinstance(action, argparse._VersionAction):
            action.help = _("show the version and end")
        elif isinstance(action, argparse._SubParsersAction):
            for sub_name, command in action.choices.items():
                complete(command, f"{name} {sub_name}".strip())
        elif action.help is None:
            action.help = shared.get(action.dest)


def _shared() -> dict[str, str]:
    return {
        "project": _("a project file (.qualcode)"),
        "study": _("a study file; docs/study-file.md says what it holds"),
        "file": _("the file"),
        "files": _("one file or several"),
        "source": _("the file to read"),
        "target": _("the file to write"),
        "json": _("print JSON instead of sentences"),
        "groups": _("names of groups"),
        "by": _("what the groups are: group (if not given), session, document, question or an attribute"),
        "unit": _("what is judged"),
        "name": _("what it is called"),
        "theme": _("key or name of the theme"),
        "query": _("what to look for; in quotation marks if it has spaces"),
        "session": _("this session only, in order"),
        "words": _("with `import` the sheet is read, without it the respondents are listed"),
    }


EXAMPLES = {
    "run": "sample_transcripts/study.yaml --out results --accept-suggestions",
    "inspect": "interviews/*.docx survey.xlsx",
    "new": "mine.qualcode --study study.yaml",
    "import": "mine.qualcode new_interview.docx --kind interview --group Leaders",
    "originals": "mine.qualcode --out originals",
    "suggest": "mine.qualcode",
    "count": 'mine.qualcode --by group+Region --depth 0 --filter "session!=Team A"',
    "compare": "mine.qualcode Leaders Staff --csv",
    "cooccurrence": "mine.qualcode --unit answer",
    "search": 'mine.qualcode "shared calendar" --mode phrase',
    "memos": "mine.qualcode --csv",
    "evaluate": "mine.qualcode --against coded_by_hand.csv --unit sentence",
    "learn": "mine.qualcode --next 20",
    "agreement": "mine.qualcode --coders Kari Ola --unit turn",
    "agreement-sample": "mine.qualcode --name pilot --share 0.1",
    "agreement-settle": "mine.qualcode disagreements.csv",
    "joint": 'mine.qualcode --match trust="How much do you trust them (0-10)"',
    "lens": "mine.qualcode --share 0.3 --group Leaders",
    "saturation": 'mine.qualcode --order "Team B" "Team A"',
    "framework": "mine.qualcode --rows session --out matrix.xlsx",
    "framework-summary": 'mine.qualcode --rows session --row "Team A" --theme trust --text "It grew."',
    "sequence": 'mine.qualcode --session "Team A"',
    "proximity": "mine.qualcode --within 1",
    "closed": "mine.qualcode --by Region",
    "respondents": "import mine.qualcode people.xlsx --preview",
    "export": "mine.qualcode report.docx --groups Leaders Staff",
    "quotations": "mine.qualcode --choose 12 40",
    "codings import": "mine.qualcode codings.csv",
    "codings export": "mine.qualcode codings.csv",
    "codebook check": "codebook.yaml",
    "codebook convert": "codebook.yaml codebook.xlsx",
}
