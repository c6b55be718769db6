"""The tables for memos, saved filters, text versions, framework summaries, samples and learned models."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what version 1 did not have; nothing that was there changes."""
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False, comment="JSON: share, seed, unit, what it was drawn by"),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("name", name=op.f("uq_sample_name")),
        comment="units drawn for coding by two",
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "terms",
            sa.Text(),
            nullable=False,
            comment="JSON: a list of filters as the command line writes them, and a search",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_filter_name")),
    )
    op.create_table(
        "learned_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "card",
            sa.Text(),
            nullable=False,
            comment="JSON: what it learnt from, when, versions, expected precision and recall",
        ),
        sa.Column("is_in_use", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_learned_model_coder_id_coder")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_model")),
        comment="a model learned from decisions; it is made again from them when needed",
    )
    op.create_table(
        "survey_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["original_id"], ["original.id"], name=op.f("fk_survey_file_original_id_original")),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_file_survey_id_survey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_file")),
        sa.UniqueConstraint("survey_id", "original_id", name=op.f("uq_survey_file_survey_id_original_id")),
        comment="files of a survey beside its first: companions of an export, later waves",
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.CheckConstraint("(case_id IS NULL) <> (session_id IS NULL)", name=op.f("ck_summary_row")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_summary_case_id_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_summary_code_id_code"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_summary_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_summary_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("case_id", "code_id", name=op.f("uq_summary_case_id_code_id")),
        sa.UniqueConstraint("session_id", "code_id", name=op.f("uq_summary_session_id_code_id")),
        comment="a cell of the framework matrix",
    )
    op.create_index(op.f("ix_summary_case_id"), "summary", ["case_id"], unique=False)
    op.create_index(op.f("ix_summary_code_id"), "summary", ["code_id"], unique=False)
    op.create_index(op.f("ix_summary_session_id"), "summary", ["session_id"], unique=False)
    op.create_table(
        "sample_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_sample_unit_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sample_unit_sample_id_sample"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_unit")),
    )
    op.create_index(op.f("ix_sample_unit_document_id"), "sample_unit", ["document_id"], unique=False)
    op.create_index(op.f("ix_sample_unit_sample_id"), "sample_unit", ["sample_id"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("applies", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_settlement_code_id_code"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_settlement_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_settlement_document_id_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint(
            "document_id", "start", "end", "code_id", name=op.f("uq_settlement_document_id_start_end_code_id")
        ),
        comment="what coders who disagreed about a unit and a code agreed on",
    )
    op.create_index(op.f("ix_settlement_code_id"), "settlement", ["code_id"], unique=False)
    op.create_table(
        "superseded_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("original_id", sa.Integer(), nullable=True),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_superseded_text_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_superseded_text_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["original_id"], ["original.id"], name=op.f("fk_superseded_text_original_id_original")),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_superseded_text_text_id_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superseded_text")),
        comment="a version of a document's text that another has replaced",
    )
    op.create_index(op.f("ix_superseded_text_document_id"), "superseded_text", ["document_id"], unique=False)
    op.create_table(
        "lost_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("superseded_text_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["code.id"], name=op.f("fk_lost_segment_code_id_code"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_lost_segment_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["superseded_text_id"],
            ["superseded_text.id"],
            name=op.f("fk_lost_segment_superseded_text_id_superseded_text"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lost_segment")),
        comment="a coding whose words are gone; positions in the superseded text",
    )
    op.create_index(op.f("ix_lost_segment_code_id"), "lost_segment", ["code_id"], unique=False)
    op.create_index(op.f("ix_lost_segment_superseded_text_id"), "lost_segment", ["superseded_text_id"], unique=False)
    op.create_table(
        "chosen_quotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Integer(), nullable=False),
        sa.Column("is_negative", sa.Integer(), nullable=False, comment="1: a case that speaks against the theme"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_chosen_quotation_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_chosen_quotation_segment_id_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_quotation")),
        sa.UniqueConstraint("segment_id", name=op.f("uq_chosen_quotation_segment_id")),
        comment="a quotation for the report",
    )
    op.create_table(
        "memo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(document_id IS NOT NULL) + (case_id IS NOT NULL) + (code_id IS NOT NULL) + (segment_id IS NOT NULL) <= 1",
            name=op.f("ck_memo_subject"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_memo_case_id_case"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_memo_code_id_code"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coder_id"], ["coder.id"], name=op.f("fk_memo_coder_id_coder")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_memo_document_id_document"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_memo_segment_id_segment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
        comment="on at most one thing; on none: an entry of the project's journal",
    )
    op.create_index(op.f("ix_memo_case_id"), "memo", ["case_id"], unique=False)
    op.create_index(op.f("ix_memo_code_id"), "memo", ["code_id"], unique=False)
    op.create_index(op.f("ix_memo_document_id"), "memo", ["document_id"], unique=False)
    op.create_index(op.f("ix_memo_segment_id"), "memo", ["segment_id"], unique=False)
    op.add_column(
        "suggestion",
        sa.Column(
            "learned",
            sa.Float(),
            nullable=True,
            comment="the learned model's probability; NULL where no model spoke; no rule: it alone did",
        ),
    )
