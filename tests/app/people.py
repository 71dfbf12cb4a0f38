"""A network of all rooms, and people who open the bot's home page in it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.chat.ids import Id
from bot.chat.view import Block, Divider, View, words_of_view
from bot.checkins.model import Answer, Asked, Outcome
from bot.config import Config
from bot.core.feature import Right
from bot.core.terms import read_terms
from bot.members.model import Identity, Stage
from bot.pairing.model import Group, Round, RoundState
from bot.rooms import features
from tests.acting import Network, Somebody, buttons, scramble
from tests.members.people import change, kept, settled

BEFORE, MONDAY, THURSDAY = date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 19)
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
HELP = "If things are heavy, you can talk to somebody now: Samaritans 116 123"
QUESTION, ORGANISER = "find time to talk?", "As an organiser,"
Opens = Callable[[Network], Somebody]


def network(**introductions: object) -> Network:
    """All rooms, on a Friday in term."""
    config = Config(introductions={"send_first": True, **introductions})  # type: ignore[arg-type]
    made = Network(*features(config, read_terms(), scramble))
    made.at = FRIDAY
    return made


def member(here: Network, name: str, stage: Stage = Stage.MEMBER, **said: object) -> Somebody:
    """Somebody at that stage, of whom that is true."""
    person = settled(here, name, stage)
    change(here, person, **said)
    return person


def introduced(here: Network, *people: Somebody, week: date = MONDAY) -> Id:
    """They were introduced to each other in that week."""
    tables, ids = here.storage.world.introduced, tuple(kept(one).id for one in people)
    round = tables.rounds.setdefault(week, Round(here.storage.new(), week, RoundState.SENT, FRIDAY))
    group = Group(here.storage.new(), round.id, week, ids, ids[0])
    tables.groups[group.id] = group
    return group.id


def asked(here: Network, group: Id, day: date = THURSDAY, times: int = 1) -> None:
    """On that Thursday they were asked whether they talked."""
    here.storage.world.introduced.asked[group, day] = Asked(group, day, times)


def answered(here: Network, group: Id, person: Somebody, outcome: Outcome, at: datetime) -> None:
    """That is what somebody said to it."""
    me = kept(person).id
    here.storage.world.introduced.answers[group, me] = Answer(group, me, outcome, at)


def joining(here: Network) -> Somebody:
    """Has said who they are, and stopped."""
    person = member(here, "Jo March", Stage.JOINING)
    here.storage.world.identities[person.account] = Identity(person.account, kept(person).id, frozenset({Right.ANYONE}))
    return person


def meeting(here: Network) -> Somebody:
    """Meets Gwen this week, and has not been asked yet."""
    tom = member(here, "Tom Ashdown")
    introduced(here, tom, member(here, "Gwen Pugh"))
    return tom


def questioned(here: Network) -> Somebody:
    """Meets Gwen this week, and was asked about it."""
    tom = member(here, "Tom Ashdown")
    asked(here, introduced(here, tom, member(here, "Gwen Pugh")))
    return tom


def looked_for(here: Network) -> Somebody:
    """Was left out on Monday; it is Tuesday."""
    tom, tables = member(here, "Tom Ashdown"), here.storage.world.introduced
    tables.rounds[MONDAY] = Round(here.storage.new(), MONDAY, RoundState.SENT, FRIDAY)
    tables.left[tables.rounds[MONDAY].id] = {kept(tom).id: 1}
    here.at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    return tom


def organising(here: Network) -> Somebody:
    """An organiser who is a member, too."""
    tom = meeting(here)
    rights = frozenset({Right.ANYONE, Right.MEMBER, Right.ORGANISER})
    here.storage.world.identities[tom.account] = Identity(tom.account, kept(tom).id, rights)
    return tom


def parts(person: Somebody) -> list[str]:
    """What each room says, in order."""
    assert person.view is not None
    said: list[list[Block]] = [[]]
    for block in person.view.blocks:
        if isinstance(block, Divider):
            said.append([])
        else:
            said[-1].append(block)
    return [words_of_view(View(tuple(blocks))) for blocks in said]


def labels(person: Somebody) -> list[str]:
    return [one.label for one in buttons(person.view)]
