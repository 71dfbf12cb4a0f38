"""Whose accounts are whose, and how their owners live and want to be left alone, as a rehearsal reads it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Work
from bot.members.model import Stage
from storage.people import identities, members
from storage.work import sql

_whose = select(identities.c.account, identities.c.member, identities.c.since)
_whose_is = _whose.where(identities.c.account == bindparam("account"))
_accounts_of = select(identities.c.account, identities.c.since).where(identities.c.member == bindparam("member"))
_left_alone = (
    select(members.c.id, identities.c.account, identities.c.since)
    .join(identities, identities.c.member == members.c.id)
    .where(or_(members.c.away, members.c.stage == Stage.STOPPED.value))
)
_hours = select(
    members.c.id, members.c.zone, members.c.weekends, members.c.holidays, identities.c.account, identities.c.since
).join(identities, identities.c.member == members.c.id)


def whose(work: Work) -> Mapping[str, tuple[Id, datetime]]:
    """Each account's member, and since when it is theirs."""
    return {row.account: (Id(row.member), row.since) for row in sql(work).rows(_whose)}


def all_of(work: Work, account: Account) -> Sequence[tuple[Id, Account]]:
    """Whose account this is, with each account of theirs."""
    whose_is = [row.member for row in sql(work).rows(_whose_is, {"account": account.show()})]
    all_theirs = [(one, row.account) for one in whose_is for row in sql(work).rows(_accounts_of, {"member": one})]
    return [(Id(one), Account(*shown.split(":", 2))) for one, shown in all_theirs]


def accounts_of(work: Work, wanted: Collection[Id]) -> Mapping[Id, Mapping[str, datetime]]:
    """All accounts of each of these members, each with the time since which it is theirs."""
    return {one: {row.account: row.since for row in sql(work).rows(_accounts_of, {"member": one})} for one in wanted}


def left_alone(work: Work) -> Mapping[Id, Mapping[str, datetime]]:
    """Whoever pauses, or has stopped, with all their accounts, each with the time since which it is theirs."""
    found: defaultdict[Id, dict[str, datetime]] = defaultdict(dict)
    for row in sql(work).rows(_left_alone):
        found[Id(row.id)][row.account] = row.since
    return found


def hours_kept(work: Work) -> Mapping[Id, tuple[Mapping[str, datetime], Mapping[str, str | bool | None]]]:
    """By which hours each member lives; and their accounts, each with the time since which it is theirs."""
    accounts: defaultdict[Id, dict[str, datetime]] = defaultdict(dict)
    hours: dict[Id, Mapping[str, str | bool | None]] = {}
    for row in sql(work).rows(_hours):
        accounts[Id(row.id)][row.account] = row.since
        hours[Id(row.id)] = {"zone": row.zone, "weekends": row.weekends, "holidays": row.holidays}
    return {member: (accounts[member], said) for member, said in hours.items()}
