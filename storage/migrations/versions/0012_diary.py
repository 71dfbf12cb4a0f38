"""Diaries: whose, of which week, and what is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "diary",
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True),
        sa.Column("week", sa.Date(), primary_key=True),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
