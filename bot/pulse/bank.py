"""The question bank, `bank.toml`, read: what may be asked, in whose words, and what is told of the answers."""

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from bot.core.errors import OperatorError

MOST_BANDS = 4
"""What is told in more bands than this cannot say "most" truly of a small group (telling.py)."""
LONGEST_LABEL = 45
"""Characters; the smaller of what platforms allow above a field of a form."""


class WrongBank(OperatorError):
    """The bank cannot be used; `mistakes` are all that was found in it, each with its question."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class HowOften(StrEnum):
    """How often a question is asked."""

    WEEKLY = "weekly"
    BY_TURNS = "by_turns"
    """Every second week one of them."""
    MONTHLY = "monthly"
    HALF_TERMLY = "half_termly"
    TERMLY = "termly"
    AFTER_SESSIONS = "after_sessions"


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be chosen, in order. One of: `ends`, what the first and last mean; `labels` in place of the options;
    `sentences` too long for a button, so that their numbers are pressed."""

    options: tuple[str, ...]
    ends: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()

    def label(self, option: str) -> str:
        """What stands on a choice: "1, very hard", "2", "Often or always"."""
        place = self.options.index(option)
        if self.labels:
            return self.labels[place]
        ends = {0: self.ends[0], len(self.options) - 1: self.ends[1]} if self.ends else {}
        return f"{option}, {ends[place]}" if place in ends else option


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Options that are told as one."""

    name: str
    options: tuple[str, ...]


class Comparator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published figure to hold ours against: `share` per cent, what it `says`, and who says so. Not `comparable`: it
    answers another question, and is said to; no picture shows it."""

    share: int
    says: str
    source: str
    comparable: bool = True


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question. `label` is its short name; `scale` the name of one; `counts` the band that counts as something."""

    id: str
    label: str
    wording: str
    scale: str
    how_often: HowOften
    source: str
    licence: str
    bands: tuple[Band, ...]
    counts: str = ""
    comparators: tuple[Comparator, ...] = ()

    @property
    def comparator(self) -> Comparator | None:
        """The figure that answers the same question, which a picture shows."""
        return next((one for one in self.comparators if one.comparable), None)

    def told(self, tally: Mapping[str, int]) -> tuple[int, ...]:
        """How many chose an option of each band, in order, of how many chose each option."""
        return tuple(sum(tally.get(option, 0) for option in band.options) for band in self.bands)


class Bank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All questions, in order of priority, and their scales."""

    scales: Mapping[str, Scale]
    questions: tuple[Question, ...]

    def get(self, id: str) -> Question:
        """Raises KeyError where there is no such question."""
        return {one.id: one for one in self.questions}[id]

    def scale_of(self, id: str) -> Scale:
        """How that question is answered. Raises KeyError."""
        return self.scales[self.get(id).scale]

    def asked(self, how_often: HowOften) -> tuple[str, ...]:
        """The questions asked so often, by id."""
        return tuple(one.id for one in self.questions if one.how_often is how_often)


@cache
def read_bank() -> Bank:
    """The bank that travels with the bot. Raises WrongBank naming every mistake."""
    return parse_bank(files("bot.pulse").joinpath("bank.toml").read_text(encoding="utf-8"))


def parse_bank(text: str) -> Bank:
    """A bank as TOML. Raises WrongBank naming every mistake."""
    try:
        bank = msgspec.convert(tomllib.loads(text), Bank)
    except tomllib.TOMLDecodeError as problem:
        raise WrongBank([f"bank: not TOML: {problem}"]) from None
    except msgspec.ValidationError as problem:
        raise WrongBank([f"bank: {problem}"]) from None
    if mistakes := [*_wrong_scales(bank), *_wrong_ids(bank), *_wrong_questions(bank)]:
        raise WrongBank(mistakes)
    return bank


def _wrong_scales(bank: Bank) -> Iterator[str]:
    for name, scale in bank.scales.items():
        ways = [each for each in (scale.ends, scale.labels, scale.sentences) if each]
        many = len(scale.options)
        if many < 2 or len(set(scale.options)) < many:
            yield f"scales.{name}: needs two options or more, each its own"
        if len(ways) != 1 or len(ways[0]) != (2 if scale.ends else many):
            yield f"scales.{name}: needs two ends, or a label or a sentence for each option"


def _wrong_ids(bank: Bank) -> Iterator[str]:
    ids = [one.id for one in bank.questions]
    yield from (f"{id}: stands twice" for id in dict.fromkeys(ids) if ids.count(id) > 1)
    for how_often in (HowOften.WEEKLY, HowOften.BY_TURNS):
        if not bank.asked(how_often):
            yield f"bank: nothing is asked {how_often}"
    if len(bank.asked(HowOften.WEEKLY)) > 1:
        yield "bank: one question is asked weekly, and no more"


def _wrong_questions(bank: Bank) -> Iterator[str]:
    for one in bank.questions:
        empty = [name for name in ("label", "wording", "source", "licence") if not getattr(one, name).strip()]
        yield from (f"{one.id}: {name} is missing" for name in empty)
        if len(one.label) > LONGEST_LABEL:
            yield f"{one.id}: its label is longer than {LONGEST_LABEL}"
        if one.scale not in bank.scales:
            yield f"{one.id}: there is no scale {one.scale!r}"
        else:
            yield from _wrong_bands(one, bank.scales[one.scale])


def _wrong_bands(one: Question, scale: Scale) -> Iterator[str]:
    names, inside = [band.name for band in one.bands], [option for band in one.bands for option in band.options]
    if not 2 <= len(names) <= MOST_BANDS or len(set(names)) < len(names):
        yield f"{one.id}: needs two to {MOST_BANDS} bands, each with its own name"
    if inside != list(scale.options):
        yield f"{one.id}: its bands need each option once, in order"
    if one.counts and one.counts not in names:
        yield f"{one.id}: counts names no band"
    for beside in one.comparators:
        if not (one.counts and 0 < beside.share < 100 and beside.says.strip() and beside.source.strip()):
            yield f"{one.id}: a comparator needs a share between 0 and 100, words, a source, and the band that counts"
    if sum(beside.comparable for beside in one.comparators) > 1:
        yield f"{one.id}: one figure at most answers the same question"
