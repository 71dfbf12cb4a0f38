"""Members' own calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    whole = sa.ForeignKey("members.id")
    op.create_table(
        "calendars",
        sa.Column("member", sa.BigInteger(), whole, primary_key=True, autoincrement=False),
        sa.Column("shows_titles", sa.Boolean(), nullable=False),
        sa.Column("address", sa.LargeBinary(), unique=True),
    )
