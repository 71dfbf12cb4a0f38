"""The organisers of a rehearsal: one plans events and looks how things stand. Where everything goes wrong she also
keeps the rota of listeners and writes announcements, to which another one agrees."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from adapters.people import reading
from adapters.people.habit import Dice, awake, some_time
from adapters.people.model import Gesture, Heard, Look, Place, Planned, Press, Use
from adapters.people.organiser import Quiet
from adapters.people.people import People
from adapters.people.planner import Planner
from adapters.space.model import Change, Message
from adapters.space.space import Space
from bot.chat.command import Tree
from bot.chat.form import DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.view import Select, View
from bot.door.demo.bodies import heard_by
from bot.door.simulate.counting import ASKED, MORE

DEPUTY = "deputy"
_LISTENERS, _WRITES, _AFTERWARDS = 4, 0.8, 0.5
"""How many are put on the rota in a week; how likely an announcement is written, and how likely she looks at some."""
_LATER = timedelta(hours=8)
_DAYS, _SHOWN = timedelta(days=1), (4.0, 10.0)
"""So many days after its Monday she looks at an event that she planned."""
_WAYS: tuple[tuple[str, float], ...] = (
    ("take off the list", 0.05),
    ("clear all hours", 0.05),
    ("send to", 0.95),
    ("undo", 0.15),
    ("show me", 1.0),
    ("who gets it", 1.0),
)
"""What she presses of what is offered, and how likely each where none before it was."""
_OUT = ("take it back", "correct in a line", "put the words right", "stop")
_CHANGES, _SETS = "somebody's hours", "set hours"
_FORMS = ("An announcement", "Who gets it?", "A correction", "Put it right", "Hours of a listener")
_TITLE = "News, number"
_MEANT = ("Directly", "In the next Friday", "Everybody", "Nothing", "read this", "A notice", "News")
"""What she chooses of what is offered."""


class Overseer(Planner):
    """The made-up organiser, who plans three events a week, and looks how things stand."""

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        chance = self.chance("looks", monday)
        looks: list[Gesture] = [*(Use(words, tree=Tree.ORGANISER) for words in ASKED), Look()]
        looking = [Planned(some_time(midnight, self.head.zone, chance), look) for look in looks]
        return super().week(monday, midnight) + looking


class Busy(Overseer):
    """The same, with a rota to keep and something to say to everybody; she looks at whatever else could count people,
    and at the events she planned."""

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        chance = self.chance("busy", monday)
        names = chance.sample(self._known, min(_LISTENERS, len(self._known)))
        words = [f"members listeners {name}" for name in names]
        words += ["announce new"] if chance.random() < _WRITES else []
        words += ["announce list"] if chance.random() < _AFTERWARDS else []
        does = [Use(one, tree=Tree.ORGANISER) for one in words]
        plans = [Planned(some_time(midnight, self.head.zone, chance), one) for one in does]
        return super().week(monday, midnight) + self._closely(monday, midnight) + plans

    def _closely(self, monday: date, midnight: datetime) -> list[Planned]:
        """Each event that she means to plan she looks at some days later, before it begins."""
        chance = self.chance("looks closely", monday)
        plans = [(some_time(midnight, self.head.zone, chance), words) for words in MORE]
        plans += [(midnight + _DAYS * chance.uniform(*_SHOWN), f"event show {one.title}") for one in self._waiting]
        return [Planned(awake(at, self.head.zone, chance), Use(words, tree=Tree.ORGANISER)) for at, words in plans]

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        plans = super().hear(heard, real)
        if heard.place is Place.BOT and isinstance(heard.said, View) and not plans:
            plans += self._goes_on(heard, heard.said)
        return plans

    def filled(self, ask: Form | Search) -> Mapping[str, tuple[str, ...]]:
        if isinstance(ask, Form) and ask.title in _FORMS:
            chance = self.chance("writes", ask.action)
            return {field.name: _said(field, chance) for field in ask.fields}
        return super().filled(ask)

    def _goes_on(self, heard: Heard, view: View) -> list[Planned]:
        """The next press on the way of somebody to the rota, or of an announcement."""
        chance = self.chance("goes on", heard.at, heard.message)
        press = next(iter(_presses(heard, view, chance)), None)
        return self.soon(heard.at, press) if press else []


class Deputy(Quiet):
    """Another organiser, who agrees, or not, to what is to go to everybody."""

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        if not isinstance(heard.said, View) or heard.place is not Place.CHANNEL:
            return []
        self._remember(heard, heard.said)
        row, chance = tuple(reading.buttons(heard.said)), self.chance("agrees", heard.at)
        if reading.labelled(row, "not like this"):
            chosen = reading.labelled(row, "send to" if chance.random() < 0.9 else "not like this")
        else:
            chosen = reading.labelled(row, "show me")
        if chosen is None:
            return []
        press = Press(heard.conversation, heard.message, chosen.action)
        return self.soon(heard.at, press) if heard.private else [self._later(heard, press, _LATER)]


def let_hear(space: Space, people: People, deputy: str = DEPUTY) -> None:
    """Let the other organiser hear what the bot says to all of them."""

    def on(change: Change) -> None:
        if isinstance(change, Message) and not change.only_for and deputy in people.users:
            place = space.conversation(change.conversation)
            if place.organisers_only:
                people.hear(heard_by(deputy, place, change))

    space.subscribe(on)


def _presses(heard: Heard, view: View, chance: Dice) -> Iterator[Press]:
    """What could be pressed there, the first first."""
    row = tuple(reading.buttons(view))
    for block in view.blocks:
        if isinstance(block, Select) and _CHANGES in block.label.casefold().replace("’", "'"):
            yield Press(heard.conversation, heard.message, block.action, (chance.choice(block.options).value,))
    is_new = reading.labelled(row, "clear all hours") is None
    if (sets := reading.labelled(row, _SETS)) and is_new:
        yield Press(heard.conversation, heard.message, sets.action)
    for words, likely in _WAYS:
        found = reading.labelled(row, words)
        if found is not None and chance.random() < likely:
            yield Press(heard.conversation, heard.message, found.action)
    if out := [one for one in row if reading.labelled((one,), *_OUT)]:
        yield Press(heard.conversation, heard.message, chance.choice(out).action)
    if listed := [one for one in row if one.label.startswith(_TITLE)]:
        yield Press(heard.conversation, heard.message, chance.choice(listed).action)


def _said(field: Field, chance: Dice) -> tuple[str, ...]:
    """What she types or chooses; what may be left open is."""
    match field:
        case ShortText() if field.required:
            return (f"{_TITLE} {chance.randrange(10_000)}",)
        case LongText():
            return ("There is soup on Friday, and you are all invited.",)
        case ManyOf():
            return tuple(one.value for one in chance.sample(field.options, min(5, len(field.options))))
        case OneOf():
            return (_chosen(field, chance),)
        case ShortText() | DateTime():
            return ("",)


def _chosen(field: OneOf, chance: Dice) -> str:
    """Listeners are there from morning to night; everybody is written to."""
    labels = [one.label for one in field.options]
    if all(":" in label for label in labels):
        return field.options[0 if field.options[0].label.startswith("07") else -1].value
    some = [one.value for one in field.options if any(words in one.label for words in _MEANT)]
    return chance.choice(some or [one.value for one in field.options])
