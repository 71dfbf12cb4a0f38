from pathlib import Path

import pytest

from adapters.space.journal import Journal
from adapters.space.model import Change, Kind, Message, Persona
from adapters.space.space import Space
from bot.chat.text import Mention
from bot.chat.view import Paragraph, Picture, View
from tests.adapters.scripted import Counted, Standing, words


@pytest.fixture
def space() -> Space:
    return Space(Standing(), Counted())


def texts(space: Space, conversation: str, reader: str = "") -> list[str]:
    return [message.text or message.view.title for message in space.history(conversation, reader) if message]  # type: ignore[union-attr]


def titled(title: str) -> View:
    return View((), title)


def test_only_organisers_find_the_organisers_channel(space: Space) -> None:
    head, organiser = space.join("Ann"), space.join("Olu", organiser=True)
    assert "organisers" not in [place.name for place in space.conversations(head.user)]
    assert "organisers" in [place.name for place in space.conversations(organiser.user)]


def test_who_becomes_an_organiser_finds_it_then(space: Space) -> None:
    head = space.join("Ann")
    space.describe(head, "Looks after the door", organiser=True)
    assert "organisers" in [place.name for place in space.conversations(head.user)]


def test_a_private_reply_is_there_for_its_reader_alone(space: Space) -> None:
    ann, bob = space.join("Ann"), space.join("Bob")
    place = space.circle("pair", (ann, bob)).id
    space.post(place, titled("for both"))
    space.post(place, titled("for Ann"), only_for=ann.user)
    assert texts(space, place, ann.user) == ["for both", "for Ann"]
    assert texts(space, place, bob.user) == texts(space, place) == ["for both"]


def test_the_same_mark_finds_the_same_circle_and_two_people_one_conversation(space: Space) -> None:
    ann, bob = space.join("Ann"), space.join("Bob")
    assert space.circle("pair", (ann, bob)) == space.circle("pair", (ann, bob))
    assert space.direct(ann, bob) == space.direct(bob, ann)


def test_an_edited_message_stays_where_it_was_and_says_so(space: Space) -> None:
    place = space.bot_conversation(space.join("Ann")).id
    first = space.post(place, titled("first"))
    space.post(place, titled("second"))
    assert space.edit(first.id, titled("changed")).edited
    assert texts(space, place) == ["changed", "second"]


def test_reading_is_counted_for_each_person(space: Space) -> None:
    ann, bob = space.join("Ann"), space.join("Bob")
    place = space.circle("pair", (ann, bob)).id
    space.post(place, titled("meet"))
    space.say(ann, place, "hello")
    assert (space.unread(ann.user, place), space.unread(bob.user, place)) == (0, 2)
    space.read(bob.user, place)
    assert space.unread(bob.user, place) == 0


def test_names_and_words_lose_what_hides_or_reorders(space: Space) -> None:
    ann = space.join("Ann\u202e\nevil\u200b" + "x" * 200)
    assert space.persona(ann.user).name.startswith("Ann evilxxx")
    assert len(space.persona(ann.user).name) == 80
    place = space.bot_conversation(ann).id
    assert space.say(ann, place, " a\u202eb\nc ").text == "ab\nc"
    assert len(space.say(ann, place, "y" * 10_000).text) == 4000


def test_listeners_hear_each_change_until_they_stop(space: Space) -> None:
    heard: list[Change] = []
    stop = space.subscribe(heard.append)
    ann = space.join("Ann")
    said = space.say(ann, space.bot_conversation(ann).id, "hello")
    assert heard[0] == space.persona(ann.user)
    assert said in heard
    stop()
    space.leave(ann)
    assert not any(isinstance(change, Persona) and not change.present for change in heard)


def test_the_journal_brings_everything_back_but_what_was_private(tmp_path: Path) -> None:
    file = tmp_path / "space.sqlite3"
    before = Space(Standing(), Counted(), journal := Journal(file))
    ann, bob = before.join("Ann", "Head of a primary school", user="ann"), before.join("Bob")
    place = before.circle("pair", (ann, bob)).id
    meet = View((Paragraph((Mention(Counted(7).new(), "Ann"),)), Picture(b"\x89PNG\x00\xff", "a chart")), "Meet")
    posted = before.post(place, meet, "mark", {7: ann})
    before.say(ann, place, "hello")
    before.edit(posted.id, meet)
    before.post(place, titled("for Ann"), only_for=ann.user)
    before.read(bob.user, place)
    before.leave(bob)
    journal.close()

    after = Space(Standing(), Counted(1000), Journal(file))
    assert after.everybody() == before.everybody()
    assert [one.name for one in after.accounts()] == ["Ann"]
    assert after.conversations("ann") == before.conversations("ann")
    assert after.history(place, ann.user) == before.history(place)
    assert after.unread(bob.user, place) == 0
    assert after.marked("mark") == before.marked("mark")
    assert after.conversation(place).kind is Kind.CIRCLE


def test_what_is_private_never_reaches_the_file(tmp_path: Path) -> None:
    file = tmp_path / "space.sqlite3"
    space = Space(Standing(), Counted(), journal := Journal(file))
    ann = space.join("Ann")
    space.post(space.bot_conversation(ann).id, words("canary-of-a-private-reply"), only_for=ann.user)
    space.post(space.bot_conversation(ann).id, words("said-in-the-open"))
    journal.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"said-in-the-open" in kept
    assert b"canary" not in kept


def test_the_first_bearer_of_a_mark_is_the_one_found(space: Space) -> None:
    place = space.bot_conversation(space.join("Ann")).id
    first: Message = space.post(place, titled("once"), "mark")
    space.post(place, titled("twice"), "mark")
    assert space.marked("mark") == first
    assert space.marked("another") is None
