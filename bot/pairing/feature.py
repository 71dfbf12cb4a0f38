"""The door plate of introductions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import Paragraph, View
from bot.core.astray import Apart, WentAstray
from bot.core.calendar import Late, Rule
from bot.core.counts import tell_count
from bot.core.feature import Answers, Feature, Friday, Hears, Home, On, Page, Right, Sample, Slow, Timed, Visitor
from bot.members.kinds import Phase, Role, Time, Topic
from bot.members.model import Member, MemberAway, MemberBack, MemberGone, MemberReady, MemberWithdrew, Stage
from bot.pairing import apart, apart_views, views
from bot.pairing.actions import FindAnother, Skip, Unskip
from bot.pairing.astray import Astray
from bot.pairing.flow import Figures, Introductions
from bot.pairing.home import Meeting
from bot.pairing.matcher import Engine, Reason, Shown, time_at
from bot.pairing.model import LATEST, Becomes, Coming, WantsOut, Weeks
from bot.pairing.promises import kept
from bot.pairing.replacing import Replacing
from bot.pairing.resting import Resting
from bot.pairing.skipping import PAST, Skipping

_MONDAY = date(2026, 11, 16)
_FRIDAY_PLACE = 10
_HOME_PLACE = 20


def feature(weeks: Weeks, engine: Engine, figures: Figures = lambda work, round: ()) -> Feature:
    """Introductions. `figures` adds to `intro status` what another room knows of a round."""
    room = Introductions(weeks, engine, figures)
    meeting, replacing, resting = Meeting(weeks), Replacing(weeks, engine), Resting(weeks)
    skipping = Skipping(room, resting)
    return Feature(
        name="pairing",
        package="bot.pairing",
        commands=(Answers(Tree.MEMBER, "partner", meeting.partner), *_organising(room)),
        actions=(
            On(Skip, skipping.skip),
            On(Unskip, skipping.unskip),
            On(FindAnother, replacing.another),
        ),
        rules=(
            Timed(
                Rule("introductions", weeks.schedule, Late.RUN_LATE, LATEST),
                Slow(room.look_hour, room.think, room.keep_hour, room.parts),
            ),
            Timed(resting.rule, Slow(resting.look, resting.think, resting.keep)),
            Timed(resting.friday_rule, resting.friday),
            Timed(PAST, skipping.forget),
        ),
        hears=(
            Hears(MemberAway, replacing.stops),
            Hears(MemberGone, replacing.stops),
            Hears(MemberWithdrew, replacing.withdrew),
            Hears(WantsOut, replacing.wants_out),
            Hears(MemberReady, replacing.ready),
            Hears(MemberBack, resting.back),
            Hears(WentAstray, Astray(weeks).heard),
            Hears(Apart, apart.heard),
        ),
        friday=Friday(_FRIDAY_PLACE, skipping.friday),
        home=Home(_HOME_PLACE, meeting.home, home_samples),
        promises=(kept(weeks),),
        samples=samples,
    )


def _organising(room: Introductions) -> tuple[Answers, ...]:
    preview = Slow(room.look_preview, room.think, room.show)
    send = Slow(room.look_send, room.think, room.keep_send, room.parts)
    return (
        Answers(Tree.ORGANISER, "intro preview", preview, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro send", send, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro hold", room.hold, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro status", room.status, Right.ORGANISER),
    )


def home_samples() -> Mapping[Visitor, Page]:
    """Its part of the home page, for each who sees one."""
    tom = Member(Id(2), "Tom Reed", Stage.MEMBER, Role.HEADTEACHER, phase=Phase.SPECIAL)
    return {Visitor.MEETS: views.whom((tom,), Id(8)), Visitor.ALONE: views.partner_none(_MONDAY).blocks}


def samples() -> tuple[Sample, ...]:
    """Everything this room can show, with people who are made up."""
    return (*_introductions(), *_elsewhere(), *_reasons(), *_weeks(), *_decisions())


def _introductions() -> tuple[Sample, ...]:
    role, phase = Role.HEADTEACHER, Phase.SPECIAL
    priya = Member(Id(1), "Priya Shah", Stage.MEMBER, role, phase=phase, school="Elm Lane School", shows_school=True)
    tom, ann = Member(Id(2), "Tom Reed", Stage.MEMBER, role, phase=phase), Member(Id(3), "Ann Hughes", Stage.MEMBER)
    shared = (Reason(Shown.TOPIC, Topic.STAFFING), Reason(Shown.TOPIC, Topic.SEND), Reason(Shown.PHASE, phase))
    everybody = (priya, tom, ann)
    return (
        Sample("Introduction", views.introduction((priya, tom), views.why(shared, 2), Id(7))),
        Sample("Introduction, three", views.introduction(everybody, views.why(shared[:1], 3), Id(8))),
        Sample("Introduction, three of one phase", views.introduction(everybody, views.why(shared[2:], 3), Id(8))),
        Sample("Introduction, nothing known", views.introduction((tom, ann), views.why((), 2), Id(9))),
        Sample("Introduction, two of three go on", views.going_on((priya, tom), Id(10))),
        Sample("Introduction, perhaps not arrived", views.astray((tom, ann), Id(8))),
        Sample("Introduction, every place to begin", views.beginnings()),
        Sample("Partner", views.partner((tom, ann), Id(8))),
        Sample("Partner, none", views.partner_none(_MONDAY)),
        Sample("Partner, away", views.partner_away()),
    )


def _elsewhere() -> tuple[Sample, ...]:
    """People who share no place."""
    priya, tom = Member(Id(1), "Priya Shah", Stage.MEMBER), Member(Id(2), "Tom Reed", Stage.MEMBER)
    tom, told = replace(tom, reach="01632 960011, after five"), replace(priya, reach="01632 960022")
    met, group = views.introduction((priya, tom), views.why((), 2), Id(7)), Id(7)
    toms = (tom, Member(Id(4), "Tom Hughes", Stage.MEMBER))
    return (
        Sample("Introduction, elsewhere", apart_views.introduction(met, priya, (tom,), group)),
        Sample("Introduction, elsewhere, both can be reached", apart_views.introduction(met, told, (tom,), group)),
        Sample("Partner, elsewhere", apart_views.partner(told, (tom,), (tom,), group)),
        Sample("Partners of one first name, elsewhere", apart_views.partner(told, toms, toms, group)),
    )


def _reasons() -> tuple[Sample, ...]:
    """What people can be told they share, besides topics and phase."""
    region, free = (
        Reason(Shown.REGION, "North West"),
        [Reason(Shown.TIME, time_at(one, "Europe/London")) for one in Time],
    )
    several = (region, *free[:2])
    return (
        Sample("Reasons, two people", View((Paragraph(views.why(several, 2)),))),
        Sample("Reasons, three people", View(tuple(Paragraph(views.why(some, 3)) for some in (several, free[:1])))),
        Sample("Reasons, every time that suits", View(tuple(Paragraph(views.why((one,), 2)) for one in free))),
    )


def _weeks() -> tuple[Sample, ...]:
    tom = Member(Id(2), "Tom Reed", Stage.MEMBER)
    ended = [Sample(f"The partner cannot carry on, {one}", views.said(f"ended-{one}")) for one in Becomes]
    another = [Sample(f"Somebody else, {one}", views.said(f"another-{one}")) for one in (*Becomes, "once", "past")]
    return (
        Sample("Introduction, nobody found", views.said("left-out")),
        Sample("Introduction, nobody found yet", views.said("left-out-looking")),
        *ended,
        Sample("The partner was introduced to somebody else", views.moving_on(looks=True)),
        Sample("The partner comes first next time", views.moving_on(looks=False)),
        *another,
        Sample("Partner, looked for", views.said("partner-looking")),
        Sample("Friday letter, introductions", View(views.announced(_MONDAY, _MONDAY))),
        Sample("Not this week", views.skipped(_MONDAY, _MONDAY)),
        Sample("Not this week, taken back", views.unskipped(_MONDAY, _MONDAY)),
        Sample("Not this week, too late", views.skip_past()),
        Sample("Back, on Friday", views.returning(tom, True, _MONDAY, _MONDAY)),
        Sample("Back, on Friday, without introductions", views.returning(tom, False, _MONDAY, None)),
        Sample("Back, on the day", views.returning(tom, True, None, None)),
        Sample("Back, on the day, without introductions", views.returning(tom, False, None, None)),
    )


def _decisions() -> tuple[Sample, ...]:
    when, at = views.say_when(_MONDAY, time(8)), datetime(2026, 11, 16, 8, tzinfo=UTC)
    coming, first = Coming(_MONDAY, None, False), Coming(_MONDAY, None, True)
    late = views.status(coming, True, when, ())
    preview = views.preview([["Ann Hughes", "Tom Reed"], ["Joe Ash", "Lin Wu", "Priya Shah"]], tell_count(0), when)
    return (
        Sample("Organisers: preview", views.for_organiser(preview, coming, False, when)),
        Sample("Organisers: preview, now", views.preview([["Ann Hughes", "Tom Reed"]], tell_count(0), None)),
        Sample("Organisers: preview of many", views.preview([["Ann Hughes", "Tom Reed"]] * 62, tell_count(2), when)),
        Sample("Organisers: preview of nobody", views.preview((), tell_count(0), None)),
        Sample("Organisers: status", views.status(coming, False, when, (views.last(_MONDAY),))),
        Sample("Organisers: status, not gone out", views.for_organiser(late, coming, True, when)),
        Sample("Organisers: status before the first", views.status(first, False, when, ())),
        Sample("Organisers: sent", views.said("sent")),
        Sample("Organisers: sent to nobody", views.said("sent-nobody")),
        Sample("Organisers: let go", views.said("released", when=when)),
        Sample("Organisers: held", views.for_organiser(views.said("held", when=when), first, False, when)),
        Sample("Organisers' channel: sent", views.told(Id(1), "told-sent", "Ann Hughes", (), at).view),
        Sample("Organisers' channel: let go", views.told(Id(2), "told-released", "Ann Hughes", when, at).view),
        Sample("Organisers' channel: held", views.told(Id(3), "told-held", "", when, at).view),
        Sample("Organisers' channel: waiting", views.told_waits(_MONDAY, at, at).view),
        Sample("Organisers' channel: nobody", views.told_nobody(_MONDAY, at).view),
    )
