"""The made-up organiser who also plans events: through the forms, with dates as people type them, and, now and then, to
move one, cancel one, or find more places for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from adapters.people import reading
from adapters.people.habit import Dice, some_time
from adapters.people.model import Head, Heard, Place, Planned, Press, Use
from adapters.people.organiser import Organiser
from bot.chat.command import Tree
from bot.chat.form import Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.text import as_words
from bot.chat.view import Button, Paragraph, Select, View, words_of_view

_POST, _WHO, _AGAIN, _LINK, _EDIT = (
    "Yes, post it",
    "Who and how many",
    "Make it come again",
    "Link and host",
    "What, when and where",
)
_APPLY = ("Yes, change it", "Yes, this one only", "Yes, and all that follow")
_CANCEL = ("Yes, cancel it", "Cancel this one only", "Cancel it and all that follow")
_AN_EVENT, _THE_HOST, _WHICH = "An event", "The host", "Which one do you mean?"
_A_SERIES_EVERY, _A_GROUP_EVERY = 8, 4
"""In so many weeks a series is begun, and a peer support group planned."""
_MOVES, _CANCELS, _MAKES_ROOM = 0.3, 0.12, 0.35
"""How likely each becomes of an event that was planned."""
_FEW = 3
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occasion:
    """An event that she means to plan. `when` as she types it; `again`: how many times it comes, every week."""

    title: str
    when: str
    where: str = ""
    capacity: str = ""
    again: str = ""
    is_group: bool = False
    """A peer support group, which has a host."""


class Planner(Organiser):
    """Plans three events a week; one of them comes again and again."""

    def __init__(self, head: Head, seed: str, sends: timedelta) -> None:
        super().__init__(head, seed, sends)
        self._known: list[str] = []
        """Whom she has vouched for: one of them hosts."""
        self._waiting: list[Occasion] = []
        self._drafts: dict[str, Occasion] = {}
        """What is being written, by the action of its first form, and by its title."""
        self._changes: dict[str, dict[str, str]] = {}
        """What is to become of those that are planned, by title: a day they are moved to, a number of places."""
        self._pressed: set[tuple[str, str]] = set()
        self._now: str = ""
        """The title of what she is at."""

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        """Besides what every organiser does: lead a draft on to its post."""
        plans = super().hear(heard, real)
        if isinstance(heard.said, View):
            self._know(heard.said)
            if heard.place is Place.BOT and not heard.edited:
                plans += self._lead_on(heard, heard.said)
        return plans

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        """Three events, and what becomes of them."""
        chance = self.chance("plans", monday)
        occasions = list(self._occasions(monday, chance))
        self._waiting += occasions
        plans = []
        for occasion in occasions:
            at = some_time(midnight, self.head.zone, chance)
            plans.append(Planned(at, Use("event new", tree=Tree.ORGANISER)))
            plans += self._becomes(occasion, at, monday, chance)
        return super().week(monday, midnight) + plans

    def filled(self, ask: Form | Search) -> Mapping[str, tuple[str, ...]]:
        if isinstance(ask, Search):
            return super().filled(ask)
        if not (occasion := self._meant(ask)):
            raise reading.Puzzled(ask.title)
        return {field.name: self._answer(field, occasion) for field in ask.fields}

    def _occasions(self, monday: date, chance: Dice) -> Sequence[Occasion]:
        """One with few places, one for everybody; and, where no series goes on, one that comes again."""
        week, of = monday.toordinal() // 7, f"{monday.day} {monday:%B}"
        later = monday + 9 * _DAY
        evening = chance.choice(
            (f"{later.day} {later:%b} at 19:00", "next Wed 7pm", "Wed 19:30", "Wednesday week at 8pm")
        )
        few = Occasion(f"Breakfast, {of}", chance.choice(("Friday 8am", "next Friday at 8")), "Online", str(_FEW))
        group = Occasion(f"Quiet hour, {of}", "Thu 6pm", "https://example.org/quiet", "", "4", is_group=True)
        coffee = Occasion(f"Saturday coffee, {of}", "Sat 9:30", "https://example.org/coffee", "", str(_A_SERIES_EVERY))
        single = Occasion(f"Open evening, {of}", evening, chance.choice(("Online", "Leeds Town Hall")))
        small = group if week % _A_GROUP_EVERY == 0 else few
        return (small, single, coffee) if week % _A_SERIES_EVERY == 1 else (small, single)

    def _becomes(self, occasion: Occasion, at: datetime, monday: date, chance: Dice) -> list[Planned]:
        """Whether it is moved, cancelled, or given more places, and when."""
        plans, later = [], at + timedelta(hours=chance.uniform(1, 60))
        day = monday + 11 * _DAY
        if occasion.capacity and chance.random() < _MAKES_ROOM:
            self._changes[occasion.title] = {_WHO: str(chance.choice((_FEW - 1, _FEW + 1, _FEW * 2)))}
            plans.append(_does("event edit", occasion, later))
        elif chance.random() < _MOVES:
            self._changes[occasion.title] = {_EDIT: f"{day.day} {day:%B} at 6.30pm"}
            plans.append(_does("event edit", occasion, later))
        if chance.random() < _CANCELS:
            plans.append(_does("event cancel", occasion, later + _DAY * chance.uniform(0.2, 3)))
        return plans

    def _know(self, view: View) -> None:
        """Names that she reads where she vouches."""
        said = [one.label for one in reading.buttons(view) if reading.VOUCH in one.label.casefold()]
        names = [label[len(reading.VOUCH) :].strip() for label in said]
        self._known += [name for name in names if name not in self._known]

    def _lead_on(self, heard: Heard, view: View) -> list[Planned]:
        """The next press on the way of a draft, or of a change."""
        row = tuple(reading.buttons(view))
        if (select := _select(view, _AN_EVENT, _THE_HOST)) is not None:
            return self._press(heard, select.action, (select.options[0].value,))
        if _WHICH in words_of_view(view):
            return self._press(heard, row[0].action)
        if (cancels := _labelled(row, *_CANCEL)) is not None:
            return self._press(heard, cancels.action)
        if not (occasion := self._of(view)):
            return []
        self._now = occasion.title
        is_new = _labelled(row, _POST)
        steps = self._steps(occasion) if is_new else [*self._changes.get(occasion.title, {})]
        todo = [step for step in steps if (occasion.title, f"{step}{bool(is_new)}") not in self._pressed]
        step = _labelled(row, *todo[:1], *([_POST] if is_new else self._scopes(occasion)))
        if step is None:
            return []
        self._pressed |= {(occasion.title, f"{one}{bool(is_new)}") for one in todo[:1]}
        return self._press(heard, step.action)

    def _steps(self, occasion: Occasion) -> list[str]:
        """What is to be said of a new one besides the first form."""
        said = {_WHO: occasion.capacity, _LINK: occasion.is_group, _AGAIN: occasion.again}
        return [label for label, is_said in said.items() if is_said]

    def _scopes(self, occasion: Occasion) -> list[str]:
        """This one only, or all that follow, as it comes."""
        one, this, following = _APPLY
        return [one, *(self.chance("scope", occasion.title).sample((this, following), 2))]

    def _press(self, heard: Heard, action: str, values: tuple[str, ...] = ()) -> list[Planned]:
        return self.soon(heard.at, Press(heard.conversation, heard.message, action, values))

    def _of(self, view: View) -> Occasion | None:
        """Whose draft that is, if it is one."""
        words = " ".join(as_words(span) for one in view.blocks if isinstance(one, Paragraph) for span in one.text)
        return next((one for title, one in self._drafts.items() if title == one.title and title in words), None)

    def _meant(self, ask: Form) -> Occasion | None:
        """What a form is about. The first form of a draft is empty, and is given what waits longest; asked once more,
        it is given the same."""
        typed = next((field.value for field in ask.fields if isinstance(field, ShortText)), "")
        if ask.title != _AN_EVENT:
            return self._drafts.get(self._now)
        if typed:
            return self._drafts.get(typed)
        if ask.action not in self._drafts and self._waiting:
            occasion = self._waiting.pop(0)
            self._drafts |= {ask.action: occasion, occasion.title: occasion}
        return self._drafts.get(ask.action)

    def _answer(self, field: Field, occasion: Occasion) -> tuple[str, ...]:
        """What she types or chooses; what she has nothing to say about stays as it is."""
        changes = self._changes.get(occasion.title, {}) if isinstance(field, ShortText) and field.value else {}
        host = self.chance("host", occasion.title).choice(self._known or [""]) if occasion.is_group else ""
        typed = {
            "What is it called?": occasion.title,
            "When does it begin?": changes.get(_EDIT, occasion.when),
            "Where is it?": occasion.where,
            "How many places?": changes.get(_WHO, occasion.capacity),
            "Until when, or how many times?": occasion.again,
            "Who hosts it?": host,
        }
        match field:
            case ShortText() | LongText():
                return (typed.get(field.label, field.value),)
            case OneOf():
                wanted = {"How often?": "Every week"} | ({"What kind is it?": "peer support"} if host else {})
                found = [one for one in field.options if wanted.get(field.label, "-") in one.label]
                return (found[0].value if found else field.value,)
            case ManyOf():
                return field.values
            case _:
                raise reading.Puzzled(field.label)


def _does(words: str, occasion: Occasion, at: datetime) -> Planned:
    return Planned(at, Use(f"{words} {occasion.title}", tree=Tree.ORGANISER))


def _labelled(row: Sequence[Button], *labels: str) -> Button | None:
    """The button that says the first of these, word for word."""
    return next((one for label in labels for one in row if one.label == label), None)


def _select(view: View, *labels: str) -> Select | None:
    found = (block for block in view.blocks if isinstance(block, Select) and block.label in labels)
    return next((one for one in found if one.options), None)
