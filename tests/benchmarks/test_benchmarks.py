"""The benchmarks run at all, and measure what they say; no test looks at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.__main__ import main
from benchmarks.budgets import BENCHMARKS, Budget, Line
from benchmarks.figures import Figures, Took
from benchmarks.outcome import Outcome, table
from benchmarks.sizes import FULL, TINY
from benchmarks.talk import LONGEST, N_CODES, N_TERMS, Talk, template_terms
from benchmarks.workloads import Workloads

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workloads")


def test_the_command_measures_lines_beside_their_references(
    cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    only = ["--only", "theme-table", "--only", "cooccurrence"]
    assert main([*only, "--size", "tiny", "--cache", str(cache), "--json", str(figures)]) == 0
    lines = {line["line"]: line for line in json.loads(figures.read_text(encoding="utf-8"))["lines"]}
    assert lines["theme-table-cold"]["ratio"] > 0
    assert lines["theme-table-cold"]["within"] is None  # a small workload says nothing about the budget
    assert lines["cooccurrence"]["ratio"] > 0
    printed = capsys.readouterr().out
    assert "over 500 codings, cold" in printed
    assert "co-occurrence of 300 codes over 500 codings" in printed


def test_an_unknown_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "nothing"]) == 2
    assert "theme-table" in capsys.readouterr().err


def test_the_reference_counts_the_same_respondents_as_the_program(cache: Path) -> None:
    from qualcode.project.project import Project

    path = Workloads(cache, TINY).coded_project()
    codings = pd.read_csv(path.with_name("codings.csv"))
    pivot = codings.pivot_table(index="theme", columns="group", values="respondent", aggfunc="nunique", fill_value=0)
    with Project.open(path, read_only=True) as project:
        assert project.segments.count() == TINY.codings
        counted = project.reports.theme_table()
        parents = set(counted["parent"])
    own = counted[~counted["theme"].isin(parents) & (counted["group"] != "(all)")]
    own = own.pivot_table(index="theme", columns="group", values="respondents")
    pd.testing.assert_frame_equal(own, pivot.loc[own.index, own.columns], check_dtype=False, check_names=False)


def test_a_run_loads_no_library_late(cache: Path, tmp_path: Path) -> None:
    study = Workloads(cache, TINY).run_study()
    program = f"""
import sys
from pathlib import Path
from benchmarks.loading import load_libraries
load_libraries()
before = {{name.split('.')[0] for name in sys.modules}}
from qualcode.project.study_run import run_study
run_study(Path({str(study)!r}), Path({str(tmp_path / "results")!r}), accept_suggestions=True)
print('|'.join({{name.split('.')[0] for name in sys.modules}} - before))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1:] in ([], [""])


def test_talk_is_the_same_for_a_seed_and_mentions_the_template() -> None:
    sentences = list(Talk(1).sentences(20_000))
    assert sentences == list(Talk(1).sentences(20_000))
    assert max(len(sentence.split()) for sentence in sentences) <= LONGEST + 2
    terms = [term.split(" ... ")[0] for terms in template_terms() for term in terms]
    share = sum(any(term in sentence for term in terms) for sentence in sentences) / len(sentences)
    assert 0.03 < share < 0.05
    assert (len(terms), len(set(map(tuple, template_terms())))) == (N_CODES * N_TERMS, N_CODES)


def test_an_outcome_is_the_middle_of_its_repeats() -> None:
    line = Line("x", "work of {size.answers:,} answers", Budget(2), "reference")
    repeats = [
        Figures({"x": Took(own, own)}, {"x": Took(other, other)}, peak)
        for own, other, peak in [(1.0, 1.0, 90.0), (3.0, 1.0, 200.0), (8.0, 2.0, 100.0)]
    ]
    outcome = Outcome.of(line, repeats)
    assert (outcome.work, outcome.ratio, outcome.peak_mb) == (Took(3, 3), 3, 200)
    assert outcome.within(FULL) is False
    assert "work of 100,000 answers | 3.00    | reference | 1.00    | 3.00  | ≤ 2 x  | NO" in table([outcome], FULL)


def test_too_much_memory_breaks_the_budget() -> None:
    line = Line("x", "work", Budget(2, in_seconds=True))
    assert Outcome.of(line, [Figures({"x": Took(1, 1)}, {}, 900)]).within(FULL)
    assert Outcome.of(line, [Figures({"x": Took(1, 1)}, {}, 1100)]).within(FULL) is False


def test_names_of_lines_are_unique() -> None:
    names = [line.name for benchmark in BENCHMARKS for line in benchmark.lines]
    assert len(names) == len(set(names))
