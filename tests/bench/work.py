"""What is measured: a network of 10,000 members in 5,000 pairs, and one answer of a check-in as each way keeps it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import cast

from sqlalchemy import insert

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.work import Look, Unit, Work, look_mark
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.store import MEMBERS, Members
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from storage.checkins import answers, answers_of
from storage.inbox import by_mark, inbox
from storage.people import by_account
from storage.work import SqlWork

MEMBERS_THERE = 10_000
AT = datetime(2026, 11, 12, 16, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 9)
SENT_AT = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
MARK_BYTES = 16
_STRIDE = 6_373
"""Shares no factor with 10,000, so that everybody's turn comes."""


def member_of(number: int) -> Id:
    return Id(number + 1)


def group_of(number: int) -> Id:
    return Id(1_000_000 + number // 2)


def account_of(number: int) -> Account:
    return Account("local", "w", f"u{number}")


def settle_in(work: Work, account_of: Callable[[int], Account] = account_of) -> None:
    """Everybody is there, and was introduced on Monday."""
    members, pairings = work.use(MEMBERS), work.use(PAIRINGS)
    for number in range(MEMBERS_THERE):
        let_in(members, number, account_of(number))
    pairings.keep_round(Round(Id(7), MONDAY, RoundState.SENT, SENT_AT))
    pairings.add_groups(_group(number) for number in range(0, MEMBERS_THERE, 2))


def let_in(members: Members, number: int, account: Account) -> None:
    """Somebody is there for whom an organiser vouched, and agrees to all that the bot asks."""
    member = Member(member_of(number), f"Head {number}", Stage.MEMBER, vouched_at=AT, joined_at=AT)
    members.keep(member)
    members.keep_identity(Identity(account, member.id))
    for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
        members.agree(member.id, consent, True, AT)


def _group(number: int) -> Group:
    who = (member_of(number), member_of(number + 1))
    return Group(group_of(number), Id(7), MONDAY, who, who[0])


class Press:
    """One member's answer: `number` is the delivery's, the member's is taken from it. Anybody's: partners hardly ever
    press in the same moment."""

    __slots__ = ("account", "group", "key", "mark", "member", "number")

    def __init__(self, number: int) -> None:
        who = number * _STRIDE % MEMBERS_THERE
        self.number, self.key, self.mark = number, f"press:{number}", number.to_bytes(MARK_BYTES)
        self.member, self.group, self.account = member_of(who), group_of(who), f"local:w:u{who}"

    @property
    def unit(self) -> Unit[bool]:
        """What the writer gets: three questions announced, two rows."""
        looks = (
            Look("identity", ("local", "w", self.account[8:])),
            look_mark(self.mark),
            Look("answer", (str(self.group),)),
        )
        return Unit(self.key, AT, self.keep, looks)

    def keep(self, work: Work) -> bool:
        """Whose account? Seen before? Answered before? Then the mark and the answer, as rows."""
        sql = cast(SqlWork, work)
        (who,) = sql.find(by_account, self.account)
        if sql.find(by_mark, self.mark):
            return False
        sql.put(_mark, {"mark": self.mark, "at": AT})
        before = sql.find(answers_of, self.group)
        sql.keep(answers, {"group": self.group, "member": who.member, "outcome": "talked", "at": AT})
        return not before


_mark = insert(inbox)


def presses() -> Iterator[Press]:
    return map(Press, count(1))
