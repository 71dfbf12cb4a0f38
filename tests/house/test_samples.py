"""Everything that is said can be read beforehand: each room shows samples, and none of its sentences is forgotten."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse

from bot import front
from bot.chat.form import Field, Form, ManyOf, OneOf, Search, ShortText
from bot.chat.text import plain
from bot.chat.view import Buttons, Paragraph, Select, View, words_of_text, words_of_view
from bot.config import Config
from bot.core.directory import Directory
from bot.core.feature import Feature, Sample
from bot.core.terms import read_terms
from bot.pulse.views import promise
from bot.rooms import features
from tests.house.reading import ROOT, room_words

DIRECTORY = Directory(features(Config(), read_terms(), lambda code: code.encode()))
PROMISE = words_of_text(promise())
"""What the pulse promises, word for word (docs/privacy.md): it may say what it must."""
DEMO = ROOT / "bot/door/demo"
"""The words of the clock bar, which are the space's own: the bot says none of them."""
ROOMS = sorted({path.parent for path in (ROOT / "bot").rglob("words.ftl")} - {DEMO})
TYPED = {"bot.core": {"says-menu", "says-help", "says-helpnow"}}
"""What a platform itself shows beside a command as it is typed, of those that no room answers."""
_SPACE = re.compile(r"\s+")
JARGON = re.compile(
    r"\b(admin\w*|algorithms?|anonym\w*|API|blocked|caches?|circles?|click\w*|cohorts?|consents?|cooldowns?|couriers?|"
    r"databases?|disks?|e-?mails?|errors?|ID|inbox|invalid|match(?:ed|es|ing)?|moderat\w+|nudges?|null|onboard\w*|"
    r"opt(?:ed|ing)?[- ](?:in|out)|outbox|outcomes?|pair(?:s|ed|ings?)?(?! of eyes)|payloads?|process\w*|queues?|"
    r"rounds?|RSVPs?|servers?|sessions?|time ?outs?|timestamps?|timezones?|tokens?|triggers?|ULIDs?|URLs?|users?|"
    r"UTC|UUIDs?|you seem)\b|!",
    re.IGNORECASE,
)
"""What no head must read: words of the machine, those of ours for which they have others (an introduction is no pair),
promises nobody can keep (anonymous), guesses at how somebody feels, and anything shouted."""
MOMENT = re.compile(r"\w{3} \d{1,2} \w{3}, \d\d:\d\d UTC")
"""A moment in words alone; to whoever reads it a platform draws it on their own clock."""


@cache
def shown() -> str:
    """All the words of all samples."""
    rooms = [room.samples() for room in DIRECTORY.features if room.samples]
    return "\n".join(_plain(line) for room in (front.samples(DIRECTORY), *rooms) for one in room for line in said(one))


def said(sample: Sample) -> Iterator[str]:
    """What is read in a sample, with all that a press asks first."""
    yield from sample.errors.values()
    match sample.shows:
        case View(blocks):
            yield words_of_view(sample.shows)
            confirms = [one.confirm for row in blocks if isinstance(row, Buttons) for one in row.row if one.confirm]
            yield from (words for one in confirms for words in (one.question, one.yes, one.no))
        case Form(title, _, fields, send):
            yield from (title, send)
            yield from (words for field in fields for words in of_field(field))
        case Search(title, _, label, send, hint):
            yield from (title, label, send, hint)


def of_field(field: Field) -> Iterator[str]:
    yield from (field.label, field.hint)
    if isinstance(field, OneOf | ManyOf):
        yield from (option.label for option in field.options)


def pressed(sample: Sample) -> Iterator[str]:
    """All that can be pressed, chosen or sent in a sample."""
    if isinstance(sample.shows, Form | Search):
        yield sample.shows.action
    for block in sample.shows.blocks if isinstance(sample.shows, View) else ():
        if isinstance(block, Buttons):
            yield from (one.action for one in block.row)
        elif isinstance(block, Select):
            yield block.action


def test_whatever_is_shown_can_be_pressed() -> None:
    """What was packed is read again: True in the place of 1 could not be."""
    packed = [one for room in DIRECTORY.features for sample in (room.samples or tuple)() for one in pressed(sample)]
    assert len(packed) > 100
    for one in packed:
        DIRECTORY.actions.read(one)


def sentences(words: str) -> Iterator[tuple[str, list[str]]]:
    """Each key, and for each way to say it a pattern for the words, whatever is put in."""
    for entry in parse(words).body:
        if isinstance(entry, fluent.Message) and entry.value:
            yield entry.id.name, [_SPACE.sub(" ", way.replace("\\*\\*", "").strip()) for way in ways(entry.value)]


def ways(pattern: fluent.Pattern) -> list[str]:
    """All ways to say it; a variant of a plural is a way of its own."""
    found = [""]
    for element in pattern.elements:
        found = [before + after for before in found for after in ways_of(element)]
    return found


def ways_of(element: fluent.TextElement | fluent.Placeable) -> list[str]:
    if isinstance(element, fluent.TextElement):
        return [re.escape(_SPACE.sub(" ", element.value)).replace("\\ ", " ")]
    if isinstance(element.expression, fluent.SelectExpression):
        return [way for variant in element.expression.variants for way in ways(variant.value)]
    return [".*"]


def for_members() -> Iterator[tuple[str, Sample]]:
    """What others than organisers read, and in which room."""
    yield from (("everywhere", one) for one in front.samples(DIRECTORY) if _is_for_members(one))
    for room in DIRECTORY.features:
        if room.name != "reports" and room.samples:
            yield from ((room.name, one) for one in room.samples() if _is_for_members(one))


def _is_for_members(sample: Sample) -> bool:
    return not sample.name.startswith("Organisers")


def jargon(sample: Sample) -> list[str]:
    lines = (MOMENT.sub("", line.replace(PROMISE, "")) for line in said(sample))
    return [found.group() for line in lines for found in JARGON.finditer(line)]


def _plain(words: str) -> str:
    return _SPACE.sub(" ", words)


def forgotten(words: str, seen: str) -> set[str]:
    """The keys of those sentences that nothing seen says in any way."""
    whole = ((key, [rf"(?<!\w){way}(?!\w)" for way in patterns]) for key, patterns in sentences(words))
    return {key for key, patterns in whole if not any(re.search(one, seen, re.IGNORECASE) for one in patterns)}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: ".".join(room.relative_to(ROOT).parts))
def test_no_sentence_is_forgotten(room: Path) -> None:
    package = ".".join(room.relative_to(ROOT).parts)
    missing = forgotten(room_words(room), shown()) - TYPED.get(package, set())
    assert missing == set(), f"no sample of {package} (samples() on its plate) says {', '.join(sorted(missing))}"


WORDS = """
said = Hello { $name }, this is **said**.
plural = { $n ->
    [one] One of them.
   *[other] { $n } of them.
}
button = Later
lost = Nobody { $ever } says this.
half = Hello
"""


def test_a_forgotten_sentence_is_found() -> None:
    seen = "Hello Ann, this is said. 12 of them. Hello there [later]"
    assert forgotten(WORDS, seen) == {"lost"}
    assert forgotten(WORDS, seen.replace("later", "lateral").replace("of", "among")) == {"lost", "button", "plural"}


@pytest.mark.parametrize(("room", "sample"), [*for_members()], ids=lambda one: getattr(one, "name", one))
def test_no_head_reads_jargon(room: str, sample: Sample) -> None:
    assert jargon(sample) == [], f"a sentence of {room}"


@pytest.mark.parametrize(
    "words",
    [
        "Your pair is ready.",
        "You were paired.",
        "The next round",
        "Opt in here",
        "Opted-out",
        "This token is invalid",
        "Your timezone",
        "A database error",
        "Welcome to the cohort!",
        "You seem tired.",
        "It’s anonymous.",
    ],
)
def test_jargon_is_found_wherever_it_stands(words: str) -> None:
    field = ShortText("name", "Your name", hint=words)
    shown = (
        View((Paragraph(plain(words)),)),
        Form("A form", "x~1", (field,), "Send"),
        Search("Look", "x~1", words, "Go"),
    )
    assert all(jargon(Sample("Planted", one)) for one in shown)
    assert jargon(Sample("Planted", Form("A form", "x~1", (), "Send"), {"name": words}))


@pytest.mark.parametrize("room", DIRECTORY.features, ids=lambda room: room.name)
def test_every_room_that_answers_shows_what_it_says(room: Feature) -> None:
    answers = room.commands or room.actions or room.traceless or room.friday
    names = [sample.name for sample in room.samples()] if room.samples else []
    assert names or not answers, f"{room.name} has no samples()"
    assert len(names) == len(set(names)), f"two samples of {room.name} have one name"
