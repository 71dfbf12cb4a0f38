"""Somebody to talk to: who listens and when, requests to them, and worries that were not sent yet."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "listeners",
        _person("member", primary_key=True, autoincrement=False),
        sa.Column("most", sa.SmallInteger(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "listener_hours",
        _person("member", primary_key=True, autoincrement=False),
        sa.Column("weekday", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("begins", sa.SmallInteger(), nullable=False),
        sa.Column("ends", sa.SmallInteger(), nullable=False),
    )
    _requests()
    op.create_table(
        "worries",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _person("by", nullable=False, index=True),
        _person("about", index=True),
        sa.Column("named", sa.LargeBinary()),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def _requests() -> None:
    op.create_table(
        "listener_requests",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        _person("member", nullable=False, index=True),
        _person("listener", nullable=False, index=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("may_hand_on", sa.Boolean(), nullable=False),
        sa.Column("handed_on", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
    )
    is_open = sa.text("state IN ('asked', 'taken')")
    op.create_index(
        "ux_listener_requests_open",
        "listener_requests",
        ["member"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _person(name: str, **options: object) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.ForeignKey("members.id"), **options)  # type: ignore[arg-type]
