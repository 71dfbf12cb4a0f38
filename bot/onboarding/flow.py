"""How somebody comes in: each step looks where they stand, so that steps can be left and taken up again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.chat.form import SEARCHED
from bot.chat.limits import OPTIONS
from bot.chat.outbound import NOTHING, Reply
from bot.core.feature import Call, Right
from bot.core.work import Work
from bot.members import picker
from bot.members.codes import merged, tidy
from bot.members.flow import chosen_school
from bot.members.model import Identity, Member, MemberReady, Stage, read_who, vouched
from bot.members.organisers import let_in
from bot.members.store import MEMBERS, PRIVACY, SCHOOLS
from bot.members.views import SETTLED
from bot.onboarding import model, views
from bot.onboarding.model import CODE_TRIES, CODE_WINDOW, OnboardingSettings, Step
from bot.onboarding.views import CODE, CONSENTS, SHOW_SCHOOL, STEPS

_JOINING = {Step.SCHOOL, Step.CONSENT}


@dataclass(frozen=True)
class AtTheDoor:
    """The handlers, with the settings they follow."""

    settings: OnboardingSettings

    def welcome(self, work: Work, call: Call) -> Reply:
        """Somebody came into the workspace: greeted once, and not when they were here before."""
        if call.member is None and not work.use(MEMBERS).was_here(call.who):
            work.post(views.welcome_letter(work, call.who, call.name))
        return NOTHING

    def start(self, work: Work, call: Call) -> Reply:
        """The next step, whichever it is."""
        member = _mine(work, call)
        if member is None:
            return Reply(ask=views.who_form(call.name, self.settings.nation))
        match model.step(member):
            case Step.WHO:
                return Reply(ask=views.who_form(member.name, member.nation or self.settings.nation, member.role))
            case Step.SCHOOL:
                return Reply(view=picker.ask_view(STEPS, member.nation))
            case Step.CONSENT:
                return Reply(view=views.consent(member))
            case _:
                return _beyond(member)

    def start_pressed(self, work: Work, call: Call, action: model.Start) -> Reply:
        """[Let's start]."""
        return self.start(work, call)

    def later(self, work: Work, call: Call, action: model.Later) -> Reply:
        """Not now; nothing is remembered of it."""
        return Reply(view=views.later())

    def say_who(self, work: Work, call: Call, action: model.SayWho) -> Reply:
        """Name, nation and role: from here on they are somebody."""
        who = read_who(call.values)
        if who.wrong:
            return Reply(errors=views.errors(who.wrong))
        member = _mine(work, call) or self._newcomer(work, call)
        if member.stage is not Stage.JOINING:
            return _beyond(member)
        member = replace(member, name=who.name, nation=who.nation, role=who.role)
        if not model.has_school(member):
            member = picker.at_typed_school(member, "")
        return self._kept(work, call, member)

    def find_school(self, work: Work, call: Call, action: model.FindSchool) -> Reply:
        return Reply(ask=picker.search_form(STEPS))

    def search_school(self, work: Work, call: Call, action: model.SearchSchool) -> Reply:
        """What the register has by those words."""
        return Reply(view=picker.found_view(STEPS, work.use(SCHOOLS).search(call.value(SEARCHED), OPTIONS)))

    def choose_school(self, work: Work, call: Call, action: model.ChooseSchool) -> Reply:
        """One of the register's schools; a number that is none is answered by asking again."""
        found = chosen_school(work, call)
        return self._at(work, call, lambda member: picker.at_school(member, found) if found else member)

    def type_school(self, work: Work, call: Call, action: model.TypeSchool) -> Reply:
        return Reply(ask=picker.type_form(STEPS))

    def keep_school(self, work: Work, call: Call, action: model.KeepSchool) -> Reply:
        """A school that is in no register."""
        name = picker.typed_school(call.value(picker.FIELD))
        if not name:
            return Reply(errors=views.errors({picker.FIELD: "error-school"}))
        return self._at(work, call, lambda member: picker.at_typed_school(member, name))

    def skip_school(self, work: Work, call: Call, action: model.SkipSchool) -> Reply:
        """Without a school; nothing later depends on it."""
        member = _mine(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return Reply(view=views.consent(member))

    def ask_consents(self, work: Work, call: Call, action: model.AskConsents) -> Reply:
        member = _mine(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return Reply(ask=views.consent_form(member))

    def give_consents(self, work: Work, call: Call, action: model.GiveConsents) -> Reply:
        """The last step: what was ticked is agreed to, and they are in or wait for a vouch."""
        member = _mine(work, call)
        if member is None or model.step(member) is Step.WHO:
            return Reply(view=views.begin())
        if model.step(member) in _JOINING:
            member = self._arrive(work, call, member)
        return _arrived(work, member)

    def ask_code(self, work: Work, call: Call, action: model.AskCode) -> Reply:
        return Reply(ask=views.code_form())

    def claim(self, work: Work, call: Call, action: model.ClaimCode) -> Reply:
        """A personal code: wrong ones, used ones, and any after too many tries get the same words."""
        mine = _mine(work, call)
        if mine and mine.ref:
            return Reply(view=views.code_found(mine))
        invited = self._invited(work, call)
        if invited is None:
            return Reply(errors=views.errors({CODE: "code-wrong"}))
        return Reply(view=views.code_found(_claimed(work, call, mine, invited)))

    def _invited(self, work: Work, call: Call) -> Member | None:
        """Whose code was typed. After too many tries nobody's; and those are not counted, so that the hour ends."""
        members = work.use(MEMBERS)
        if members.tries(call.who, work.at - CODE_WINDOW) >= CODE_TRIES:
            return None
        found = members.by_code(self.settings.hash_code(tidy(call.value(CODE))))
        if found is None:
            members.tried_code(call.who, work.at)
        return found

    def _newcomer(self, work: Work, call: Call) -> Member:
        member = Member(work.new_id(), "", Stage.JOINING, joined_at=work.at)
        work.use(MEMBERS).keep(member)
        work.use(MEMBERS).keep_identity(Identity(call.who, member.id, frozenset({Right.ANYONE})))
        return member

    def _kept(self, work: Work, call: Call, member: Member) -> Reply:
        """Keep what was said, and show the next step."""
        work.use(MEMBERS).keep(member)
        asks_school = model.step(member) is Step.SCHOOL
        return Reply(view=picker.ask_view(STEPS, member.nation) if asks_school else views.consent(member))

    def _at(self, work: Work, call: Call, moved: Callable[[Member], Member]) -> Reply:
        """Somebody who joins, at their school."""
        member = _mine(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return self._kept(work, call, moved(member))

    def _elsewhere(self, member: Member | None) -> Reply:
        """The answer to a press that belongs to another step: they have not begun, or are through."""
        return Reply(view=views.begin()) if member is None or model.step(member) is Step.WHO else _beyond(member)

    def _arrive(self, work: Work, call: Call, member: Member) -> Member:
        """Agree, and come in or wait. Organisers named by the operator need no other organiser."""
        ticked, members = call.values.get(CONSENTS, ()), work.use(MEMBERS)
        known = self.settings.open or Right.ORGANISER in call.rights
        member = replace(member, vouched_at=member.vouched_at or (work.at if known else None))
        member = replace(member, stage=vouched(member), shows_school=bool(member.school) and SHOW_SCHOOL in ticked)
        members.keep(member)
        members.keep_identity(Identity(call.who, member.id))
        for consent in SETTLED:
            members.agree(member.id, consent, consent in ticked, work.at)
        _announce(work, member)
        return member


def _announce(work: Work, member: Member) -> None:
    """Let organisers know who waits, and other rooms who is in."""
    if member.stage is Stage.WAITING:
        work.post(views.waits_letter(work, member))
    else:
        work.tell(MemberReady(member.id))


def _mine(work: Work, call: Call) -> Member | None:
    """The member whose account asks, if anybody's."""
    return None if call.member is None else work.use(MEMBERS).get(call.member)


def _beyond(member: Member) -> Reply:
    """The answer to somebody who has joined already."""
    match member.stage:
        case Stage.WAITING:
            return Reply(view=views.waiting(member))
        case Stage.STOPPED:
            return Reply(view=views.come_back(member))
        case Stage.SUSPENDED:
            return Reply(view=views.suspended())
        case _:
            return Reply(view=views.already_in(member))


def _arrived(work: Work, member: Member) -> Reply:
    """The end of joining; said again, whenever the last form comes again."""
    if member.stage is Stage.MEMBER:
        return Reply(view=views.joined(member, work.use(MEMBERS).consents(member.id)))
    return _beyond(member)


def _claimed(work: Work, call: Call, mine: Member | None, invited: Member) -> Member:
    """The person behind a code, together with what they had said before it, if anything."""
    members = work.use(MEMBERS)
    if mine is not None:
        work.use(PRIVACY).erase(invited.id, work.at)
        members.keep(member := merged(mine, invited))
        return let_in(work, member) if member.stage is Stage.WAITING else member
    members.keep(member := replace(invited, stage=Stage.JOINING, joined_at=work.at))
    members.keep_identity(Identity(call.who, member.id, frozenset({Right.ANYONE})))
    members.used_code(member.id)
    return member
