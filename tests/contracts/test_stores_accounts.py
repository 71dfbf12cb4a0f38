"""Two accounts that are being connected, on every engine."""

from dataclasses import replace
from datetime import timedelta

from bot.accounts.model import OPEN_FOR, Asked, State
from bot.accounts.store import ACCOUNTS
from bot.chat.ids import Id
from bot.core.work import Work
from bot.members.model import Identity
from bot.members.store import MEMBERS, PRIVACY
from tests.contracts.test_stores_privacy import everything
from tests.storage.stands import AT, MINUTE, Pen, account

CODE = "7K3MQ9TDXA"


async def asked_by(pen: Pen, name: str, code: str = CODE, id: int = 5) -> Asked:
    member = await pen.member(name)
    asked = Asked(Id(id), member.id, account(name), AT)
    await pen.write(lambda work: work.use(ACCOUNTS).ask(asked, code))
    return asked


async def test_what_was_asked_for_is_found_by_its_code_and_by_whose_it_is(pen: Pen) -> None:
    asked = await asked_by(pen, "Ann")

    def look(work: Work) -> list[Asked | None]:
        accounts = work.use(ACCOUNTS)
        return [accounts.by_code(CODE), accounts.of(asked.member), accounts.by_code("AAAAAAAAAA"), accounts.of(Id(1))]

    assert await pen.read(look) == [asked, asked, None, None]


async def test_what_became_of_it_is_kept_and_a_new_one_ends_the_old(pen: Pen) -> None:
    asked = await asked_by(pen, "Ann")
    entered = replace(asked, entered_by=account("there"), at=AT + MINUTE, state=State.ENTERED)
    await pen.write(lambda work: work.use(ACCOUNTS).keep(entered))
    assert await pen.read(lambda work: work.use(ACCOUNTS).by_code(CODE)) == entered
    again = replace(asked, id=Id(6), at=AT + 2 * MINUTE)
    await pen.write(lambda work: work.use(ACCOUNTS).ask(again, "BBBBBBBBBB"))
    assert await pen.read(lambda work: work.use(ACCOUNTS).of(asked.member)) == again
    assert await pen.read(lambda work: work.use(ACCOUNTS).by_code(CODE)) is None


async def test_the_code_itself_is_nowhere(pen: Pen) -> None:
    await asked_by(pen, "Ann")
    assert CODE not in await everything(pen)


async def test_a_secret_is_the_same_for_the_same_chance_and_no_other(pen: Pen) -> None:
    secrets = await pen.read(lambda work: [work.use(ACCOUNTS).secret(chance) for chance in (1, 1, 2)])
    assert secrets[0] == secrets[1] != secrets[2]


async def test_the_night_forgets_what_is_old(pen: Pen) -> None:
    asked = await asked_by(pen, "Ann")
    await pen.write(lambda work: work.use(ACCOUNTS).forget_before(AT))
    assert await pen.read(lambda work: work.use(ACCOUNTS).of(asked.member)) == asked
    await pen.write(lambda work: work.use(ACCOUNTS).forget_before(AT + OPEN_FOR))
    assert await pen.read(lambda work: work.use(ACCOUNTS).of(asked.member)) is None


async def test_an_account_that_was_parted_with_is_nobodys(pen: Pen) -> None:
    member = await pen.member("Ann")

    def two(work: Work) -> None:
        for name in ("ann", "there"):
            work.use(MEMBERS).keep_identity(Identity(account(name), member.id))

    await pen.write(two)
    await pen.write(lambda work: work.use(ACCOUNTS).part(account("there")))
    assert await pen.read(lambda work: work.use(MEMBERS).identity(account("there"))) is None
    assert await pen.read(lambda work: work.use(MEMBERS).identity(account("ann"))) is not None


async def test_since_when_an_account_is_theirs_is_known_and_stays(pen: Pen) -> None:
    member = await pen.member("Ann")
    identity = Identity(account("ann"), member.id)
    for later in (AT, AT + timedelta(hours=1)):
        await pen.write(lambda work: work.use(MEMBERS).keep_identity(identity), later)
    (found,) = await pen.read(lambda work: work.use(MEMBERS).identities(member.id))
    assert found.since == AT


async def test_whoever_entered_a_code_and_is_forgotten_is_in_no_row(pen: Pen) -> None:
    asked = await asked_by(pen, "Ann")
    stranger = account("stranger-there")
    entered = replace(asked, entered_by=stranger, state=State.ENTERED)
    await pen.write(lambda work: work.use(ACCOUNTS).keep(entered))
    await pen.write(lambda work: work.use(PRIVACY).forget_account(stranger))
    assert stranger.user not in await everything(pen)


async def test_who_asked_and_is_forgotten_leaves_nothing(pen: Pen) -> None:
    asked = await asked_by(pen, "Ann")
    await pen.write(lambda work: work.use(PRIVACY).erase(asked.member, AT))
    assert await pen.read(lambda work: work.use(ACCOUNTS).of(asked.member)) is None
