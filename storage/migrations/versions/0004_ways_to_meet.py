"""People on different platforms: how they like to be reached, and what each of two wants who write through the bot."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("members", sa.Column("reach", sa.Text()))
    op.create_table(
        "relay_sides",
        sa.Column("group", sa.BigInteger(), sa.ForeignKey("groups.id"), primary_key=True, autoincrement=False),
        _person("member"),
        _person("other"),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("wish", sa.String(12), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
    )


def _person(name: str) -> sa.Column[int]:
    whole = sa.ForeignKey("members.id")
    return sa.Column(name, sa.BigInteger(), whole, primary_key=True, autoincrement=False, index=True)
