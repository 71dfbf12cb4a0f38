"""Announcements, whom they reach and what is forgotten of them, on every engine."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

from bot.announcements.model import Announcement, Chosen, Load, Reach, Sort, State, Where, key_in, key_to, reach_of
from bot.announcements.store import ANNOUNCEMENTS, Said
from bot.chat.address import NEWS, Channel
from bot.chat.ids import Id
from bot.chat.outbound import Receipt
from bot.core.outbox import State as Way
from bot.core.work import Work
from bot.members.kinds import Phase
from bot.members.model import By, Consent, Identity, Member, Stage
from bot.members.store import MEMBERS, PRIVACY
from tests.contracts.test_outbox import settle, take
from tests.contracts.test_stores_privacy import everything, export
from tests.storage.stands import AT, Pen, account, letter

TODAY = date(2026, 11, 12)
DAY = timedelta(days=1)
ONE = Announcement(Id(7), None, "", "Title-canary", "Words-canary", AT)
AWAY: tuple[dict[str, Any], ...] = (
    {},
    {"away": True},
    {"away": True, "back_on": TODAY},
    {"away": True, "back_on": TODAY + DAY},
)
AGREED = (frozenset[Consent](), frozenset({Consent.MESSAGES}), frozenset({Consent.MESSAGES, Consent.NEWS}))


def chosen(sort: Sort = Sort.NOTICE, by: By = By.EVERYONE, of: str = "", among: frozenset[Id] | None = None) -> Chosen:
    return Chosen(by, of, among, sort.needs, TODAY)


async def everybody(pen: Pen) -> list[tuple[Member, frozenset[Consent], bool]]:
    """One of each kind of member that there can be."""
    kinds = product(Stage, AWAY, AGREED, (True, False), (None, AT), (Phase.PRIMARY, None))
    people = []

    def come(work: Work) -> None:
        for number, (stage, away, agreed, has_account, left, phase) in enumerate(kinds):
            member = Member(work.new_id(), f"M{number}", stage, phase=phase, left_at=left, **away)
            work.use(MEMBERS).keep(member)
            for consent in agreed:
                work.use(MEMBERS).agree(member.id, consent, True, AT)
            at = None if has_account else AT
            work.use(MEMBERS).keep_identity(Identity(account(member.name), member.id, left_at=at))
            people.append((member, agreed, has_account))

    await pen.write(come)
    return people


async def test_the_database_reaches_whom_the_rule_does(pen: Pen) -> None:
    people = await everybody(pen)
    some = frozenset(member.id for member, _, _ in people[::5])
    for sort in Sort:
        for asked in (chosen(sort), chosen(sort, By.PHASE, "primary"), chosen(sort, among=some)):
            meant = [
                (member.id, reach_of(member, agreed, has_account, sort.needs, TODAY))
                for member, agreed, has_account in people
                if member.stage not in (Stage.INVITED, Stage.JOINING)
                and (asked.by is By.EVERYONE or member.phase == asked.of)
                and (asked.among is None or member.id in asked.among)
            ]
            found = await pen.read(partial(_ask, asked))
            assert found[0] == Counter(reach for _, reach in meant)
            gets = [id for id, reach in meant if reach is Reach.GETS]
            assert gets
            assert found[1] == sorted(gets)


def _ask(asked: Chosen, work: Work) -> tuple[Mapping[Reach, int], Sequence[Id]]:
    return work.use(ANNOUNCEMENTS).count(asked), work.use(ANNOUNCEMENTS).recipients(asked)


async def test_each_is_carried_by_the_platform_they_had_first_and_first_conversations_are_counted(pen: Pen) -> None:
    ann, bob = await pen.member("Ann", "slack"), await pen.member("Bob", "slack")
    await pen.member("Cleo", "slack")

    def agree(work: Work) -> None:
        for member in (ann, bob):
            work.use(MEMBERS).agree(member.id, Consent.MESSAGES, True, AT)
        work.use(MEMBERS).keep_identity(Identity(account("Bob", "discord"), bob.id))

    await pen.write(agree, at=AT + DAY)
    await pen.post(letter("before", ann.id))
    (claim,) = await take(pen)
    await settle(pen, claim, Way.SENT, receipt=Receipt("c", "m"))
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).loads(chosen())) == {"slack": Load(2, 1)}


async def test_sizes_count_members_whatever_they_chose(pen: Pen) -> None:
    await pen.crowd(3, phase=Phase.PRIMARY, away=True)
    await pen.member("Gone", phase=Phase.PRIMARY, left_at=AT)
    await pen.member("Nobody")
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).sizes(By.PHASE)) == {"primary": 3}


async def test_what_is_kept_comes_back_and_the_newest_first(pen: Pen) -> None:
    ann = await pen.member("Ann")
    more = replace(ONE, id=Id(8), author=ann.id, where=Where.FRIDAY, at=AT, state=State.SENT)
    full = replace(more, goes_at=AT, friday=TODAY, made_at=AT + DAY)

    def keep(work: Work) -> None:
        for one in (ONE, full, replace(ONE, id=Id(9), sort=Sort.NEWS, state=State.SENDING)):
            work.use(ANNOUNCEMENTS).keep(one)

    await pen.write(keep)
    assert await pen.write(lambda work: work.use(ANNOUNCEMENTS).get(Id(8))) == full
    assert [one.id for one in await pen.read(lambda work: work.use(ANNOUNCEMENTS).latest(2))] == [8, 7]
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).for_week(TODAY)) == [full]
    assert [one.id for one in await pen.read(lambda work: work.use(ANNOUNCEMENTS).open_news())] == [9]


async def test_its_letters_are_found_and_no_others(pen: Pen) -> None:
    ann = await pen.member("Ann")
    keys = (key_to(Id(7), ann.id), key_in(Id(7), "slack"))
    await pen.post(
        letter(keys[0], ann.id), letter(keys[1], Channel(NEWS, "slack")), letter(key_to(Id(8), ann.id), ann.id)
    )
    found = await pen.read(lambda work: work.use(ANNOUNCEMENTS).said(Id(7)))
    assert found == [Said(keys[0], ann.id, Way.READY), Said(keys[1], None, Way.READY)]


async def test_who_has_read_it_counts_once_is_added_up_and_forgotten(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")

    def see(work: Work) -> None:
        kept = work.use(ANNOUNCEMENTS)
        kept.keep(replace(ONE, goes_at=AT))
        for member in (ann, bob, ann):
            kept.saw(ONE.id, member.id)

    await pen.write(see)
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).seen(ONE.id)) == 2
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).add_up(AT))
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).seen(ONE.id)) == 2
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).add_up(AT + DAY))
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).seen(ONE.id)) == 0
    kept = await pen.write(lambda work: work.use(ANNOUNCEMENTS).get(ONE.id))
    assert kept is not None
    assert kept.seen == 2
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).forget_before(AT))
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).latest(1))
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).forget_before(AT + DAY))
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).latest(1)) == []


async def test_its_author_is_given_it_and_whoever_agreed_is_not_shown(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob")
    one = replace(ONE, author=ann.id, approver=bob.id)
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).keep(one))
    (told,) = (await export(pen, ann))["announcements"]
    assert told["title"] == "Title-canary"
    assert "approver" not in told
    assert "announcements" not in await export(pen, bob)


async def test_an_organiser_who_is_forgotten_is_not_named_any_more(pen: Pen) -> None:
    ann = await pen.member("Ann-canary")
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).keep(replace(ONE, author=ann.id)))
    await pen.write(lambda work: work.use(ANNOUNCEMENTS).saw(ONE.id, ann.id))
    await pen.write(lambda work: work.use(PRIVACY).erase(ann.id, AT))
    kept = await pen.write(lambda work: work.use(ANNOUNCEMENTS).get(ONE.id))
    assert kept is not None
    assert kept.author is None
    assert str(ann.id) not in await everything(pen)
    assert await pen.read(lambda work: work.use(ANNOUNCEMENTS).seen(ONE.id)) == 0


async def test_an_account_is_known_again_by_its_signature_alone(pen: Pen) -> None:
    signed = await pen.read(lambda work: work.use(ANNOUNCEMENTS).signature(account("Ann")))
    assert signed == await pen.read(lambda work: work.use(ANNOUNCEMENTS).signature(account("Ann")))
    assert signed != await pen.read(lambda work: work.use(ANNOUNCEMENTS).signature(account("Bob")))
