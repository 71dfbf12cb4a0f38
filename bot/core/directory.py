"""All door plates together: who answers which word, which press, which hour, which timer."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from msgspec.structs import replace

from bot.chat.action import Action, Actions, Unreadable
from bot.chat.command import Command, Tree, Wording
from bot.chat.inbound import Pressed, Submitted, Typed, Used, What
from bot.chat.outbound import NOTHING, Reply
from bot.core import incoming
from bot.core.calendar import Rule
from bot.core.feature import Answers, Call, Feature, On, Rings, Run, Timed
from bot.core.going import Progressing
from bot.core.words import LANGUAGE, Words
from bot.core.work import Fact, Work


class Directory:
    """The features of one bot. Raises ValueError when two claim the same word, action, rule or timer."""

    def __init__(self, features: Sequence[Feature]) -> None:
        self.features = tuple(features)
        self._commands = _unique("word", [((a.tree, w), a) for f in features for a in f.commands for w in _words(a)])
        self._ons = _unique("action", [(on.action, on) for f in features for on in f.actions])
        self._timed = _unique("rule", [(timed.rule.name, timed) for f in features for timed in f.rules])
        self._rings = _unique("timer", [(rings.name, rings) for f in features for rings in f.timers])
        self._traceless = [plate for f in features for plate in f.traceless]
        self._traceless_by_name = {plate.action.wire: plate for plate in self._traceless if plate.action}
        self.actions = Actions([Run, *self._ons, *(plate.action for plate in self._traceless if plate.action)])
        self.progress: dict[str, Progressing] = _unique("batch", [one for f in features for one in f.progress.items()])
        self.homes = sorted((f.home for f in features if f.home), key=lambda home: home.place)
        self._hears: dict[type[Fact], list[Any]] = defaultdict(list)
        for hears in (hears for f in features for hears in f.hears):
            self._hears[hears.fact].append(hears.do)

    def rules(self) -> list[Rule]:
        """Every rule of time."""
        return [timed.rule for timed in self._timed.values()]

    def due(self, rule: str) -> Timed | None:
        """What is to be done when this rule's hour strikes; None for a rule nobody has any more."""
        return self._timed.get(rule)

    def rings(self, timer: str) -> Rings | None:
        """What is to be done when a timer of this name rings; None for one nobody has any more."""
        return self._rings.get(timer)

    def on(self, action: Action) -> On[Any] | None:
        """Who answers this action."""
        return self._ons.get(type(action))

    def tell(self, work: Work, fact: Fact) -> None:
        """Let every room that listens act on a fact, in the order of the features."""
        for do in self._hears[type(fact)]:
            do(work, fact)

    def fetched(self, work: Work, address: str) -> Reply:
        """The calendar of that address; nothing where there is none."""
        found = (f.fetched(work, address) for f in self.features if f.fetched)
        return next((reply for reply in found if reply != NOTHING), NOTHING)

    def traceless(self, what: What, call: Call) -> Reply | None:
        """The reply to what must leave no trace; None when `what` is nothing of that kind."""
        match what:
            case Typed():
                return next((f.typed(call) for f in self.features if f.typed), None)
            case Used(tree, words):
                return self._traceless_word(tree, words, call)
            case Pressed(packed, values):
                return self._traceless_press(packed, replace(call, values={"": incoming.chosen(values)}))
            case Submitted(packed, values):
                return self._traceless_press(packed, replace(call, values=incoming.fields(values)))
        return None

    def _traceless_word(self, tree: Tree, words: str, call: Call) -> Reply | None:
        """What stands behind the word changes nothing."""
        typed = f"{' '.join(words.casefold().split())} "
        return next((p.do(call) for p in self._traceless if p.tree is tree and _begins(typed, p.word)), None)

    def _traceless_press(self, packed: str, call: Call) -> Reply | None:
        name = packed.partition("~")[0]
        if name != Run.wire:
            plate = self._traceless_by_name.get(name)
            return plate.do(replace(call, action=self._action(packed))) if plate else None
        run = self._action(packed)
        return self._traceless_word(run.tree, run.word, call) if isinstance(run, Run) else None

    def _action(self, packed: str) -> Action | None:
        try:
            return self.actions.read(packed)
        except Unreadable:
            return None

    def command(self, tree: Tree, words: str) -> tuple[Answers | None, str]:
        """Who answers a command line, and what stands behind its word: one word, or an organiser's two."""
        typed = words.casefold().split()
        for length in (2, 1):
            found = self._commands.get((tree, " ".join(typed[:length]))) if len(typed) >= length else None
            if found is not None:
                return found, " ".join(words.split()[length:])
        return None, words

    def near(self, tree: Tree, words: str) -> list[str]:
        """Words of the tree that look like what was typed."""
        typed = " ".join(words.casefold().split()[:2])
        return get_close_matches(typed, [answers.word for _, answers in self.shown(tree)], n=3, cutoff=0.6)

    def shown(self, tree: Tree) -> list[tuple[Feature, Answers]]:
        """The words of a tree that menu, help and completion offer, in the order of the features."""
        return [(f, a) for f in self.features for a in f.commands if a.tree is tree and a.shown]

    def table(self) -> list[Command]:
        """Both trees, as adapters get them."""
        return [
            described(f.package, tree, a.word, _key(a), completes=a.offers is not None)
            for tree in Tree
            for f, a in self.shown(tree)
        ]


def says(feature: Feature, answers: Answers) -> str:
    """The sentence that explains a command."""
    return Words(feature.package).line(f"says-{_key(answers)}")


def label(feature: Feature, answers: Answers) -> str | None:
    """What the menu's button says; None where a command is not on the menu."""
    return _line(Words(feature.package), f"menu-{_key(answers)}") or None


def described(package: str, tree: Tree, word: str, key: str, *, completes: bool = False) -> Command:
    """A command with all that a room's words say of it by that key, in every language they are in."""
    first, *more = (Words(package, one) for one in (LANGUAGE, *Words(package).further_languages()))
    further = {
        one.language: Wording(*(_line(one, f"{what}-{key}") for what in ("word", "says", "takes"))) for one in more
    }
    return Command(tree, word, first.line(f"says-{key}"), _line(first, f"takes-{key}"), completes, further)


def _key(answers: Answers) -> str:
    return answers.word.replace(" ", "-")


def _line(words: Words, key: str) -> str:
    return words.line(key) if words.has(key) else ""


def _begins(typed: str, word: str) -> bool:
    return not word or typed.startswith(f"{word} ")


def _words(answers: Answers) -> tuple[str, ...]:
    return (answers.word, *answers.also)


def _unique(what: str, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) is not value:
            raise ValueError(f"two rooms claim the {what} {key}")
    return found
