"""Who is in the workspace: listed at start and every night; who came, who went, who is no member at all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.chat.address import Account
from bot.chat.inbound import Joined, Left, Who
from bot.chat.outbound import Delivered, Refused, Why
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack import payloads
from tests.slack.faults import Wrong
from tests.slack.person import Person
from tests.slack.server import TEAM, SlackServer


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


def heard(stage: Stage, slack: SlackServer) -> list[tuple[str, object]]:
    names = {account.id: account.name for account in slack.workspace.accounts.values()}
    return sorted(((names[one.account.user], one.what) for one in stage.script.heard if one.account), key=str)


async def night(stage: Stage) -> None:
    """Until the list of the next night has been read."""
    lists = stage.platform.lists
    stage.clock.advance(timedelta(days=1))
    await stage.slack.until(lambda: stage.platform.lists > lists)


async def test_the_first_list_welcomes_nobody_and_tells_who_is_there_and_who_is_gone(stage: Stage) -> None:
    slack = stage.slack
    slack.person("Tom Reed", display_name="Tom")
    slack.person("Gil Guest", guest=True)
    slack.person("Bea Bot", bot=True)
    gone = slack.person("Una Gone")
    gone.account.deleted = True
    eve = slack.person("Eve Else", external=True)
    slack.channel("shared", eve, shared=True)
    stage.keeps = True
    await stage.start(welcome=True)
    came = ("Tom Reed", Joined("Tom", found=True))
    assert heard(stage, slack) == [("Gil Guest", Left()), came, ("Una Gone", Left())], (
        "who is a guest by now may have been more"
    )


async def test_a_long_list_is_read_page_by_page(stage: Stage) -> None:
    for n in range(1201):
        stage.slack.person(f"Person {n}")
    stage.keeps = True
    await stage.start()
    assert len(stage.slack.called("users.list")) == 3
    assert len({one.account for one in stage.script.heard}) == 1201
    assert len({one.key for one in stage.script.heard}) == 1201


@pytest.mark.parametrize("welcome", [True, False])
async def test_every_night_only_what_changed_is_news(stage: Stage, welcome: bool) -> None:
    """An event can be lost: whoever came or went unheard is heard of by the morning."""
    tom, ann = stage.slack.person("Tom Reed"), stage.slack.person("Ann Bell")
    await stage.start(welcome=welcome)
    stage.slack.person("Una New")
    tom.account.deleted = True
    await night(stage)
    assert heard(stage, stage.slack) == [("Tom Reed", Left()), ("Una New", Joined("Una New", found=not welcome))]
    stage.script.heard.clear()
    await night(stage)
    assert stage.script.heard == []
    tom.account.deleted = False
    await night(stage)
    assert [type(one.what) for one in stage.script.heard] == [Joined]
    assert ann.account.deleted is False


async def test_a_list_that_could_not_be_read_is_read_again_soon(stage: Stage) -> None:
    stage.slack.person("Tom Reed")
    stage.slack.faults.plant("users.list", Wrong.STATUS)
    await stage.start()
    stage.clock.advance(timedelta(minutes=5))
    await stage.slack.until(lambda: stage.script.heard)
    assert [one.what for one in stage.script.heard] == [Joined("Tom Reed", found=True)]
    stage.script.heard.clear()
    stage.slack.person("Una New")
    stage.slack.faults.plant("users.list", Wrong.STATUS)
    await night(stage)
    stage.clock.advance(timedelta(minutes=5))
    await stage.slack.until(lambda: stage.script.heard)
    assert [one.name for one in stage.script.heard] == ["Una New"]


async def test_a_list_longer_than_slack_shows_in_a_minute_comes_to_its_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.people.A_PAGE", 1)
    stage.slack.throttle.limits.a_minute["users.list"] = 2
    for n in range(25):
        stage.slack.person(f"Person {n}")
    stage.keeps = True
    starting = asyncio.create_task(stage.start())
    await stage.passes(starting.done)
    await starting
    pages, refused = stage.slack.called("users.list"), stage.slack.throttle.refused["users.list"]
    assert refused > 0
    assert len(pages) - refused == len({one.get("cursor") for one in pages}), "it goes on where it was"
    assert len({one.account for one in stage.script.heard}) == 25


@pytest.mark.parametrize("welcome", [True, False])
async def test_who_comes_is_welcomed_where_an_organiser_wants_it(stage: Stage, welcome: bool) -> None:
    await stage.start(welcome=welcome)
    una = stage.slack.person("Una New")
    await una.joins()
    assert [one.what for one in stage.script.heard] == [Joined("Una New", found=not welcome)]


async def test_a_change_of_picture_is_no_news_and_a_goodbye_is(stage: Stage) -> None:
    tom = stage.slack.person("Tom Reed")
    await stage.start()
    await tom.changes(display_name="Tom at Oakfield")
    assert stage.script.heard == []
    await tom.shortcut("helpnow")
    assert stage.script.heard[-1].name == "Tom at Oakfield"
    await tom.changes(deleted=True)
    await tom.changes(deleted=False)
    assert [type(one.what) for one in stage.script.heard[1:]] == [Left, Joined]


async def test_the_zone_that_slack_shows_of_somebody_comes_along_and_nobody_is_asked_for_their_language(
    stage: Stage,
) -> None:
    tom = stage.slack.person("Tom Reed", tz="Europe/Madrid")
    await stage.start()
    una = stage.slack.person("Una New", tz="America/New_York")
    await tom.shortcut("helpnow")
    await una.shortcut("helpnow")
    tom.account.tz = "Europe/Rome"
    await tom.changes()
    await tom.shortcut("helpnow")
    assert [one.zone for one in stage.script.heard] == ["Europe/Madrid", "America/New_York", "Europe/Rome"]
    asked = [*stage.slack.called("users.list"), *stage.slack.called("users.info")]
    assert asked
    assert not any("include_locale" in one for one in asked)


async def test_who_became_a_guest_has_left_and_presses_as_a_guest(stage: Stage) -> None:
    """Slack makes guests of members without a goodbye."""
    tom = stage.slack.person("Tom Reed")
    await stage.start()
    await tom.changes(guest=True)
    await tom.changes(display_name="Tom at Oakfield")
    assert [(one.what, one.account) for one in stage.script.heard] == [(Left(), Account("slack", TEAM.id, tom.id))]
    await tom.shortcut("helpnow")
    assert stage.script.heard[-1].who is Who.GUEST
    await tom.changes(guest=False)
    last = stage.script.heard[-1]
    assert (last.what, last.who) == (Joined("Tom at Oakfield", found=True), Who.PERSON)


async def test_who_became_a_guest_unheard_is_heard_of_by_the_morning(stage: Stage) -> None:
    tom = stage.slack.person("Tom Reed")
    await stage.start()
    tom.account.guest = True
    await night(stage)
    await night(stage)
    assert heard(stage, stage.slack) == [("Tom Reed", Left())]


async def test_somebody_of_another_organisation_is_a_guest_whatever_the_payload_says_of_their_home(
    stage: Stage,
) -> None:
    """Whom the app shares a channel with Slack calls no stranger; only their workspace tells."""
    eve = stage.slack.person("Eve Else", external=True)
    staff = stage.slack.channel("shared", eve, shared=True)
    await stage.start()
    workspace = stage.slack.workspace
    await stage.platform.hear(payloads.command(workspace, "slack.test", eve.account, staff, "/headsup", "start"))
    assert [one.who for one in stage.script.heard] == [Who.GUEST]


async def test_somebody_new_is_looked_up_once_and_never_kept_waiting_for_it(stage: Stage) -> None:
    await stage.start()
    una, gil = stage.slack.person("Una New"), stage.slack.person("Gil Guest", guest=True)
    stage.slack.faults.plant("users.info", Wrong.STATUS)
    for person in (una, una, una, gil):
        await person.shortcut("helpnow")
    assert [one.name for one in stage.script.heard] == ["una.new", "Una New", "Una New", "Gil Guest"]
    assert [one.who for one in stage.script.heard] == [Who.PERSON] * 3 + [Who.GUEST]
    assert len(stage.slack.called("users.info")) == 2


async def test_a_token_of_another_workspace_is_told_and_nobody_is_listed(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.person("Tom Reed")
    await stage.start(workspaces=("T0OTHER",))
    assert stage.script.heard == []
    assert "T0NETWORK, which slack.workspaces does not name" in caplog.text


async def test_when_the_app_is_taken_out_letters_stop_and_the_operator_hears_why(stage: Stage) -> None:
    tom: Person = stage.slack.person("Tom Reed")
    await stage.start()
    await stage.slack.uninstall()
    outcome = await stage.platform.deliver(stage.parcel(tom, words("hello")))
    assert isinstance(outcome, Refused)
    assert outcome.why is Why.FORBIDDEN
    assert stage.slack.called("chat.postMessage") == []
    assert "Reinstall" in stage.told[0]
    assert "restart HeadsUp" in stage.told[0]


async def test_letters_go_again_when_the_app_is_back(stage: Stage) -> None:
    tom = stage.slack.person("Tom Reed")
    await stage.start()
    await stage.slack.uninstall()
    letter = stage.parcel(tom, words("hello"))
    assert isinstance(await stage.platform.deliver(letter), Refused)
    stage.slack.app.token_error = ""
    assert isinstance(await stage.platform.deliver(letter), Delivered)
    assert tom.draws() == ["hello"]


async def test_somebody_elses_token_is_not_ours(stage: Stage) -> None:
    await stage.start()
    sent = stage.slack.tell("tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    assert sent
    await sent.settle()
    assert stage.told == []
