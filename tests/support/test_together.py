"""Where a listener and whoever asked share no place, or their letter went astray: each hears it alone."""

from msgspec.structs import replace

from bot.chat.address import Circle, Person
from bot.chat.view import words_of_view
from bot.core.astray import Apart, GivenUp, WentAstray
from bot.core.outbox import Letter
from bot.support.model import State
from tests.acting import Network, Somebody
from tests.members.people import change, settled
from tests.support.people import asks, id_of, listener, network, requests


async def introduced(here: Network) -> tuple[Somebody, Somebody, Letter]:
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    ann.read("listen-ask")
    await ann.press("I’ll write to Priya")
    (letter,) = here.letters("listen-together")
    return priya, ann, letter


def go_apart(here: Network, letter: Letter, *people: Somebody) -> list[str]:
    """The storage has found that they share no place."""
    circle = letter.to
    assert isinstance(circle, Circle)
    each = [replace(letter, key=f"{letter.key}:{place}", to=Person(id_of(one))) for place, one in enumerate(people)]
    here.storage.tell(here.work(), Apart(letter.key, circle, tuple(each)))
    return [words_of_view(here.storage.world.letters[one.key].view) for one in each]


async def test_how_each_likes_to_be_reached_is_told_if_both_have_said_it() -> None:
    here = network()
    priya, ann, letter = await introduced(here)
    change(here, ann, reach="01632 960011")
    change(here, priya, reach="priya@example.org")
    to_priya, to_ann = go_apart(here, letter, priya, ann)
    assert "This is how Ann Hughes likes to be reached: 01632 960011" in to_priya
    assert "This is how Priya Shah likes to be reached: priya@example.org" in to_ann


async def test_a_number_is_given_only_for_a_number() -> None:
    here = network()
    priya, ann, letter = await introduced(here)
    change(here, ann, reach="01632 960011")
    for said in go_apart(here, letter, priya, ann):
        assert "01632" not in said
        assert "An organiser can put you in touch" in said


async def test_what_went_astray_is_said_to_each_alone_and_can_be_closed_there() -> None:
    here = network()
    priya, ann, letter = await introduced(here)
    assert isinstance(letter.to, Circle)
    here.storage.tell(here.work(), WentAstray(letter.key, letter.to))
    for person, other in ((priya, "Ann Hughes"), (ann, "Priya Shah")):
        person.read("listen-together")
        assert f"You and {other} are to talk" in person.says
    await priya.press("We’re done here")
    assert [one.state for one in requests(here)] == [State.CLOSED]


async def test_other_circles_are_none_of_its_business() -> None:
    here = network()
    _, _, letter = await introduced(here)
    before = len(here.letters())
    assert isinstance(letter.to, Circle)
    here.storage.tell(here.work(), WentAstray("introduction:1", letter.to))
    assert len(here.letters()) == before


async def test_a_listener_who_cannot_be_reached_is_as_good_as_one_who_cannot() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    (letter,) = here.letters("listen-ask")
    here.storage.tell(here.work(), GivenUp(letter.key))
    priya.read("listen-news")
    assert "Ann Hughes can’t be there for you" in priya.says
    assert id_of(ann)
    assert [one.state for one in requests(here)] == [State.CLOSED]
