"""The tables of members and their accounts, on which all other rooms stand, and the questions all rooms ask of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    select,
    text,
    true,
)

from storage.buffer import Lookup
from storage.columns import Instant, Part, Slugs, hidden, metadata, person

members = Table(
    "members",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False, info={"person": Part.SUBJECT}),
    Column("name", Text, nullable=False),
    hidden(Column("sought", Text, nullable=False)),
    Column("stage", String(12), nullable=False, index=True),
    Column("role", String(40)),
    Column("nation", String(20)),
    Column("phase", String(30)),
    Column("region", Text),
    Column("authority", Text),
    Column("trust", Text),
    Column("urn", Integer),
    Column("school", Text),
    Column("years", Integer),
    Column("topics", Slugs, nullable=False),
    Column("often", String(12), nullable=False),
    Column("zone", String(64)),
    Column("shows_school", Boolean, nullable=False),
    Column("shows_region", Boolean, nullable=False, server_default=false()),
    Column("shows_years", Boolean, nullable=False, server_default=false()),
    Column("times", Slugs, nullable=False, server_default=text("''")),
    Column("reach", Text),
    Column("asks", Boolean, nullable=False, server_default=true()),
    Column("weekends", Boolean, nullable=False),
    Column("holidays", Boolean, nullable=False),
    Column("away", Boolean, nullable=False),
    Column("back_on", Date),
    Column("skips", Date),
    Column("left_at", Instant),
    Column("vouched_at", Instant),
    Column("joined_at", Instant),
    Column("ref", String(64), unique=True),
)
identities = Table(
    "identities",
    metadata,
    Column("account", Text, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("workspace", Text, nullable=False),
    Column("user", Text, nullable=False),
    person("member", Part.SUBJECT, index=True),
    Column("rights", Slugs, nullable=False),
    Column("since", Instant, nullable=False),
    Column("left_at", Instant),
)
consents = Table(
    "consents",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("consent", String(20), primary_key=True),
    Column("yes", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
)
activity = Table(
    "activity",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("week", Date, nullable=False),
    sqlite_with_rowid=False,
)
"""The Monday of the latest week in which somebody pressed anything that is not private; never how often, or what."""
codes = Table(
    "codes",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    hidden(Column("code", LargeBinary, nullable=False, unique=True)),
)
code_tries = Table(
    "code_tries",
    metadata,
    hidden(Column("account", LargeBinary, primary_key=True)),
    Column("at", Instant, primary_key=True),
)
former_accounts = Table(
    "former_accounts",
    metadata,
    hidden(Column("account", LargeBinary, primary_key=True)),
)
"""Keyed hashes of accounts that asked to be forgotten: so that nobody is greeted as new."""

by_id = Lookup(members.c.id)
by_account = Lookup(identities.c.account)
by_former = Lookup(former_accounts.c.account)
accounts_of = Lookup(identities.c.member, select(identities).order_by(identities.c.since, identities.c.account))
"""All of somebody's accounts, those too that have left."""
reachable = Lookup(
    identities.c.member,
    select(identities).where(identities.c.left_at.is_(None)).order_by(identities.c.since, identities.c.account),
)
"""The accounts to which something can be sent."""
hours_of = Lookup(
    members.c.id, select(members.c.id, members.c.zone, members.c.nation, members.c.weekends, members.c.holidays)
)
