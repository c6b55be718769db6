"""Makes one workload or measures one benchmark, in a process of its own; prints what came out as JSON.

usage: python -m benchmarks.child make|measure NAME SIZE CACHE
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.budgets import BENCHMARKS, Benchmark
from benchmarks.figures import Figures, NotYetError
from benchmarks.sizes import SIZES
from benchmarks.workloads import Workloads


def main(arguments: list[str]) -> int:
    """Does it, and prints `{"not_yet": reason}` where the program cannot do it yet."""
    task, name, size, cache = arguments
    workloads = Workloads(Path(cache), SIZES[size])
    try:
        if task == "make":
            getattr(workloads, name)()
            result: dict[str, Any] = {}
        else:
            result = _measure(next(each for each in BENCHMARKS if each.name == name), workloads).as_json()
    except (NotYetError, ImportError) as error:
        result = {"not_yet": str(error)}
    print(json.dumps(result))
    return 0


def _measure(benchmark: Benchmark, workloads: Workloads) -> Figures:
    module, function = benchmark.function.split(":")
    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="qualcode-benchmark-") as scratch:
        getattr(import_module(f"benchmarks.{module}"), function)(workloads, figures, Path(scratch))
    return figures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
