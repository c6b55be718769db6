"""Which reader reads which kind of file; a new format is a new line here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from qualcode.errors import ImportingError
from qualcode.i18n import _, nearest
from qualcode.importing.delimited_reader import read_delimited
from qualcode.importing.docx_reader import read_docx
from qualcode.importing.html_reader import read_html
from qualcode.importing.json_reader import read_json
from qualcode.importing.odt_reader import read_odt
from qualcode.importing.pdf_reader import read_pdf
from qualcode.importing.report import RawTranscript
from qualcode.importing.rtf_reader import read_rtf
from qualcode.importing.sav_reader import read_sav
from qualcode.importing.sheets import RawTableFile
from qualcode.importing.subtitle_reader import read_subtitles
from qualcode.importing.text_reader import read_text
from qualcode.importing.workbook_reader import read_workbook

_OTHER_PROJECT = re.compile(  # of NVivo, MAXQDA, ATLAS.ti, f4analyse, Quirkos
    r"\.(?:nvpx?|nvcx|me?x\d*|mqda|atlproj\d*|atlasproj\d*|atlcb|hpr7|hprx?|f4p|f4a|qrk)"
)

TranscriptReader = Callable[[Path, str | None], RawTranscript]
TableReader = Callable[[Path, str | None, str | None], RawTableFile]
Reader = TypeVar("Reader")

TRANSCRIPT_READERS: Mapping[str, TranscriptReader] = {  # called with the path and the encoding, if one was given
    ".docx": read_docx,
    ".docm": read_docx,
    ".odt": read_odt,
    ".txt": read_text,
    ".cha": read_text,
    ".md": read_text,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".html": read_html,
    ".htm": read_html,
    ".vtt": read_subtitles,
    ".srt": read_subtitles,
    ".sbv": read_text,
    ".json": read_json,
}
TABLE_READERS: Mapping[str, TableReader] = {  # called with the path, the encoding and the separator, if given
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".ods": read_workbook,
    ".sav": read_sav,
    ".csv": read_delimited,
    ".tsv": read_delimited,
}


def reader_for(path: Path, readers: Mapping[str, Reader]) -> Reader:
    """The reader for a file's ending; ImportingError that lists what can be read if there is none."""
    suffix = path.suffix.lower()
    if suffix in readers:
        return readers[suffix]
    raise unknown_ending(path, readers)


def unknown_ending(path: Path, endings: Iterable[str]) -> ImportingError:
    """What to raise for a file whose ending is not among `endings`."""
    suffix = path.suffix.lower()
    endings = sorted(endings)
    hint = _("These endings can be read: {endings}.").format(endings=", ".join(endings))
    elsewhere = {
        ".doc": _("Open it in Word and save it as .docx."),
        ".xls": _("Open it in Excel and save it as .xlsx."),
        ".pages": _("Open it in Pages and export it as .docx."),
        ".numbers": _("Open it in Numbers and export it as .xlsx."),
        ".xlsb": _("Open it in Excel and save it as .xlsx."),
        ".yaml": _("A study file is given with --study, or opened; a codebook is named in a study file."),
        ".qdc": _("A codebook is named in a study file, or chosen for a new study."),
        ".qualcode": _("It is a project of its own: open it."),
    }.get(".yaml" if suffix == ".yml" else suffix)
    if elsewhere is None and _OTHER_PROJECT.fullmatch(suffix):
        elsewhere = _("Open it in the program that made it and export it as a REFI-QDA project (.qdpx).")
    near = nearest(suffix, endings) if suffix and elsewhere is None else None
    if near is not None:
        elsewhere = _("Did you mean {name!r}?").format(name=near)
    what = _("{file} ends in {suffix}, which cannot be read here.") if suffix else _("{file} has no ending.")
    return ImportingError(what.format(file=path.name, suffix=suffix), hint=f"{elsewhere} {hint}" if elsewhere else hint)
