"""What organisers see: who waits for a vouch, whom they suspend, and what other organisers did."""

from collections.abc import Sequence

from bot.chat.action import Action
from bot.chat.address import ORGANISERS
from bot.chat.form import Form, LongText, Search
from bot.chat.ids import show
from bot.chat.limits import LABEL, clip
from bot.chat.text import Moment, Text, plain
from bot.chat.view import Button, Buttons, Fact, Facts, Note, Option, Paragraph, Select, Style, View, button
from bot.core.outbox import Kind, Letter
from bot.core.words import Words
from bot.core.work import Work
from bot.members.actions import (
    AskGreeting,
    ChooseMember,
    NotNow,
    Restore,
    SearchMember,
    Suspend,
    Vouch,
    VouchAndGreet,
    Waiting,
)
from bot.members.model import MOST_GREETING, Member, Stage
from bot.members.speech import label, say

words = Words("bot.members")

A_PAGE = 4
"""A row of buttons for each, and one to turn the page."""
GREETING = "greeting"


def waiting(members: Sequence[Member], page: int) -> View:
    """Those who wait, a few at a time, each with a press that lets them in."""
    shown = members[page * A_PAGE : (page + 1) * A_PAGE]
    if not shown:
        return View((Paragraph(words.text("waiting-none")),), title=words.line("waiting-title"))
    facts = Facts(tuple(Fact(clip(member.name, LABEL), _waits(member)) for member in shown))
    presses = tuple(Buttons((vouch_button(member), _greet_named(member))) for member in shown)
    opening = Paragraph(words.text("waiting-opening"))
    return View((opening, facts, *presses, *_turn(len(members), page)), title=words.line("waiting-title"))


def described(member: Member) -> str:
    """What an organiser needs to recognise somebody: role, school, where."""
    role = label(member.role) if member.role else ""
    return ", ".join(filter(None, (role, member.school or "", say(member.nation) if member.nation else "")))


def _waits(member: Member) -> Text:
    if member.joined_at is None:
        return plain(described(member))
    return words.text("waiting-since", who=described(member), when=Moment(member.joined_at))


def vouch_button(member: Member) -> Button:
    """Lets somebody in."""
    return _named("vouch", member, Vouch(member.id), Style.PRIMARY)


def greet_button(member: Member) -> Button:
    """Lets somebody in with a word of welcome."""
    return button(words.line("greet"), AskGreeting(member.id))


def greeting_form(member: Member) -> Form:
    """That word."""
    label, hint = words.line("greeting-label"), words.line("greeting-hint")
    return Form(
        title=words.line("greeting-title"),
        action=VouchAndGreet(member.id).pack(),
        fields=(LongText(GREETING, label, hint=hint, most=MOST_GREETING),),
        send=words.line("greeting-send"),
    )


def greeting_wrong() -> dict[str, str]:
    """Why those words cannot be sent."""
    return {GREETING: words.line("error-greeting")}


def not_now_button(member: Member) -> Button:
    """Leaves it for later."""
    return button(words.line("not-now"), NotNow(member.id))


def vouched(member: Member, by: str) -> View:
    """What takes the place of the question, for all organisers to see."""
    return View((Paragraph(words.text("vouched", name=member.name, by=_who(by))), Buttons((_who_waits(),))))


def in_already(member: Member) -> View:
    """There is nobody to let in any more."""
    return View((Paragraph(words.text("in-already", name=member.name)), Buttons((_who_waits(),))))


def not_now(member: Member) -> View:
    """Nothing changes, said so."""
    return View((Paragraph(words.text("not-now-said", name=member.name)), Buttons((_who_waits(),))))


def search_form() -> Search:
    """Whom to suspend."""
    return Search(
        title=words.line("suspend-search-title"),
        action=SearchMember().pack(),
        label=words.line("suspend-search-label"),
        send=words.line("suspend-search-send"),
    )


def found(members: Sequence[Member]) -> View:
    """Members of that name."""
    if not members:
        return View((Paragraph(words.text("suspend-none")),))
    options = tuple(Option(show(member.id), clip(member.name, LABEL)) for member in members)
    chosen = Select(words.line("suspend-select"), ChooseMember().pack(), options)
    return View((Paragraph(words.text("suspend-found")), chosen))


def suspension(member: Member) -> View:
    """What suspending this member would do, or how to undo it."""
    if member.stage is Stage.SUSPENDED:
        return _with(words.text("suspend-is", name=member.name), _restore(member))
    press = _named("suspend", member, Suspend(member.id), Style.DANGER)
    return _with(words.text("suspend-ask", name=member.name), press)


def suspended(member: Member) -> View:
    """Done, and how to undo it."""
    return _with(words.text("suspended", name=member.name), _restore(member))


def restored(member: Member) -> View:
    """Undone."""
    return View((Paragraph(words.text("restored", name=member.name)),))


def tell_organisers(work: Work, did: str, member: Member, by: str) -> None:
    """Let every organiser see what one of them did to a membership."""
    key = f"told:{did}:{show(member.id)}:{work.at.isoformat()}"
    work.post(Letter(key, ORGANISERS, told(did, member, by), Kind.ORGANISER, due_at=work.at, about=(member.id,)))


def told(did: str, member: Member, by: str) -> View:
    """What one organiser did, for the others to see."""
    return View((Note(words.text(f"told-{did}", name=member.name, by=_who(by))),))


def _greet_named(member: Member) -> Button:
    return _named("greet-named", member, AskGreeting(member.id))


def _restore(member: Member) -> Button:
    return _named("restore", member, Restore(member.id))


def _named(key: str, member: Member, action: Action, style: Style = Style.PLAIN) -> Button:
    """A button with a name on it, which is cut where it is too long for one."""
    return button(clip(words.line(key, name=member.name), LABEL), action, style)


def _with(text: Text, press: Button) -> View:
    return View((Paragraph(text), Buttons((press,))))


def _who(by: str) -> str:
    return by or words.line("an-organiser")


def _who_waits() -> Button:
    return button(words.line("who-waits"), Waiting(0))


def _turn(many: int, page: int) -> tuple[Buttons, ...]:
    """Buttons to the pages before and after, where there are any."""
    before = [button(words.line("waiting-earlier"), Waiting(page - 1))] if page else []
    after = [button(words.line("waiting-more"), Waiting(page + 1))] if (page + 1) * A_PAGE < many else []
    return (Buttons((*before, *after)),) if before or after else ()
