"""What members see and change about themselves: who they are, and their school."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.form import SEARCHED
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.work import Work
from bot.members import actions, picker, views
from bot.members.kinds import Phase, Topic
from bot.members.model import Member, MemberNamed, one_of, read_who
from bot.members.schools import School
from bot.members.store import MEMBERS, SCHOOLS
from bot.members.views import STEPS


def whoever(work: Work, call: Call) -> Member | None:
    """The member whose account asks, if anybody's."""
    return None if call.member is None else work.use(MEMBERS).get(call.member)


def mine(work: Work, call: Call) -> Member:
    """The member who asks. Raises Refusal where they are none, or none any more."""
    member = whoever(work, call)
    if member is None:
        raise Refusal(views.words.text("not-in"))
    return member


def chosen_school(work: Work, call: Call) -> School | None:
    """The school of the register whose number was chosen; None where none of that number is offered."""
    number = call.value()
    school = work.use(SCHOOLS).get(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    return school if school and school.is_open else None


def profile(work: Work, call: Call) -> Reply:
    """The command: the card, and what can be changed about it."""
    return Reply(view=views.profile(mine(work, call)))


def edit(work: Work, call: Call, action: actions.EditProfile) -> Reply:
    """The form of the profile."""
    return Reply(ask=views.edit_form(mine(work, call)))


def keep_profile(work: Work, call: Call, action: actions.KeepProfile) -> Reply:
    """That form, sent. A role without a school or a trust loses it."""
    member, who = mine(work, call), read_who(call.values)
    if who.wrong:
        return Reply(errors=views.errors(who.wrong))
    topics = frozenset(topic for topic in Topic if topic in call.values.get("topics", ()))
    phase = one_of(Phase, call.values.get("phase", ()))
    member = replace(member, name=who.name, nation=who.nation, role=who.role, phase=phase, topics=topics)
    reply = kept(work, picker.as_role_has(member))
    work.tell(MemberNamed(member.id))
    return reply


def ask_school(work: Work, call: Call, action: actions.AskSchool) -> Reply:
    """The ways to a school. An old button shows whose role has none what they can change instead."""
    member = mine(work, call)
    return Reply(view=picker.ask_view(STEPS, member.nation) if member.has_school else views.profile(member))


def find_school(work: Work, call: Call, action: actions.FindSchool) -> Reply:
    """By which words to look."""
    return Reply(ask=picker.search_form(STEPS))


def search_school(work: Work, call: Call, action: actions.SearchSchool) -> Reply:
    """What the register has by those words."""
    return Reply(view=picker.found_view(STEPS, work.use(SCHOOLS).search(call.value(SEARCHED), OPTIONS)))


def choose_school(work: Work, call: Call, action: actions.ChooseSchool) -> Reply:
    """One of the register's schools; a number that is none changes nothing."""
    school = chosen_school(work, call)
    return _placed(work, call, lambda member: picker.at_school(member, school) if school else member)


def type_school(work: Work, call: Call, action: actions.TypeSchool) -> Reply:
    """The form for a school that is in no register."""
    return Reply(ask=picker.type_form(STEPS))


def keep_school(work: Work, call: Call, action: actions.KeepSchool) -> Reply:
    """Its name, as typed."""
    name = picker.typed_school(call.value(picker.FIELD))
    if not name:
        return Reply(errors=views.errors({picker.FIELD: "error-school"}))
    return _placed(work, call, lambda member: picker.at_typed_school(member, name))


def no_school(work: Work, call: Call, action: actions.NoSchool) -> Reply:
    """None, or none of our business."""
    return _placed(work, call, picker.at_no_school)


def kept(work: Work, member: Member) -> Reply:
    """Keep what was said of oneself, and show it."""
    work.use(MEMBERS).keep(member)
    return Reply(view=views.profile_kept(member))


def _placed(work: Work, call: Call, moved: Callable[[Member], Member]) -> Reply:
    """Keep where somebody is now. Whose role has no school has none to change, whatever an old message offers."""
    member = mine(work, call)
    return kept(work, moved(member)) if member.has_school else Reply(view=views.profile(member))
