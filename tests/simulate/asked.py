"""Parts that break what somebody asked for themselves and was told that they have."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from adapters.people import reading
from adapters.people.habit import some_time
from adapters.people.model import Planned, Use
from bot.accounts import flow as connecting
from bot.accounts.actions import ThatsMe
from bot.chat.outbound import Reply
from bot.core.feature import Call
from bot.core.work import Work
from bot.door.simulate import lending
from bot.door.simulate.townsmen import Townsman
from bot.members import away
from bot.members.model import Member
from bot.members.store import MEMBERS
from bot.members.views import profile_kept
from storage import members, people

Plant = pytest.MonkeyPatch


def pause_that_stops_nothing(plant: Plant) -> None:
    """Whoever asked to be left alone is introduced, and asked on Thursday, like everybody else."""
    everybody = members._at_stage.where(*members._agreed).order_by(people.members.c.id)
    plant.setattr(members, "_introducible", everybody)


def town_of_pauses(plant: Plant) -> None:
    """Nothing is broken, but everybody pauses this way and that, and is back before it ends."""
    ways: tuple[tuple[str, ...], ...] = (reading.PAUSE_WEEK,), (reading.PAUSE_DATE,), (reading.PAUSE_OPEN,)
    gestures = [(0.2, Use("pause", way)) for way in ways] + [(0.4, Use("back"))]
    plant.setattr(Townsman, "_whims", lambda self, chance: gestures)


def pause_that_is_not_kept(plant: Plant) -> None:
    """It is acknowledged, and stored nowhere."""
    plant.setattr("bot.members.away.leave_alone", lambda *more, **named: None)


def pause_that_takes_back_too_much(plant: Plant) -> None:
    """Whoever asks to be left alone hears nothing of what they asked for either; and nor does anybody else."""
    leave_alone = away.leave_alone

    def everything(work: Work, member: Member, *more: Any, **named: Any) -> None:
        leave_alone(work, member, *more, **named)
        work.cancel("event-remind:", "friday:", "checkin:")

    plant.setattr(away, "leave_alone", everything)


def town_of_second_thoughts(plant: Plant) -> None:
    """Nothing is broken, but everybody pauses each week, and within minutes of that wants to be back; or the other way
    round."""
    plant.setattr(Townsman, "week", lambda self, *when: [*_week(self, *when), *_second_thoughts(self, *when)])


_week = Townsman.week


def _second_thoughts(townsman: Townsman, monday: date, midnight: datetime) -> list[Planned]:
    chance = townsman.chance("second thoughts", monday)
    at = some_time(midnight, townsman.head.zone, chance)
    pause = Use("pause", (chance.choice((reading.PAUSE_WEEK, reading.PAUSE_OPEN)),))
    first, second = chance.sample([pause, Use("back")], 2)
    return [Planned(at, first), Planned(at + timedelta(minutes=chance.uniform(1, 6)), second)]


def back_that_is_not_kept(plant: Plant) -> None:
    """Many pause and say that they are back, and are told so; and are left alone as before."""
    town_of_pauses(plant)
    plant.setattr("bot.members.away._returned", lambda work, member: member)


def hours_that_are_not_kept(plant: Plant) -> None:
    """Who says by which clock they live is thanked, and nothing is stored."""
    plant.setattr("bot.members.asking.kept", lambda work, member: Reply(view=profile_kept(member)))


def hours_that_stay_the_networks(plant: Plant) -> None:
    """What they say is stored, and letters go by the network's clock all the same."""
    plant.setattr("storage.post._hours", lambda said, network: network)


def connection_that_is_not_kept(plant: Plant) -> None:
    """Both sides say yes and are thanked, and stay two."""
    plant.setattr("bot.accounts.flow._become", lambda *more: True)


def connection_after_one_yes(plant: Plant) -> None:
    """Whoever has the code becomes its owner, and nobody is asked."""
    thats_me = connecting.thats_me

    def become(work: Work, call: Call, action: ThatsMe) -> Reply:
        member = work.use(MEMBERS).get(action.member)
        reply = thats_me(work, call, action)
        if member is not None and reply.replace is not None:
            connecting._become(work, member, call.who)
        return reply

    plant.setattr(connecting, "thats_me", become)


def parting_that_is_not_kept(plant: Plant) -> None:
    """Everybody who is told of another account of theirs parts with it; and it stays theirs."""
    plant.setattr("bot.door.simulate.restless._PARTS", 1.0)
    plant.setattr("storage.accounts.SqlAccounts.part", lambda self, account: None)


def listener_who_is_not_kept(plant: Plant) -> None:
    """Says that they will write, and is thanked; and nothing is stored, nor does the hour change it."""
    plant.setattr("bot.support.flow.Requests.introduce", lambda self, work, request: None)
    plant.setattr("bot.support.answering.Answering.unanswered", lambda self, work, rang: None)


def listener_who_is_silent(plant: Plant) -> None:
    """No listener answers, and the hour by which whoever asked was to hear passes."""
    plant.setattr("bot.door.simulate.lending._WAYS", tuple(one for one in lending._WAYS if "write to" not in one[0]))
    plant.setattr("bot.support.answering.Answering.unanswered", lambda self, work, rang: None)


def rota_that_disturbs(plant: Plant) -> None:
    """Who pauses is asked to listen as if they did not, and everybody pauses."""
    plant.setattr("bot.members.model.Member.takes_part", lambda self, on: True)
    town_of_pauses(plant)
