"""Letters in Slack: said, changed, looked for and taken away, and what becomes of them when a call goes wrong."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from adapters.slack import pins
from bot.chat.outbound import (
    Delivered,
    Outcome,
    Receipt,
    Refused,
    Removes,
    Target,
    ToAccount,
    ToChannel,
    ToCircle,
    Unclear,
    Why,
)
from bot.chat.platform import CannotLook
from bot.chat.view import File, Picture, View
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.faults import Wrong
from tests.slack.person import Person

DATA = View((File("my-data.json", b'{"name": "Tom"}', "application/json"),))
CHART = View((Picture(b"\x89PNG", "forty introductions"),))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
async def tom(stage: Stage) -> Person:
    tom = stage.slack.person("Tom Reed")
    organisers = stage.slack.channel("organisers", tom)
    channels = {"organisers": organisers.id, "secret": stage.slack.channel("secret", app=False, private=True).id}
    await stage.start(channels=channels)
    return tom


def receipt(outcome: Outcome) -> Receipt:
    assert isinstance(outcome, Delivered)
    return outcome.receipt


async def said(stage: Stage, tom: Person, view: View, mark: str = "m") -> Receipt:
    return receipt(await stage.platform.deliver(stage.parcel(tom, view, mark)))


async def refused(stage: Stage, outcome: Outcome) -> Refused:
    assert isinstance(outcome, Refused)
    return outcome


async def test_a_letter_carries_its_mark_and_unfurls_nothing(stage: Stage, tom: Person) -> None:
    await said(stage, tom, words("hello"), "keyed-hash")
    call = stage.slack.called("chat.postMessage")[0]
    assert tom.sees()[0].metadata == {"event_type": "headsup_letter", "event_payload": {"mark": "keyed-hash"}}
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)
    assert "link_names" not in call
    assert call["text"] == "hello"


@pytest.mark.parametrize("view", [words("hello"), CHART, DATA], ids=["words", "a picture", "a file"])
async def test_a_letter_lasts_wherever_it_is_brought(stage: Stage, tom: Person, view: View) -> None:
    eva, team = stage.slack.person("Eva Lund"), stage.slack.team.id
    circle = ToCircle(team, "c", (stage.account(tom), stage.account(eva)))
    targets: tuple[Person | Target, ...] = (tom, circle, ToChannel(team, "organisers"))
    for number, to in enumerate(targets):
        receipt(await stage.platform.deliver(stage.parcel(to, view, f"m{number}")))
    tom.reloads()
    eva.reloads()
    talks = stage.slack.workspace.channels_of(tom.id)
    assert [len(tom.sees(talk)) for talk in talks] == [1, 1, 1]
    assert stage.slack.called("chat.postEphemeral") == []


async def test_a_conversation_is_opened_once_and_its_name_given_to_be_kept(stage: Stage, tom: Person) -> None:
    first = await said(stage, tom, words("one"))
    known = ToAccount(stage.account(tom), first.conversation)
    second = receipt(await stage.platform.deliver(stage.parcel(known, words("two"))))
    assert second.conversation == first.conversation
    assert len(stage.slack.called("conversations.open")) == 1


async def test_a_conversation_that_slack_has_forgotten_is_opened_anew(stage: Stage, tom: Person) -> None:
    lost = stage.parcel(ToAccount(stage.account(tom), "D0LOST"), words("hello"))
    assert receipt(await stage.platform.deliver(lost)).conversation != "D0LOST"
    assert tom.draws() == ["hello"]


async def test_a_letter_takes_the_place_of_an_earlier_one_or_is_said_anew(stage: Stage, tom: Person) -> None:
    first = await said(stage, tom, words("40 percent"))
    instead = stage.parcel(tom, words("all out"), "m2", instead_of=first.message)
    assert receipt(await stage.platform.deliver(instead)) == first
    assert tom.draws() == ["all out"]
    stage.slack.workspace.edit_window = 60
    stage.clock.advance(timedelta(hours=1))
    assert receipt(await stage.platform.deliver(replace(instead, view=words("all in")))) != first
    assert tom.draws() == ["all out", "all in"]


async def test_a_letter_whose_answer_was_lost_is_found_by_its_mark(stage: Stage, tom: Person) -> None:
    letter = stage.parcel(tom, words("hello"))
    stage.slack.faults.plant("chat.postMessage", Wrong.REPLY_LOST)
    assert isinstance(await stage.platform.deliver(letter), Unclear)
    found = await stage.platform.find(letter)
    assert found
    assert found.message == tom.sees()[0].ts


async def test_what_was_said_to_many_is_never_looked_for(stage: Stage, tom: Person) -> None:
    """The app may not read there, and must not."""
    eva = stage.slack.person("Eva Lund")
    circle = ToCircle(stage.slack.team.id, "pair", (stage.account(tom), stage.account(eva)))
    for to in (circle, ToChannel(stage.slack.team.id, "organisers")):
        with pytest.raises(CannotLook):
            await stage.platform.find(stage.parcel(to, words("hello")))
    assert stage.slack.called("conversations.history") == []
    assert not {one for one in stage.slack.workspace.scopes_used if one.endswith(":history") and one != "im:history"}


async def test_without_the_scope_nobody_looks(stage: Stage, tom: Person) -> None:
    await said(stage, tom, words("hello"))
    stage.slack.app.scopes -= {"im:history"}
    with pytest.raises(CannotLook):
        await stage.platform.find(stage.parcel(tom, words("hello")))


async def test_what_goes_wrong_before_anything_is_said_is_tried_later(stage: Stage, tom: Person) -> None:
    stage.slack.faults.plant("conversations.open", Wrong.REPLY_LOST)
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(tom, words("hello"))))).why is Why.TRY_LATER
    stage.slack.faults.plant("files.completeUploadExternal", Wrong.STATUS)
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(tom, DATA)))).why is Why.TRY_LATER
    stage.slack.faults.plant("upload", Wrong.RESET)
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(tom, DATA)))).why is Why.TRY_LATER
    assert tom.draws() == []


async def test_a_channel_without_the_app_is_the_operators_to_mend(stage: Stage, tom: Person) -> None:
    to = ToChannel(stage.slack.team.id, "secret")
    outcome = await refused(stage, await stage.platform.deliver(stage.parcel(to, words("hello"))))
    assert outcome.why is Why.FORBIDDEN
    assert "#secret" in outcome.says
    assert "/invite @HeadsUp" in outcome.says
    stage.slack.workspace.channel("secret")
    open_to_all = stage.slack.channel("open", app=False)
    await stage.stop()
    await stage.start(channels={"open": open_to_all.id})
    to = ToChannel(stage.slack.team.id, "open")
    outcome = await refused(stage, await stage.platform.deliver(stage.parcel(to, words("hello"))))
    assert outcome.why is Why.FORBIDDEN


async def test_what_is_pinned_stays_in_sight_and_what_cannot_be_is_said_all_the_same(stage: Stage, tom: Person) -> None:
    """The operator hears once what is lacking."""
    to, place = ToChannel(stage.slack.team.id, "organisers"), stage.slack.workspace.channels_of(tom.id)[0]
    first = receipt(await stage.platform.deliver(stage.parcel(to, words("one"), pins=True)))
    again = stage.parcel(to, words("once more"), "m2", instead_of=first.message, pins=True)
    assert receipt(await stage.platform.deliver(again)) == first
    assert [one.pinned for one in place.messages] == [True]
    receipt(await stage.platform.deliver(stage.parcel(to, words("two"), "m3")))
    stage.slack.app.scopes -= {"pins:write"}
    for number in (4, 5):
        receipt(await stage.platform.deliver(stage.parcel(to, words(str(number)), f"m{number}", pins=True)))
    assert [one.pinned for one in place.messages] == [True, False, False, False]
    (told,) = stage.told
    assert "pins:write" in told
    assert "Reinstall" in told


@pytest.mark.parametrize("wrong", [Wrong.STATUS, Wrong.REPLY_LOST, Wrong.RESET, Wrong.ERROR])
async def test_whatever_becomes_of_a_pin_the_letter_was_sent(stage: Stage, tom: Person, wrong: Wrong) -> None:
    stage.slack.faults.plant("pins.add", wrong)
    to = ToChannel(stage.slack.team.id, "organisers")
    receipt(await stage.platform.deliver(stage.parcel(to, words("one"), pins=True)))
    assert stage.told == []


async def test_a_pin_that_hangs_holds_no_letter_up(stage: Stage, tom: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "PATIENCE", 0.05)
    stage.slack.faults.plant("pins.add", Wrong.SLOW, seconds=60)
    to = ToChannel(stage.slack.team.id, "organisers")
    receipt(await stage.platform.deliver(stage.parcel(to, words("one"), pins=True)))


async def test_a_channel_that_the_settings_do_not_name_says_what_mends_it(stage: Stage, tom: Person) -> None:
    to = ToChannel(stage.slack.team.id, "events")
    outcome = await refused(stage, await stage.platform.deliver(stage.parcel(to, words("hello"))))
    assert outcome.why is Why.GONE
    assert "slack.channels.events" in outcome.says


async def test_who_was_deactivated_or_is_elsewhere_is_gone(stage: Stage, tom: Person) -> None:
    tom.account.deleted = True
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(tom, words("hello"))))).why is Why.GONE
    elsewhere = ToAccount(replace(stage.account(tom), workspace="T0OTHER"))
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(elsewhere, words("hello"))))).why is Why.GONE


async def test_slack_says_how_long_to_wait(stage: Stage, tom: Person) -> None:
    outcomes = [await stage.platform.deliver(stage.parcel(tom, words(str(n)), f"m{n}")) for n in range(6)]
    slowed = [one for one in outcomes if isinstance(one, Refused)]
    assert [(one.why, one.wait) for one in slowed] == [(Why.SLOW_DOWN, timedelta(seconds=1))] * 2


async def test_a_file_comes_with_its_message_and_goes_with_it(stage: Stage, tom: Person) -> None:
    letter = await said(stage, tom, DATA)
    message = tom.sees()[0]
    assert [file.name for file in message.files] == ["my-data.json"]
    assert message.metadata
    gone = stage.parcel(tom, View(()), "m2", instead_of=letter.message, removes=Removes.MESSAGE)
    receipt(await stage.platform.deliver(gone))
    assert tom.sees() == []
    assert [file.deleted for file in stage.slack.workspace.files.values()] == [True]


async def test_a_message_whose_file_cannot_be_shown_is_taken_back(stage: Stage, tom: Person) -> None:
    stage.slack.faults.plant("chat.update", Wrong.ERROR, error="slack_connect_file_upload_sharing_blocked")
    outcome = await refused(stage, await stage.platform.deliver(stage.parcel(tom, DATA)))
    assert outcome.why is Why.FORBIDDEN
    assert tom.sees() == []


async def test_a_message_that_came_without_its_file_did_not_come(stage: Stage, tom: Person) -> None:
    letter = stage.parcel(tom, DATA)
    stage.slack.faults.plant("chat.update", Wrong.REQUEST_LOST)
    assert isinstance(await stage.platform.deliver(letter), Unclear)
    assert await stage.platform.find(letter) is None
    assert tom.sees() == [], "the half of it is taken away before it is said anew"
    stage.slack.faults.plant("chat.update", Wrong.REPLY_LOST)
    assert isinstance(await stage.platform.deliver(letter), Unclear)
    found = await stage.platform.find(letter)
    assert found
    assert found.message.startswith(tom.sees()[0].ts)


async def test_everything_is_taken_away_page_by_page_and_what_people_said_stays(stage: Stage, tom: Person) -> None:
    stage.slack.throttle.limits.off = True
    for n in range(205):
        await said(stage, tom, words(f"letter {n}"), f"m{n}")
    await said(stage, tom, DATA, "data")
    await tom.says("what Tom said")
    everything = stage.parcel(tom, View(()), "m9", removes=Removes.EVERYTHING)
    receipt(await stage.platform.deliver(everything))
    assert tom.draws() == ["what Tom said"]
    assert all(file.deleted for file in stage.slack.workspace.files.values())


async def test_a_removal_that_is_slowed_down_goes_on_where_it_was(stage: Stage, tom: Person) -> None:
    stage.slack.throttle.limits.off = True
    for n in range(60):
        await said(stage, tom, words(f"letter {n}"), f"m{n}")
    stage.slack.throttle.limits.off = False
    everything = stage.parcel(tom, View(()), "m9", removes=Removes.EVERYTHING)
    slowed = await refused(stage, await stage.platform.deliver(everything))
    assert slowed.why is Why.SLOW_DOWN
    assert slowed.wait
    stage.clock.advance(slowed.wait)
    receipt(await stage.platform.deliver(everything))
    assert tom.sees() == []
