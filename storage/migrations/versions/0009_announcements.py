"""Announcements: what organisers say to many, and who has read it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _organiser("author"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("signed", "title", "words")),
        sa.Column("made_at", sa.BigInteger(), nullable=False, index=True),
        sa.Column("does", sa.String(12), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("link", "label", "invite", "picture", "alt")),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("where", sa.String(12)),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _organiser("approver"),
        sa.Column("goes_at", sa.BigInteger()),
        sa.Column("friday", sa.Date(), index=True),
        sa.Column("corrected_at", sa.BigInteger()),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
    )
    whole = sa.ForeignKey("announcements.id", ondelete="CASCADE")
    op.create_table(
        "announcement_seen",
        sa.Column("announcement", sa.BigInteger(), whole, primary_key=True, autoincrement=False),
        sa.Column(
            "member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sqlite_with_rowid=False,
    )


def _organiser(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey("members.id"), nullable=True, index=True)
