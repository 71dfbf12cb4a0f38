"""What is shown at the door."""

from collections.abc import Mapping
from datetime import datetime

from bot.chat.action import Action
from bot.chat.address import ORGANISERS, Account, Guest, Person
from bot.chat.command import Tree
from bot.chat.form import Form, ManyOf, OneOf, ShortText
from bot.chat.ids import show
from bot.chat.limits import clip
from bot.chat.text import one_line
from bot.chat.view import Block, Button, Buttons, Note, Option, Paragraph, Style, View, button
from bot.core.feature import Page, Run
from bot.core.helplines import help_now
from bot.core.outbox import Kind, Letter
from bot.core.words import Words
from bot.core.work import Work
from bot.members import picker
from bot.members.kinds import Nation, Role
from bot.members.model import MOST_NAME, Consent, Member, Stage, first_name
from bot.members.organiser_views import described, greet_button, not_now_button, vouch_button
from bot.members.speech import options
from bot.members.views import SETTLED, card
from bot.onboarding import model

words = Words("bot.onboarding")

STEPS = picker.Steps(
    find=model.FindSchool(),
    search=model.SearchSchool(),
    choose=model.ChooseSchool(),
    type=model.TypeSchool(),
    keep=model.KeepSchool(),
    none=model.SkipSchool(),
    none_says="school-skip",
)
CONSENTS = "consents"
ASKED = (*SETTLED, Consent.PULSE)
"""What is asked at the door, each its own sentence."""
SHOW_SCHOOL = "school"
CODE = "code"


def welcome(name: str) -> View:
    """The first thing anybody hears."""
    known = one_line(name)
    text = words.text("welcome", name=first_name(known)) if known else words.text("welcome-nameless")
    row = (_start(), _press("have-code", model.AskCode()), _press("later", model.Later()), help_now())
    return View((Paragraph(text), Buttons(row)))


def welcome_letter(work: Work, account: Account, name: str) -> Letter:
    """The same, to somebody who has just come in."""
    return Letter(welcome_key(account), Guest(account), welcome(name), Kind.ANSWER, due_at=work.at)


def welcome_key(account: Account) -> str:
    """The key of the welcome; closed at its end, so that no account's begins another's."""
    return f"welcome:{account.show()}:"


def nudge(name: str) -> View:
    """To somebody who began and stopped. What it says is true however far they had come."""
    known = one_line(name)
    text = words.text("nudge", name=first_name(known)) if known else words.text("nudge-nameless")
    row = (_press("nudge-go-on", model.Start(), Style.PRIMARY), _press("later", model.Later()), help_now())
    return View((Paragraph(text), Buttons(row)))


def nudge_letter(account: Account, name: str, due_at: datetime) -> Letter:
    """The same, once for each account."""
    until = due_at + model.NUDGED_WITHIN
    return Letter(nudge_key(account), Guest(account), nudge(name), Kind.NOTICE, due_at, until)


def nudge_key(account: Account) -> str:
    """The key of the nudge."""
    return f"nudge:{account.show()}:"


def later() -> View:
    """Nothing is lost."""
    return View((Paragraph(words.text("later-said")), Buttons((_start(), help_now()))))


def begin() -> View:
    """To a press that comes before the first."""
    return View((Paragraph(words.text("error-begin")), Buttons((_start(), _press("have-code", model.AskCode())))))


def who_form(name: str, nation: Nation, role: Role | None = None) -> Form:
    """Name, nation and role, as far as they are known."""
    return Form(
        title=words.line("who-title"),
        action=model.SayWho().pack(),
        fields=(
            ShortText("name", words.line("who-name"), value=clip(one_line(name), MOST_NAME), most=MOST_NAME),
            OneOf("nation", words.line("who-nation"), options(Nation), value=nation),
            OneOf("role", words.line("who-role"), options(Role), value=role or ""),
        ),
        send=words.line("who-send"),
    )


def errors(wrong: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field."""
    return {field: words.line(key) for field, key in wrong.items()}


def consent(member: Member) -> View:
    """The card a partner would see, and what is asked before anybody does."""
    hidden = (Note(words.text("card-school", school=member.school)),) if member.school else ()
    blocks: tuple[Block, ...] = (
        Paragraph(words.text("card-opening", name=first_name(member.name))),
        card(member),
        *hidden,
        Paragraph(words.text("consent-ask")),
        Buttons((_press("consent-open", model.AskConsents(), Style.PRIMARY), help_now())),
    )
    return View(blocks, title=words.line("card-title"))


def consent_form(member: Member) -> Form:
    """Each consent its own sentence, none of them ticked."""
    asked = [Option(one, words.line(f"consent-{one}")) for one in ASKED]
    shown = [Option(SHOW_SCHOOL, words.line("consent-school"))] if member.school else []
    return Form(
        title=words.line("consent-title"),
        action=model.GiveConsents().pack(),
        fields=(ManyOf(CONSENTS, words.line("consent-label"), (*asked, *shown)),),
        send=words.line("consent-send"),
    )


def waiting(member: Member) -> View:
    """Everything is said; an organiser comes next."""
    return View((Paragraph(words.text("waiting", name=first_name(member.name))), _own(help_now())))


def joined(member: Member, consents: frozenset[Consent]) -> View:
    """In, without anybody having to vouch."""
    key = "in-introduced" if consents.issuperset(SETTLED) else "in-unintroduced"
    return View((Paragraph(words.text("in", name=first_name(member.name))), Paragraph(words.text(key)), _own()))


def already_in(member: Member) -> View:
    """To a member who starts again."""
    return View((Paragraph(words.text("already-in", name=first_name(member.name))), _own()))


def come_back(member: Member) -> View:
    """To somebody who had stopped."""
    back = button(words.line("im-back"), Run(Tree.MEMBER, "back"))
    return View((Paragraph(words.text("come-back", name=first_name(member.name))), Buttons((back,))))


def suspended() -> View:
    """To somebody whose membership is on hold."""
    return View((Paragraph(words.text("suspended")), Buttons((help_now(),))))


def home(member: Member | None) -> Page:
    """On the home page of somebody who is no member, or not for the moment; nothing for whoever is in."""
    if member is None:
        return Paragraph(words.text("home-new")), Buttons((_start(), _press("have-code", model.AskCode())))
    match member.stage:
        case Stage.JOINING:
            row = Buttons((_press("code-go-on", model.Start(), Style.PRIMARY),))
            return Paragraph(words.text("home-joining", name=first_name(member.name))), row
        case Stage.WAITING:
            return (Paragraph(words.text("waiting", name=first_name(member.name))),)
        case Stage.STOPPED:
            return come_back(member).blocks
        case Stage.SUSPENDED:
            return (Paragraph(words.text("suspended")),)
        case Stage.MEMBER | Stage.INVITED:
            return (Paragraph(words.text("again", name=first_name(member.name))),) if member.left_at else ()


def home_guest() -> Page:
    """The same, to somebody who cannot join."""
    return (Paragraph(words.text("guest")),)


def go_on(member: Member) -> View:
    """To somebody who left the workspace before they had joined, and is back."""
    row = (_press("code-go-on", model.Start(), Style.PRIMARY), _press("later", model.Later()), help_now())
    return View((Paragraph(words.text("again-joining", name=first_name(member.name))), Buttons(row)))


def see_again(member: Member) -> View:
    """To somebody who left the workspace, and is back."""
    word, key = ("back", "im-back") if member.away else ("pause", "pause")
    row = (button(words.line("profile"), Run(Tree.MEMBER, "profile")), button(words.line(key), Run(Tree.MEMBER, word)))
    return View((Paragraph(words.text("again", name=first_name(member.name))), Buttons(row)))


def again_letter(work: Work, member: Member, view: View) -> Letter:
    """Either of them; once for each time they come back."""
    key = f"again:{show(member.id)}:{work.at.isoformat()}"
    return Letter(key, Person(member.id), view, Kind.ANSWER, due_at=work.at)


def waits_view(member: Member) -> View:
    """Tells the organisers that somebody waits for them."""
    question = Paragraph(words.text("waits", name=member.name))
    who = Note(words.text("waits-who", name=member.name, who=described(member)))
    row = Buttons((vouch_button(member), greet_button(member), not_now_button(member)))
    return View((question, who, row), title=words.line("waits-title"))


def waits_letter(work: Work, member: Member) -> Letter:
    """The same, as a letter; once for each time they begin to wait."""
    key = f"waits:{show(member.id)}:{show(work.new_id())}"
    return Letter(key, ORGANISERS, waits_view(member), Kind.ORGANISER, due_at=work.at, about=(member.id,))


def code_form() -> Form:
    """A personal code."""
    field = ShortText(CODE, words.line("code-label"), hint=words.line("code-hint"), most=40)
    return Form(words.line("code-title"), model.ClaimCode().pack(), (field,), words.line("code-send"))


def code_found(member: Member) -> View:
    """The code was theirs; what is known of them needs no typing."""
    go_on = _press("code-go-on", model.Start(), Style.PRIMARY)
    return View((Paragraph(words.text("code-found", name=first_name(member.name))), Buttons((go_on,))))


def _own(*more: Button) -> Buttons:
    profile = button(words.line("profile"), Run(Tree.MEMBER, "profile"))
    return Buttons((profile, button(words.line("settings"), Run(Tree.MEMBER, "settings")), *more))


def _start() -> Button:
    return _press("start", model.Start(), Style.PRIMARY)


def _press(key: str, action: Action, style: Style = Style.PLAIN) -> Button:
    return button(words.line(key), action, style)
