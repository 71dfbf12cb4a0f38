"""A worry about somebody: to two organisers, none of whom it is about, word for word as shown, and kept nowhere."""

from dataclasses import replace

import pytest

from bot.chat.address import Account, Guest, Person
from bot.chat.inbound import Pressed, Rang
from bot.chat.view import Buttons
from bot.core.astray import GivenUp
from bot.core.helplines import DEFAULTS
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.members.model import Stage
from bot.support import feature as support
from bot.support.actions import SendConcern
from bot.support.concern import UNSENT
from bot.support.feature import unread
from tests.acting import ANNA, Network, Somebody, buttons
from tests.members.people import kept, settled
from tests.support.people import SECOND, id_of, network

SEEN = "Ben has not been himself.\nHe missed three mornings."


def organisers(here: Network) -> tuple[Somebody, Somebody]:
    """Anna and Lin, who are members too."""
    return settled(here, "Anna Ford"), settled(here, "Lin Wu")


async def worries(person: Somebody, about: str, words: str = SEEN) -> None:
    """Come as far as the preview."""
    await person.use("concern")
    if about.startswith("somebody:"):
        await person.press("Somebody else")
        await person.fill(named=about.partition(":")[2], words=words)
        return
    await person.press("Look for a member")
    await person.search(about.split()[0])
    await person.choose(about)
    await person.fill(words=words)


def sent(here: Network) -> list[Letter]:
    return here.letters("worry")


async def test_two_organisers_read_exactly_what_was_shown() -> None:
    here = network()
    priya, ben, (anna, lin) = settled(here, "Priya Shah"), settled(here, "Ben Okoro"), organisers(here)
    await worries(priya, "Ben Okoro")
    assert "This goes to Anna Ford and Lin Wu, exactly as it stands here, and to nobody else" in priya.says
    assert sent(here) == []
    assert priya.view is not None
    shown = [one for one in priya.view.blocks[1:] if not isinstance(one, Buttons)]
    await priya.press("Send it")
    assert [one.to for one in sent(here)] == [Person(id_of(anna)), Person(id_of(lin))]
    for letter in sent(here):
        assert list(letter.view.blocks[: len(shown)]) == shown
        assert letter.kind is Kind.URGENT
    assert not [one for one in here.letters() if one.to == Person(id_of(ben))]
    assert here.storage.world.heard.worries == {}, "kept nowhere but in the letters"


async def test_the_answer_is_always_the_same_with_the_help_line() -> None:
    here = network()
    priya, _, _ = settled(here, "Priya Shah"), settled(here, "Ben Okoro"), organisers(here)
    answers = set()
    for about in ("Ben Okoro", "somebody:Sam from the coffee mornings", "Anna Ford"):
        await worries(priya, about)
        await priya.press("Send it")
        answers.add(priya.says)
    assert len(answers) == 1
    assert "Thank you for looking out for somebody" in priya.says
    assert "Samaritans 116 123" in priya.says


async def test_whom_it_is_about_is_left_out_and_it_is_said_that_one_reads_it() -> None:
    here = network()
    priya, (_, lin) = settled(here, "Priya Shah"), organisers(here)
    await worries(priya, "Anna Ford")
    assert "There is only one organiser left who could read this. It goes to Lin Wu" in priya.says
    await priya.press("Send it")
    assert [one.to for one in sent(here)] == [Person(id_of(lin))]


async def test_with_three_named_two_always_read_it() -> None:
    third = Account("test", "here", "kim")
    here = network(ANNA, SECOND, third)
    priya, _, kim = settled(here, "Priya Shah"), organisers(here), settled(here, "Kim Roe")
    await worries(priya, "Anna Ford")
    assert "This goes to Lin Wu and Kim Roe" in priya.says
    await priya.press("Not to Lin Wu")
    assert "only one organiser left who could read this. It goes to Kim Roe" in priya.says
    await priya.press("Send it")
    assert [one.to for one in sent(here)] == [Person(id_of(kim))]


async def test_where_nobody_is_left_nothing_goes_and_it_is_said() -> None:
    here = network(ANNA)
    anna, priya = settled(here, "Anna Ford"), settled(here, "Priya Shah")
    await worries(priya, "Anna Ford")
    assert "no organiser left who could read this, so I can’t send it" in priya.says
    assert "Samaritans" in priya.says
    (worry,) = here.storage.world.heard.worries
    await here.receive(Pressed(SendConcern(worry, 0).pack()), priya.account)
    assert sent(here) == []
    assert kept(anna).stage is Stage.MEMBER


async def test_where_nobody_is_named_it_is_said_before_anything_is_written() -> None:
    here = Network(support.feature(DEFAULTS))
    priya = settled(here, "Priya Shah")
    await priya.use("concern")
    assert "Nobody is named here so far who could read this" in priya.says
    assert [one.label for one in buttons(priya.view)] == ["More ways to get help"]
    assert [one.where for one in unread(())] == ["support.concern"]
    assert unread((ANNA.show(), SECOND.show())) == []


async def test_an_organiser_who_is_no_member_reads_it_too_and_is_not_written_to_twice() -> None:
    here = network(ANNA, ANNA, SECOND)
    priya, lin = settled(here, "Priya Shah"), settled(here, "Lin Wu")
    await worries(priya, "somebody:Sam")
    assert "This goes to an organiser and Lin Wu" in priya.says
    await priya.press("Send it")
    assert [one.to for one in sent(here)] == [Guest(ANNA), Person(id_of(lin))]


async def test_an_organiser_suspends_with_one_press() -> None:
    here = network()
    priya, ben, (anna, _) = settled(here, "Priya Shah"), settled(here, "Ben Okoro"), organisers(here)
    await worries(priya, "Ben Okoro")
    await priya.press("Send it")
    anna.read("worry")
    assert "Priya Shah is worried about Ben Okoro, who is a member." in anna.says
    await anna.press("Suspend Ben Okoro")
    assert kept(ben).stage is Stage.SUSPENDED


async def test_who_is_no_organiser_any_more_cannot_suspend_by_it() -> None:
    here = network(SECOND)
    priya, ben, lin = settled(here, "Priya Shah"), settled(here, "Ben Okoro"), settled(here, "Lin Wu")
    await worries(priya, "Ben Okoro")
    await priya.press("Send it")
    lin.read("worry")
    await lin.press("Suspend Ben Okoro")
    assert "That isn’t something I can do for you here" in lin.says
    assert kept(ben).stage is Stage.MEMBER


async def test_it_can_be_changed_or_dropped_and_lapses_within_the_hour() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), organisers(here)
    await worries(priya, "somebody:Sam")
    await priya.press("Change it")
    await priya.fill(words="Otherwise")
    assert "Otherwise" in priya.says
    assert "Sam" in priya.says
    await priya.press("Don’t send it")
    (worry,) = here.storage.world.heard.worries
    at = here.work().use(TIMERS).at(UNSENT, worry)
    assert at is not None
    here.at = at
    await here.receive(Rang(UNSENT, worry, at), None)
    assert here.storage.world.heard.worries == {}
    assert sent(here) == []


@pytest.mark.parametrize(("named", "words"), [("Sam", ""), ("", "Something"), ("Sam", "m" * 1001)])
async def test_what_is_missing_goes_back_into_the_form(named: str, words: str) -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), organisers(here)
    await worries(priya, f"somebody:{named}", words)
    assert priya.errors
    assert here.storage.world.heard.worries == {}


async def test_nobody_sends_or_reads_what_another_wrote() -> None:
    here = network()
    priya, tom, _ = settled(here, "Priya Shah"), settled(here, "Tom Ashdown"), organisers(here)
    await worries(priya, "somebody:Sam")
    tom.view = priya.view
    for label in [one.label for one in buttons(priya.view)]:
        tom.view = priya.view
        await tom.press(label)
        assert "himself" not in tom.says
    assert sent(here) == []
    assert len(here.storage.world.heard.worries) == 1


async def test_a_search_finds_only_whom_one_could_meet_here_anyway() -> None:
    here = network()
    priya, ben = settled(here, "Priya Shah"), settled(here, "Ben Okoro")
    far = replace(priya, account=Account("other", "there", "far"))
    here.storage.world.identities[far.account] = replace(
        here.storage.world.identities[ben.account], account=far.account
    )
    del here.storage.world.identities[ben.account]
    await priya.use("concern")
    await priya.press("Look for a member")
    await priya.search("Ben")
    assert "I couldn’t find anybody of that name here" in priya.says


async def test_who_wrote_it_hears_where_it_did_not_arrive() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), organisers(here)
    await worries(priya, "somebody:Sam")
    await priya.press("Send it")
    first = sent(here)[0]
    here.storage.tell(here.work(), GivenUp(first.key))
    priya.read("worry-lost")
    assert "I couldn’t bring what you wrote to every organiser" in priya.says
