"""Events and series, what members said to them, and what they chose about reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _events()
    _members()


def _events() -> None:
    op.create_table(
        "event_series",
        _id(),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        _said("term_only"),
        _said("skips_bank_holidays"),
        sa.Column("made_until", sa.Date()),
        _said("ended"),
        sa.Column("excluded", sa.Text(), nullable=False),
    )
    op.create_table(
        "events",
        _id(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False, index=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.LargeBinary()),
        _said("link_late"),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer()),
        sa.Column("series", sa.BigInteger(), sa.ForeignKey("event_series.id"), index=True),
        sa.Column("slot", sa.BigInteger()),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger()),
        sa.Column("edits", sa.BigInteger()),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("source", sa.BigInteger()),
    )


def _members() -> None:
    op.create_table(
        "event_hosts",
        sa.Column("event", sa.BigInteger(), sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), nullable=False, index=True),
    )
    op.create_table(
        "rsvps",
        sa.Column("event", sa.BigInteger(), sa.ForeignKey("events.id"), primary_key=True, autoincrement=False),
        _member(index=True),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.Column("place", sa.String(8), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("offered_until", sa.BigInteger()),
        _said("lapsed"),
        sa.Column("came", sa.String(8)),
    )
    op.create_table(
        "event_joined",
        sa.Column("series", sa.BigInteger(), sa.ForeignKey("event_series.id"), primary_key=True, autoincrement=False),
        _member(index=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "event_choices",
        _member(),
        sa.Column("reminds", sa.Text(), nullable=False),
        sa.Column("when_away", sa.Boolean()),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False)


def _member(index: bool = False) -> sa.Column[int]:
    whole = sa.ForeignKey("members.id")
    return sa.Column("member", sa.BigInteger(), whole, primary_key=True, autoincrement=False, index=index)


def _said(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)
