"""The door plate of introductions."""

from bot.chat.command import Tree
from bot.core.calendar import Late, Rule
from bot.core.feature import Answers, Feature, Hears, Right, Slow, Timed
from bot.members.model import MemberAway, MemberGone
from bot.pairing.flow import Figures, Introductions
from bot.pairing.matcher import Engine
from bot.pairing.model import LATEST, Weeks


def feature(weeks: Weeks, engine: Engine, figures: Figures = lambda work, round: ()) -> Feature:
    """Introductions. `figures` adds to `intro status` what another room knows of a round."""
    room = Introductions(weeks, engine, figures)
    return Feature(
        name="pairing",
        package="bot.pairing",
        commands=(Answers(Tree.MEMBER, "partner", room.partner), *_organising(room)),
        rules=(
            Timed(
                Rule("introductions", weeks.schedule, Late.RUN_LATE, LATEST),
                Slow(room.look_hour, room.think, room.keep_hour),
            ),
        ),
        hears=(Hears(MemberAway, room.stops), Hears(MemberGone, room.stops)),
    )


def _organising(room: Introductions) -> tuple[Answers, ...]:
    preview = Slow(room.look_preview, room.think, room.show)
    send = Slow(room.look_send, room.think, room.keep_send)
    return (
        Answers(Tree.ORGANISER, "intro preview", preview, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro send", send, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro hold", room.hold, Right.ORGANISER),
        Answers(Tree.ORGANISER, "intro status", room.status, Right.ORGANISER),
    )
