"""The door plate of the Friday letter."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.calendar import Late, Rule
from bot.core.feature import Feature, Friday, Sample, Slow, Timed
from bot.core.post import Policy
from bot.friday import views
from bot.friday.flow import FridayRoom
from bot.friday.model import LATEST, FridaySettings


def feature(settings: FridaySettings, policy: Policy, parts: Iterable[Friday]) -> Feature:
    """The Friday letter: `parts` are those of all other rooms, and `policy` says when somebody can hear."""
    room = FridayRoom(policy, tuple(sorted(parts, key=lambda part: part.place)))
    rule = Rule("friday", settings.schedule, Late.RUN_LATE, LATEST)
    return Feature(
        name="friday",
        package="bot.friday",
        rules=(Timed(rule, Slow(room.look, room.think, room.keep, room.in_parts)),),
        samples=samples,
    )


def samples() -> tuple[Sample, ...]:
    """The frame; what stands in it belongs to other rooms."""
    at = datetime(2026, 11, 14, 9, tzinfo=UTC)
    return (
        Sample(
            "Friday letter, two parts",
            views.compose(
                [
                    (True, (Paragraph(plain("On Monday I introduce you to somebody.")),)),
                    (False, (Paragraph(plain("May I ask you something small?")),)),
                ]
            )
            or View(()),
        ),
        Sample("Organisers' channel: the Friday letter came late", views.told_late(date(2026, 11, 16), at).view),
    )
