"""Two accounts of one person: connected by a code and two times yes, and by nothing else."""

from datetime import timedelta

import pytest

from bot.accounts import feature as accounts
from bot.accounts.actions import Disconnect, LetIn, ThatsMe
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Who
from bot.core.feature import Right
from bot.members.actions import SendData
from bot.members.model import Identity, Stage
from bot.members.store import MEMBERS
from tests.acting import Network, Somebody, buttons
from tests.members.people import kept, rooms, settled, somebody

A_DAY = timedelta(days=1)
MINUTES = timedelta(minutes=1)


@pytest.fixture
def here() -> Network:
    return Network(*rooms(), accounts.feature())


def elsewhere(here: Network, name: str = "annh") -> Somebody:
    """Somebody on another platform, who has not begun there."""
    return Somebody(here, Account("discord", "1", name), name)


async def code_of(person: Somebody) -> str:
    await person.use("connect")
    return person.says.partition("/headsup connect ")[2].partition("”")[0]


async def become(ann: Somebody, there: Somebody) -> None:
    """With a code, and a yes on both sides."""
    await there.use(f"connect {await code_of(ann)}")
    await there.press("Yes, I’m Ann Hughes")
    ann.read("connect:")
    await ann.press("Yes, that’s me too")


async def connected(here: Network) -> tuple[Somebody, Somebody]:
    """Ann, who is a member here, and herself over there."""
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await become(ann, there)
    return ann, there


async def test_both_sides_see_both_names_and_what_is_shared_before_anything_happens(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.use(f"connect {(await code_of(ann)).lower().replace('-', ' ')}")
    for words in ("Ann Hughes", "annh", "everything that Ann Hughes sees"):
        assert words in there.says
    await there.press("Yes, I’m Ann Hughes")
    assert there.member is None, "one yes is not enough"
    ann.read("connect:")
    for words in ("Ann Hughes", "annh", "Discord", "everything about you"):
        assert words in ann.says
    await ann.press("Yes, that’s me too")
    assert there.member == ann.member


async def test_every_older_account_is_told_and_so_is_the_new_one(here: Network) -> None:
    ann, there = await connected(here)
    ann.read("accounts:")
    assert "from Discord as well" in ann.says
    there.read("accounts:")
    assert "you’re Ann Hughes now" in there.says
    third = Somebody(here, Account("slack", "T1", "U1"), "Ann H")
    await third.use(f"connect {await code_of(ann)}")
    await third.press("Yes, I’m Ann Hughes")
    ann.read("connect:")
    await ann.press("Yes, that’s me too")
    there.read("accounts:")
    assert "from Slack as well" in there.says


async def test_whoever_is_asked_for_a_code_can_still_say_no(here: Network) -> None:
    """THREATS, 6: somebody begs the code of a tired head."""
    victim, phisher = settled(here, "Ann Hughes"), elsewhere(here, "mallory")
    await phisher.use(f"connect {await code_of(victim)}")
    await phisher.press("Yes, I’m Ann Hughes")
    victim.read("connect:")
    assert "mallory" in victim.says
    await victim.press("No, that isn’t me")
    assert phisher.member is None
    (letter,) = here.letters("connect:")
    yes = next(one for one in buttons(letter.view) if one.label == "Yes, that’s me too")
    await here.receive(Pressed(yes.action), victim.account)
    assert phisher.member is None, "no is no"


async def test_a_member_who_enters_somebody_elses_code_gives_nothing_away(here: Network) -> None:
    """THREATS, 6: "type /headsup connect with this code", to somebody who is a member."""
    phisher, victim = settled(here, "Mal Ory"), settled(here, "Tom Reed")
    code = await code_of(phisher)
    before = here.storage.world.connecting
    await victim.use(f"connect {code}")
    assert "You’re a member of your own here, Tom Reed" in victim.says
    assert here.storage.world.connecting == before
    await here.receive(Pressed(ThatsMe(kept(phisher).id).pack()), victim.account)
    assert here.letters("connect:") == []


async def test_no_stranger_can_say_yes_for_either_side(here: Network) -> None:
    ann, there, mallory = settled(here, "Ann Hughes"), elsewhere(here), settled(here, "Mal Ory")
    await there.use(f"connect {await code_of(ann)}")
    await here.receive(Pressed(ThatsMe(kept(ann).id).pack()), mallory.account)
    assert here.letters("connect:") == []
    await there.press("Yes, I’m Ann Hughes")
    (letter,) = here.letters("connect:")
    yes = next(one for one in buttons(letter.view) if one.label == "Yes, that’s me too")
    for account in (mallory.account, there.account):
        await here.receive(Pressed(yes.action), account)
    await here.receive(Pressed(LetIn(Id(1)).pack()), ann.account)
    assert there.member is None


async def test_only_the_account_that_made_the_code_can_let_somebody_in(here: Network) -> None:
    ann, there = await connected(here)
    third = elsewhere(here, "third")
    await third.use(f"connect {await code_of(ann)}")
    await third.press("Yes, I’m Ann Hughes")
    yes = next(one for one in buttons(here.letters("connect:")[-1].view) if one.label == "Yes, that’s me too")
    await here.receive(Pressed(yes.action), there.account)
    assert third.member is None
    await here.receive(Pressed(yes.action), ann.account)
    assert third.member == ann.member


async def test_whoever_said_that_it_is_not_them_cannot_say_yes_afterwards(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.use(f"connect {await code_of(ann)}")
    yes = next(one.action for one in buttons(there.view) if one.label == "Yes, I’m Ann Hughes")
    await there.press("That isn’t me")
    await here.receive(Pressed(yes), there.account)
    assert here.letters("connect:") == []


async def test_who_has_become_a_member_of_their_own_meanwhile_stays_one(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.use(f"connect {await code_of(ann)}")
    await there.press("Yes, I’m Ann Hughes")
    own = kept(settled(here, "Tom Reed"))
    here.work().use(MEMBERS).keep_identity(Identity(there.account, own.id))
    ann.read("connect:")
    await ann.press("Yes, that’s me too")
    assert there.member == own


async def test_what_waited_for_a_stranger_there_is_not_sent_to_a_member(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.join()
    assert here.letters("welcome:"), "it waits"
    await become(ann, there)
    assert here.letters("welcome:") == []


@pytest.mark.parametrize("late", [0, 1])
async def test_a_code_is_good_for_ten_minutes(here: Network, late: int) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    code = await code_of(ann)
    here.at += 10 * MINUTES - timedelta(seconds=6) + late * timedelta(seconds=6)
    await there.use(f"connect {code}")
    assert ("Is that you?" in there.says) is not bool(late)


async def test_it_is_too_late_to_say_yes_ten_minutes_after_it_was_entered(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.use(f"connect {await code_of(ann)}")
    await there.press("Yes, I’m Ann Hughes")
    ann.read("connect:")
    here.at += 10 * MINUTES
    await ann.press("Yes, that’s me too")
    assert "too late" in ann.says
    assert there.member is None


async def test_a_code_works_once_and_a_new_one_ends_the_old(here: Network) -> None:
    ann, there, other = settled(here, "Ann Hughes"), elsewhere(here), elsewhere(here, "other")
    old, new = await code_of(ann), await code_of(ann)
    await there.use(f"connect {old}")
    assert "isn’t one I can use" in there.says
    await there.use(f"connect {new}")
    await other.use(f"connect {new}")
    assert "isn’t one I can use" in other.says


async def test_after_five_wrong_codes_the_right_one_is_refused_for_an_hour(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    for _ in range(5):
        await there.use("connect AAAAA-AAAAA")
    await there.use("connect")
    await there.press("Enter a code")
    await there.fill(code=await code_of(ann))
    assert there.errors
    here.at += timedelta(hours=1)
    await there.use(f"connect {await code_of(ann)}")
    assert "Is that you?" in there.says


async def test_the_form_takes_a_code_as_well(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    await there.use("connect")
    assert "If you’re a member somewhere else already" in there.says
    await there.press("Enter a code")
    await there.fill(code=await code_of(ann))
    await there.press("Yes, I’m Ann Hughes")
    assert here.letters("connect:")


async def test_whoever_had_begun_to_join_there_is_one_person_now(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), somebody(here, "Anne")
    await there.use("start")
    await there.fill(name="Anne", nation="England", role="Headteacher")
    begun = kept(there)
    assert begun.stage is Stage.JOINING
    await there.use(f"connect {await code_of(ann)}")
    await there.press("Yes, I’m Ann Hughes")
    ann.read("connect:")
    await ann.press("Yes, that’s me too")
    assert there.member == ann.member
    assert here.work().use(MEMBERS).get(begun.id) is None


async def test_rights_do_not_come_along(here: Network) -> None:
    ann, there = settled(here, "Ann Hughes"), elsewhere(here)
    both = frozenset({Right.ANYONE, Right.MEMBER, Right.ORGANISER})
    here.work().use(MEMBERS).keep_identity(Identity(ann.account, kept(ann).id, both))
    await there.use(f"connect {await code_of(ann)}")
    await there.press("Yes, I’m Ann Hughes")
    ann.read("connect:")
    await ann.press("Yes, that’s me too")
    identity = here.work().use(MEMBERS).identity(there.account)
    assert identity is not None
    assert Right.ORGANISER not in identity.rights


@pytest.mark.parametrize(
    ("words", "labels"),
    [("data", []), ("connect", []), ("leave", ["Forget me"]), ("leave", ["Forget me, and"])],
)
async def test_for_a_day_the_new_account_opens_and_ends_nothing(here: Network, words: str, labels: list[str]) -> None:
    ann, there = await connected(here)

    async def does(person: Somebody) -> str:
        await person.use(words)
        for label in labels:
            await person.press(next(one.label for one in buttons(person.view) if one.label.startswith(label)))
        return person.says

    here.at += A_DAY - MINUTES
    assert "less than a day ago" in await does(there)
    assert there.member == ann.member
    here.at += 2 * MINUTES
    assert "less than a day ago" not in await does(there)


async def test_an_old_button_sends_the_new_account_no_data_either(here: Network) -> None:
    _, there = await connected(here)
    await here.receive(Pressed(SendData().pack()), there.account)
    assert here.letters("data") == []


async def test_the_first_account_is_never_too_new(here: Network) -> None:
    ann = settled(here, "Ann Hughes")
    await ann.use("data")
    assert "less than a day ago" not in ann.says
    await become(ann, elsewhere(here))
    await ann.use("data")
    assert "less than a day ago" not in ann.says


async def test_parting_is_one_press_and_both_hear_of_it(here: Network) -> None:
    ann, there = await connected(here)
    await ann.use("connect")
    await ann.press("Part with Discord")
    assert there.member is None
    assert ann.member is not None
    there.read("accounts:")
    assert "isn’t connected to anybody" in there.says


async def test_nobody_parts_with_an_account_of_somebody_else_or_the_one_in_hand(here: Network) -> None:
    ann, there = await connected(here)
    mallory = settled(here, "Mal Ory")
    for account in (ann.account, there.account):
        await here.receive(Pressed(Disconnect(account.show()).pack()), mallory.account)
    await here.receive(Pressed(Disconnect(ann.account.show()).pack()), ann.account)
    await here.receive(Pressed(Disconnect("nonsense").pack()), ann.account)
    assert ann.member == there.member is not None


async def test_the_new_account_cannot_throw_out_the_old_one(here: Network) -> None:
    ann, there = await connected(here)
    await here.receive(Pressed(Disconnect(ann.account.show()).pack()), there.account)
    assert ann.member is not None


async def test_guests_are_refused(here: Network) -> None:
    ann, guest = settled(here, "Ann Hughes"), elsewhere(here)
    code, guest.sort = await code_of(ann), Who.GUEST
    await guest.use(f"connect {code}")
    assert "not its guests" in guest.says


async def test_the_night_forgets_what_was_asked_for(here: Network) -> None:
    await connected(here)
    await here.strike("accounts.forget", here.at + timedelta(hours=12))
    assert here.storage.world.connecting == {}
