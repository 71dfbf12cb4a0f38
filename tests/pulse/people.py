"""Thirty heads who agreed to be asked, and what they do with a poll."""

from collections.abc import Iterable
from dataclasses import replace

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.feature import Right
from bot.core.work import Unit, Work
from bot.members.kinds import Role
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.store import MEMBERS
from tests.world.world import Head, World, head_of

AGREED = (Consent.INTRODUCTIONS, Consent.MESSAGES, Consent.PULSE)


async def heads(world: World, many: int = 30, consents: tuple[Consent, ...] = AGREED) -> list[Head]:
    """So many members, who are in and agreed."""
    found = []

    def keep(work: Work) -> None:
        for number in range(many):
            user = f"head{number:02}"
            member = Member(Id(1000 + number), f"Head {number}", Stage.MEMBER, Role.HEADTEACHER, vouched_at=work.at)
            work.use(MEMBERS).keep(member)
            rights = frozenset({Right.ANYONE, Right.MEMBER})
            work.use(MEMBERS).keep_identity(Identity(Account("local", "space", user), member.id, rights))
            for consent in consents:
                work.use(MEMBERS).agree(member.id, consent, True, work.at)

    for number in range(many):
        account = world.space.join(f"Head {number}", user=f"head{number:02}")
        found.append(head_of(world, account, f"Head {number}"))
    await world.parts.storage.write(Unit("heads", world.at, keep))
    await world.go_to(world.at)
    return found


async def sort(world: World, people: Iterable[Head], **said: object) -> None:
    """What these people have said of themselves."""
    found = [await world.look(one.account) for one in people]

    def keep(work: Work) -> None:
        for member in found:
            assert member is not None
            work.use(MEMBERS).keep(replace(member, **said))  # type: ignore[arg-type]

    await world.parts.storage.write(Unit(f"sort {said}", world.at, keep))


async def compose(anna: Head) -> None:
    """A draft of one question."""
    await anna.use("pulse new", Tree.ORGANISER)
    await anna.fill(first="This week as a leader")


async def opened_by(anna: Head) -> None:
    """A poll of one question, sent by an organiser."""
    await compose(anna)
    await anna.press("Send it now")


async def answer(head: Head, label: str) -> None:
    """Open the latest message, press, choose, send."""
    head.read("How has this week")
    await head.press("Answer")
    await head.fill(q0=label)
