"""The bot: everything comes in through `Bot.receive`, and is answered after it is kept."""

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from bot import front
from bot.chat.action import Action, Unreadable
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id, Ids
from bot.chat.inbound import Completes, Fetched, Inbound, Joined, Left, Opened, Pressed, Submitted, Used
from bot.chat.outbound import NOTHING, Reply
from bot.chat.platform import NotKept
from bot.core import incoming, tidying
from bot.core.directory import Directory
from bot.core.errors import Moved, Refusal, StorageFailed
from bot.core.faults import HearsOfFaults, nobody_hears, put_down
from bot.core.feature import Answers, Call, Denied, Doing, Handler, Right, Run, Slow
from bot.core.flood import Flood
from bot.core.nations import Nations
from bot.core.offers import offering
from bot.core.parts import Tools
from bot.core.striking import Striking, striking
from bot.core.walltime import local_day
from bot.core.work import INBOX, Look, Storage, Unit, Work, look_mark
from bot.members.model import monday
from bot.members.reaching import reaching
from bot.members.store import MEMBERS, look_identity

Think = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs slow, pure work where it holds nobody up: in a thread, or at once under virtual time."""

Guard = Callable[[Handler, Work], Reply]
"""Runs a handler if it may run, once; or, for the parts before the last, if it may run."""

_LOOKS = 5
_TIDIES = timedelta(hours=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_DISK = "D1"


class Bot:
    """Features and ports behind one door.

    `zone` is the network's; `organisers` are accounts as in the config (`platform:workspace:user`); `mark` is a keyed
    hash; `alarm` is rung when the storage fails, and keeps count itself of how often it is heard; `failed` hears of
    our faults, and of those of the storage.
    """

    def __init__(
        self,
        directory: Directory,
        storage: Storage,
        *,
        zone: str,
        organisers: frozenset[str],
        mark: Callable[[str], bytes],
        ids: Ids,
        think: Think,
        flood: Flood | None = None,
        alarm: Callable[[], Awaitable[None]] | None = None,
        failed: HearsOfFaults = nobody_hears,
    ) -> None:
        self.directory = directory
        self._storage, self._zone, self._organisers, self._mark = storage, zone, organisers, mark
        self._ids, self._think, self._flood = ids, think, flood or Flood()
        self._alarm, self._tidied, self._nations, self._fault = alarm, _LONG_AGO, Nations(), failed
        self._is_unsure = False

    async def begin(self, storage: Storage, at: datetime) -> None:
        """The process has started, or the storage has failed: what rooms have to do before anything else, in one unit.
        Raises StorageFailed."""
        begins = [begin for feature in self.directory.features for begin in feature.begins]

        def run(work: Work) -> None:
            for begin in begins:
                begin(work)

        if begins:
            await storage.write(Unit(f"begin:{at.isoformat()}", at, run))

    async def _be_sure(self, at: datetime) -> None:
        """After the storage failed: what was kept all the same, and its answer lost, is not in memory yet."""
        if self._is_unsure:
            await self.begin(self._storage, at)
            self._is_unsure = False

    async def receive(self, inbound: Inbound) -> Reply:
        """Answer one thing that came in. Raises only where nobody waits for the answer, so that it is tried again: for
        an hour that struck or a timer that rang, and NotKept for who came or left while the storage fails."""
        call = replace(_call(inbound), nation=self._nations.of(inbound.account, inbound.at))
        reply = self.directory.traceless(inbound.what, call)
        if reply is not None:
            return reply
        if not self._lets(inbound):
            return NOTHING if isinstance(inbound.what, Opened | Completes) else front.too_fast()
        struck = striking(self.directory, inbound, call)
        if struck is not None:
            return await self._struck(inbound, struck)
        reply = await self._kindly(inbound, call)
        return Reply(offers=reply.offers) if isinstance(inbound.what, Completes) else reply

    def _lets(self, inbound: Inbound) -> bool:
        """Whether it does not come too fast. To look has a measure of its own: it takes nobody a press away. Who is
        found in a list has done nothing."""
        if inbound.account is None or (isinstance(inbound.what, Joined) and inbound.what.found):
            return True
        whose = inbound.account.show()
        return self._flood.lets(f"{whose} looks" if isinstance(inbound.what, Opened | Completes) else whose, inbound.at)

    async def _kindly(self, inbound: Inbound, call: Call) -> Reply:
        """The answer, or one sentence about why there is none."""
        try:
            return await self._answer(inbound, call)
        except Refusal as refusal:
            return front.said(refusal.text)
        except Denied as denied:
            return front.refused(denied.needs)
        except Unreadable:
            return front.old_button()
        except StorageFailed as failed:
            self._fault(inbound, failed)
            self._is_unsure = True
            if self._alarm is not None:
                await self._alarm()
            if isinstance(inbound.what, Joined | Left):
                raise NotKept from None
            return self._failed(inbound, _DISK)
        except Exception as error:
            return self._failed(inbound, self._put_down(inbound, error))

    def _put_down(self, inbound: Inbound, error: Exception) -> str:
        self._fault(inbound, error)
        return put_down(error)

    def _failed(self, inbound: Inbound, code: str) -> Reply:
        """A sentence; on the home page the help line with it."""
        return front.home_failed(self.directory, code) if isinstance(inbound.what, Opened) else front.failed(code)

    async def _answer(self, inbound: Inbound, call: Call) -> Reply:
        match inbound.what:
            case Used(tree, words):
                return await self._command(inbound, call, tree, incoming.line(words))
            case Completes(tree, words):
                return await self._offer(inbound, call, tree, incoming.line(words))
            case Pressed(packed, values):
                return await self._action(inbound, replace(call, values={"": incoming.chosen(values)}), packed)
            case Submitted(packed, fields):
                return await self._action(inbound, replace(call, values=incoming.fields(fields)), packed)
            case Opened():
                return await self._read(inbound, call, partial(front.home, self.directory), Right.ANYONE)
            case Fetched(address):
                return await self._storage.read(inbound.at, partial(self.directory.fetched, address=address))
            case Joined(found=found):
                return await self._do(inbound, call, self._found if found else self._each("joined"), Right.ANYONE)
            case Left():
                return await self._do(inbound, call, self._each("left"), Right.ANYONE)
            case _:
                return NOTHING

    async def _command(self, inbound: Inbound, call: Call, tree: Tree, words: str) -> Reply:
        answers, rest = self.directory.command(tree, words)
        answers = answers or self._lost(tree, words)
        return await self._do(inbound, replace(call, words=rest), answers.do, answers.needs)

    async def _offer(self, inbound: Inbound, call: Call, tree: Tree, words: str) -> Reply:
        """How a command that is still being typed may go on; it is only looked at."""
        answers, typed = self.directory.command(tree, words)
        if answers is None or answers.offers is None:
            return NOTHING
        return await self._read(inbound, replace(call, words=typed), offering(answers.offers), answers.needs)

    def _lost(self, tree: Tree, words: str) -> Answers:
        """Who answers the bare command, a call for help, and what nobody knows."""
        needs = Right.ORGANISER if tree is Tree.ORGANISER else Right.ANYONE
        reply = front.lost(self.directory, tree, words)
        return Answers(tree, "", lambda work, call: reply, needs)

    async def _action(self, inbound: Inbound, call: Call, packed: str) -> Reply:
        action = self.directory.actions.read(packed)
        if isinstance(action, Run):
            return await self._command(inbound, call, action.tree, action.word)
        on = self.directory.on(action)
        if on is None:
            raise Unreadable("nobody answers it")
        do, call = _of(on.do, action), replace(call, action=action)
        if on.reads:
            return await self._read(inbound, call, do, on.needs)
        return await self._do(inbound, call, do, on.needs, on.looks(action) if on.looks else ())

    async def _read(self, inbound: Inbound, call: Call, do: Doing, needs: Right) -> Reply:
        """What is only looked at, beside the writer."""
        do = reaching(do)
        if isinstance(do, Slow):
            return await self._read_slowly(inbound, call, do, needs)
        return await self._storage.read(inbound.at, lambda work: do(work, self._known(work, call, needs)))

    async def _read_slowly(self, inbound: Inbound, call: Call, slow: Slow[Any, Any], needs: Right) -> Reply:
        """The same, where what is shown takes a while to make."""
        known = partial(self._known, call=call, needs=needs)
        seen = await self._storage.read(inbound.at, lambda work: slow.look(work, known(work)))
        thought = await self._think(partial(slow.think, seen, self._tools(inbound)))
        return await self._storage.read(inbound.at, lambda work: slow.keep(work, known(work), thought))

    def _tools(self, inbound: Inbound) -> Tools:
        return Tools(self._ids, random.Random(inbound.key), inbound.at)  # noqa: S311 - chance, not a secret

    async def _do(self, inbound: Inbound, call: Call, do: Doing, needs: Right, looks: tuple[Look, ...] = ()) -> Reply:
        do, mark, is_press = reaching(do), self._mark(inbound.key), isinstance(inbound.what, Used | Pressed | Submitted)

        def allowed(handler: Handler, work: Work) -> Reply:
            return self._once(mark, handler, work, self._known(work, call, needs), is_press)

        if isinstance(do, Slow):
            known = partial(self._known, call=call, needs=needs)
            return await self._slow(
                inbound,
                do,
                lambda work: do.look(work, known(work)),
                allowed,
                lambda keep, work: keep(work, known(work)),
            )
        looks = (look_mark(mark), *looks)
        if inbound.account is not None:
            looks = (look_identity(inbound.account), *looks)
        return await self._storage.write(Unit(inbound.key, inbound.at, partial(allowed, do), looks))

    async def _struck(self, inbound: Inbound, struck: Striking) -> Reply:
        """What is to be done when an hour strikes or a timer rings, once, in one commit with the record of it."""
        do = struck.do
        await self._be_sure(inbound.at)
        try:
            if isinstance(do, Slow):
                return await self._slow(
                    inbound,
                    do,
                    lambda work: do.look(work, struck.call),
                    struck.once,
                    lambda keep, work: keep(work, struck.call),
                )
            return await self._storage.write(Unit(inbound.key, inbound.at, struck.run))
        except Exception as error:
            self._is_unsure |= isinstance(error, StorageFailed)
            self._put_down(inbound, error)
            raise

    async def _slow(
        self,
        inbound: Inbound,
        slow: Slow[Any, Any],
        look: Callable[[Work], Any],
        guard: Guard,
        unmarked: Guard,
    ) -> Reply:
        """Look, think and keep; again from the start when what was seen has moved meanwhile."""
        for _ in range(_LOOKS):
            seen = await self._storage.read(inbound.at, look)
            thought = await self._think(partial(slow.think, seen, self._tools(inbound)))
            try:
                *before, last = slow.parts(thought)
                for place, part in enumerate(before):
                    await self._keep(
                        f"{inbound.key}:{place}", inbound.at, partial(unmarked, partial(_keep, slow, part))
                    )
                return await self._keep(inbound.key, inbound.at, partial(guard, partial(_keep, slow, last)))
            except Moved:
                continue
        raise Moved

    async def _keep(self, key: str, at: datetime, run: Callable[[Work], Reply]) -> Reply:
        return await self._storage.write(Unit(key, at, run))

    def _known(self, work: Work, call: Call, needs: Right) -> Call:
        """The call with whose account it is. Raises Denied: rights come from our own tables and config alone."""
        if call.account is None:
            raise Denied(needs)
        identity = work.use(MEMBERS).identity(call.account)
        rights = call.rights | identity.rights if identity else call.rights
        if call.account.show() in self._organisers:
            rights |= {Right.ORGANISER}
        if needs not in rights:
            raise Denied(needs)
        if identity is not None:
            self._learn(work, call.account, identity.member)
        return replace(call, rights=rights, member=identity.member if identity else None)

    def _learn(self, work: Work, account: Account, member: Id) -> None:
        """Once a day, in passing, so that help need not ask."""
        if not self._nations.is_known(account, work.at):
            found = work.use(MEMBERS).get(member)
            self._nations.learn(account, found.nation if found else None, work.at)

    def _once(self, mark: bytes, do: Handler, work: Work, call: Call, is_press: bool) -> Reply:
        """Run a handler; a delivery seen before is answered anew, and changes nothing."""
        inbox = work.use(INBOX)
        if inbox.seen(mark):
            return do(work.rehearse(), call)
        inbox.keep(mark, work.at)
        if is_press and call.member is not None:
            self._present(work, call, call.member)
        if work.at - self._tidied > _TIDIES:
            self._tidied = work.at
            tidying.forget_marks(work)
        return do(work, call)

    def _present(self, work: Work, call: Call, member: Id) -> None:
        """Who presses is here, whatever was heard before: a press after a leave without a join is as good as one. Not
        one that only looks (`On.reads`): nothing is written for it. Its week is that of the network's day."""
        members = work.use(MEMBERS)
        identity = members.identity(call.who)
        if identity is not None and identity.left_at is not None:
            self._each("joined")(work, call)
        members.pressed(member, monday(local_day(work.at, self._zone)))

    def _found(self, work: Work, call: Call) -> Reply:
        """Somebody is there, whenever they came: news of a member whom we took to be gone, and of nobody else."""
        return NOTHING if call.member is None else self._each("joined")(work, call)

    def _each(self, handler: str) -> Handler:
        """All rooms' handlers of that name; what the first of them says is shown."""

        def do(work: Work, call: Call) -> Reply:
            plates = [one for feature in self.directory.features if (one := getattr(feature, handler)) is not None]
            replies = [one(work, call) for one in plates]
            return next((reply for reply in replies if reply != NOTHING), NOTHING)

        return do


def _call(inbound: Inbound) -> Call:
    name = incoming.name(inbound.name)
    return Call(at=inbound.at, account=inbound.account, name=name, sort=inbound.who, zone=inbound.zone)


def _of(do: Callable[[Work, Call, Any], Reply] | Slow[Any, Any], action: Action) -> Doing:
    if isinstance(do, Slow):
        return do
    return lambda work, call: do(work, call, action)


def _keep(slow: Slow[Any, Any], thought: Any, work: Work, call: Call) -> Reply:
    return slow.keep(work, call, thought)
