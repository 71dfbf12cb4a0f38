"""What a person is given and what is left of them, on every engine."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import BigInteger, Column, MetaData, Table, select

from bot.chat.address import Circle
from bot.chat.ids import Id, show
from bot.chat.outbound import Receipt, ToAccount
from bot.checkins.model import Answer, Outcome
from bot.checkins.store import CHECKINS
from bot.core.outbox import Claim, Settlement, State
from bot.core.work import Work
from bot.members.model import Consent, Member
from bot.members.store import MEMBERS, PRIVACY
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from storage import rooms  # noqa: F401 - whoever has the rooms has all tables
from storage.blocks import blocked_accounts
from storage.columns import Erased, Part, metadata, person
from storage.pairing import group_members
from storage.people import former_accounts
from tests.storage.stands import AT, Pen, account, add_member, letter

MONDAY = date(2026, 11, 9)


class Lived:
    """Ann and Bob, who met, answered, and each blocked somebody; Cleo, who blocked Ann."""

    ann: Member
    bob: Member
    cleo: Member
    group = Group(Id(70), Id(7), MONDAY, (), Id(0))


@pytest.fixture
async def lived(pen: Pen) -> Lived:
    lived = Lived()
    lived.ann = await pen.member("Ann-canary", ref="ref-canary")
    lived.bob, lived.cleo = await pen.member("Bob-canary"), await pen.member("Cleo-canary")
    a, b, c = lived.ann.id, lived.bob.id, lived.cleo.id
    lived.group = Group(Id(70), Id(7), MONDAY, (b, a), a)

    def live(work: Work) -> None:
        pairings = work.use(PAIRINGS)
        work.use(MEMBERS).agree(a, Consent.INTRODUCTIONS, True, AT)
        work.use(MEMBERS).set_code(a, b"hash")
        pairings.keep_round(Round(Id(7), MONDAY, RoundState.SENT, AT))
        pairings.add_groups([lived.group])
        pairings.leave_out(Id(7), [a])
        pairings.forbid(a, c, AT)
        pairings.forbid(c, a, AT)
        work.use(CHECKINS).keep(Answer(Id(70), a, Outcome.TALKED, AT))
        work.use(CHECKINS).keep(Answer(Id(70), b, Outcome.HAND, AT))
        work.post(letter("to ann", a), letter("both", Circle(Id(70), (a, b))), letter("of ann", b, about=(a,)))

    await pen.write(live)
    return lived


async def export(pen: Pen, member: Member) -> dict[str, Any]:
    exported = await pen.read(lambda work: work.use(PRIVACY).export(member.id))
    return dict(json.loads(json.dumps(exported)))


async def erase(pen: Pen, member: Member) -> None:
    await pen.write(lambda work: work.use(PRIVACY).erase(member.id, AT))


async def everything(pen: Pen) -> str:
    """All that the database holds."""

    def read(work: Any) -> str:
        return repr([(table.name, work.rows(select(table))) for table in metadata.sorted_tables])

    return await pen.read(read)


async def test_one_is_given_what_is_about_one_and_by_one(pen: Pen, lived: Lived) -> None:
    given = await export(pen, lived.ann)
    assert given["members"][0]["name"] == "Ann-canary"
    assert given["identities"][0]["account"] == "local:w1:ann-canary"
    assert given["consents"][0]["consent"] == "introductions"
    assert given["answers"][0]["outcome"] == "talked"
    assert given["answers"][0]["group"]["day"] == "2026-11-09"
    assert given["left_out"][0]["running"] == 1
    assert {row["letter"]["key"] for row in given["letter_readers"]} == {"to ann", "both"}
    assert len(given["blocks"]) == 1


async def test_nobody_is_given_what_is_about_others(pen: Pen, lived: Lived) -> None:
    given = json.dumps(await export(pen, lived.ann))
    for other in (lived.bob, lived.cleo):
        assert other.name not in given
        assert show(other.id) not in given
    assert "hand" not in given
    assert "letter_mentions" not in json.dumps(await export(pen, lived.ann))
    assert "blocks" in await export(pen, lived.cleo)
    assert "blocks" not in await export(pen, lived.bob)


async def test_nothing_of_the_erased_remains_but_what_the_law_allows(pen: Pen, lived: Lived) -> None:
    before = await everything(pen)
    await erase(pen, lived.ann)
    left = await everything(pen)
    for trace in ("Ann-canary", "ann-canary", "ref-canary", str(lived.ann.id)):
        assert trace in before
        assert trace not in left
    assert await export(pen, lived.ann) == {}
    marks, blocked, met = await pen.read(_remains)
    assert len(marks) == 1
    assert [row.by for row in blocked] == [lived.cleo.id]
    assert {row.member for row in met} == {lived.bob.id, None}


def _remains(work: Any) -> tuple[Any, Any, Any]:
    return (
        work.rows(select(former_accounts)),
        work.rows(select(blocked_accounts)),
        work.rows(select(group_members)),
    )


async def test_others_lose_nothing_of_theirs(pen: Pen, lived: Lived) -> None:
    await erase(pen, lived.ann)
    group = await pen.read(lambda work: work.use(PAIRINGS).group(Id(70)))
    assert group is not None
    assert group.members[0] == lived.bob.id
    assert len(group.members) == 2
    answers = await pen.read(lambda work: work.use(CHECKINS).answers(Id(70)))
    assert [one.outcome for one in answers] == [Outcome.HAND]


async def test_letters_to_and_about_the_erased_are_not_sent(pen: Pen, lived: Lived) -> None:
    await pen.post(letter("another", lived.bob.id))
    await erase(pen, lived.ann)
    claims = await pen.storage.outbox.claim(AT, 10)
    assert [claim.parcel.to for claim in claims] == [claims[0].parcel.to]
    assert "another" in repr(claims[0].parcel.view)


async def test_what_is_posted_while_they_are_erased_is_sent_without_their_name(pen: Pen, lived: Lived) -> None:
    def leave(work: Work) -> None:
        work.post(letter("your partner cannot continue", lived.bob.id, about=(lived.ann.id,)))
        work.use(PRIVACY).erase(lived.ann.id, AT)

    await pen.write(leave)
    (claim,) = await pen.storage.outbox.claim(AT, 10)
    assert lived.ann.id not in claim.parcel.accounts


async def test_a_letter_in_the_air_to_the_erased_leaves_no_conversation(pen: Pen, lived: Lived) -> None:
    claims = await pen.storage.outbox.claim(AT, 10)
    await erase(pen, lived.ann)
    sent = [Settlement(one.letter, one.fence, State.SENT, receipt=Receipt("c-canary", "m")) for one in claims]
    await pen.storage.outbox.settle(AT, [one for one in sent if one.letter == claims[0].letter])
    assert "c-canary" not in await everything(pen)


async def test_where_the_erased_talked_is_forgotten_and_where_others_talk_is_not(pen: Pen, lived: Lived) -> None:
    await pen.post(letter("to cleo", lived.cleo.id))
    claims = await pen.storage.outbox.claim(AT, 10)
    sent = [Settlement(one.letter, one.fence, State.SENT, receipt=Receipt(_talk(one), "m")) for one in claims]
    await pen.storage.outbox.settle(AT, sent)
    await erase(pen, lived.ann)
    left = await everything(pen)
    assert [name in left for name in ("talk-ann", "talk-both", "talk-bob", "talk-cleo")] == [False, False, True, True]


def _talk(claim: Claim) -> str:
    """A platform's name for the place where it goes."""
    to = claim.parcel.to
    return f"talk-{to.account.user.partition('-')[0]}" if isinstance(to, ToAccount) else "talk-both"


async def test_who_comes_back_is_known_only_as_having_been_here(pen: Pen, lived: Lived) -> None:
    ann = account("Ann-canary")
    assert await pen.read(lambda work: work.use(MEMBERS).was_here(ann)) is False
    await erase(pen, lived.ann)
    assert await pen.read(lambda work: work.use(MEMBERS).was_here(ann)) is True
    assert await pen.read(lambda work: work.use(MEMBERS).was_here(account("Bob-canary"))) is False


async def test_a_block_outlives_the_forgetting_of_the_blocked_and_not_of_the_blocker(pen: Pen, lived: Lived) -> None:
    await erase(pen, lived.ann)
    assert await pen.read(lambda work: work.use(PAIRINGS).forbidden()) == frozenset()
    again = await pen.write(lambda work: add_member(work, "Ann-canary"))
    forbidden = await pen.read(lambda work: work.use(PAIRINGS).forbidden())
    assert forbidden == {frozenset({again.id, lived.cleo.id})}
    assert "blocks" not in await export(pen, again)
    await erase(pen, lived.cleo)
    assert await pen.read(lambda work: work.use(PAIRINGS).forbidden()) == frozenset()


async def test_two_can_be_erased_in_one_transaction(pen: Pen, lived: Lived) -> None:
    def both(work: Work) -> None:
        for one in (lived.ann, lived.bob):
            work.use(PRIVACY).erase(one.id, AT + timedelta())

    await pen.write(both)
    assert "canary" not in (await everything(pen)).replace("Cleo-canary", "").replace("cleo-canary", "")


def undeclared(tables: MetaData) -> list[str]:
    """Columns that lead to a member, or look like it, without saying what the member is in the row."""
    found = []
    for table in tables.sorted_tables:
        for column in table.columns:
            leads = any(key.target_fullname == "members.id" for key in column.foreign_keys)
            if (leads or column.name == "member") and not (
                column.info.get("person") in set(Part) and column.info.get("erased") in set(Erased)
            ):
                found.append(f"{table.name}.{column.name}")
    return found


def test_every_column_that_names_a_person_says_what_they_are_there() -> None:
    assert undeclared(metadata) == []


def test_a_column_that_does_not_say_so_is_found() -> None:
    planted = MetaData()
    Table("members", planted, Column("id", BigInteger, primary_key=True))
    Table("good", planted, person("member", Part.SUBJECT))
    Table("bad", planted, Column("member", BigInteger))
    plain = person("by", Part.AUTHOR)
    plain.info.clear()
    Table("worse", planted, plain)
    assert sorted(undeclared(planted)) == ["bad.member", "worse.by"]
