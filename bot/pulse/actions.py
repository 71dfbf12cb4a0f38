"""What can be pressed in the pulse."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class OpenPulse(Action, frozen=True):
    """Opens the form. Answered without a trace."""

    wire: ClassVar[str] = "pulse.open"
    poll: Id


class GivePulse(Action, frozen=True):
    """The form, sent. Answered without a trace."""

    wire: ClassVar[str] = "pulse.give"
    poll: Id


class AgreePulse(Action, frozen=True):
    """Agrees to be asked (1), or would rather not be (0)."""

    wire: ClassVar[str] = "pulse.agree"
    yes: int


class OpenDiary(Action, frozen=True):
    """A member's own diary; or what one would be."""

    wire: ClassVar[str] = "pulse.diary"


class StartDiary(Action, frozen=True):
    """Agrees to keep one."""

    wire: ClassVar[str] = "pulse.diary-start"


class WriteDiary(Action, frozen=True):
    """Opens the form of this week."""

    wire: ClassVar[str] = "pulse.diary-write"


class KeepDiary(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "pulse.diary-keep"


class ReadDiary(Action, frozen=True):
    """One's own year."""

    wire: ClassVar[str] = "pulse.diary-year"


class StopDiary(Action, frozen=True):
    """Takes the consent back, and throws away what was written."""

    wire: ClassVar[str] = "pulse.diary-stop"


class ComposePoll(Action, frozen=True):
    """Organisers: the form of a new poll, sent."""

    wire: ClassVar[str] = "pulse.compose"


class DropPoll(Action, frozen=True):
    """Organisers: throw a draft away."""

    wire: ClassVar[str] = "pulse.drop"
    poll: Id


class EndPoll(Action, frozen=True):
    """Organisers: close an open poll before its time."""

    wire: ClassVar[str] = "pulse.end"
    poll: Id


class ShowResult(Action, frozen=True):
    """Organisers: what a closed poll told; which one is chosen beside it."""

    wire: ClassVar[str] = "pulse.result"


class ShowTrend(Action, frozen=True):
    """Organisers: how a question went over the year; which one is chosen beside it."""

    wire: ClassVar[str] = "pulse.year"


class ReadTold(Action, frozen=True):
    """Members: the latest of what was told."""

    wire: ClassVar[str] = "pulse.told"


class ReadResult(Action, frozen=True):
    """Members: as ShowResult."""

    wire: ClassVar[str] = "pulse.read"


class ReadTrend(Action, frozen=True):
    """Members: as ShowTrend."""

    wire: ClassVar[str] = "pulse.trend"


class WriteReply(Action, frozen=True):
    """Organisers: opens the form for what was done about a result."""

    wire: ClassVar[str] = "pulse.reply"
    poll: Id


class KeepReply(Action, frozen=True):
    """Organisers: that form, sent."""

    wire: ClassVar[str] = "pulse.keep-reply"
    poll: Id
