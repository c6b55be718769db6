"""Makes the files and projects that are measured, once, into a cache folder."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from benchmarks.sizes import Size
from benchmarks.talk import SHORTEST, Talk, template

if TYPE_CHECKING:
    from qualcode.project.project import Project

VERSION = 2
"""Raised when what is made here changes, so that nobody measures an old workload."""

_ROOT = Path(__file__).resolve().parents[1]

LABELS = ("Beboer 1", "Nabo 1", "Moderator", "Beboer 2", "Vaktmester", "Nabo 2", "Beboer 3", "Beboer 4")
SPEAKERS = "{Beboer*: beboer, Nabo*: nabo, Vaktmester: vaktmester, Moderator: moderator}"
GROUPS = ("beboer", "nabo", "vaktmester", "styret")
QUESTIONS = ("Hva er viktigst?", "Hva hindrer dere?")
SHARE_ACROSS_SENTENCES = 0.02
"""Of all codings: they reach into the next sentence of their document, which may be another speaker's."""


def default_cache() -> Path:
    """Where workloads are kept unless told otherwise."""
    return Path(tempfile.gettempdir()) / f"qualcode-benchmarks-{getpass.getuser()}"


class Workloads:
    """The workloads of one size; each is made when it is asked for first.

    Args:
        cache: a folder for all sizes and versions.
        size: how big they are.
    """

    def __init__(self, cache: Path, size: Size) -> None:
        self.size = size
        self._folder = cache / f"{size.name}-{VERSION}"

    # -- files --------------------------------------------------------------------------------------------------------

    def txt_study(self) -> Path:
        """A study file of many transcripts as plain text."""
        return self._made("txt", partial(_write_transcripts, size=self.size, suffix=".txt")) / "study.yaml"

    def docx_study(self) -> Path:
        """The same transcripts as Word documents."""
        return self._made("docx", partial(_write_transcripts, size=self.size, suffix=".docx")) / "study.yaml"

    def run_study(self) -> Path:
        """A study file of the size of one real evaluation: some transcripts and a small survey."""
        return self._made("run", partial(_write_evaluation, size=self.size)) / "study.yaml"

    def template_study(self) -> Path:
        """A study of that size with the template codebook of the program, and talk that is partly to the point."""
        return self._made("template", partial(_write_template_evaluation, size=self.size)) / "study.yaml"

    def survey_study(self) -> Path:
        """A study file of one big survey in a workbook."""
        return self._made("survey", partial(_write_survey_study, n_answers=self.size.answers)) / "study.yaml"

    # -- projects -----------------------------------------------------------------------------------------------------

    def project(self) -> Path:
        """A project of all transcripts with suggestions that wait."""
        study = self.txt_study()
        return self._made("project", partial(_make_project, study=study)) / "project.qualcode"

    def template_project(self) -> Path:
        """A project of as many transcripts, talk that is partly to the point, with the program's template codebook."""
        return self._made("template-project", partial(_make_template_project, size=self.size)) / "project.qualcode"

    def coded_project(self) -> Path:
        """The same with very many codings; `codings.csv` beside it holds them by group, theme and respondent."""
        build = partial(_make_coded, base=self.project(), n_codings=self.size.codings, write_csv=True)
        return self._made("coded", build) / "project.qualcode"

    def quoted_project(self) -> Path:
        """The same with as many codings as go into a workbook."""
        build = partial(_make_coded, base=self.project(), n_codings=self.size.quotations)
        return self._made("quoted", build) / "project.qualcode"

    def long_project(self) -> Path:
        """A project of one very long transcript with thousands of codings."""
        return self._made("long", partial(_make_long, size=self.size)) / "project.qualcode"

    def _made(self, name: str, build: Callable[[Path], None]) -> Path:
        from qualcode.store.schema import SCHEMA_VERSION  # here, because some benchmarks measure what loads it

        folder = self._folder / f"{name}-schema-{SCHEMA_VERSION}"
        if not folder.exists():
            unfinished = folder.with_name(f"{name}.partial-{os.getpid()}")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir(parents=True)
            build(unfinished)
            unfinished.replace(folder)
        return folder


# -- files ------------------------------------------------------------------------------------------------------------


def _write_transcripts(folder: Path, *, size: Size, suffix: str) -> None:
    talk = Talk(1)
    for number in range(size.transcripts):
        _write_transcript(folder / f"transcript_{number:03}{suffix}", talk, size.words)
    _write_study(folder, [f"documents: [{{files: '*{suffix}', speakers: {SPEAKERS}}}]"])


def _write_evaluation(folder: Path, *, size: Size) -> None:
    talk = Talk(2)
    for number in range(size.run_transcripts):
        _write_transcript(folder / f"transcript_{number:03}.docx", talk, size.words)
    _write_survey(folder / "survey.xlsx", talk, size.run_answers)
    _write_study(folder, [f"documents: [{{files: '*.docx', speakers: {SPEAKERS}}}]", *_SURVEYS])


def _write_template_evaluation(folder: Path, *, size: Size) -> None:
    talk = Talk(2, _sample_sentences())
    for number in range(size.run_transcripts):
        _write_transcript(folder / f"transcript_{number:03}.docx", talk, size.words)
    _write_survey(folder / "survey.xlsx", talk, size.run_answers)
    material = [f"documents: [{{files: '*.docx', speakers: {SPEAKERS}}}]", *_SURVEYS]
    _write_study(folder, material, _template_codebook())


def _template_codebook() -> str:
    return json.dumps(str(_ROOT / "codebooks" / "ips_integration.yaml"))


def _sample_sentences() -> list[str]:
    """What is said in the sample's transcripts."""
    from qualcode.importing.transcripts import read_transcript
    from qualcode.model.sentences import sentence_spans

    said: list[str] = []
    for path in sorted((_ROOT / "sample_transcripts" / "transcripts").glob("[!.]*")):
        for speech in read_transcript(path).speeches:
            spans = sentence_spans(speech.text, 0, len(speech.text))
            said += [speech.text[start:end] for start, end in spans]
    return [each for each in said if len(each.split()) >= SHORTEST]


def _write_survey_study(folder: Path, *, n_answers: int) -> None:
    _write_survey(folder / "survey.xlsx", Talk(3), n_answers)
    _write_study(folder, _SURVEYS)


_SURVEYS = [
    f"surveys: [{{file: survey.xlsx, respondent: ID, group: Rolle, open: [{', '.join(map(repr, QUESTIONS))}],",
    "  closed: [{column: Skala, kind: scale, min: 0, max: 10}]}]",
]


def _write_study(folder: Path, material: list[str], codebook: str = "codebook.yaml") -> None:
    lines = ["title: Benchmark", f"codebook: {codebook}", *material]
    (folder / "study.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text(template(), encoding="utf-8")


def _speeches(talk: Talk, n_words: int) -> Iterator[tuple[str, str]]:
    """(label, words) in order; nobody speaks twice running."""
    for number, words in enumerate(talk.turns(n_words)):
        yield LABELS[number % len(LABELS)], words


def _write_transcript(path: Path, talk: Talk, n_words: int) -> None:
    if path.suffix == ".txt":
        path.write_text("\n".join(f"{label}: {words}" for label, words in _speeches(talk, n_words)), encoding="utf-8")
        return
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{label}:</w:t></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(words)}</w:t></w:r></w:p>'
        for label, words in _speeches(talk, n_words)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", f"{_DOCUMENT}<w:body>{paragraphs}<w:sectPr/></w:body></w:document>")


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>'
)
_RELATIONS = (
    f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def _write_survey(path: Path, talk: Talk, n_answers: int) -> None:
    """A sheet of respondents who answer all questions, so about n_answers in all."""
    from openpyxl import Workbook

    random = Random(4)
    answers = talk.answers(n_answers + len(QUESTIONS))
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Svar")
    sheet.append(["ID", "Rolle", *QUESTIONS, "Skala"])
    for number in range(-(-n_answers // len(QUESTIONS))):
        said = islice(answers, len(QUESTIONS))
        sheet.append([f"R{number}", random.choice(GROUPS), *said, random.randint(0, 10)])
    workbook.save(path)


# -- projects ---------------------------------------------------------------------------------------------------------


def _make_project(folder: Path, *, study: Path) -> None:
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    with Project.create(folder / "project.qualcode", "Benchmark", coder="Kari") as project:
        project.documents.import_study(read_study(study))
        project.review.suggest()


def _make_template_project(folder: Path, *, size: Size) -> None:
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    talk = Talk(2, _sample_sentences())
    for number in range(size.transcripts):
        _write_transcript(folder / f"transcript_{number:03}.txt", talk, size.words)
    _write_study(folder, [f"documents: [{{files: '*.txt', speakers: {SPEAKERS}}}]"], _template_codebook())
    with Project.create(folder / "project.qualcode", "Benchmark", coder="Kari") as project:
        project.documents.import_study(read_study(folder / "study.yaml"))


def _make_coded(folder: Path, *, base: Path, n_codings: int, write_csv: bool = False) -> None:
    from qualcode.project.project import Project

    path = folder / "project.qualcode"
    copy_project(base, path)
    with Project.open(path, coder="Kari") as project:
        _code(project, n_codings)
        if write_csv:
            _write_codings(project, folder / "codings.csv")


def _make_long(folder: Path, *, size: Size) -> None:
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    _write_transcript(folder / "long.txt", Talk(6), size.long_words)
    _write_study(folder, [f"documents: [{{files: long.txt, speakers: {SPEAKERS}}}]"])
    with Project.create(folder / "project.qualcode", "Benchmark", coder="Kari") as project:
        project.documents.import_study(read_study(folder / "study.yaml"))
        _code(project, size.long_codings)


def copy_project(source: Path, target: Path) -> None:
    """Copy a project file whole, without what a connection may have left beside it."""
    with contextlib.closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(source, target)


def _code(project: Project, n_codings: int) -> None:
    """Give the sentences of all respondents one code after the other, until there are enough codings."""
    from qualcode.store import codes, segments
    from qualcode.store.schema import segment

    random = Random(7)
    sentences = list(_sentences(project))
    n_passes = n_codings // len(sentences) + 1
    with project.step("Code"):
        code_ids = list(codes.ids_by_key(project.db).values())
        coder_ids = [
            segments.coder_for(project.db, f"Coder {number}").id for number in range(n_passes // len(code_ids) + 1)
        ]
        rows = []
        for number in range(n_codings):
            one_pass, place = divmod(number, len(sentences))
            document, start, end = sentences[place]
            if random.random() < SHARE_ACROSS_SENTENCES and place + 1 < len(sentences):
                following, _start, next_end = sentences[place + 1]
                end = next_end if following == document else end
            code = code_ids[(place * 7 + one_pass) % len(code_ids)]
            rows.append((document, start, end, code, coder_ids[one_pass // len(code_ids)], "manual", None))
        project.db.insert_rows(segment, segments.COLUMNS, rows)


def _sentences(project: Project) -> Iterator[tuple[int, int, int]]:
    from qualcode.model.document import SpeakerRole
    from qualcode.model.sentences import sentence_spans

    for document in project.documents.all(answers=False):
        content = project.documents.text(document.id)
        for turn in project.documents.turns(document.id):
            if turn.role == SpeakerRole.RESPONDENT:
                for start, end in sentence_spans(content, turn.start, turn.end):
                    yield document.id, start, end


def _write_codings(project: Project, path: Path) -> None:
    """What a pivot of respondents by theme and group needs: a row for each coding and respondent."""
    material = project.reports.material()
    codings = material.codings.drop_duplicates(["segment", "case"])
    case = material.cases.set_index("case")
    table = codings[["segment"]].assign(
        group=codings["case"].map(case["group"]).map(material.groups),
        theme=codings["code"].map(material.codes),
        respondent=codings["case"].map(case["key"]),
    )
    table.to_csv(path, index=False)
