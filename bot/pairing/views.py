"""What introductions look like, and the letters that carry them: to those who meet or could not, and to organisers."""

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.chat.address import ORGANISERS, Circle, Person
from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.limits import LABEL, clip
from bot.chat.text import Mention, Moment, Plain, Text, plain
from bot.chat.view import Block, Button, Buttons, Confirm, Fact, Facts, Note, Paragraph, Style, View, button
from bot.core.counts import Count, say_count
from bot.core.feature import Page, Run
from bot.core.outbox import Kind, Letter
from bot.core.words import Arg, Words
from bot.members.kinds import Phase, Time, Topic
from bot.members.model import Member, first_name
from bot.members.speech import capital, say, say_day, say_once
from bot.members.views import visible
from bot.pairing.actions import FindAnother, RatherNot, Skip, Unskip
from bot.pairing.matcher import Reason, time_of
from bot.pairing.matcher import Shown as Reasons
from bot.pairing.model import Becomes, Coming, Group

words = Words("bot.pairing")

STARTERS = 36
"""How many places to begin there are in the words."""
_PAIRS_SHOWN = 25
"""So many of the longest names still fit into one message."""
_PAIRS_A_BLOCK = 10
_SAID = (("topic", Reasons.TOPIC), ("phase", Reasons.PHASE), ("region", Reasons.REGION), ("time", Reasons.TIME))
"""The order in which reasons are told; a time last, since to say hello comes next."""


def said(key: str, **args: Arg) -> View:
    """One sentence of this room."""
    return View((Paragraph(words.text(key, **args)),))


def mention(member: Member) -> Mention:
    """The member, as the platform shows people."""
    return Mention(member.id, member.name)


BATCH = "introductions"
"""How the name of a batch begins whose letters are a week's introductions."""


def introduction_key(group: Id) -> str:
    """The key of the letter in which a group meets."""
    return f"intro:{show(group)}"


def introduce(group: Group, people: Sequence[Member], why: Text, at: datetime, until: datetime) -> Letter:
    """The letter in which two or three people meet: all of them hear, or none."""
    view = introduction(people, why, group.id)
    kind, batch = (Kind.NOTICE, "") if group.late else (Kind.WEEKLY, f"{BATCH}:{show(group.round)}")
    return Letter(introduction_key(group.id), Circle(group.id, group.members), view, kind, at, until, batch=batch)


def introduction(people: Sequence[Member], why: Text, group: Id) -> View:
    """What two or three people read when they meet; the first of them says hello."""
    meet = words.text("meet", first=mention(people[0]), others=listed(people[1:]))
    return View((Paragraph((*meet, Plain(" "), *why)), *_cards(people), *_beginning(people[0], group)))


def why(reasons: Sequence[Reason], people: int) -> Text:
    """A sentence for each kind of thing they share: nothing that any of them does not show."""
    found = [(key, things) for key, kind in _SAID if (things := [one for one in reasons if one.kind is kind])]
    sentences = [_shares(f"reason-{key}-{people}", things) for key, things in found]
    return _joined(sentences, " ") if sentences else words.text("no-reason")


def go_on(group: Group, people: Sequence[Member], at: datetime, until: datetime) -> Letter:
    """To two who were three."""
    view = going_on(people, group.id)
    return Letter(introduction_key(group.id), Circle(group.id, group.members), view, Kind.URGENT, at, until)


def going_on(people: Sequence[Member], group: Id) -> View:
    """What two read who were three; the first of them says hello."""
    names = [mention(one) for one in people]
    return View((Paragraph(words.text("go-on", one=names[0], two=names[1])), *_beginning(people[0], group)))


def astray_key(group: Id) -> str:
    """How the keys of letters begin that each of a group is written alone, where the one to all may not have come."""
    return f"astray:{show(group)}:"


def went_astray(group: Id, member: Id, others: Sequence[Member], kind: Kind, at: datetime, until: datetime) -> Letter:
    """To each of those whose introduction may not have arrived."""
    key, about = f"{astray_key(group)}{show(member)}", tuple(one.id for one in others)
    return Letter(key, Person(member), astray(others, group), kind, at, until, about=about)


def astray(others: Sequence[Member], group: Id) -> View:
    """Whom somebody meets, whether or not the introduction is there."""
    opening = words.text("astray", others=listed(others))
    return View((Paragraph(opening), *_cards(others), Note(_begin(group))))


def cannot_continue(group: Id, member: Id, becomes: Becomes, at: datetime) -> Letter:
    """To whoever is left of two. It names nobody and gives no reason."""
    return Letter(_ended_key(group, member), Person(member), said(f"ended-{becomes}"), Kind.URGENT, at)


def moved_on(group: Id, member: Id, looks: bool, at: datetime, until: datetime) -> Letter:
    """To whoever did not answer a partner, who is introduced to somebody else: without blame."""
    return Letter(_ended_key(group, member), Person(member), moving_on(looks), Kind.NOTICE, at, until)


def moving_on(looks: bool) -> View:
    """`looks`: somebody else is looked for this week."""
    text = words.text("moved-on" if looks else "moved-on-next")
    return View((Paragraph(text), Buttons((_run("moved-on-pause", "pause", Tree.MEMBER),))))


def find_another(group: Id) -> Button:
    """Asks for somebody else, under a check-in."""
    return button(words.line("find-another"), FindAnother(group))


def left_out_key(week: date, member: Id) -> str:
    """The key of the letter that says that nobody was found."""
    return f"left-out:{week}:{show(member)}"


def left_out(week: date, member: Id, at: datetime, until: datetime, looks: bool) -> Letter:
    """To somebody for whom nobody was found; why, nobody is told. `looks`: somebody still may be, this week."""
    view = said("left-out-looking" if looks else "left-out")
    return Letter(left_out_key(week, member), Person(member), view, Kind.NOTICE, at, until)


def announced(week: date, day: date) -> tuple[Block, ...]:
    """In the Friday letter: an introduction is coming on `day`, and need not."""
    return Paragraph(words.text("announced", day=f"{day:%A}")), Buttons((not_this_week(week),))


def not_this_week(week: date) -> Button:
    """Leaves out one week."""
    return button(words.line("not-this-week"), Skip(week))


def skipped(week: date, day: date) -> View:
    """No introduction on `day`, and a way to take that back."""
    after_all = button(words.line("after-all"), Unskip(week))
    return View((Paragraph(words.text("skipped", day=say_day(day))), Buttons((after_all,))))


def unskipped(week: date, day: date) -> View:
    """An introduction on `day` after all."""
    return View((Paragraph(words.text("unskipped", day=say_day(day))), Buttons((not_this_week(week),))))


def skip_past() -> View:
    """To a press that comes when those introductions have gone out; whom it is about can pause."""
    return View((Paragraph(words.text("skip-past")), Buttons((_run("moved-on-pause", "pause", Tree.MEMBER),))))


def returning(member: Member, introduced: bool, back_on: date | None, skips: date | None) -> View:
    """The only word that a pause's end brings: that it ends on `back_on`, or (None) has ended. Whoever began it.

    `introduced`: they will be. `skips`: a week that they can leave out.
    """
    when = "soon" if back_on else "now"
    key = f"return-{when}" if introduced else f"return-{when}-plain"
    text = words.text(key, name=first_name(member.name), day=say_day(back_on) if back_on else "")
    row = (_run("pause-longer", "pause", Tree.MEMBER), *((not_this_week(skips),) if skips else ()))
    return View((Paragraph(text), Buttons(row)), title=words.line("return-title"))


def partner(others: Sequence[Member], group: Id) -> View:
    """Whom somebody meets this week."""
    return View((*whom(others, group), Buttons(tuple(rather_not(one, group) for one in others))))


def whom(others: Sequence[Member], group: Id, key: str = "partner") -> Page:
    """The same, where there is nothing to be pressed; `key` is the sentence that names them."""
    return Paragraph(words.text(key, others=listed(others))), *_cards(others), Note(_begin(group))


def rather_not(other: Member, group: Id) -> Button:
    """Never to be introduced to somebody again: asked about once more, and no word of it to anybody."""
    name = first_name(other.name)
    sure = Confirm(
        words.line("rather-not-question", name=name), words.line("rather-not-yes"), words.line("rather-not-no")
    )
    return button(words.line("rather-not", name=name), RatherNot(group, other.id), Style.PLAIN, sure)


def partner_none(day: date) -> View:
    """To somebody who meets nobody this week; the next introductions go out on `day`."""
    return said("partner-none", day=say_day(day))


def partner_away() -> View:
    """To somebody who is left alone for now, whoever began it."""
    return View((Paragraph(words.text("partner-away")), Buttons((_run("partner-back", "back", Tree.MEMBER),))))


def preview(groups: Sequence[Sequence[str]], more: Count, when: Text | None) -> View:
    """Who would meet, for an organiser: names, and nothing of those who are not among them. `when` is None for now."""
    if not groups:
        return View(said("sent-nobody").blocks, title=words.line("preview-title"))
    opening = words.text("preview-when", when=when) if when else words.text("preview-now")
    rest = [Paragraph(words.text("preview-more", count=say_count(more)))] if not_shown(groups) else []
    note = Note(words.text("preview-changes"))
    shown = _pairs(groups[:_PAIRS_SHOWN])
    return View((Paragraph(opening), *shown, *rest, note), title=words.line("preview-title"))


def not_shown(groups: Sequence[object]) -> int:
    """How many of the groups a preview has no room for."""
    return max(0, len(groups) - _PAIRS_SHOWN)


def say_when(day: date, at: time) -> Text:
    """When introductions go out; `at` on the network's wall."""
    return words.text("when", day=say_day(day), time=f"{at:%H:%M}")


def last(week: date) -> Text:
    """For which week the last ones went out."""
    return words.text("status-last", day=say_day(week))


def status(coming: Coming, is_time: bool, when: Text, figures: Sequence[Text]) -> View:
    """How things stand; `is_time` once their hour has come; `figures` speak of the last introductions."""
    waits = "status-first" if coming.first and coming.round is None else "status-held"
    stands = waits if coming.waits else "status-open" if is_time else "status-goes"
    sentences = (words.text(stands, when=when), *figures)
    return View(tuple(Paragraph(one) for one in sentences), title=words.line("status-title"))


def for_organiser(view: View, coming: Coming, is_time: bool, when: Text) -> View:
    """The view, and what an organiser can decide now."""
    let_go = button(words.line("let-go", when=when), Run(Tree.ORGANISER, "intro send"))
    go = [_send_now()] if is_time else [let_go] if coming.waits else []
    hold = [] if coming.waits else [_run("hold", "intro hold")]
    return View((*view.blocks, Buttons((*go, *hold, _run("see-preview", "intro preview")))), title=view.title)


def told(id: Id, key: str, by: Member | str, when: Text, at: datetime) -> Letter:
    """A line to all organisers about what one of them did; `id` makes it one of its own.

    `by` is a member, or what the platform calls whoever is none."""
    name, about = (by.name, (by.id,)) if isinstance(by, Member) else (by or words.line("an-organiser"), ())
    view = said(key, by=name, when=when) if when else said(key, by=name)
    return Letter(f"intro-told:{show(id)}", ORGANISERS, view, Kind.ORGANISER, at, about=about)


def told_waits(week: date, until: datetime, at: datetime) -> Letter:
    """To organisers: the day has come, and somebody must decide before `until`."""
    buttons = Buttons((_run("see-preview", "intro preview"), _send_now()))
    view = View((Paragraph(words.text("told-waits", until=Moment(until))), buttons))
    return Letter(f"intro-waits:{week}", ORGANISERS, view, Kind.ORGANISER, at, until)


def told_nobody(week: date, at: datetime) -> Letter:
    """To organisers: the day has come, and there was nobody."""
    return Letter(f"intro-nobody:{week}", ORGANISERS, said("told-nobody"), Kind.ORGANISER, at)


def _ended_key(group: Id, member: Id) -> str:
    return f"ended:{show(group)}:{show(member)}"


def starter(group: Id) -> Text:
    """A group's place to begin: the same one, whenever it is asked for."""
    return words.text(f"starter-{group % STARTERS + 1}")


def beginnings() -> View:
    """All the places to begin, to be read by whoever answers for them."""
    return View(tuple(Paragraph(_begin(Id(group))) for group in range(STARTERS)))


def _begin(group: Id) -> Text:
    return words.text("begin", starter=starter(group))


def _beginning(first: Member, group: Id) -> tuple[Block, ...]:
    hello = words.text("hello", first=first_name(first.name))
    return Paragraph((*hello, Plain(" "), *_begin(group))), Note(words.text("unread"))


def listed(members: Sequence[Member]) -> Text:
    """One or two people, by name."""
    names = [mention(one) for one in members]
    return (names[0],) if len(names) == 1 else words.text("two-names", one=names[0], two=names[1])


def _cards(people: Sequence[Member]) -> tuple[Block, ...]:
    rows = [Fact(clip(one.name, LABEL), plain(told)) for one in people if (told := _told(one))]
    return (Facts(tuple(rows)),) if rows else ()


def _told(member: Member) -> str:
    """What a partner may know of somebody: as on the card they see of themselves."""
    return capital(", ".join(visible(member).values()))


def _shares(key: str, things: Sequence[Reason]) -> Text:
    """One or two things of a kind: more would be a list, and no reason."""
    names = [plain(_says(one)) for one in things]
    if len(names) == 1:
        return words.text(key, shared=names[0], things=1)
    return words.text(key, shared=words.text("two-names", one=names[0], two=names[1]), things=2)


def _says(reason: Reason) -> str:
    match reason.kind:
        case Reasons.TOPIC:
            return say(Topic(reason.value))
        case Reasons.PHASE:
            return say(Phase(reason.value))
        case Reasons.REGION:
            return reason.value
        case Reasons.TIME:
            return say_once(Time(time_of(reason.value)))


def _pairs(groups: Sequence[Sequence[str]]) -> list[Block]:
    lines = [_pair(names) for names in groups]
    starts = range(0, len(lines), _PAIRS_A_BLOCK)
    return [Paragraph(_joined(lines[start : start + _PAIRS_A_BLOCK], "\n")) for start in starts]


def _pair(names: Sequence[str]) -> Text:
    if len(names) == 3:
        return words.text("preview-three", one=names[0], two=names[1], three=names[2])
    return words.text("preview-pair", one=names[0], two=names[1])


def _joined(texts: Sequence[Text], gap: str) -> Text:
    return tuple(span for place, text in enumerate(texts) for span in ((Plain(gap), *text) if place else text))


def _run(key: str, word: str, tree: Tree = Tree.ORGANISER) -> Button:
    return button(words.line(key), Run(tree, word))


def _send_now() -> Button:
    """Sends at once, after a question: it cannot be taken back."""
    question = Confirm(words.line("send-question"), words.line("send-yes"), words.line("send-no"))
    return button(words.line("send-now"), Run(Tree.ORGANISER, "intro send"), Style.PRIMARY, question)
