"""A member's own diary: theirs alone. Nothing asks for it, and nothing is made of it but their own year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import Moved, Refusal
from bot.core.feature import Call, Slow
from bot.core.parts import Tools
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.members.model import Consent, monday
from bot.members.newness import no_new_account
from bot.members.store import MEMBERS
from bot.pulse import diary_views as views
from bot.pulse.diary_picture import draw
from bot.pulse.model import MOST_DIARY, Entry
from bot.pulse.store import DIARIES

_YEAR = timedelta(weeks=52)


@dataclass(frozen=True)
class Diary:
    """The handlers; `zone` is the network's, for whoever has said none. An account that has been somebody's for less
    than a day reads and writes none of it (decision 27)."""

    zone: str

    def open(self, work: Work, call: Call, action: Action) -> Reply:
        """What it is, for whoever keeps none; else what can be done with it."""
        no_new_account(work, call)
        if not _keeps_one(work, call.me):
            return Reply(view=views.invitation())
        week, weeks = self._week(work, call.me), work.use(DIARIES).of(call.me)
        return Reply(view=views.page(week, weeks.get(week), is_whole=None not in weeks.values()))

    def start(self, work: Work, call: Call, action: Action) -> Reply:
        no_new_account(work, call)
        work.use(MEMBERS).agree(call.me, Consent.DIARY, True, work.at)
        return self.open(work, call, action)

    def write(self, work: Work, call: Call, action: Action) -> Reply:
        """The form, as the week stands so far."""
        _must_keep_one(work, call)
        return Reply(ask=views.form(self._now(work, call.me)))

    def keep(self, work: Work, call: Call, action: Action) -> Reply:
        """The week that it is now, where they live. What was not offered is not taken."""
        _must_keep_one(work, call)
        rating = views.RATINGS.get(call.value("rating"))
        if rating is None:
            raise Refusal(views.nothing_chosen())
        said = call.value("words").replace("\0", "").strip()[:MOST_DIARY]
        week = self._week(work, call.me)
        work.use(DIARIES).keep(Entry(call.me, week, rating, said))
        return Reply(view=views.kept(week))

    def stop(self, work: Work, call: Call, action: Action) -> Reply:
        """The consent is taken back, and what was written is thrown away."""
        no_new_account(work, call)
        work.use(MEMBERS).agree(call.me, Consent.DIARY, False, work.at)
        work.use(DIARIES).forget(call.me)
        return Reply(view=views.stopped())

    @property
    def year(self) -> Slow[tuple[Id, Mapping[date, Entry | None]], tuple[Id, View]]:
        """Their year, as a picture and as lines: drawing takes half a second."""
        return Slow(self._look, _think, _show)

    def _look(self, work: Work, call: Call) -> tuple[Id, Mapping[date, Entry | None]]:
        _must_keep_one(work, call)
        since = self._week(work, call.me) - _YEAR
        return call.me, {week: one for week, one in work.use(DIARIES).of(call.me).items() if week > since}

    def _week(self, work: Work, member: Id) -> date:
        found = work.use(MEMBERS).get(member)
        return monday(local_day(work.at, (found.zone if found else None) or self.zone))

    def _now(self, work: Work, member: Id) -> Entry | None:
        return work.use(DIARIES).of(member).get(self._week(work, member))


def seal_anew(work: Work, due: Due) -> None:
    """Every night: a key that was replaced may go after its time, and a diary must outlive it."""
    work.use(DIARIES).seal_anew()


def _keeps_one(work: Work, member: Id) -> bool:
    return Consent.DIARY in work.use(MEMBERS).consents(member)


def _must_keep_one(work: Work, call: Call) -> None:
    """Raises Refusal to whoever keeps none (any more), or comes with an account too new."""
    no_new_account(work, call)
    if not _keeps_one(work, call.me):
        raise Refusal(views.keeps_none())


def _think(seen: tuple[Id, Mapping[date, Entry | None]], tools: Tools) -> tuple[Id, View]:
    member, weeks = seen
    return member, views.year(weeks, draw([one for one in weeks.values() if one]))


def _show(work: Work, call: Call, thought: tuple[Id, View]) -> Reply:
    """Raises Moved where it was thrown away meanwhile, or the account has become another's."""
    member, view = thought
    if call.me != member or not _keeps_one(work, member):
        raise Moved
    return Reply(view=view)
