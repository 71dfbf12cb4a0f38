"""What one made-up head makes of what reaches them: what to do about it, and when. It does nothing itself."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from adapters.people import outings, polls, reading
from adapters.people.habit import Dice, Habit, awake, dice, some_time
from adapters.people.model import (
    Arrive,
    Depart,
    Gesture,
    Head,
    Heard,
    Place,
    Planned,
    Press,
    PressAgain,
    Say,
    Tell,
    Type,
    Use,
)
from adapters.people.reading import Outcome
from adapters.people.talking import Talk, a_line
from bot.chat.form import Form, Search
from bot.chat.view import View

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_REMEMBERED: Final = 60
"""Messages with something to press that one could find again."""
_WRITES_BACK = (1.0, 0.75, 0.4, 0.2)
"""How likely one writes once more to another made-up head, by how often one has written already."""
_GREETS, _WAVES = 0.05, 0.3
"""How likely one greets a newcomer before everybody, and says hello there on one's own arrival."""
_ANSWERS_SMALL = 0.5
"""How likely a small question is answered."""
_CHOICES = {reading.SKIP: 0.06, reading.ANOTHER: 0.15, reading.KEEP_TRYING: 0.5}
"""How likely one presses each of these where it is offered."""
_QUIET_PAIR = 0.3
"""How much less likely those have talked who have not even written to each other."""


class Mind:
    """One head, with a memory of what was said and of what can be pressed."""

    def __init__(self, head: Head, seed: str, habit: Habit | None = None) -> None:
        self.head, self._seed = head, seed
        self.habit = habit or Habit.of(seed, head.user)
        self.talks: dict[str, Talk] = {}
        self.pressed: list[Press] = []
        self.latest: Heard | None = None
        self._told_topics = False
        self._greeted: set[str] = set()
        self._circle = ""
        self._views: dict[str, View] = {}
        self._said: Counter[str] = Counter()
        """How often they have answered each poll, by the action of its form."""

    @property
    def user(self) -> str:
        return self.head.user

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        """What they will do about it. `real`: by the hand of somebody who is not made up."""
        if isinstance(heard.said, str):
            return self._words(heard, real)
        if outings.is_post(heard):
            return self._outing(heard, heard.said)
        self._remember(heard, heard.said)
        if heard.place is Place.BOT:
            return self._letter(heard, heard.said) + self._polled(heard, heard.said)
        if heard.place is Place.CIRCLE and not heard.edited:
            return self._introduced(heard, heard.said, real)
        return []

    def still(self, press: Press) -> bool:
        """Whether that can still be pressed."""
        view = self._views.get(press.message)
        return press.anyway or (view is not None and reading.offers(view, press.action))

    def instead(self, press: Press, chance: Dice) -> Press:
        """The same, or another answer that the same message offers."""
        view, (first, *_) = self._views.get(press.message), press.action.partition("~")
        row = reading.buttons(view) if view and not press.values else ()
        answers = [one.action for one in row if one.action.partition("~")[0] == first]
        return replace(press, action=chance.choice([press.action, *answers]), anyway=True)

    def filled(self, ask: Form | Search) -> Mapping[str, tuple[str, ...]]:
        """The answers to a form. Raises Puzzled."""
        if isinstance(ask, Form) and polls.is_form(ask):
            self._said[ask.action] += 1
            return polls.said(ask, self.chance("says", ask.action, self._said[ask.action]))
        values = reading.filled(ask, self.head, self.chance("fills", ask.title))
        self._told_topics |= reading.asks_topics(ask)
        return values

    def follow(self, label: str) -> Press:
        """The press of what is labelled so in what they saw last. Raises Puzzled."""
        seen = self.latest
        found = reading.labelled(reading.buttons(seen.said), label) if seen and isinstance(seen.said, View) else None
        if seen is None or found is None:
            raise reading.Puzzled(label)
        return Press(seen.conversation, seen.message, found.action)

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        """What comes to their mind in the week that begins then, whatever anybody says."""
        chance = self.chance("week", monday)
        at = [some_time(midnight, self.head.zone, chance) for _ in range(6)]
        plans = [
            Planned(when, do)
            for when, (likely, do) in zip(at, self._whims(chance), strict=False)
            if chance.random() < likely
        ]
        leaves = chance.random() < self.habit.leaves
        return plans + (self._farewell(at[-1]) if leaves else [])

    def life(self, opening: datetime) -> list[Planned]:
        """What the cast list says of them: a pause, a farewell."""
        plans, chance = [], self.chance("life")
        if self.head.pauses is not None:
            at = awake(opening + self.head.pauses, self.head.zone, chance)
            plans.append(Planned(at, Use("pause", (reading.PAUSE_DATE,))))
        if self.head.leaves is not None:
            at = awake(opening + self.head.leaves, self.head.zone, chance)
            plans += self._farewell(at)
        ways = ((self.head.goes, Depart()), (self.head.returns, Arrive()))
        return plans + [Planned(opening + after, do) for after, do in ways if after is not None]

    def arrives(self, at: datetime, channel: str) -> list[Planned]:
        """Just come in: some say hello to everybody."""
        chance = self.chance("waves")
        return self.soon(at, Tell(channel, "arrive"), 300, 4000) if chance.random() < _WAVES else []

    def takes_up(self, at: datetime) -> list[Planned]:
        """To go on joining, wherever they left off."""
        return self.soon(at, Use("start"), 600, 7200)

    def chance(self, *about: object) -> Dice:
        """Chance for what this person does about something."""
        return dice(self._seed, self.user, *about)

    # the bot's letters and answers

    def _letter(self, heard: Heard, view: View) -> list[Planned]:
        answers = reading.checkin(view)
        if answers is not None:
            return self._checkin(heard, {outcome: button.action for outcome, button in answers.items()})
        found = (reading.way_in(view, self.head), self._profile(heard, view), self._small_question(heard, view))
        way = next(filter(None, found), None) or self._choice(heard, view)
        if way is None:
            return self._outing(heard, view)
        press = Press(heard.conversation, heard.message, *way)
        if heard.private or heard.edited:
            return self.soon(heard.at, press)
        return [self._later(heard, press, 8 * _MINUTE)]

    def _profile(self, heard: Heard, view: View) -> tuple[str, tuple[str, ...]] | None:
        """Once one is in: say what one would like to talk about."""
        label = reading.CHANGE if heard.private else reading.PROFILE
        found = reading.labelled(reading.buttons(view), label)
        wants = bool(self.head.topics) and not self._told_topics
        return (found.action, ()) if found and wants else None

    def _small_question(self, heard: Heard, view: View) -> tuple[str, tuple[str, ...]] | None:
        """Asked now and then, and answered as often as not."""
        found = reading.small_question(view)
        return (found.action, ()) if found and self.chance("small", heard.at).random() < _ANSWERS_SMALL else None

    def _choice(self, heard: Heard, view: View) -> tuple[str, tuple[str, ...]] | None:
        """A week left out now and then; after a "not yet" one more try, or somebody else."""
        if heard.private:
            return None
        row = tuple(reading.buttons(view))
        offered = [(one, likely) for label, likely in _CHOICES.items() if (one := reading.labelled(row, label))]
        chance = self.chance("chooses", heard.at) if offered else None
        chosen = next((button for button, likely in offered if chance and chance.random() < likely), None)
        return (chosen.action, ()) if chosen else None

    def _outing(self, heard: Heard, view: View) -> list[Planned]:
        """What they do about events; at once to what the bot has just answered."""
        if not any(reading.buttons(view)):
            return []
        step = outings.outing(heard, view, self.habit.keen, self.chance("outing", heard.at, heard.message))
        if step is None:
            return []
        self._remember(heard, view)
        press = Press(heard.conversation, heard.message, step.action)
        return [self._later(heard, press, step.usual)] if step.usual else self.soon(heard.at, press)

    def _polled(self, heard: Heard, view: View) -> list[Planned]:
        """What they do about a poll that is asked there: some answer at once, some late, some never."""
        found = polls.answer(view)
        chance = self.chance("polled", heard.at) if found else None
        if found is None or chance is None or chance.random() > self.habit.polls:
            return []
        press = Press(heard.conversation, heard.message, found.action)
        if heard.private:
            return self.soon(heard.at, press)
        at = (heard.at + self.habit.later(chance, usual) for usual in polls.after(chance))
        return [self._at(one, press, chance) for one in at]

    def _checkin(self, heard: Heard, actions: dict[Outcome, str]) -> list[Planned]:
        chance = self.chance("checkin", heard.at, heard.edited)
        if chance.random() > self.habit.answers and not heard.edited:
            return []
        press = Press(heard.conversation, heard.message, actions[self._outcome(chance)])
        plan = self._later(heard, press, 2 * _HOUR)
        if chance.random() > self.habit.clumsy:
            return [plan]
        again = Press(press.conversation, press.message, press.action, anyway=True)
        return [plan, Planned(plan.at + timedelta(seconds=1), again)]

    def _outcome(self, chance: Dice) -> Outcome:
        talk = self.talks.get(self._circle, Talk())
        talked = self.habit.talks * (1.0 if talk.voices() > 1 else _QUIET_PAIR)
        hand = Outcome.HAND if chance.random() < 0.04 else Outcome.NOT_YET
        return Outcome.TALKED if chance.random() < talked else hand

    # among people

    def _introduced(self, heard: Heard, view: View, real: bool) -> list[Planned]:
        talk = self._talk(heard)
        self._circle = heard.conversation
        chance = self.chance("hello", heard.at)
        talk.first = self.user if reading.asked_to_begin(view, self.head.name) else talk.first or "somebody else"
        if talk.first == self.user:
            say = self._say(heard)
            return self.soon(heard.at, say, 50, 200) if real else [self._later(heard, say, _HOUR)]
        if real or chance.random() < 0.6:
            return [self._at(heard.at + chance.uniform(20, 30) * _HOUR, self._say(heard), chance)]
        return []

    def _words(self, heard: Heard, real: bool) -> list[Planned]:
        if heard.place is Place.BOT:
            return []
        if heard.place is Place.CHANNEL:
            return self._greets(heard) if real else []
        talk = self._talk(heard)
        talk.said.append((heard.author, str(heard.said)))
        if heard.author == self.user:
            return []
        if real:
            return self.soon(heard.at, self._say(heard), 20, 75)
        return self._written_to(heard, talk)

    def _written_to(self, heard: Heard, talk: Talk) -> list[Planned]:
        chance, times = self.chance("answer", heard.at), len(talk.by(self.user))
        likely = _WRITES_BACK[times] * self.habit.writes if times < len(_WRITES_BACK) else 0.0
        usual = 2 * _HOUR if times < 2 else _DAY
        return [self._later(heard, self._say(heard), usual)] if chance.random() < likely else []

    def _greets(self, heard: Heard) -> list[Planned]:
        """Somebody real says something before everybody: a few say hello, each once."""
        chance = self.chance("greets", heard.author)
        if heard.author in self._greeted or chance.random() > _GREETS:
            return []
        self._greeted.add(heard.author)
        return self.soon(heard.at, Tell(heard.conversation, "greet", heard.author), 40, 300)

    def _say(self, heard: Heard) -> Say:
        return Say(heard.conversation, len(self._talk(heard).by(self.user)))

    def _talk(self, heard: Heard) -> Talk:
        return self.talks.setdefault(heard.conversation, Talk(heard.others))

    # when, and what comes to mind

    def _whims(self, chance: Dice) -> list[tuple[float, Gesture]]:
        """How likely each is in a week."""
        pause = chance.choice((reading.PAUSE_WEEK, reading.PAUSE_DATE))
        wanders = self.habit.wanders
        return [
            (self.habit.pauses, Use("pause", (pause,))),
            (wanders, Type(a_line("bot", "", chance))),
            (wanders, PressAgain()),
            (wanders, Use("partner")),
        ]

    def _farewell(self, at: datetime) -> list[Planned]:
        return [Planned(at, Use("leave", (reading.FORGET,))), Planned(at + 10 * _MINUTE, Depart())]

    def _later(self, heard: Heard, do: Gesture, usual: timedelta) -> Planned:
        chance = self.chance("reads", heard.at)
        return self._at(heard.at + self.habit.later(chance, usual), do, chance)

    def soon(self, at: datetime, do: Gesture, least: float = 5, most: float = 40) -> list[Planned]:
        """To do something within so many seconds of `at`."""
        chance = self.chance("soon", at)
        return [self._at(at + timedelta(seconds=chance.uniform(least, most)), do, chance)]

    def _at(self, at: datetime, do: Gesture, chance: Dice) -> Planned:
        return Planned(awake(at, self.head.zone, chance), do)

    def _remember(self, heard: Heard, view: View) -> None:
        if heard.place is Place.BOT:
            self.latest = heard
        self._views.pop(heard.message, None)
        self._views[heard.message] = view
        while len(self._views) > _REMEMBERED:
            del self._views[next(iter(self._views))]
