"""Makes small projects, codebooks and codings for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qualcode.model.codebook import Code, Codebook, MatchRule, Wording
from qualcode.model.document import DocumentKind, SpeakerRole, Speech, joined
from qualcode.model.segment import Origin, Span
from qualcode.model.words import is_answer
from qualcode.project.project import Project
from qualcode.store import cases, codes, documents, segments
from qualcode.store.documents import NewAnswer


def make_code(key: str, parent: str = "", depth: int = 0, rules: Sequence[MatchRule] = ()) -> Code:
    """A code that is named like its key."""
    return Code(key, Wording(plain=key.replace("_", " ").capitalize()), parent, depth, rules=tuple(rules))


def make_codebook(*codes: Code) -> Codebook:
    """A codebook of these codes, in tree order."""
    return Codebook("test", codes or (make_code("price"), make_code("cost", "price", 1), make_code("time")))


def make_project(path: Path, codebook: Codebook | None = None) -> Project:
    """A new project with a codebook and nothing to undo but that."""
    project = Project.create(path / "test.qualcode", "Test", coder="Kari")
    project.codebook.load(codebook or make_codebook())
    return project


def add_session(
    project: Project, name: str, said: Sequence[tuple[str | None, str]], groups: Mapping[str, str | SpeakerRole]
) -> int:
    """Add a focus group: (label, words) in order, and the group or role of each label; returns the document's id."""
    text, turns = joined([Speech(label, words) for label, words in said])
    with project.step("Add session"):
        speakers: list[tuple[str | None, SpeakerRole, int | None]] = []
        for label in dict.fromkeys(label for label, _words in said):
            group = groups[label] if label else SpeakerRole.SEVERAL
            if isinstance(group, SpeakerRole):
                speakers.append((label, group, None))
                continue
            row = (f"{name}:{label}", label or "", cases.group_id(project.db, group), None, name)
            speakers.append((label, SpeakerRole.RESPONDENT, cases.add_cases(project.db, [row], [{}])[0]))
        return documents.add_transcript(
            project.db,
            f"{name}.txt",
            DocumentKind.FOCUS_GROUP,
            text,
            turns,
            session_id=cases.session_id(project.db, name),
            original_id=documents.keep_original(project.db, f"{name}.txt", text.encode()),
            language="en",
            notes=(),
            speakers=speakers,
        )


def add_survey(
    project: Project, rows: Sequence[tuple[str, str, Mapping[str, str]]], facts: Sequence[Mapping[str, str]] = ()
) -> None:
    """Add a survey `survey.csv`: (id, group, answer by question) of each respondent; blank answers are left out."""
    asked = list(dict.fromkeys(question for _ident, _group, answers in rows for question in answers))
    db = project.db
    with project.step("Add survey"):
        original = documents.keep_original(db, "survey.csv", repr(rows).encode())
        questions = {text: cases.question_id(db, text) for text in asked}
        survey = cases.add_survey(db, "survey.csv#", original, list(questions.values()))
        ids = cases.add_cases(
            db,
            [(f"survey:{ident}", ident, cases.group_id(db, group), survey, "survey.csv") for ident, group, _ in rows],
            facts or [{}] * len(rows),
        )
        documents.add_answers(
            db,
            [
                NewAnswer(
                    f"survey.csv#!{number}:{question}", text, case, questions[question], original, "en", is_answer(text)
                )
                for number, (case, (_ident, _group, answers)) in enumerate(zip(ids, rows, strict=True), start=2)
                for question, text in answers.items()
                if text.strip()
            ],
        )


def code_words(project: Project, document: str, words: str, code: str, coder: str = "Kari") -> int:
    """Code the first place where these words stand in a document; returns the segment's id."""
    db = project.db
    document_id = documents.ids_by_name(db)[document]
    start = documents.content_of(db, document_id).index(words)
    with project.step("Code"):
        segment = segments.add(
            db,
            document_id,
            Span(start, start + len(words)),
            codes.ids_by_key(db)[code],
            segments.coder_for(db, coder).id,
            Origin.MANUAL,
        )
    return segment.id
