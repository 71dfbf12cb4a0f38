"""How somebody comes in: each step looks where they stand, so that steps can be left and taken up again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.address import Account
from bot.chat.form import SEARCHED
from bot.chat.inbound import Due, Who
from bot.chat.limits import OPTIONS
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call, Page, Right
from bot.core.outbox import Letter
from bot.core.walltime import instant, local_day
from bot.core.work import Work
from bot.members import picker
from bot.members.codes import CODE_TRIES, CODE_WINDOW, merged, tidy
from bot.members.flow import chosen_school, whoever
from bot.members.leaving import came_back
from bot.members.model import (
    AccountStopped,
    Identity,
    Member,
    MemberNamed,
    MemberReady,
    MemberWaits,
    Stage,
    read_who,
    vouched,
)
from bot.members.organisers import let_in
from bot.members.store import MEMBERS, PRIVACY, SCHOOLS
from bot.onboarding import model, views
from bot.onboarding.model import NUDGED_AT, ON_THE_WAY, OnboardingSettings, Step
from bot.onboarding.views import CODE, CONSENTS, SHOW_SCHOOL, STEPS

_JOINING = {Step.SCHOOL, Step.CONSENT}


@dataclass(frozen=True)
class AtTheDoor:
    """The handlers, with the settings they follow."""

    settings: OnboardingSettings

    def welcome(self, work: Work, call: Call) -> Reply:
        """A person came into the workspace: greeted once, and not as new when they were here before."""
        if call.sort is not Who.PERSON:
            return NOTHING
        if call.member is not None:
            member = came_back(work, call.who, self.settings.zone)
            if member is not None:
                work.post(views.again_letter(work, member, _again(member)))
        elif not work.use(MEMBERS).was_here(call.who):
            work.post(views.welcome_letter(work, call.who, call.name))
        return NOTHING

    def left(self, work: Work, call: Call) -> Reply:
        """Somebody left the workspace: nothing that waits for them is sent."""
        _hush(work, call.who)
        return NOTHING

    def stopped(self, work: Work, fact: AccountStopped) -> None:
        """Somebody wants to hear no more, however little they had begun."""
        _hush(work, fact.account)

    def ask_organisers(self, work: Work, fact: MemberWaits) -> None:
        """Somebody waits for a vouch, or waits again."""
        member = work.use(MEMBERS).get(fact.member)
        if member is not None:
            work.post(views.waits_letter(work, member))

    def start(self, work: Work, call: Call) -> Reply:
        """The next step, whichever it is. Who stops before the last hears of it once more."""
        _no_guests(call)
        member = whoever(work, call)
        if model.step(member) in ON_THE_WAY:
            work.post(self._nudge(work, call, member))
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
        """Not now, and no nudge, whatever they begin later: one that is posted and taken back uses up its key. Of who
        asked to be forgotten nothing is kept, not even that."""
        member = whoever(work, call)
        if model.step(member) in ON_THE_WAY and not work.use(MEMBERS).was_here(call.who):
            work.post(self._nudge(work, call, member))
        work.cancel(views.nudge_key(call.who))
        return Reply(view=views.later())

    def say_who(self, work: Work, call: Call, action: model.SayWho) -> Reply:
        """Name, nation and role: from here on they are somebody."""
        _no_guests(call)
        who = read_who(call.values)
        if who.wrong:
            return Reply(errors=views.errors(who.wrong))
        member = whoever(work, call) or self._newcomer(work, call)
        if member.stage is not Stage.JOINING:
            return _beyond(member)
        member = replace(member, name=who.name, nation=who.nation, role=who.role)
        reply = self._kept(work, call, picker.as_role_has(member))
        work.tell(MemberNamed(member.id))
        return reply

    def home(self, work: Work, call: Call) -> Page:
        """On the home page: what comes next for whoever is not in, or not any more."""
        return views.home(whoever(work, call)) if call.sort is Who.PERSON else views.home_guest()

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
        member = whoever(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return Reply(view=views.consent(member))

    def ask_consents(self, work: Work, call: Call, action: model.AskConsents) -> Reply:
        member = whoever(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return Reply(ask=views.consent_form(member))

    def give_consents(self, work: Work, call: Call, action: model.GiveConsents) -> Reply:
        """The last step: what was ticked is agreed to, and they are in or wait for a vouch."""
        _no_guests(call)
        member = whoever(work, call)
        if member is None or model.step(member) is Step.WHO:
            return Reply(view=views.begin())
        if model.step(member) in _JOINING:
            member = self._arrive(work, call, member)
        return _arrived(work, member)

    def ask_code(self, work: Work, call: Call, action: model.AskCode) -> Reply:
        return Reply(ask=views.code_form())

    def claim(self, work: Work, call: Call, action: model.ClaimCode) -> Reply:
        """A personal code: wrong ones, used ones, and any after too many tries get the same words."""
        _no_guests(call)
        mine = whoever(work, call)
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
        member = whoever(work, call)
        if member is None or model.step(member) not in _JOINING:
            return self._elsewhere(member)
        return self._kept(work, call, moved(member))

    def _elsewhere(self, member: Member | None) -> Reply:
        """The answer to a press that belongs to another step: they have not begun, or are through."""
        return Reply(view=views.begin()) if member is None or model.step(member) is Step.WHO else _beyond(member)

    def _arrive(self, work: Work, call: Call, member: Member) -> Member:
        """Agree, and come in or wait. Organisers named by the operator need no other organiser; who was forgotten needs
        one everywhere, or else a suspension could be forgotten too."""
        ticked, members = call.values.get(CONSENTS, ()), work.use(MEMBERS)
        known = (self.settings.open and not members.was_here(call.who)) or Right.ORGANISER in call.rights
        member = replace(member, vouched_at=member.vouched_at or (work.at if known else None))
        member = replace(member, stage=vouched(member), shows_school=bool(member.school) and SHOW_SCHOOL in ticked)
        members.keep(member)
        members.keep_identity(Identity(call.who, member.id))
        for consent in views.ASKED:
            members.agree(member.id, consent, consent in ticked, work.at)
        work.cancel(views.nudge_key(call.who))
        work.tell(MemberWaits(member.id) if member.stage is Stage.WAITING else MemberReady(member.id))
        return member

    def _nudge(self, work: Work, call: Call, member: Member | None) -> Letter:
        tomorrow = local_day(work.at, self.settings.zone) + timedelta(days=1)
        due_at = instant(tomorrow, NUDGED_AT, self.settings.zone)
        return views.nudge_letter(call.who, member.name if member else call.name, due_at)


def _no_guests(call: Call) -> None:
    """Guests and bots are never members, whatever they press."""
    if call.sort is not Who.PERSON:
        raise Refusal(views.words.text("guest"))


def _hush(work: Work, account: Account) -> None:
    """Nothing that waits for somebody at the door is sent."""
    work.cancel(views.welcome_key(account), views.nudge_key(account))


def forget_tries(work: Work, due: Due) -> None:
    """Every night: wrong codes count for an hour, and whose they were is forgotten. Not at once when somebody asks to
    be forgotten, or they could try for ever."""
    work.use(MEMBERS).forget_tries(work.at - CODE_WINDOW)


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


def _again(member: Member) -> View:
    """The first word to somebody who had left the workspace, and is back."""
    match member.stage:
        case Stage.JOINING:
            return views.go_on(member)
        case Stage.STOPPED:
            return views.come_back(member)
        case Stage.SUSPENDED:
            return views.suspended()
        case _:
            return views.see_again(member)


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
        members.keep(member := picker.as_role_has(merged(mine, invited)))
        work.tell(MemberNamed(member.id))
        return let_in(work, member) if member.stage is Stage.WAITING else member
    members.keep(member := replace(invited, stage=Stage.JOINING, joined_at=work.at))
    members.keep_identity(Identity(call.who, member.id, frozenset({Right.ANYONE})))
    members.used_code(member.id)
    work.tell(MemberNamed(member.id))
    return member
