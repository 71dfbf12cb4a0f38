"""A member asks a listener: nothing goes but what was shown, to whom it was shown for, by a press that names them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.address import Circle, Person
from bot.chat.inbound import Rang
from bot.chat.view import Buttons, Note, words_of_view
from bot.core.feature import Right
from bot.core.timers import TIMERS
from bot.members.store import MEMBERS
from bot.pairing.store import PAIRINGS
from bot.support.flow import UNANSWERED, UNSENT
from bot.support.model import Duty, State
from tests.acting import START, Network, Somebody, buttons
from tests.members.people import change, settled
from tests.support.people import WORDS, asks, id_of, listener, network, request_of, requests, writes

HELP = "Samaritans 116 123"


async def ring(here: Network, name: str, person: Somebody) -> None:
    """The timer of that person's latest request rings, at its time."""
    request = next(one for one in reversed(requests(here)) if one.member == id_of(person))
    at = here.work().use(TIMERS).at(name, request.id)
    assert at is not None, "no timer is set"
    here.at = at
    await here.receive(Rang(name, request.id, at), None)


async def test_who_is_on_duty_is_offered_and_nobody_else() -> None:
    here = network()
    priya = settled(here, "Priya Shah")
    listener(here, "Ann Hughes")
    listener(here, "Ben Later", hours=(Duty(3, 15, 19),))
    paused = listener(here, "Cara Paused")
    change(here, paused, away=True)
    blocked = listener(here, "Dan Blocked")
    here.work().use(PAIRINGS).forbid(id_of(blocked), id_of(priya), START)
    await priya.use("listener")
    assert "Ann Hughes" in priya.says
    assert not any(name in priya.says for name in ("Ben", "Cara", "Dan", "Priya"))
    assert HELP in priya.says


async def test_nobody_on_duty_is_said_plainly_with_help_and_the_next_time() -> None:
    here = network()
    priya = settled(here, "Priya Shah")
    await priya.use("listener")
    assert "Nobody is free to listen" in priya.says
    assert "no hours are arranged" in priya.says
    assert HELP in priya.says
    listener(here, "Ann Hughes", hours=(Duty(4, 17, 19), Duty(2, 9, 10)))
    await priya.use("listener")
    assert "from Friday 13 November, 17:00" in priya.says
    assert HELP in priya.says
    assert not list(buttons(priya.view))[1:], "there is nothing else to press"


async def test_what_is_shown_is_what_is_sent_to_whom_it_is_shown_for() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await writes(priya, "Ann Hughes")
    assert "This goes to Ann Hughes, exactly as it stands here" in priya.says
    assert "Nobody but Ann Hughes sees it." in priya.says
    assert here.letters() == [], "nothing goes before it is confirmed"
    shown = priya.view
    await priya.press("Send to Ann")
    (letter,) = here.letters()
    assert letter.to == Person(id_of(ann))
    assert shown is not None
    said = [one for one in shown.blocks[1:] if not isinstance(one, Buttons)][:-1]
    sent = [one for one in letter.view.blocks if not isinstance(one, Buttons)]
    assert sent[: len(said)] == said
    assert WORDS in words_of_view(letter.view)
    assert [type(one) for one in sent[len(said) :]] == [Note], "besides, until when they have"
    assert "By Wednesday 11 November, 19:00 I’ll tell you whether they can or not" in priya.says
    assert HELP in priya.says


async def test_words_are_not_needed_and_can_be_changed_or_dropped() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await writes(priya, words="")
    assert "has written nothing more" in priya.says
    await priya.press("Change it")
    await priya.fill(words="Just half an hour, please.")
    assert "Just half an hour, please." in priya.says
    await priya.press("Don’t send it")
    assert "Nothing was sent" in priya.says
    assert here.letters() == []
    assert [one.words for one in requests(here)] == [""], "the first draft lapses by itself"


async def test_more_than_fits_goes_back_into_the_form() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await priya.use("listener")
    await priya.press("Whoever is free")
    await priya.fill(words="m" * 1001)
    assert priya.errors
    assert requests(here) == []


async def test_what_was_not_sent_is_forgotten_within_the_hour() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await writes(priya)
    await ring(here, UNSENT, priya)
    assert here.at - START <= timedelta(minutes=61)
    assert requests(here) == []
    await priya.press("Send to Ann")
    assert here.letters() == []


async def test_one_request_at_a_time() -> None:
    here = network()
    priya, _, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes"), listener(here, "Ben Okoro")
    await writes(priya, "Ben Okoro")
    unsent = priya.view
    await asks(priya, "Ann Hughes")
    await priya.use("listener")
    assert "I’ve asked Ann Hughes" in priya.says
    priya.view = unsent
    await priya.press("Send to Ben")
    assert "I’ve asked Ann Hughes" in priya.says
    assert len([one for one in requests(here) if one.is_open]) == 1


async def test_a_listener_is_never_over_their_number() -> None:
    here = network()
    priya, tom, _ = settled(here, "Priya Shah"), settled(here, "Tom Ashdown"), listener(here, "Ann Hughes", most=1)
    await writes(priya, "Ann Hughes")
    await writes(tom, "Ann Hughes")
    await priya.press("Send to Ann")
    await tom.press("Send to Ann")
    assert "Nobody is free" in tom.says
    assert len(here.letters()) == 1
    assert [one.state for one in requests(here) if one.member == id_of(tom)] == [State.DRAFT]


async def test_whoever_is_free_is_whoever_has_least_to_do() -> None:
    here = network()
    priya, tom = settled(here, "Priya Shah"), settled(here, "Tom Ashdown")
    listener(here, "Ann Hughes", most=3)
    listener(here, "Ben Okoro", most=3)
    await asks(priya, "Ann Hughes")
    await writes(tom)
    assert "This goes to Ben Okoro" in tom.says


async def test_a_listener_who_will_write_is_introduced() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    request = request_of(here, priya)
    ann.read("listen-ask")
    await ann.press("I’ll write to Priya")
    assert "You’ve said that you’ll write to Priya Shah" in ann.says
    (letter,) = here.letters("listen-together")
    assert letter.to == Circle(request.id, (id_of(priya), id_of(ann)))
    assert WORDS not in words_of_view(letter.view)
    await priya.use("listener")
    assert "Ann Hughes has said that they’ll write to you" in priya.says
    assert request_of(here, priya).state is State.TAKEN


@pytest.mark.parametrize("by_listener", [True, False])
async def test_either_closes_with_one_press_and_the_words_are_gone(by_listener: bool) -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    here.storage.world.letters.clear()  # it has arrived
    if by_listener:
        await ann.use("listener")
        assert WORDS in ann.says
        await ann.press("I’ll write to Priya")
        await ann.press("Priya and I are done")
    else:
        await priya.use("listener")
        await priya.press("I don’t need it any more")
    (request,) = requests(here)
    assert (request.state, request.words) == (State.CLOSED, "")
    (over,) = here.letters("listen-over")
    assert over.instead_of == f"listen-ask:{over.key.partition(':')[2]}", "the message with the words gives way"
    assert bool(here.letters("listen-news")) == by_listener
    await priya.use("listener")
    assert "Whoever is free" in priya.says, "one can ask again"


async def test_a_request_that_has_not_left_is_taken_back() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    await priya.press("I don’t need it any more")
    assert here.letters() == []


async def test_it_is_handed_on_once_if_that_was_allowed() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    ben, _ = listener(here, "Ben Okoro"), listener(here, "Cara Wynn")
    await writes(priya, "Ann Hughes", hand_on=True)
    assert "it goes to one other listener, and I tell you to whom" in priya.says
    await priya.press("Send to Ann")
    ann.read("listen-ask")
    await ann.press("I can’t at the moment")
    assert request_of(here, priya).listener == id_of(ben)
    priya.read("listen-news")
    assert "Ann Hughes can’t be there" in priya.says
    assert "I’ve asked Ben Okoro" in priya.says
    ben.read("listen-ask")
    assert WORDS in ben.says
    await ben.press("I can’t at the moment")
    priya.read("listen-news")
    assert "Ben Okoro can’t be there for you" in priya.says
    assert HELP in priya.says
    assert [(one.state, one.words) for one in requests(here)] == [(State.CLOSED, "")], "no third one is asked"


async def test_it_is_not_handed_on_if_that_was_not_allowed() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    listener(here, "Ben Okoro")
    await asks(priya, "Ann Hughes")
    ann.read("listen-ask")
    await ann.press("I can’t at the moment")
    assert [one.state for one in requests(here)] == [State.CLOSED]
    priya.read("listen-news")
    await priya.press("Ask somebody else")
    assert "Ben Okoro" in priya.says


async def test_whoever_is_not_answered_hears_so_when_it_was_said() -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    ann.read("listen-ask")
    await ring(here, UNANSWERED, priya)
    assert here.at >= datetime(2026, 11, 11, 19, tzinfo=UTC)
    priya.read("listen-news")
    assert "Ann Hughes hasn’t been able to answer" in priya.says
    assert HELP in priya.says
    await ann.press("I’ll write to Priya")
    assert "Nothing more for you to do" in ann.says


async def test_who_asks_just_before_the_end_gives_an_hour_to_answer() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    here.at = datetime(2026, 11, 11, 18, 55, tzinfo=UTC)
    await asks(priya, "Ann Hughes")
    assert request_of(here, priya).answer_by == request_of(here, priya).at + timedelta(hours=1)


@pytest.mark.parametrize("ends", ["pause", "leave", "step down"])
async def test_where_a_listener_is_not_there_any_more_whoever_asked_hears_it_kindly(ends: str) -> None:
    here = network()
    priya, ann = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    ann.read("listen-ask")
    await ann.press("I’ll write to Priya")
    if ends == "pause":
        await ann.use("pause")
        await ann.press("Until I say")
    elif ends == "leave":
        await ann.use("leave")
        await ann.press("Stop, and keep my profile")
    else:
        await ann.use("listener")
        await ann.press("I can’t be a listener any more")
    priya.read("listen-news")
    assert "can’t be there for you" in priya.says
    assert HELP in priya.says
    assert ("Ann" in priya.says) == (ends == "pause"), "who may want to be forgotten is not named"
    assert [(one.state, one.words) for one in requests(here)] == [(State.CLOSED, "")]
    await priya.press("Ask somebody else")
    assert "Nobody is free" in priya.says
    assert (Right.LISTENER in rights(here, ann)) == (ends == "pause")


async def test_who_asked_and_leaves_takes_it_along() -> None:
    here = network()
    priya, _ = settled(here, "Priya Shah"), listener(here, "Ann Hughes")
    await asks(priya, "Ann Hughes")
    await priya.use("leave")
    await priya.press("Stop, and keep my profile")
    assert [(one.state, one.words) for one in requests(here)] == [(State.CLOSED, "")]
    assert here.letters("listen-ask") == []


async def test_a_listener_who_needs_somebody_never_meets_themselves() -> None:
    here = network()
    ann = listener(here, "Ann Hughes")
    await ann.use("listener")
    await ann.press("I need someone too")
    assert "Nobody is free" in ann.says
    listener(here, "Ben Okoro")
    await ann.use("listener")
    await ann.press("I need someone too")
    assert "Ben Okoro" in ann.says
    assert "Ann Hughes" not in ann.says
    await ann.press("Whoever is free")
    await ann.fill(words="My turn.")
    await ann.press("Send to Ben")
    assert request_of(here, ann).member == id_of(ann)


def rights(here: Network, person: Somebody) -> frozenset[Right]:
    found = here.work().use(MEMBERS).identity(person.account)
    assert found is not None
    return found.rights
