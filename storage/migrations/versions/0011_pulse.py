"""The pulse: polls, and whom an open one asks. No table holds an answer."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "pulse_polls",
        sa.Column("id", sa.BigInteger(), autoincrement=False, primary_key=True),
        sa.Column("series", sa.String(12), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("closes_at", sa.BigInteger()),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("told_in", sa.Date()),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("reply_in", sa.Date()),
        sa.Column("cut", sa.String(8)),
    )
    for column in ("state", "told_in", "reply_in"):
        op.create_index(f"ix_pulse_polls_{column}", "pulse_polls", [column])
    op.create_table(
        "pulse_asked",
        sa.Column("poll", sa.BigInteger(), sa.ForeignKey("pulse_polls.id"), autoincrement=False, primary_key=True),
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True),
    )
    op.create_index("ix_pulse_asked_member", "pulse_asked", ["member"])
