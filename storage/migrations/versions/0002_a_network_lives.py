"""A network lives: when people are free, what they skip, who has left; blocks as typed, and the totals of months."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _people()
    _introductions()
    _months()


def _people() -> None:
    for name in ("shows_region", "shows_years"):
        op.add_column("members", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("times", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("members", sa.Column("asks", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("members", sa.Column("skips", sa.Date()))
    op.add_column("members", sa.Column("left_at", sa.BigInteger()))
    op.add_column("identities", sa.Column("left_at", sa.BigInteger()))
    op.create_table(
        "activity",
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("week", sa.Date(), nullable=False),
        sqlite_with_rowid=False,
    )
    # What was pressed before is not known: whoever was introduced counts as having answered their latest introduction.
    op.execute(
        """INSERT INTO activity (member, week) SELECT group_members.member, max(groups.day)
        FROM group_members JOIN groups ON groups.id = group_members."group"
        WHERE group_members.member IS NOT NULL GROUP BY group_members.member"""
    )


def _introductions() -> None:
    op.add_column("groups", sa.Column("made_at", sa.BigInteger()))
    op.add_column("groups", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "block_words",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("by", sa.BigInteger(), sa.ForeignKey("members.id"), nullable=False, index=True),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )

    _blocks_in_words()


def _blocks_in_words() -> None:
    op.create_table(
        "block_matches",
        _words(),
        sa.Column("whom", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "block_marks",
        _words(),
        sa.Column("account", sa.LargeBinary(), primary_key=True),
        sqlite_with_rowid=False,
    )


def _words() -> sa.Column[int]:
    whole = sa.ForeignKey("block_words.id", ondelete="CASCADE")
    return sa.Column("words", sa.BigInteger(), whole, primary_key=True, autoincrement=False)


def _months() -> None:
    op.create_table(
        "months",
        sa.Column("month", sa.Date(), primary_key=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("introductions", sa.Integer(), nullable=False),
        sa.Column("talked", sa.Integer(), nullable=False),
    )
