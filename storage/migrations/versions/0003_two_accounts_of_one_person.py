"""Two accounts of one person: what is asked for while they are being connected."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "connections",
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Text()),
        sa.Column("state", sa.String(12), nullable=False),
    )
