"""The door plate of the members: profile, settings, pause, leaving, and what organisers do for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import View
from bot.core.feature import Answers, Feature, Friday, Home, On, Page, Right, Sample, Timed, Visitor, refusal
from bot.members import actions, away, data, flow, leaving, organiser_views, organisers, picker, question_views, views
from bot.members.actions import Question
from bot.members.asking import Asking, look_friday
from bot.members.away import RETURNING, Pausing, bring_back
from bot.members.home import Own, home
from bot.members.kinds import Nation, Phase, Role, Time, Topic
from bot.members.model import Consent, Greeting, Member, Stage
from bot.members.schools import School
from bot.members.settling import Settling

_HOME_PLACE = 40
_LAST = 90
"""Behind all that is news on a Friday."""
_BACK_ON = date(2026, 11, 23)
_STOP = ("stop", "delete", "unsubscribe", "forget me", "delete me", "quit")
_PAUSE = ("holiday", "snooze", "skip", "away", "mute")
_BACK = ("resume", "unpause", "return")


def feature(zone: str) -> Feature:
    """Everything that members do about themselves; `zone` is the network's."""
    pausing, asking, settling = Pausing(zone), Asking(zone), Settling(zone)
    return Feature(
        name="members",
        package="bot.members",
        commands=(*_own_commands(pausing, settling), *_organisers_commands()),
        actions=(*_PROFILE, *_questions(asking), *_settings(settling), *_pauses(pausing), *_LEAVING, *_ORGANISERS),
        rules=(Timed(RETURNING, bring_back), Timed(leaving.FORGET_LEAVERS, leaving.forget_leavers)),
        left=leaving.left,
        home=Home(_HOME_PLACE, Own(zone).home, home_samples, Right.ANYONE),
        friday=Friday(_LAST, look_friday, alone=False),
        samples=samples,
    )


def _own_commands(pausing: Pausing, settling: Settling) -> tuple[Answers, ...]:
    return (
        Answers(Tree.MEMBER, "profile", flow.profile),
        Answers(Tree.MEMBER, "settings", settling.settings),
        Answers(Tree.MEMBER, "pause", pausing.pause, offers=pausing.offers, also=_PAUSE),
        Answers(Tree.MEMBER, "back", pausing.back, also=_BACK),
        Answers(Tree.MEMBER, "data", data.data, Right.ANYONE),
        Answers(Tree.MEMBER, "leave", leaving.leave, Right.ANYONE, also=_STOP),
    )


def _organisers_commands() -> tuple[Answers, ...]:
    return (
        Answers(Tree.ORGANISER, "members waiting", organisers.waiting, Right.ORGANISER),
        Answers(Tree.ORGANISER, "members vouch", organisers.waiting, Right.ORGANISER),
        Answers(Tree.ORGANISER, "members suspend", organisers.find, Right.ORGANISER),
    )


_PROFILE = (
    On(actions.EditProfile, flow.edit, reads=True),
    On(actions.KeepProfile, flow.keep_profile),
    On(actions.AskSchool, flow.ask_school, reads=True),
    On(actions.FindSchool, flow.find_school, reads=True),
    On(actions.SearchSchool, flow.search_school, reads=True),
    On(actions.ChooseSchool, flow.choose_school),
    On(actions.TypeSchool, flow.type_school, reads=True),
    On(actions.KeepSchool, flow.keep_school),
    On(actions.NoSchool, flow.no_school),
)


def _questions(asking: Asking) -> tuple[On[Any], ...]:
    return (
        On(actions.Ask, asking.ask, reads=True),
        On(actions.AskOne, asking.ask_one, reads=True),
        On(actions.KeepAnswer, asking.keep),
        On(actions.SearchZone, asking.search_zone, reads=True),
        On(actions.ChooseZone, asking.choose_zone),
        On(actions.SameZone, asking.same_zone),
        On(actions.StopAsking, asking.stop),
    )


def _settings(settling: Settling) -> tuple[On[Any], ...]:
    return (
        On(actions.SetConsent, settling.set_consent),
        On(actions.SetChoice, settling.set_choice),
        On(actions.SetOften, settling.set_often),
        On(actions.TakeZone, settling.take_zone),
    )


def _pauses(pausing: Pausing) -> tuple[On[Any], ...]:
    return (
        On(actions.PauseWeek, pausing.this_week),
        On(actions.AskUntil, pausing.ask_until, reads=True),
        On(actions.PauseUntil, pausing.until),
        On(actions.PauseOpen, pausing.until_i_say),
    )


_LEAVING = (
    On(actions.Stay, leaving.stay, Right.ANYONE, reads=True),
    On(actions.Stop, leaving.stop, Right.ANYONE),
    On(actions.Erase, leaving.erase, Right.ANYONE),
    On(actions.EraseAll, leaving.erase_all, Right.ANYONE),
    On(actions.SendData, data.send, Right.ANYONE),
)
_ORGANISERS = (
    On(actions.Vouch, organisers.vouch, Right.ORGANISER),
    On(actions.AskGreeting, organisers.ask_greeting, Right.ORGANISER, reads=True),
    On(actions.VouchAndGreet, organisers.vouch_and_greet, Right.ORGANISER),
    On(actions.NotNow, organisers.not_now, Right.ORGANISER, reads=True),
    On(actions.Waiting, organisers.turn_page, Right.ORGANISER, reads=True),
    On(actions.SearchMember, organisers.search, Right.ORGANISER, reads=True),
    On(actions.ChooseMember, organisers.choose, Right.ORGANISER, reads=True),
    On(actions.Suspend, organisers.suspend, Right.ORGANISER),
    On(actions.Restore, organisers.restore, Right.ORGANISER),
)


def home_samples() -> Mapping[Visitor, Page]:
    """Its part of the home page, for each who sees one."""
    tom, today = _made_up(), date(2026, 11, 11)
    others = {
        Visitor.WAITING: replace(tom, stage=Stage.WAITING),
        Visitor.AWAY: replace(tom, away=True, back_on=_BACK_ON),
    }
    seen = {one: others.get(one, tom) for one in (*others, Visitor.MEETS, Visitor.ALONE, Visitor.ORGANISER)}
    return {one: home(member, today) for one, member in seen.items()}


def samples() -> tuple[Sample, ...]:
    """Everything this room shows, with people who do not exist."""
    tom = _made_up()
    agreed = frozenset({Consent.INTRODUCTIONS})
    school = School(100001, "Larkhill Special School", "Special", "Open", Phase.SPECIAL, "Anyshire", town="Larkhill")
    today = date(2026, 11, 11)
    return (
        Sample("Profile", views.profile(tom)),
        Sample("Profile, the form", views.edit_form(tom)),
        Sample("School, asked for", picker.ask_view(views.STEPS, Nation.ENGLAND)),
        Sample("School, searched", picker.search_form(views.STEPS)),
        Sample("School, found", picker.found_view(views.STEPS, [school])),
        Sample("School, not found", picker.found_view(views.STEPS, [])),
        Sample("School, typed", picker.type_form(views.STEPS)),
        *_asked(tom),
        Sample("Settings", views.settings(tom, agreed)),
        Sample("Settings, a time zone offered", views.settings(tom, agreed, "America/New_York")),
        Sample("Pause", away.pause_view()),
        Sample("Pause, until when", away.until_form(today)),
        Sample("Pause, answered", away.paused(today)),
        Sample("Home page, away without an end", View(home(replace(tom, away=True), today))),
        Sample("Leave", leaving.leave_view()),
        Sample("Leave, forgotten", leaving.goodbye()),
        Sample("Leave, forgotten with what was written", leaving.goodbye_all()),
        Sample("My data", data.data_view()),
        Sample("My data, on its way", data.on_its_way()),
        Sample("My data, the file", data.file_view({"members": [{"name": tom.name}]})),
        Sample("My data, nothing held", data.nothing_held()),
        Sample("You are in", views.youre_in(tom, introduced=True)),
        Sample("Organisers: who waits", organiser_views.waiting([tom] * 7, 0)),
        Sample("Organisers: vouched", organiser_views.vouched(tom, "Anna Ford")),
        Sample("Organisers: suspend", organiser_views.suspension(tom)),
        *_changed(_told_all(tom)),
        *_gone_and_back(tom),
        *_greeted(tom),
        *_organising(tom, replace(tom, stage=Stage.SUSPENDED)),
        *_refused(tom, today),
    )


def _changed(tom: Member) -> tuple[Sample, ...]:
    return (
        Sample("Profile, with how to be reached", views.profile(replace(tom, reach="01632 960011, after five"))),
        Sample("Profile, kept", views.profile_kept(tom)),
        Sample("Profile, nothing shown", views.profile(replace(tom, shows_region=False, shows_years=False))),
        Sample("Settings, everything allowed", views.settings(tom, frozenset(views.OFFERED))),
        Sample(
            "Settings, nothing shown", views.settings(replace(tom, shows_region=False, shows_years=False), frozenset())
        ),
        Sample("You are in, not introduced", views.youre_in(tom, introduced=False)),
    )


def _gone_and_back(tom: Member) -> tuple[Sample, ...]:
    return (
        Sample("Pause, without an end", away.paused(None)),
        Sample("Back", away.welcome_back(tom)),
        Sample("Back, but not vouched for", away.welcome_back(replace(tom, stage=Stage.WAITING))),
        Sample("Leave, stayed", leaving.stayed_view()),
        Sample("Leave, stopped", leaving.stopped_view()),
    )


def _greeted(tom: Member) -> tuple[Sample, ...]:
    form, wrong = organiser_views.greeting_form(tom), organiser_views.greeting_wrong()
    return (
        Sample("You are in, greeted", views.youre_in(tom, True, Greeting("Anna Ford", "See you on Saturday, Tom."))),
        Sample("Greeted a moment later", views.greeted(Greeting("Anna Ford", "See you on Saturday, Tom."))),
        Sample("Organisers: a greeting, the form", form),
        Sample("Organisers: a greeting, sent back", form, wrong),
        Sample("Organisers: in already", organiser_views.in_already(tom)),
    )


def _organising(tom: Member, suspended: Member) -> tuple[Sample, ...]:
    return (
        Sample("Organisers: who waits, the second page", organiser_views.waiting([tom] * 7, 1)),
        Sample("Organisers: nobody waits", organiser_views.waiting([], 0)),
        Sample("Organisers: vouched for later", organiser_views.not_now(tom)),
        Sample("Organisers: whom to suspend", organiser_views.search_form()),
        Sample("Organisers: whom to suspend, found", organiser_views.found([tom])),
        Sample("Organisers: whom to suspend, not found", organiser_views.found([])),
        Sample("Organisers: suspended", organiser_views.suspended(suspended)),
        Sample("Organisers: suspended before", organiser_views.suspension(suspended)),
        Sample("Organisers: let back in", organiser_views.restored(tom)),
        Sample("Organisers' channel: suspended", organiser_views.told("suspended", tom, "Anna Ford")),
        Sample("Organisers' channel: let back in", organiser_views.told("restored", tom, "")),
    )


def _refused(tom: Member, today: date) -> tuple[Sample, ...]:
    """What is said where something cannot be done."""
    who, school = {"name": "error-name", "role": "error-choice"}, {picker.FIELD: "error-school"}
    return (
        Sample("Profile, the form, sent back", views.edit_form(tom), views.errors(who)),
        Sample("School, typed, sent back", picker.type_form(views.STEPS), views.errors(school)),
        Sample("Pause, until when, sent back", away.until_form(today), views.errors({"day": "error-day"})),
        refusal("Nobody of that name any more", views.words.text("nobody")),
        refusal("An account that was connected today", views.words.text("too-new")),
        refusal("Suspended", views.words.text("suspended-you")),
        refusal("Stopped already", views.words.text("stopped-you")),
        refusal("Not joined", views.words.text("not-in")),
    )


def _asked(tom: Member) -> tuple[Sample, ...]:
    """Each small question, and what is said to it."""
    forms = (Question.TOPICS, Question.TIMES, Question.YEARS, Question.TRUST, Question.REACH, Question.OFTEN)
    small = (Question.TOPICS, Question.TIMES, Question.YEARS, Question.TRUST)
    return (
        *(Sample(f"Question: {one}", question_views.form(one, tom)) for one in forms),
        Sample(
            "Question, sent back", question_views.form(Question.OFTEN, tom), views.errors({"often": "error-choice"})
        ),
        *(Sample(f"Friday's question: {one}", View(question_views.small(one))) for one in small),
        Sample("Questions, no more", question_views.no_more()),
        Sample("Time zone, searched", question_views.zone_search()),
        Sample("Time zone, offered", question_views.zone_offered("America/New_York")),
        Sample("Time zone, found", question_views.zones_found(["Europe/Lisbon"])),
        Sample("Time zone, not found", question_views.zones_found([])),
        Sample("Language", question_views.language()),
    )


def _told_all(tom: Member) -> Member:
    """Who has answered all there is, and lets everything be shown."""
    tom = replace(tom, region="North West", years=7, trust="Unity", zone="Europe/Lisbon", asks=False)
    tom = replace(tom, times=frozenset({Time.TUESDAY_AFTER, Time.SATURDAY_MORNING}), weekends=True, holidays=True)
    return replace(tom, shows_school=True, shows_region=True, shows_years=True)


def _made_up() -> Member:
    return Member(
        id=Id(1),
        name="Tom Ashdown",
        stage=Stage.MEMBER,
        role=Role.HEADTEACHER,
        nation=Nation.ENGLAND,
        phase=Phase.SPECIAL,
        school="Larkhill Special School",
        topics=frozenset({Topic.STAFFING, Topic.INSPECTION}),
        joined_at=datetime(2026, 11, 11, 16, tzinfo=UTC),
    )
