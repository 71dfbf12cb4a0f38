"""What the bot said is taken away: from the space, from its file, and from every tab."""

from datetime import timedelta
from pathlib import Path

from adapters.space.journal import Journal
from adapters.space.model import Change, Message, Removed
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.view import File, View
from tests.adapters.local.client import browser, tab
from tests.adapters.scripted import Counted, Stage, Standing, words

CANARY = "zqcanary"


def space_of(journal: Journal | None = None) -> tuple[Space, Account]:
    space = Space(Standing(), Counted(), journal)
    return space, space.join("Ann", user="ann")


def test_whoever_listens_hears_of_it_and_what_a_person_said_stays() -> None:
    space, ann = space_of()
    heard: list[Change] = []
    place = space.bot_conversation(ann).id
    said, typed = space.post(place, words("hello"), "mark"), space.say(ann, place, "mine")
    space.subscribe(heard.append)
    space.remove(said.id, typed.id, "nothing")
    space.remove(said.id)
    assert [one for one in heard if isinstance(one, Removed)] == [Removed(place, said.id)]
    assert [one.id for one in space.history(place)] == [typed.id]
    assert space.message(said.id) is space.marked("mark") is None


def test_who_had_read_all_has_nothing_unread_after_it() -> None:
    space, ann = space_of()
    place = space.bot_conversation(ann).id
    first, second = space.post(place, words("one")), space.post(place, words("two"))
    space.read(ann.user, place)
    space.remove(second.id)
    assert space.unread(ann.user, place) == 0
    space.remove(first.id)
    space.post(place, words("three"))
    assert space.unread(ann.user, place) == 1


def test_the_answer_to_whoever_ordered_it_stays() -> None:
    space, ann = space_of()
    clock = space.clock
    assert isinstance(clock, Standing)
    place = space.bot_conversation(ann).id
    space.post(place, words("a letter"))
    space.post(place, words("an old reply"), only_for=ann.user)
    clock.at += timedelta(seconds=1)
    goodbye = space.post(place, words("goodbye"), only_for=ann.user)
    space.clear(ann, clock.at)
    assert space.history(place, ann.user) == [goodbye]
    space.clear(Account("local", "space", "nobody"), clock.at)


def in_files(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if CANARY.encode() in path.read_bytes()]


def test_no_file_remembers_it_and_a_restart_does_not_bring_it_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "space.sqlite3")
    space, ann = space_of(journal)
    file = View((File("my-data.json", CANARY.encode(), "application/json"),), CANARY)
    place = space.bot_conversation(ann).id
    said = [space.post(place, file) for _ in range(50)]
    space.post(place, words("stays"))
    assert in_files(tmp_path)
    space.remove(*(one.id for one in said))
    assert in_files(tmp_path) == []
    assert len([one for one in journal.load() if isinstance(one, Message)]) == 1
    journal.close()


async def test_an_open_tab_is_told_and_counts_anew() -> None:
    stage = Stage()
    ann, bob = stage.space.join("Ann", user="ann"), stage.space.join("Bob", user="bob")
    async with stage.open() as local, browser(local) as one, tab(one, local) as anns, tab(one, local) as bobs:
        await anns.ok("be", user=ann.user)
        await bobs.ok("be", user=bob.user)
        said = stage.space.post("bot-ann", words("hello"))
        stage.space.remove(said.id)
        await anns.ok("time")
        await bobs.ok("time")
        news = [item for item in anns.news if item["news"] != "message"]
        assert news[0] == {"news": "removed", "conversation": "bot-ann", "message": said.id}
        assert news[1]["conversation"]["unread"] == 0
        assert not [item for item in bobs.news if item["news"] == "removed"]
