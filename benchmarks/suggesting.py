"""Looking for themes in all transcripts, beside an Aho-Corasick search for the bare terms."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figures, Took
from benchmarks.loading import load_libraries
from benchmarks.talk import template_terms
from benchmarks.workloads import Workloads


def suggest(workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """Scan and score in one process; reading and writing the project is left out."""
    load_libraries()
    import ahocorasick_rs

    from qualcode.autocoding.suggest import Passage, Scanned, suggest_all
    from qualcode.model.document import SpeakerRole
    from qualcode.project.project import Project

    with Project.open(workloads.project(), read_only=True) as project:
        codebook = project.codebook.current()
        texts = []
        for document in project.documents.all(answers=False):
            turns = project.documents.turns(document.id)
            said = [Passage(turn.start, turn.end, turn.group) for turn in turns if turn.role != SpeakerRole.MODERATOR]
            texts.append(Scanned(document.id, project.documents.text(document.id), tuple(said)))
    with figures.measure("suggest"):
        for _document, _proposals in suggest_all(texts, codebook):
            pass
    folded = [each.text.lower() for each in texts]
    terms = [part for terms in template_terms() for term in terms for part in term.split(" ... ")]
    search = ahocorasick_rs.AhoCorasick(sorted(set(terms)))
    with figures.refer("suggest"):
        for text in folded:
            search.find_matches_as_indexes(text, overlapping=True)


def rerun(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """One rule of one code changes, and the rules run again, beside a whole run, both with reading and writing.

    The first change of a sitting looks through all texts for the rules of its code; each of the next makes a quarter of
    an index of their words and looks through what that does not know; then the index is used.
    """
    load_libraries()
    import shutil
    from dataclasses import replace

    from qualcode.project.project import Project

    path = Path(shutil.copy(workloads.project(), scratch / "rerun.qualcode"))
    with Project.open(path) as project:
        project.review.suggest(whole=True)
        changing = [code for code in project.codebook.current().codes if len(code.rules[0].any) > 1]
        lines = ("rerun_first", "rerun_second", "", "", "", "", "rerun")
        for line, code in zip(lines, changing, strict=False):
            rule = replace(code.rules[0], any=code.rules[0].any[:-1])
            project.codebook.change_rules(code.id, [rule, *code.rules[1:]])
            with figures.measure(line) if line else contextlib.nullcontext():
                project.review.suggest()
        with figures.refer("rerun_first"), figures.refer("rerun_second"), figures.refer("rerun"):
            project.review.suggest(whole=True)


def rerun_like(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """One sentence that a code's rule gives is taken away, and the rules run again, beside a whole run.

    The first change of a sitting takes the texts' sentences apart; what they are made of is kept for the next ones.
    Both the changes and the whole run find the sentences of a codebook unknown and fit them.
    """
    load_libraries()
    import os
    import shutil
    from dataclasses import replace

    from qualcode.project.project import Project

    os.environ["XDG_CACHE_HOME"] = str(scratch)  # what was solved before is kept there
    path = Path(shutil.copy(workloads.template_project(), scratch / "rerun_like.qualcode"))
    with Project.open(path) as project:
        project.review.suggest(whole=True)
        changing = [code for code in project.codebook.current().codes if any(len(rule.like) > 1 for rule in code.rules)]
        measured = figures.measure("rerun_like_first"), figures.measure("rerun_like"), figures.refer("rerun_like")
        for place, (code, measuring) in enumerate(zip(changing, measured, strict=False)):
            rules = [replace(rule, like=rule.like[:-1]) for rule in code.rules]
            project.codebook.change_rules(code.id, rules)
            with measuring:
                project.review.suggest(whole=place == len(measured) - 1)
        figures.reference["rerun_like_first"] = figures.reference["rerun_like"]


def pieces(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """The longest piece in which a whole run goes into the project and is undone, beside all pieces together.

    Between two pieces the window looks for what the user wants; a piece holds it up.
    """
    load_libraries()
    import shutil

    from qualcode.project.project import Project

    path = Path(shutil.copy(workloads.project(), scratch / "pieces.qualcode"))
    with Project.open(path) as project:
        run = project.review.rule_run(whole=True)
        _longest(figures, "store-piece", project.review.storing(run, run.find()))
        _longest(figures, "undo-piece", project.going_to((project.last_step_id or 1) - 1))


def _longest(figures: Figures, line: str, work: Iterator[object]) -> None:
    each: list[Took] = []
    is_over = False
    while not is_over:
        began, cpu_began = time.perf_counter(), time.process_time()
        is_over = next(work, None) is None
        each.append(Took(time.perf_counter() - began, time.process_time() - cpu_began))
    figures.work[line] = Took(max(one.seconds for one in each), max(one.cpu for one in each))
    figures.reference[line] = Took(sum(one.seconds for one in each), sum(one.cpu for one in each))
