"""Timers, which ring once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "timers",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("about", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False, index=True),
    )
