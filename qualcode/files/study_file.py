"""Study files: what a study consists of, read with line numbers and written with relative paths."""

from __future__ import annotations

import os
from pathlib import Path

from qualcode.errors import StudyFileError
from qualcode.files.findings import Findings
from qualcode.files.study import ClosedQuestion, DocumentSource, Study, SurveySource
from qualcode.files.study_reader import study_from
from qualcode.files.text_files import read_text, replace_text
from qualcode.files.yaml_tree import parse
from qualcode.files.yaml_writing import Plain, PlainMapping, entry_lines
from qualcode.i18n import _, ngettext
from qualcode.model.document import DocumentKind
from qualcode.model.words import NOT_AN_ANSWER

__all__ = ["ClosedQuestion", "DocumentSource", "Study", "SurveySource", "read_study", "write_study"]


def read_study(path: Path) -> Study:
    """The study that a file describes; files are looked for, not opened.

    Raises:
        StudyFileError: the file can't be read, is wrong, or names files that don't exist; with all problems and lines.
    """
    findings = Findings(path.name)
    text = read_text(path, findings)
    root = None if text is None else parse(text, findings)
    if root is not None and root.entry("codes") and not (root.entry("documents") or root.entry("surveys")):
        findings.add(0, _("This is a codebook, not a study file."), _("Name it in a study file, under codebook."))
        root = None
    study = None if root is None else study_from(root, path, findings)
    errors = findings.errors()
    if study is None or errors:
        message = ngettext(
            "The study file {file} has {n} error.", "The study file {file} has {n} errors.", len(errors)
        ).format(file=path.name, n=len(errors))
        raise StudyFileError.from_problems(message, errors)
    return study


def write_study(study: Study, path: Path) -> None:
    """Write a study file; paths are relative to it where they can be.

    Raises:
        StudyFileError: the file can't be written.
    """
    folder = path.absolute().parent.resolve()
    content: PlainMapping = {"title": study.title, "codebook": _relative(study.codebook, folder)}
    if study.documents:
        content["documents"] = [_document_content(each, folder) for each in study.documents]
    if study.surveys:
        content["surveys"] = [_survey_content(each, folder) for each in study.surveys]
    if study.groups:
        content["groups"] = {group: list(spellings) for group, spellings in study.groups.items()}
    if study.not_an_answer != NOT_AN_ANSWER:
        content["not_an_answer"] = list(study.not_an_answer)
    content["analysis"] = {"language": study.language, "unit": study.unit.value, "small_cell": study.small_cell}
    replace_text(path, "".join(entry_lines(key, value, 0) for key, value in content.items()), StudyFileError)


def _relative(file: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(file, folder)).as_posix()
    except ValueError:  # on another drive
        return file.as_posix()


def _files_content(files: tuple[Path, ...], folder: Path) -> Plain:
    return _relative(files[0], folder) if len(files) == 1 else [_relative(file, folder) for file in files]


def _document_content(source: DocumentSource, folder: Path) -> PlainMapping:
    content: PlainMapping = {"files": _files_content(source.files, folder)}
    if source.kind is not DocumentKind.FOCUS_GROUP:
        content["kind"] = source.kind.value
    if source.session:
        content["session"] = source.session
    if source.same_people:
        content["same_people"] = True
    if source.encoding:
        content["encoding"] = source.encoding
    if source.speakers:
        content["speakers"] = dict(source.speakers)
    if source.same_speaker:
        content["same_speaker"] = {name: list(spellings) for name, spellings in source.same_speaker.items()}
    return content


def _survey_content(source: SurveySource, folder: Path) -> PlainMapping:
    key = "file" if len(source.files) == 1 else "files"
    content: PlainMapping = {key: _files_content(source.files, folder)}
    if source.sheet:
        content["sheet"] = source.sheet
    if source.header_row != 1:
        content["header_row"] = source.header_row
    for name, value in (
        ("encoding", source.encoding),
        ("separator", source.separator),
        ("respondent", source.respondent),
        ("group", source.group),
        ("group_is", source.group_is),
    ):
        if value:
            content[name] = value
    content["open"] = list(source.open)
    if source.closed:
        content["closed"] = [_closed_content(each) for each in source.closed]
    return content


def _closed_content(question: ClosedQuestion) -> PlainMapping:
    content: PlainMapping = {"column": question.column, "kind": question.kind}
    for key, value in (("min", question.minimum), ("max", question.maximum)):
        if value is not None:
            content[key] = int(value) if value.is_integer() else value
    return content
