"""Listeners, and members who would like to talk to one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.feature import Right
from bot.core.helplines import DEFAULTS
from bot.members import feature as members
from bot.members.model import Identity
from bot.members.store import MEMBERS
from bot.support import feature as support
from bot.support.model import Duty, Listener, Request, SupportSettings
from bot.support.promises import kept as promised
from bot.support.store import LISTENING
from tests.acting import ANNA, Network, Somebody
from tests.members.people import kept, settled

SECOND = Account("test", "here", "lin")
"""Named in the config, beside Anna, to read what members worry about."""
EVERY_DAY = tuple(Duty(day, 15, 19) for day in range(7))
WORDS = "It has been a long term."


def network(*readers: Account) -> Network:
    """Members and support; the clock stands at four on a Wednesday in term."""
    named = tuple(one.show() for one in readers or (ANNA, SECOND))
    return Network(members.feature("Europe/London"), support.feature(DEFAULTS, SupportSettings(readers=named)))


def listener(here: Network, name: str, most: int = 1, hours: Sequence[Duty] = EVERY_DAY) -> Somebody:
    """A member on the rota, who has said yes."""
    person = settled(here, name)
    here.work().use(LISTENING).keep_listener(Listener(kept(person).id, most, True, tuple(hours)))
    rights = frozenset({Right.ANYONE, Right.MEMBER, Right.LISTENER})
    here.work().use(MEMBERS).keep_identity(Identity(person.account, kept(person).id, rights))
    return person


def requests(here: Network) -> list[Request]:
    """All that is known, once every promise was seen to be kept."""
    assert list(promised(here.work())) == []
    return list(here.work().use(LISTENING).all())


def request_of(here: Network, person: Somebody) -> Request:
    """The one somebody has sent that is not over."""
    found = here.work().use(LISTENING).open_of(kept(person).id)
    assert found is not None
    return found


async def writes(person: Somebody, to: str = "Whoever is free", words: str = WORDS, hand_on: bool = False) -> None:
    """Come as far as the preview."""
    await person.use("listener")
    await (person.press(to) if to == "Whoever is free" else person.choose(to))
    chosen = {"hand-on": ["Yes, another listener may read this too"]} if hand_on else {}
    await person.fill(words=words, **chosen)


async def asks(person: Somebody, whom: str, hand_on: bool = False) -> None:
    """Ask that listener."""
    await writes(person, whom, hand_on=hand_on)
    await person.press(f"Send to {whom.split()[0]}")


async def organise(person: Somebody, words: str) -> None:
    await person.use(words, Tree.ORGANISER)


def account_of(person: Somebody, name: str, rights: frozenset[Right]) -> Somebody:
    """The same member, by another account of theirs."""
    other = replace(person, account=Account("test", "there", name))
    store = person.network.work().use(MEMBERS)
    store.keep_identity(Identity(other.account, kept(person).id, rights))
    return other


def id_of(person: Somebody) -> Id:
    return kept(person).id
