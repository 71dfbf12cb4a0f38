"""Making an announcement: its words, whom it is for, and the list of those there are."""

from dataclasses import dataclass, replace

from bot.announcements import actions, forms, pages
from bot.announcements.amending import Amending
from bot.announcements.model import OUT, Announcement, Does, State, Where
from bot.announcements.people import People
from bot.announcements.previewing import Previewing
from bot.announcements.store import ANNOUNCEMENTS
from bot.announcements.views import words
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.core.errors import Refusal
from bot.core.feature import Call, Invite
from bot.core.work import Work
from bot.members.model import Audience, By

_LOOKED_AT = 50
_EDITED = frozenset({State.DRAFT, State.SENT})
_STOPPED = frozenset({State.ASKED, State.PLANNED, State.SENDING, State.SENT})


@dataclass(frozen=True)
class Drafting:
    """The handlers, and what they need by value."""

    people: People
    previewing: Previewing
    amending: Amending

    def new(self, work: Work, call: Call) -> Reply:
        """The command: its words first."""
        return Reply(ask=forms.of_words(actions.KeepWords(), None, self.people.setup))

    def list_all(self, work: Work, call: Call) -> Reply:
        """The command: the latest."""
        return Reply(view=pages.listed(work.use(ANNOUNCEMENTS).latest(pages.A_PAGE)))

    def edit(self, work: Work, call: Call) -> Reply:
        """The command: which of those that can be changed?"""
        return _those(work, _EDITED)

    def stop(self, work: Work, call: Call) -> Reply:
        """The command: which of those that are going out, or will?"""
        return _those(work, _STOPPED)

    def recall(self, work: Work, call: Call) -> Reply:
        """The command: which of those that somebody may have?"""
        return _those(work, OUT)

    def keep_new(self, work: Work, call: Call, action: actions.KeepWords) -> Reply:
        """The form of a new one, sent."""
        empty = Announcement(work.new_id(), None, "", "", "", work.at)
        return self._keep_words(work, call, self.people.signed(work, call, empty))

    def ask_words(self, work: Work, call: Call, action: actions.AskWords) -> Reply:
        """Its words, to change them or, once it has left, to correct them."""
        before = self.people.found(work, action.id)
        if before.state not in _EDITED:
            raise Refusal(words.text("not-now"))
        return Reply(ask=forms.of_words(actions.ChangeWords(before.id), before, self.people.setup))

    def change_words(self, work: Work, call: Call, action: actions.ChangeWords) -> Reply:
        """Those, sent."""
        before = self.people.found(work, action.id)
        if before.state in OUT:
            return self.amending.correct(work, call, before)
        return self._keep_words(work, call, _open(before))

    def choose_invite(self, work: Work, call: Call, action: actions.ChooseInvite) -> Reply:
        """Which of another room's buttons; one of those offered."""
        before, invite = _open(self.people.found(work, action.id)), self._read_invite(call.value())
        if invite is None or all(one.id != invite[1] for one in invite[0].offers(work, call)):
            raise Refusal(words.text("none-offered"))
        return self._keep(work, replace(before, invite=call.value()))

    def ask_whom(self, work: Work, call: Call, action: actions.AskWhom) -> Reply:
        """To whom?"""
        return Reply(ask=forms.of_whom(_open(self.people.found(work, action.id)), self.people.setup))

    def keep_whom(self, work: Work, call: Call, action: actions.KeepWhom) -> Reply:
        """That, sent. Which of them is asked next, where there is a choice."""
        before = _open(self.people.found(work, action.id))
        now, wrong = forms.read_whom(call, before, self.people.setup, work.at)
        if wrong:
            return Reply(errors=forms.errors(wrong))
        by = now.audience.partition(":")[0]
        if now.where is Where.CHANNELS:
            return self._keep(work, replace(now, audience=By.EVERYONE.value))
        crowd = next((one for one in self.people.setup.crowds if one.name == by), None)
        self._write(work, now)
        if crowd is not None:
            view = pages.which("which-crowd", actions.ChooseCrowd(now.id), crowd.name, crowd.offers(work, call))
            return Reply(view=view)
        kind = By(by)
        if kind is not By.EVERYONE:
            return Reply(view=pages.which_people(now, kind, work.use(ANNOUNCEMENTS).sizes(kind)))
        return Reply(view=pages.kept(now))

    def choose_of(self, work: Work, call: Call, action: actions.ChooseOf) -> Reply:
        """Which role, phase, region or nation. Enough people have it, or nobody is told how few."""
        before = _open(self.people.found(work, action.id))
        now = replace(before, audience=Audience(action.kind, call.value()).show())
        self.people.checked(work, call, now)
        return self._keep(work, now)

    def choose_crowd(self, work: Work, call: Call, action: actions.ChooseCrowd) -> Reply:
        """Which group of another room's."""
        now = replace(_open(self.people.found(work, action.id)), audience=call.value())
        self.people.checked(work, call, now)
        return self._keep(work, now)

    def ask_picture(self, work: Work, call: Call, action: actions.AskPicture) -> Reply:
        """Which picture?"""
        return Reply(ask=forms.of_picture(_open(self.people.found(work, action.id))))

    def keep_picture(self, work: Work, call: Call, action: actions.KeepPicture) -> Reply:
        """That, sent. Nobody here looks at what is found there."""
        before = _open(self.people.found(work, action.id))
        now, wrong = forms.read_picture(call, before)
        return Reply(errors=forms.errors(wrong)) if wrong else self._keep(work, now)

    def show(self, work: Work, call: Call, action: actions.Show) -> Reply:
        """One of them, as it stands; of one that has not left, the preview."""
        return Reply(view=self.previewing.page(work, call, self.people.found(work, action.id)))

    def _keep_words(self, work: Work, call: Call, before: Announcement) -> Reply:
        now, wrong = forms.read_words(call, before, self.people.setup)
        if wrong:
            return Reply(errors=forms.errors(wrong))
        if now.does is Does.INVITE and ":" not in now.invite:
            self._write(work, now)
            invite = next(one for one in self.people.setup.invites if one.name == now.invite)
            offers = invite.offers(work, call)
            return Reply(view=pages.which("which-invite", actions.ChooseInvite(now.id), invite.name, offers))
        return self._keep(work, now)

    def _read_invite(self, written: str) -> tuple[Invite, Id] | None:
        try:
            return self.people.setup.invite(written)
        except ValueError:
            return None

    def _keep(self, work: Work, announcement: Announcement) -> Reply:
        return Reply(view=pages.kept(self._write(work, announcement)))

    def _write(self, work: Work, announcement: Announcement) -> Announcement:
        """Whatever is changed makes another version of it: what was previewed before cannot be sent any more."""
        now = replace(announcement, version=announcement.version + 1)
        work.use(ANNOUNCEMENTS).keep(now)
        return now


def _those(work: Work, states: frozenset[State]) -> Reply:
    latest = work.use(ANNOUNCEMENTS).latest(_LOOKED_AT)
    return Reply(view=pages.listed([one for one in latest if one.state in states][: pages.A_PAGE]))


def _open(announcement: Announcement) -> Announcement:
    """One that may still be changed. Raises Refusal."""
    if announcement.state is not State.DRAFT:
        raise Refusal(words.text("not-now"))
    return announcement
