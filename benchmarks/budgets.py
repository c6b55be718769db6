"""What is measured, in which lines, and what each line may take: the program's speed budget as a table."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.sizes import Size


@dataclass(frozen=True, slots=True)
class Budget:
    """What a line may take: so many times its reference, or so many seconds on two ordinary cores."""

    limit: float
    in_seconds: bool = False

    def __str__(self) -> str:
        if not self.in_seconds:
            return f"≤ {self.limit:g} x"
        return f"≤ {self.limit:g} s" if self.limit >= 1 else f"≤ {self.limit * 1000:g} ms"

    def holds(self, seconds: float, ratio: float | None) -> bool | None:
        """Whether the measured time is within the budget; None if that cannot be said."""
        measured = seconds if self.in_seconds else ratio
        return None if measured is None else measured <= self.limit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `work` names numbers of the size in braces."""

    name: str
    work: str
    budget: Budget | None = None
    reference: str = ""

    def work_of(self, size: Size) -> str:
        """The work with the numbers of a size."""
        return self.work.format(size=size)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What one process measures: a function (module:name) and the lines that it fills.

    Attributes:
        workloads: what it needs, made beforehand in another process.
    """

    name: str
    function: str
    lines: tuple[Line, ...]
    workloads: tuple[str, ...] = ()


PEAK_MB = 1000
"""What any of these may take of memory."""

BENCHMARKS = (
    Benchmark(
        "version",
        "startup:version",
        (Line("version", "`qualcode --version`", Budget(3), "python -c pass"),),
    ),
    Benchmark(
        "libraries",
        "startup:libraries",
        (Line("libraries", "importing the libraries of a run (in no line below but the next)"),),
    ),
    Benchmark(
        "empty-window",
        "startup:empty_window",
        (Line("empty-window", "window usable, empty, from nothing", Budget(1.5), "bare PySide6 window"),),
    ),
    Benchmark(
        "run",
        "material:run",
        (
            Line(
                "run",
                "`qualcode run --accept-suggestions`, {size.run_transcripts} docx x {size.words:,} words, "
                "{size.run_answers} answers",
                Budget(4, in_seconds=True),
            ),
        ),
        ("run_study",),
    ),
    Benchmark(
        "run-template",
        "material:run_template",
        (
            Line(
                "run-template",
                "the same with the template of the program, used for the first time",
                Budget(4, in_seconds=True),
            ),
        ),
        ("template_study",),
    ),
    Benchmark(
        "open-project",
        "window:open_project",
        (
            Line(
                "open-project",
                "open a project of {size.transcripts} x {size.words:,} words, first text painted",
                Budget(0.5, in_seconds=True),
                "QPlainTextEdit shows that text",
            ),
        ),
        ("project",),
    ),
    Benchmark(
        "import-txt",
        "material:import_txt",
        (
            Line(
                "import-txt",
                "import {size.transcripts} txt x {size.words:,} words",
                Budget(3, in_seconds=True),
                "read and decode",
            ),
        ),
        ("txt_study",),
    ),
    Benchmark(
        "import-docx",
        "material:import_docx",
        (
            Line(
                "import-docx",
                "import {size.transcripts} docx x {size.words:,} words",
                Budget(20, in_seconds=True),
                "lxml parses document.xml",
            ),
        ),
        ("docx_study",),
    ),
    Benchmark(
        "suggest",
        "suggesting:suggest",
        (
            Line(
                "suggest",
                "suggest over {size.transcripts} x {size.words:,} words, 40 codes, 240 terms",
                Budget(5),
                "Aho-Corasick alone",
            ),
        ),
        ("project",),
    ),
    Benchmark(
        "rerun",
        "suggesting:rerun",
        (
            *(
                Line(
                    line,
                    "suggest again after one rule of one code changed, {size.transcripts} x {size.words:,} words, "
                    + when,
                    Budget(0.05) if line == "rerun" else None,
                    "suggesting everything again",
                )
                for line, when in (
                    ("rerun_first", "first change"),
                    ("rerun_second", "second change, which begins an index"),
                    ("rerun", "seventh change and each further one"),
                )
            ),
        ),
        ("project",),
    ),
    Benchmark(
        "rerun-like",
        "suggesting:rerun_like",
        tuple(
            Line(
                line,
                "suggest again after one of the template's sentences changed, "
                "{size.transcripts} x {size.words:,} words, " + when,
                Budget(0.05) if line == "rerun_like" else None,
                "suggesting everything again",
            )
            for line, when in (
                ("rerun_like_first", "first change"),
                ("rerun_like", "second change and each further one"),
            )
        ),
        ("template_project",),
    ),
    Benchmark(
        "pieces",
        "suggesting:pieces",
        (
            Line(
                "store-piece",
                "longest piece in which what the rules found in {size.transcripts} x {size.words:,} words is stored",
                Budget(0.35),
                "all pieces together",
            ),
            Line("undo-piece", "longest piece in which that is undone", Budget(0.35), "all pieces together"),
        ),
        ("project",),
    ),
    Benchmark(
        "search",
        "searching:search",
        (
            Line(
                "search",
                "find two words in any form in {size.transcripts} x {size.words:,} words",
                reference="one regular expression",
            ),
        ),
        ("project",),
    ),
    Benchmark(
        "theme-table",
        "tables:theme_table",
        (
            Line(
                "theme-table-cold",
                "group x theme table over {size.codings:,} codings, cold",
                Budget(3),
                "pandas: read CSV and pivot",
            ),
            Line("theme-table-warm", "the same, warm", Budget(1), "pandas: read CSV and pivot"),
        ),
        ("coded_project",),
    ),
    Benchmark(
        "cooccurrence",
        "tables:cooccurrence",
        (Line("cooccurrence", "co-occurrence of 300 codes over {size.codings:,} codings", Budget(3), "NumPy"),),
    ),
    Benchmark(
        "survey",
        "material:survey",
        (
            Line(
                "survey",
                "{size.answers:,} survey answers from xlsx: import, suggest, count",
                Budget(12),
                "python-calamine reads it",
            ),
        ),
        ("survey_study",),
    ),
    Benchmark(
        "long-text",
        "window:long_text",
        (
            Line(
                "open-text",
                "a text of {size.long_words:,} words with {size.long_codings:,} codings: open",
                Budget(0.3, in_seconds=True),
                "QPlainTextEdit shows it",
            ),
            Line("scroll-page", "- scroll a page", Budget(0.016, in_seconds=True), "QPlainTextEdit scrolls"),
            Line("add-coding", "- add a coding", Budget(0.05, in_seconds=True)),
        ),
        ("long_project",),
    ),
    Benchmark(
        "quotations",
        "tables:quotations",
        (
            Line(
                "quotations",
                "all quotations of {size.quotations:,} codings to xlsx",
                Budget(2),
                "openpyxl writes the rows",
            ),
        ),
        ("quoted_project",),
    ),
)
