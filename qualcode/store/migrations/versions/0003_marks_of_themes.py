"""Each theme keeps its mark, a colour with a shape; what became of a row is found in the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Give each theme the mark that it was drawn with: the oldest the first. Undo and redo leave it with that."""
    op.add_column(
        "code",
        sa.Column(
            "mark",
            sa.Integer(),
            nullable=True,
            comment="a theme's colour and shape in the palette, from 0",
        ),
    )
    op.execute(
        "UPDATE code SET mark = (SELECT count(*) FROM code other WHERE other.parent_id IS NULL AND other.id < code.id) "
        "WHERE parent_id IS NULL"
    )
    for side in ("before", "after"):
        op.execute(
            f"UPDATE change SET {side} = json_set({side}, '$.mark', code.mark) FROM code "
            f"WHERE code.id = change.row_id AND change.table_name = 'code' AND {side} IS NOT NULL "
            "AND change.action <> 'INSERT MANY'"
        )
    op.create_index(op.f("ix_change_table_name_row_id"), "change", ["table_name", "row_id"], unique=False)
