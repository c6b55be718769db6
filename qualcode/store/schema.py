"""The tables of a project file, and which of them the undo journal watches."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 3
"""Raised by one with each migration; a file with a higher number is refused."""

APPLICATION_ID = 0x51434F44
"""Marks a database file as a Qualcode project ("QCOD" in ASCII)."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _refers_to(column: str, *, cascade: bool = False) -> ForeignKey:
    """A reference that forbids deleting its target, or goes with it.

    RESTRICT would be checked at once, NO ACTION at the end of the transaction: undo needs the latter.
    """
    return ForeignKey(column, ondelete="CASCADE" if cascade else None)


# Append-only: what came in, byte for byte, and the texts made of it. Rows are never changed and never undone;
# the rows that point to them are in the journal.

original = Table(
    "original",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)

text = Table(
    "text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("content", Text, nullable=False),
    Column("n_characters", Integer, nullable=False),
    Column("n_words", Integer, nullable=False),
)

turn = Table(
    "turn",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text_id", _refers_to("text.id"), nullable=False, index=True),
    Column("label", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("begins", Float),
    Column("ends", Float),
    Column("n_words", Integer, nullable=False),
)

# In the journal: everything that a user's action changes.

setting = Table(
    "setting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("value", Text, nullable=False, comment="JSON"),
)

respondent_group = Table(
    "respondent_group",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

survey = Table(
    "survey",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("original_id", _refers_to("original.id")),
)

question = Table(
    "question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False, unique=True),
    Column("position", Integer, nullable=False),
)

asked_question = Table(
    "asked_question",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survey_id", _refers_to("survey.id", cascade=True), nullable=False),
    Column("question_id", _refers_to("question.id", cascade=True), nullable=False),
    UniqueConstraint("survey_id", "question_id"),
)

case = Table(
    "case",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("ident", Text, nullable=False),
    Column("group_id", _refers_to("respondent_group.id"), index=True),
    Column("survey_id", _refers_to("survey.id", cascade=True), index=True),
    Column("source", Text, nullable=False),
)

attribute = Table(
    "attribute",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", _refers_to("case.id", cascade=True), nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    UniqueConstraint("case_id", "name"),
)

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("text_id", _refers_to("text.id"), nullable=False),
    Column("original_id", _refers_to("original.id")),
    Column("session_id", _refers_to("session.id"), index=True),
    Column("question_id", _refers_to("question.id"), index=True),
    Column("case_id", _refers_to("case.id", cascade=True), index=True),
    Column("language", Text, nullable=False),
    Column("is_answer", Integer, nullable=False, comment="0: a cell that does not answer its question"),
    Column("notes", Text, nullable=False, comment="JSON: footnotes, comments and the like, beside the text"),
)

speaker = Table(
    "speaker",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False, index=True),
    Column("label", Text, comment="NULL: turns that name nobody"),
    Column("role", Text, nullable=False),
    Column("case_id", _refers_to("case.id"), index=True),
)

coder = Table(
    "coder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("is_person", Integer, nullable=False),
)

code = Table(
    "code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("parent_id", _refers_to("code.id"), index=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False, comment="JSON: wording by language"),
    Column("colour", Text, nullable=False),
    Column("details", Text, nullable=False, comment="JSON: definition, rules and the rest of the codebook's entry"),
    Column("mark", Integer, comment="a theme's colour and shape in the palette, from 0"),
)

suggestion = Table(
    "suggestion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", _refers_to("code.id", cascade=True), nullable=False, index=True),
    Column("rule", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("evidence_spans", Text, nullable=False, comment="JSON: [[start, end], ...]"),
    Column("against", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("status", Text, nullable=False),
    Column(
        "learned", Float, comment="the learned model's probability; NULL where no model spoke; no rule: it alone did"
    ),
    UniqueConstraint("document_id", "start", "end", "code_id"),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", _refers_to("code.id"), nullable=False, index=True),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("suggestion_id", ForeignKey("suggestion.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("document_id", "start", "end", "code_id", "coder_id"),
    CheckConstraint('"start" >= 0 AND "start" < "end"', name="span"),
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("suggestion_id", _refers_to("suggestion.id", cascade=True), nullable=False, index=True),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("segment_id", Integer, comment="the segment it became; kept when that segment is removed later"),
    Column("made_at", Text, nullable=False),
)

memo = Table(
    "memo",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), index=True),
    Column("case_id", _refers_to("case.id", cascade=True), index=True),
    Column("code_id", _refers_to("code.id", cascade=True), index=True),
    Column("segment_id", _refers_to("segment.id", cascade=True), index=True),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    CheckConstraint(
        "(document_id IS NOT NULL) + (case_id IS NOT NULL) + (code_id IS NOT NULL) + (segment_id IS NOT NULL) <= 1",
        name="subject",
    ),
    comment="on at most one thing; on none: an entry of the project's journal",
)

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column(
        "terms", Text, nullable=False, comment="JSON: a list of filters as the command line writes them, and a search"
    ),
)

superseded_text = Table(
    "superseded_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False, index=True),
    Column("text_id", _refers_to("text.id"), nullable=False),
    Column("original_id", _refers_to("original.id")),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    comment="a version of a document's text that another has replaced",
)

lost_segment = Table(
    "lost_segment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("superseded_text_id", _refers_to("superseded_text.id", cascade=True), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", _refers_to("code.id", cascade=True), nullable=False, index=True),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("origin", Text, nullable=False),
    comment="a coding whose words are gone; positions in the superseded text",
)

survey_file = Table(
    "survey_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("survey_id", _refers_to("survey.id", cascade=True), nullable=False),
    Column("original_id", _refers_to("original.id"), nullable=False),
    UniqueConstraint("survey_id", "original_id"),
    comment="files of a survey beside its first: companions of an export, later waves",
)

summary = Table(
    "summary",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", _refers_to("case.id", cascade=True), index=True),
    Column("session_id", _refers_to("session.id", cascade=True), index=True),
    Column("code_id", _refers_to("code.id", cascade=True), nullable=False, index=True),
    Column("content", Text, nullable=False),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("case_id", "code_id"),
    UniqueConstraint("session_id", "code_id"),
    CheckConstraint("(case_id IS NULL) <> (session_id IS NULL)", name="row"),
    comment="a cell of the framework matrix",
)

chosen_quotation = Table(
    "chosen_quotation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("segment_id", _refers_to("segment.id", cascade=True), nullable=False, unique=True),
    Column("is_negative", Integer, nullable=False, comment="1: a case that speaks against the theme"),
    Column("note", Text, nullable=False),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    comment="a quotation for the report",
)

sample = Table(
    "sample",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("details", Text, nullable=False, comment="JSON: share, seed, unit, what it was drawn by"),
    Column("made_at", Text, nullable=False),
    comment="units drawn for coding by two",
)

sample_unit = Table(
    "sample_unit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sample_id", _refers_to("sample.id", cascade=True), nullable=False, index=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

settlement = Table(
    "settlement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", _refers_to("document.id", cascade=True), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", _refers_to("code.id", cascade=True), nullable=False, index=True),
    Column("applies", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    UniqueConstraint("document_id", "start", "end", "code_id"),
    comment="what coders who disagreed about a unit and a code agreed on",
)

learned_model = Table(
    "learned_model",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "card", Text, nullable=False, comment="JSON: what it learnt from, when, versions, expected precision and recall"
    ),
    Column("is_in_use", Integer, nullable=False),
    Column("coder_id", _refers_to("coder.id"), nullable=False),
    Column("made_at", Text, nullable=False),
    comment="a model learned from decisions; it is made again from them when needed",
)

# The journal itself.

step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("undone", Integer, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("step_id", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text, comment="JSON; NULL for an insert"),
    Column("after", Text, comment="JSON; filled in when the step is undone"),
    Index(None, "step_id", "id"),
    Index(None, "table_name", "row_id"),
)

APPEND_ONLY = (original, text, turn)
JOURNAL = (step, change)
WATCHED = tuple(table for table in metadata.sorted_tables if table not in APPEND_ONLY and table not in JOURNAL)
"""Tables whose rows the journal follows."""
