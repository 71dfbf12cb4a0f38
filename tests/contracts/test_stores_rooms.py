"""What every room keeps, on every engine."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest

from bot.chat.ids import Id
from bot.core.feature import Right
from bot.core.work import Work
from bot.members.kinds import Nation, Often, Phase, Role, Time, Topic
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.schools import School
from bot.members.store import MEMBERS, PRIVACY, SCHOOLS, have_moved
from tests.storage.stands import AT, MINUTE, Pen, account, add_member

MONDAY = date(2026, 11, 9)
WEEK = timedelta(days=7)
FULL = Member(
    Id(2**62),
    "Zoë O'Brien",
    Stage.MEMBER,
    role=Role.HEADTEACHER,
    nation=Nation.WALES,
    phase=Phase.ALL_THROUGH,
    region="South East",
    authority="Kent",
    trust="A Trust",
    urn=100000,
    school="A School",
    years=3,
    topics=frozenset({Topic.SEND, Topic.BUDGETS}),
    often=Often.MONTHLY,
    zone="Europe/London",
    shows_school=True,
    shows_region=True,
    shows_years=True,
    times=frozenset({Time.TUESDAY_AFTER, Time.SATURDAY_MORNING}),
    asks=False,
    weekends=True,
    holidays=True,
    away=True,
    back_on=MONDAY,
    vouched_at=AT,
    joined_at=AT - MINUTE,
    ref="R-1",
)


def keep(member: Member, work: Work) -> None:
    work.use(MEMBERS).keep(member)


async def test_a_member_comes_back_whole(pen: Pen) -> None:
    bare = Member(Id(1), "Ann", Stage.JOINING)
    for one in (FULL, bare):
        await pen.write(partial(keep, one))
    assert await pen.read(lambda work: work.use(MEMBERS).get(FULL.id)) == FULL
    assert await pen.read(lambda work: work.use(MEMBERS).by_ref("R-1")) == FULL
    assert await pen.read(lambda work: work.use(MEMBERS).get(bare.id)) == bare
    again = replace(FULL, name="Zoë", ref=None, topics=frozenset[Topic](), away=False)
    await pen.write(lambda work: work.use(MEMBERS).keep(again))
    assert await pen.read(lambda work: work.use(MEMBERS).get(FULL.id)) == again
    assert await pen.read(lambda work: work.use(MEMBERS).by_ref("R-1")) is None


async def test_rights_belong_to_the_account(pen: Pen) -> None:
    ann = await pen.member("Ann", "slack", "discord")
    organiser = Identity(account("Ann", "slack"), ann.id, frozenset({Right.MEMBER, Right.ORGANISER}))
    await pen.write(lambda work: work.use(MEMBERS).keep_identity(organiser))
    assert await pen.read(lambda work: work.use(MEMBERS).identity(organiser.account)) == organiser
    found = await pen.read(lambda work: work.use(MEMBERS).identities(ann.id))
    assert {one.account.platform: Right.ORGANISER in one.rights for one in found} == {"slack": True, "discord": False}
    assert await pen.read(lambda work: work.use(MEMBERS).identity(account("Nobody"))) is None


async def test_a_consent_given_again_keeps_its_first_date(pen: Pen) -> None:
    ann = await pen.member("Ann")

    async def agreed(yes: bool, minute: int) -> list[tuple[object, ...]]:
        """Whether they agree, and since when, once they say so in that minute."""
        at = AT + minute * MINUTE
        await pen.write(lambda work: work.use(MEMBERS).agree(ann.id, Consent.PULSE, yes, at))
        consents = await pen.read(lambda work: work.use(MEMBERS).consents(ann.id))
        assert consents == (frozenset({Consent.PULSE}) if yes else frozenset())
        taken = await pen.read(lambda work: work.use(PRIVACY).export(ann.id))
        return [(one["yes"], one["at"]) for one in taken.get("consents", ())]

    first, last = (AT + minute * MINUTE for minute in (1, 4))
    assert await agreed(False, 0) == []
    assert await agreed(True, 1) == await agreed(True, 2) == [(True, first.isoformat())]
    await agreed(False, 3)
    assert await agreed(True, 4) == [(True, last.isoformat())]


async def test_only_those_who_may_be_introduced_are(pen: Pen) -> None:
    def add(work: Work) -> None:
        people: dict[str, dict[str, Any]] = {
            "Yes": {},
            "Waiting": {"stage": Stage.WAITING, "joined_at": AT},
            "Earlier": {"stage": Stage.WAITING, "joined_at": AT - MINUTE},
            "Stopped": {"stage": Stage.STOPPED},
            "Away": {"away": True},
            "Tomorrow": {"away": True, "back_on": MONDAY + timedelta(days=1)},
            "Today": {"away": True, "back_on": MONDAY},
            "Unasked": {},
            "Unwritten": {},
        }
        for name, said in people.items():
            member = add_member(work, name, **said)
            for consent, never in ((Consent.INTRODUCTIONS, "Unasked"), (Consent.MESSAGES, "Unwritten")):
                work.use(MEMBERS).agree(member.id, consent, name != never, AT)

    await pen.write(add)
    few = [one.id for one in await pen.read(lambda work: work.use(MEMBERS).find("", 99)) if one.name != "Yes"]
    among = await pen.read(lambda work: work.use(MEMBERS).introducible_among(MONDAY, few))
    assert [one.name for one in among] == ["Today"]
    assert await pen.read(lambda work: work.use(MEMBERS).introducible_among(MONDAY, [])) == []
    introducible = await pen.read(lambda work: work.use(MEMBERS).introducible(MONDAY))
    assert {one.name for one in introducible} == {"Yes", "Today"}
    assert [one.name for one in await pen.read(lambda work: work.use(MEMBERS).waiting())] == ["Earlier", "Waiting"]
    assert [one.name for one in await pen.read(lambda work: work.use(MEMBERS).returning(MONDAY))] == ["Today"]


async def test_the_mark_of_the_introducible_moves_with_anything_known_of_them(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.member("Joining", stage=Stage.JOINING)

    async def mark() -> object:
        return await pen.read(lambda work: work.use(MEMBERS).introducible_mark(MONDAY))

    def agreed(consent: Consent, work: Work) -> None:
        work.use(MEMBERS).agree(ann.id, consent, True, AT)

    marks = [await mark()]
    for consent in (Consent.INTRODUCTIONS, Consent.MESSAGES):
        await pen.write(partial(agreed, consent))
    for changed in ({}, {"name": "Anne"}, {"topics": frozenset({Topic.SEND})}, {"back_on": MONDAY}, {"urn": 7}):
        await pen.write(partial(keep, replace(ann, **changed)))
        marks.append(await mark())
    assert all(one != other for place, one in enumerate(marks) for other in marks[:place])
    await pen.member("Waiting", stage=Stage.WAITING)
    assert await mark() == marks[-1]


async def test_the_mark_of_some_is_moved_by_them_alone(pen: Pen) -> None:
    ann, bob = [await pen.member(name) for name in ("Ann", "Bob")]

    def agree(work: Work) -> None:
        for member, consent in product((ann, bob), (Consent.INTRODUCTIONS, Consent.MESSAGES)):
            work.use(MEMBERS).agree(member.id, consent, True, AT)

    await pen.write(agree)
    seen = await pen.read(lambda work: work.use(MEMBERS).introducible_mark(MONDAY))

    async def moved(*among: Member) -> bool:
        ids = [one.id for one in among] if among else None
        return await pen.read(lambda work: have_moved(work.use(MEMBERS), MONDAY, seen, ids))

    async def all_moved() -> list[bool]:
        return [await moved(ann), await moved(bob), await moved(ann, bob), await moved()]

    assert seen.keys() == {ann.id, bob.id}
    assert await all_moved() == [False, False, False, False]
    await pen.write(partial(keep, replace(bob, away=True)))
    assert await all_moved() == [False, True, True, True]
    await pen.write(partial(keep, bob))
    assert await all_moved() == [False, False, False, False]
    await pen.write(lambda work: work.use(MEMBERS).agree(ann.id, Consent.MESSAGES, False, AT))
    assert await all_moved() == [True, False, True, True]


async def test_members_are_found_by_any_words_of_their_name(pen: Pen) -> None:
    for name in ("Zoë Ann O'Brien", "Ann Zed", "100% Ann_"):
        await pen.member(name)
    await pen.member("Ann Joining", stage=Stage.JOINING)

    async def found(words: str) -> list[str]:
        return [one.name for one in await pen.read(lambda work: work.use(MEMBERS).find(words, 5))]

    assert await found("ann ZO") == ["Zoë Ann O'Brien"]
    assert await found("ann") == ["100% Ann_", "Ann Zed", "Zoë Ann O'Brien"]
    assert await found("%") == ["100% Ann_"]
    assert await found("_") == ["100% Ann_"]


async def test_a_personal_code_is_good_once_and_until_the_next(pen: Pen) -> None:
    ann = await pen.member("Ann")

    async def whose(code: bytes) -> Member | None:
        return await pen.read(lambda work: work.use(MEMBERS).by_code(code))

    await pen.write(lambda work: work.use(MEMBERS).set_code(ann.id, b"one"))
    await pen.write(lambda work: work.use(MEMBERS).set_code(ann.id, b"two"))
    assert (await whose(b"one"), await whose(b"two")) == (None, ann)
    await pen.write(lambda work: work.use(MEMBERS).used_code(ann.id))
    assert await whose(b"two") is None


async def test_wrong_codes_are_counted_until_they_are_forgotten(pen: Pen) -> None:
    ann, bob = account("Ann"), account("Bob")
    for minute in (0, 1, 1, 2):
        await pen.write(partial(lambda at, work: work.use(MEMBERS).tried_code(ann, at), AT + minute * MINUTE))
    assert await pen.read(lambda work: work.use(MEMBERS).tries(ann, AT)) == 2
    assert await pen.read(lambda work: work.use(MEMBERS).tries(bob, AT)) == 0
    await pen.write(lambda work: work.use(MEMBERS).forget_tries(AT + 2 * MINUTE))
    assert await pen.read(lambda work: work.use(MEMBERS).tries(ann, AT - MINUTE)) == 1


def school(urn: int, name: str, town: str = "York", status: str = "Open") -> School:
    return School(urn, name, "Community school", status, Phase.PRIMARY, "York", town=town)


async def test_importing_schools_again_changes_nothing_twice(pen: Pen) -> None:
    first = [school(1, "St Mary's"), school(2, "Oak Lane"), school(3, "Closed", status="Closed")]
    changed = [first[0], school(2, "Oak Street"), first[2], school(4, "New")]
    assert await pen.write(lambda work: work.use(SCHOOLS).keep(first)) == {"added": 3}
    assert await pen.write(lambda work: work.use(SCHOOLS).keep(changed)) == {"added": 1, "changed": 1, "same": 2}
    assert await pen.read(lambda work: work.use(SCHOOLS).get(2)) == changed[1]
    assert await pen.read(lambda work: work.use(SCHOOLS).get(9)) is None


async def test_schools_are_found_by_name_or_town_the_closest_first(pen: Pen) -> None:
    names = [school(1, "Great Oak", "Leeds"), school(2, "Oak Lane"), school(3, "Oak, closed", status="Closed")]
    await pen.write(lambda work: work.use(SCHOOLS).keep([*names, school(4, "Élan", "Oakham")]))

    async def found(words: str, most: int = 9) -> list[int]:
        return [one.urn for one in await pen.read(lambda work: work.use(SCHOOLS).search(words, most))]

    assert await found("OAK") == [2, 4, 1]
    assert await found("oak", 1) == [2]
    assert await found("oak leeds") == [1]
    assert await found("elan") == [4]
    assert await found("%") == []


async def test_skipped_weeks_are_forgotten_when_they_are_over(pen: Pen) -> None:
    ann, ben, cat = [await pen.member(name) for name in ("Ann", "Ben", "Cat")]
    for member, skips in ((ann, MONDAY - WEEK), (ben, MONDAY), (cat, None)):
        await pen.write(partial(keep, replace(member, skips=skips)))

    def forget(work: Work) -> list[date | None]:
        members = work.use(MEMBERS)
        members.forget_skips(MONDAY)
        return [one.skips for each in (ann, ben, cat) if (one := members.get(each.id))]

    assert await pen.write(forget) == [None, MONDAY, None]


@pytest.mark.parametrize("count", [1, 3, 700, 2500])
async def test_many_keys_at_once_are_all_found(pen: Pen, count: int) -> None:
    def add(work: Work) -> list[Id]:
        return [add_member(work, f"M{n}").id for n in range(count)]

    ids = await pen.write(add)
    assert await pen.write(lambda work: [work.use(MEMBERS).get(id) is not None for id in ids]) == [True] * count
