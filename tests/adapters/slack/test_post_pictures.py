"""Letters with a picture: shown as soon as it can be, in words where it never can, taken away with its file."""

import asyncio
from math import inf

import pytest

from adapters.slack import uploads
from bot.chat.outbound import Outcome, Parcel, Removes, ToChannel, Unclear, Why
from bot.chat.view import View
from tests.adapters.slack.stage import Stage
from tests.adapters.slack.test_answers_in_pictures import pictures, refused_posts
from tests.adapters.slack.test_post import CHART, DATA, receipt, refused, said, stage, tom
from tests.slack.faults import Wrong
from tests.slack.person import Person

__all__ = ["stage", "tom"]


async def test_a_picture_stands_in_its_message_with_its_words(stage: Stage, tom: Person) -> None:
    await said(stage, tom, CHART)
    image = next(block for block in tom.sees()[0].blocks if block["type"] == "image")
    file = stage.slack.workspace.files[image["slack_file"]["id"]]
    assert (file.data, file.alt, image["alt_text"]) == (b"\x89PNG", "forty introductions", "forty introductions")


async def carried(stage: Stage, parcel: Parcel) -> Outcome:
    """What becomes of a letter that Slack refuses at first: then time passes."""
    delivering = asyncio.create_task(stage.platform.deliver(parcel))
    await stage.slack.until(lambda: refused_posts(stage) or delivering.done())
    await stage.passes(delivering.done)
    return await delivering


async def test_a_letter_waits_until_slack_can_show_its_picture(stage: Stage, tom: Person) -> None:
    """Slack ends an upload some moments after it answers, and refuses whatever shows it before."""
    stage.slack.workspace.finishing = 3
    letter = receipt(await carried(stage, stage.parcel(tom, CHART)))
    assert refused_posts(stage)
    (message,) = tom.sees()
    (id,) = pictures(tom)
    assert letter.message == f"{message.ts}~{id}"
    assert not stage.slack.workspace.files[id].deleted


async def test_a_letter_whose_picture_slack_never_shows_says_its_words(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.workspace.finishing = inf
    letter = receipt(await carried(stage, stage.parcel(tom, View((*CHART.blocks, *DATA.blocks)))))
    assert refused_posts(stage) == 1 + len(uploads.WAITS)
    (message,) = tom.sees()
    assert "forty introductions" in message.shown
    assert pictures(tom) == []
    assert [file.name for file in message.files] == ["my-data.json"]
    assert letter.message == f"{message.ts}~{message.files[0].id}"
    assert [file.deleted for file in stage.slack.workspace.files.values()] == [True, False]
    (logged,) = caplog.messages
    assert "invalid_blocks" in logged


async def test_other_blocks_that_slack_refuses_are_refused_at_once(stage: Stage, tom: Person) -> None:
    stage.slack.faults.plant("chat.postMessage", Wrong.ERROR, error="invalid_blocks")
    assert (await refused(stage, await stage.platform.deliver(stage.parcel(tom, CHART)))).why is Why.MALFORMED
    assert all(file.deleted for file in stage.slack.workspace.files.values())


async def test_everything_takes_the_pictures_along_that_messages_show(stage: Stage, tom: Person) -> None:
    """Slack keeps the file of a picture when its message is deleted. One that is gone already holds nothing up."""
    for n in range(3):
        await said(stage, tom, CHART, f"m{n}")
    shown = pictures(tom)
    stage.slack.workspace.files[shown[0]].deleted = True
    receipt(await stage.platform.deliver(stage.parcel(tom, View(()), "m9", removes=Removes.EVERYTHING)))
    assert tom.sees() == []
    assert [stage.slack.workspace.files[id].deleted for id in shown] == [True] * 3


async def test_a_picture_goes_with_its_message_where_the_app_may_not_read(stage: Stage, tom: Person) -> None:
    to = ToChannel(stage.slack.team.id, "organisers")
    letter = receipt(await stage.platform.deliver(stage.parcel(to, CHART)))
    gone = stage.parcel(to, View(()), "m2", instead_of=letter.message, removes=Removes.MESSAGE)
    receipt(await stage.platform.deliver(gone))
    assert [file.deleted for file in stage.slack.workspace.files.values()] == [True]


@pytest.mark.parametrize("fails", ["chat.postMessage", "chat.update", "files.completeUploadExternal"])
async def test_what_was_brought_and_is_certainly_not_shown_is_taken_back(
    stage: Stage, tom: Person, fails: str, caplog: pytest.LogCaptureFixture
) -> None:
    both = View((*CHART.blocks, *DATA.blocks))
    stage.slack.faults.plant(fails, Wrong.ERROR, error="is_archived")
    await refused(stage, await stage.platform.deliver(stage.parcel(tom, both)))
    assert tom.sees() == []
    brought = list(stage.slack.workspace.files.values())
    assert brought
    assert all(file.deleted for file in brought)
    assert caplog.messages == []


async def test_an_upload_that_cannot_be_taken_back_is_logged_by_its_reason(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    stage.slack.faults.plant("chat.postMessage", Wrong.ERROR, error="is_archived")
    stage.slack.faults.plant("files.delete", Wrong.ERROR, error="cant_delete_file")
    outcome = await refused(stage, await stage.platform.deliver(stage.parcel(tom, CHART)))
    assert outcome.why is Why.FORBIDDEN
    (logged,) = caplog.messages
    assert "cant_delete_file" in logged
    assert not any(id in logged for id in stage.slack.workspace.files)


async def test_a_picture_that_may_have_been_shown_is_not_taken_back(stage: Stage, tom: Person) -> None:
    both = stage.parcel(tom, View((*CHART.blocks, *DATA.blocks)))
    stage.slack.faults.plant("chat.postMessage", Wrong.REPLY_LOST)
    assert isinstance(await stage.platform.deliver(both), Unclear)
    assert not any(file.deleted for file in stage.slack.workspace.files.values())
    assert await stage.platform.find(both) is None, "its picture came, and not its file"
    assert tom.sees() == []
