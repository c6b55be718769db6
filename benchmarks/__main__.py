"""Measures the lines of the speed budget and prints them as a table: `python -m benchmarks`."""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.budgets import BENCHMARKS, Benchmark
from benchmarks.figures import Figures
from benchmarks.outcome import Outcome, circumstances, table
from benchmarks.sizes import FULL, QUICK, SIZES, Size
from benchmarks.workloads import default_cache

_ROOT = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0, or 1 if a benchmark broke, or 2 if no benchmark is called so."""
    options = _parser().parse_args(arguments)
    wanted = [each for each in BENCHMARKS if not options.only or _is_named(each, options.only)]
    if not wanted:
        names = ", ".join(each.name for each in BENCHMARKS)
        print(f"No benchmark is called {', '.join(options.only)}. There are: {names}.", file=sys.stderr)
        return 2
    size = QUICK if options.quick else SIZES[options.size]
    outcomes: list[Outcome] = []
    loads = []
    for benchmark in wanted:
        print(f"{benchmark.name} ...", file=sys.stderr, flush=True)
        outcomes.extend(measured(benchmark, size, options.cache, options.repeats or size.repeats))
        loads.append(_load())
    about = {**circumstances(), "size": size.name, "load_highest": max(loads)}
    print(table(outcomes, size))
    print()
    print(_described(about))
    if options.json is not None:
        record = {**about, "lines": [outcome.as_json(size) for outcome in outcomes]}
        options.json.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(any(outcome.reason.startswith("broke") for outcome in outcomes))


def measured(benchmark: Benchmark, size: Size, cache: Path, repeats: int) -> list[Outcome]:
    """The lines of a benchmark, each repeat in a process of its own."""
    for workload in benchmark.workloads:
        result = _in_child("make", workload, size, cache)
        if "work" not in result and result:
            return _unmeasured(benchmark, result)
    figures = []
    for _repeat in range(repeats):
        result = _in_child("measure", benchmark.name, size, cache)
        if "work" not in result:
            return _unmeasured(benchmark, result)
        figures.append(Figures.from_json(result))
    return [Outcome.of(line, figures) for line in benchmark.lines]


def _unmeasured(benchmark: Benchmark, result: dict[str, Any]) -> list[Outcome]:
    reason = "not yet" if "not_yet" in result else "broke"
    if "not_yet" in result:
        print(f"  not yet: {result['not_yet']}", file=sys.stderr)
    return [Outcome(line, reason=reason) for line in benchmark.lines]


def _in_child(task: str, name: str, size: Size, cache: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.child", task, name, size.name, str(cache)]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        return {"broke": done.returncode}
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _is_named(benchmark: Benchmark, patterns: Sequence[str]) -> bool:
    names = [benchmark.name, *(line.name for line in benchmark.lines)]
    return any(fnmatch.fnmatch(name, pattern) for name in names for pattern in patterns)


def _load() -> float:
    """How many processes wanted a processor in the last minute; 0 on Windows, which does not say."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0


def _described(about: dict[str, Any]) -> str:
    libraries = ", ".join(f"{name} {number}" for name, number in about["libraries"].items())
    return (
        f"{about['made_at']}, {about['machine']}, load at most {about['load_highest']} (1 is this measuring), "
        f"size {about['size']}.\nPython {about['python']}, Qualcode {about['qualcode']}, {libraries}."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join(each.name for each in BENCHMARKS)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help=f"one of {names}; * is allowed")
    parser.add_argument("--quick", action="store_true", help="small workloads, measured once; budgets are not judged")
    parser.add_argument("--size", choices=SIZES, default=FULL.name, help="how big the workloads are")
    parser.add_argument("--repeats", type=int, help="how many times each is measured; the median counts")
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where workloads are kept")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
