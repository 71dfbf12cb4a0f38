"""The door plate of events."""

from collections.abc import Callable, Sequence
from typing import Any

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import Button
from bot.core.feature import Answers, Feature, Friday, Hears, Home, On, Rings, Visitor
from bot.core.post import Policy
from bot.events import actions, inviting, member_samples, member_views, organiser_samples
from bot.events.attending import Attending
from bot.events.choosing import Choosing
from bot.events.friday import Fridays
from bot.events.home import Looking
from bot.events.model import EventCancelled, EventChanged, EventSettings
from bot.events.offers import TEND
from bot.events.organising import plates
from bot.events.promises import kept
from bot.events.store import look_event
from bot.events.telling import Telling
from bot.members.model import MemberAway, MemberGone, MemberReady

_FRIDAY_PLACE = 30
_HOME_PLACE = 35


def feature(
    policy: Policy,
    settings: EventSettings,
    add: Callable[[Id], Sequence[Button]] = lambda event: (),
    calendar: tuple[Button, ...] = (),
) -> Feature:
    """Events; `policy` says when somebody is left alone, and in which zone the network lives. `add` is the way of an
    event into a member's own calendar, and `calendar` the way there, which another room knows."""
    attending, looking, fridays = Attending(policy, add), Looking(calendar), Fridays(policy.network.zone)
    telling, choosing = Telling(attending.offers), Choosing(attending.offers.reminders)
    organising = plates(settings, attending.join_all)
    return Feature(
        name="events",
        package="bot.events",
        commands=(Answers(Tree.MEMBER, "events", looking.coming), *organising.commands),
        actions=(*_answers(attending), *_looks(looking), *_choices(choosing), *organising.actions),
        rules=organising.rules,
        timers=(Rings(TEND, attending.offers.rang), *organising.timers),
        hears=(
            Hears(EventChanged, telling.changed),
            Hears(EventCancelled, telling.cancelled),
            Hears(MemberGone, attending.gone),
            Hears(MemberAway, attending.away),
            Hears(MemberAway, choosing.away),
            Hears(MemberReady, attending.ready),
            Hears(MemberReady, choosing.ready),
            *organising.hears,
        ),
        friday=Friday(_FRIDAY_PLACE, fridays.look),
        home=Home(_HOME_PLACE, looking.home, lambda: {Visitor.MEETS: member_views.home(member_samples.HELD)}),
        crowds=(inviting.crowd(),),
        invites=(inviting.invite(),),
        promises=(kept(attending.offers),),
        samples=lambda: (*member_samples.samples(), *organiser_samples.samples()),
    )


def _answers(attending: Attending) -> tuple[On[Any], ...]:
    return (
        On(actions.AnswerEvent, attending.answer, looks=lambda action: (look_event(action.event),)),
        On(actions.AgreeEvent, attending.agree),
        On(actions.TakePlace, attending.take),
        On(actions.JoinSeries, attending.join),
        On(actions.LeaveSeries, attending.unjoin),
    )


def _looks(looking: Looking) -> tuple[On[Any], ...]:
    return (
        On(actions.ComingEvents, looking.page, reads=True),
        On(actions.ShowEvent, looking.show, reads=True),
        On(actions.MyEvents, looking.mine, reads=True),
    )


def _choices(choosing: Choosing) -> tuple[On[Any], ...]:
    return (
        On(actions.AskChoices, choosing.ask, reads=True),
        On(actions.KeepChoices, choosing.keep),
        On(actions.Still, choosing.still),
    )
