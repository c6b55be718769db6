"""Finding a word in any form in all transcripts, beside one regular expression for it over the same texts."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.loading import load_libraries
from benchmarks.workloads import Workloads


def search(workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """From opening the project to the places, as the window does it on its worker thread."""
    load_libraries()
    from qualcode.project.project import Project

    with figures.measure("search"), Project.open(workloads.project(), read_only=True) as project:
        project.search.find("møte arbeid")
    with Project.open(workloads.project(), read_only=True) as project:
        documents = project.documents.all(answers=False)
        texts = [project.documents.text(document.id) for document in documents]
    words = re.compile(r"\b(?:møte|arbeid)\w*", re.IGNORECASE)
    with figures.refer("search"):
        for text in texts:
            words.findall(text)
