"""The first tables: members, letters, introductions, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BY_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_WAITS, _ENDED = sa.text("ended_at IS NULL"), sa.text("ended_at IS NOT NULL")
_BATCH = sa.text("batch != ''")


def upgrade() -> None:
    _people()
    _accounts()
    _schools()
    _letters()
    _readers()
    _introductions()
    _blocks()
    _checkins()
    _network()


def _people() -> None:
    """Members."""
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(12), nullable=False, index=True),
        sa.Column("role", sa.String(40)),
        sa.Column("nation", sa.String(20)),
        sa.Column("phase", sa.String(30)),
        sa.Column("region", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("trust", sa.Text()),
        sa.Column("urn", sa.Integer()),
        sa.Column("school", sa.Text()),
        sa.Column("years", sa.Integer()),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("often", sa.String(12), nullable=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("shows_school", sa.Boolean(), nullable=False),
        sa.Column("weekends", sa.Boolean(), nullable=False),
        sa.Column("holidays", sa.Boolean(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("back_on", sa.Date()),
        sa.Column("vouched_at", sa.BigInteger()),
        sa.Column("joined_at", sa.BigInteger()),
        sa.Column("ref", sa.String(64), unique=True),
    )


def _accounts() -> None:
    """Through which accounts they speak, what they agreed to, and how they come in."""
    op.create_table(
        "identities",
        sa.Column("account", sa.Text(), primary_key=True),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), nullable=False, index=True),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "consents",
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("consent", sa.String(20), primary_key=True),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "codes",
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("code", sa.LargeBinary(), nullable=False, unique=True),
    )
    op.create_table(
        "code_tries",
        sa.Column("account", sa.LargeBinary(), primary_key=True),
        sa.Column("at", sa.BigInteger(), primary_key=True),
    )
    op.create_table(
        "former_accounts",
        sa.Column("account", sa.LargeBinary(), primary_key=True),
    )


def _schools() -> None:
    """The register."""
    op.create_table(
        "schools",
        sa.Column("urn", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(30)),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("trust", sa.Text()),
        sa.Column("region", sa.Text()),
        sa.Column("town", sa.Text()),
        sa.Column("nation", sa.String(20), nullable=False),
        sa.Column("low_age", sa.Integer()),
        sa.Column("high_age", sa.Integer()),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("sought", sa.Text(), nullable=False),
    )


def _letters() -> None:
    """What is written to people."""
    op.create_table(
        "letters",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("key", _BY_BYTES, nullable=False, unique=True),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger()),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("unclear_since", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("possible_duplicate", sa.Boolean(), nullable=False),
        sa.Column("batch", sa.String(length=80), nullable=False),
        sa.Column("goes_to", sa.LargeBinary()),
        sa.Column("message", sa.Text()),
        sa.Column("body", sa.LargeBinary()),
    )
    op.create_index("ix_letters_batch", "letters", ["batch"], sqlite_where=_BATCH, postgresql_where=_BATCH)
    op.create_index("ix_letters_ended", "letters", ["ended_at"], sqlite_where=_ENDED, postgresql_where=_ENDED)
    op.create_index(
        "ix_letters_lane", "letters", ["lane", "due_at", "place"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )
    op.create_index("ix_letters_next", "letters", ["next_at"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_index(
        "ix_letters_turn", "letters", ["rank", "turn", "due_at"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )


def _readers() -> None:
    """Whom letters go to, and where they went."""
    op.create_table(
        "letter_readers",
        sa.Column(
            "letter",
            sa.BigInteger(),
            sa.ForeignKey("letters.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column(
            "member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "letter_mentions",
        sa.Column(
            "letter",
            sa.BigInteger(),
            sa.ForeignKey("letters.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column(
            "member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conversations",
        sa.Column("place", sa.LargeBinary(), primary_key=True),
        sa.Column("conversation", sa.Text(), nullable=False),
    )


def _introductions() -> None:
    """Rounds, and the groups they made."""
    op.create_table(
        "rounds",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False, unique=True),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("sent_at", sa.BigInteger()),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("round", sa.BigInteger(), sa.ForeignKey("rounds.id"), nullable=False, index=True),
        sa.Column("day", sa.Date(), nullable=False, index=True),
        sa.Column("first", sa.SmallInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
    )
    op.create_table(
        "group_members",
        sa.Column("group", sa.BigInteger(), sa.ForeignKey("groups.id"), primary_key=True, autoincrement=False),
        sa.Column("place", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("member", sa.BigInteger(), sa.ForeignKey("members.id"), index=True),
        sa.Column("mark", sa.BigInteger()),
    )
    op.create_table(
        "left_out",
        sa.Column("round", sa.BigInteger(), sa.ForeignKey("rounds.id"), primary_key=True, autoincrement=False),
        sa.Column(
            "member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sa.Column("running", sa.Integer(), nullable=False),
    )


def _blocks() -> None:
    """Who must never meet."""
    op.create_table(
        "blocks",
        sa.Column("by", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column(
            "whom", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "blocked_accounts",
        sa.Column("by", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False),
        sa.Column("account", sa.LargeBinary(), primary_key=True),
    )


def _checkins() -> None:
    """Who was asked, and what they answered."""
    op.create_table(
        "asks",
        sa.Column("group", sa.BigInteger(), sa.ForeignKey("groups.id"), primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), primary_key=True, index=True),
        sa.Column("times", sa.SmallInteger(), nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("group", sa.BigInteger(), sa.ForeignKey("groups.id"), primary_key=True, autoincrement=False),
        sa.Column(
            "member", sa.BigInteger(), sa.ForeignKey("members.id"), primary_key=True, autoincrement=False, index=True
        ),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def _network() -> None:
    """The network itself: deliveries seen, rules of time, facts by name."""
    op.create_table(
        "inbox",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rules",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "occurrences",
        sa.Column("rule", sa.String(80), primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
