"""Damaged and hostile files of every format: each is read or refused with a remedy; nothing crashes or hangs.

A few hundred mutations in the ordinary run; QUALCODE_MUTATIONS=10000 in the environment for the nightly one.
"""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from qualcode.importing.inspect import inspect_file
from tests.importing import odt_files, word_files
from tests.importing.foreign_projects import (
    QUALCODER_TABLES,
    TAGUETTE_TABLES,
    Mark,
    coded_text,
    mark,
    simple_qdpx,
    write_database,
)
from tests.importing.pdf_files import block, write_pdf
from tests.importing.test_ods_and_sav import ods, row

N_MUTATIONS = int(os.environ.get("QUALCODE_MUTATIONS", "400"))

TALK = (("Anna Ås", "Hei på deg: du."), ("Bo", "Ja, nå «går» det – vel."), ("Anna Ås", "Det er for få rom."))
PLAIN = "\n".join(f"{label}: {text}" for label, text in TALK)


def _docx(path: Path) -> None:
    said = [word_files.said(label, text) for label, text in TALK]
    word_files.write_word_file(path, *said, word_files.table(("a", "b"), ("c", "d")))


def _odt(path: Path) -> None:
    said = [odt_files.said(label, text) for label, text in TALK]
    odt_files.write_odt(path, *said, odt_files.table(("a", "b"), ("c", "d")))


def _rtf(path: Path) -> None:
    said = "".join(rf"\pard{{\b {label}:}} {text}\par " for label, text in TALK)
    table = r"\trowd\pard\intbl a\cell b\cell\row\pard{\footnote n}{\*\shp{\shptxt x}}\u229\'e5"
    path.write_bytes(rf"{{\rtf1\ansi\ansicpg1252{{\fonttbl{{\f0\fcharset0 A;}}}}{said}{table}}}".encode("cp1252"))


def _html(path: Path) -> None:
    said = "".join(f"<p><b>{label}:</b> {text}</p>" for label, text in TALK)
    path.write_text(f"<html><meta charset=utf-8><body>{said}<table><tr><td>a<td>b</table></body></html>", "utf-8")


def _pdf(path: Path) -> None:
    write_pdf(path, block(*(f"*{label}: *{text}" for label, text in TALK)), block("Mer."), comments=("n",))


def _txt(path: Path) -> None:
    path.write_bytes(PLAIN.encode("cp1252"))


def _vtt(path: Path) -> None:
    cues = (f"00:0{n}.000 --> 00:0{n}.900\n<v {label}>{text}</v>" for n, (label, text) in enumerate(TALK))
    path.write_text("WEBVTT\n\n" + "\n\n".join(cues), "utf-8")


def _json(path: Path) -> None:
    segments = [{"start": n, "end": n + 1, "text": text, "speaker": label} for n, (label, text) in enumerate(TALK)]
    path.write_text(json.dumps({"text": "", "segments": segments}), "utf-8")


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (("ID", "Rolle", "Svar"), ("a", "x", TALK[0][1]), ("b", 2.5, "=1+1")):
        book.worksheets[0].append(cells)
    book.save(path)


def _ods(path: Path) -> None:
    ods(path, row("ID", "Rolle", "Svar"), row("a", "x", TALK[0][1]), row("b", 2.5, TALK[1][1]))


def _sav(path: Path) -> None:
    frame = pd.DataFrame({"id": ["a", "b"], "rolle": [1.0, 9.0], "svar": [TALK[0][1], TALK[1][1] * 30]})
    labels: dict[str, dict[int | float, str]] = {"rolle": {1: "Leder", 9: "Ikke svart"}}
    pyreadstat.write_sav(frame, str(path), variable_value_labels=labels, missing_ranges={"rolle": [9]})


def _csv(path: Path) -> None:
    path.write_bytes('ID;Rolle;Svar\na;"x\n1";ja\nb;2,5;"nei ""vel"""\n'.encode("cp1252"))


def _qdpx(path: Path) -> None:
    marks = [mark(PLAIN, "Ja, nå"), Mark(3, 9, name="Det er for få…", inside='<NoteRef targetGUID="n1"/>')]
    more = (
        '<Cases><Case guid="x" name="Bo"><SourceRef targetGUID="d1"/><SelectionRef targetGUID="s1"/></Case></Cases>'
        '<Notes><Note guid="n1" name="a"><PlainTextContent>b</PlainTextContent></Note></Notes>'
    )
    simple_qdpx(path, marks, PLAIN.encode("utf-16"), more=more)


def _sqlite3(path: Path) -> None:
    page = "".join(f"<p><b>{label}:</b> {text}</p>" for label, text in TALK)
    rows: dict[str, list[dict[str, object]]] = {
        "projects": [{"id": 1, "name": "a"}],
        "documents": [{"id": 1, "name": "b", "project_id": 1, "contents": page}],
        "tags": [{"id": 1, "project_id": 1, "path": "c.d"}],
        "highlights": [{"id": 1, "document_id": 1, "start_offset": 10, "end_offset": 15, "snippet": "<p>på deg</p>"}],
        "highlight_tags": [{"highlight_id": 1, "tag_id": 1}],
    }
    write_database(path, TAGUETTE_TABLES, rows)


def _qda(path: Path) -> None:
    rows: dict[str, list[dict[str, object]]] = {
        "source": [{"id": 1, "name": "a", "fulltext": PLAIN}],
        "code_cat": [{"catid": 1, "name": "b"}],
        "code_name": [{"cid": 1, "name": "c", "catid": 1}],
        "code_text": [coded_text(1, 1, 1, PLAIN, "på deg")],
        "cases": [{"caseid": 1, "name": "Bo"}],
        "case_text": [{"caseid": 1, "fid": 1, "pos0": 3, "pos1": 9}],
    }
    write_database(path, QUALCODER_TABLES, rows)


WRITERS: dict[str, Callable[[Path], None]] = {
    ".docx": _docx,
    ".odt": _odt,
    ".rtf": _rtf,
    ".html": _html,
    ".pdf": _pdf,
    ".txt": _txt,
    ".vtt": _vtt,
    ".json": _json,
    ".xlsx": _xlsx,
    ".ods": _ods,
    ".sav": _sav,
    ".csv": _csv,
    ".qdpx": _qdpx,
    ".sqlite3": _sqlite3,
    ".qda": _qda,
}
SPLICES = (
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"<" * 50,
    b"{" * 50,
    b"[" * 50,
    b"\\u-1?",
    b'"',
    b"99999999999",
)


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them flipped, cut, doubled, moved or replaced."""
    held = bytearray(raw)
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        if not held:
            break
        at = chance.randrange(len(held))
        length = chance.choice((1, 4, 16, 200))
        kind = chance.randrange(6)
        if kind == 0:
            held[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del held[at : at + length]
        elif kind == 2:
            held[at:at] = held[at : at + length] * chance.choice((1, 1, 30))
        elif kind == 3:
            held[at:at] = chance.choice(SPLICES)
        elif kind == 4:
            held[at : at + length] = chance.randbytes(min(length, len(held) - at))
        else:
            del held[at + length * 10 :]
    return bytes(held)


def mutated_inside(raw: bytes, chance: random.Random) -> bytes:
    """A zip container whose directory is sound and one of whose parts is not."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        names = before.namelist()
        chosen = chance.choice([name for name in names if name.endswith("xml")] or names)
        for name in names:
            held = before.read(name)
            after.writestr(name, mutated(held, chance) if name == chosen else held)
    return changed.getvalue()


@pytest.mark.parametrize("suffix", WRITERS)
def test_whole_files_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](path)
    report = inspect_file(path)
    assert report["outcome"] in ("import", "warn"), report["problems"]
    assert report["turns"] or report["tables"] or report["project"]


@pytest.mark.parametrize("suffix", WRITERS)
def test_damaged_files_are_read_or_refused_with_a_remedy(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    WRITERS[suffix](path)
    whole = path.read_bytes()
    chance = random.Random(f"{suffix} 1")
    for number in range(max(1, N_MUTATIONS // len(WRITERS))):
        inside = whole.startswith(b"PK") and number % 2
        path.write_bytes(mutated_inside(whole, chance) if inside else mutated(whole, chance))
        report = inspect_file(path)
        if report["outcome"] == "refuse":
            problems = report["problems"]
            assert isinstance(problems, list)
            assert all(problem["what"] and problem["hint"] for problem in problems), (number, problems)


@pytest.mark.parametrize("content", WRITERS)
def test_an_ending_that_lies_is_no_crash(tmp_path: Path, content: str) -> None:
    WRITERS[content](tmp_path / "whole")
    raw = (tmp_path / "whole").read_bytes()
    for suffix in WRITERS:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(raw)
        assert inspect_file(path)["outcome"] in ("import", "warn", "ask", "refuse")
