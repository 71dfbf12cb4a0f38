"""A picture that answers a press: Slack shows none for somebody's eyes alone, so it comes by direct message."""

from math import inf

import pytest

from adapters.slack.uploads import WAITS
from bot.chat.outbound import Delivered, Removes, Reply
from bot.chat.text import plain
from bot.chat.view import Paragraph, Picture, View
from tests.adapters.slack.stage import Stage
from tests.adapters.slack.test_answers import posted, stage, tom
from tests.slack.faults import Wrong
from tests.slack.person import Person

__all__ = ["stage", "tom"]

CHART = Picture(b"\x89PNG", "forty introductions")


def pictures(person: Person) -> list[str]:
    """The files that images show, on somebody's screen."""
    return [block["slack_file"]["id"] for one in person.sees() for block in one.blocks if block["type"] == "image"]


def refused_posts(stage: Stage) -> int:
    return sum(name == "chat.postMessage" and not said["ok"] for name, _, said in stage.slack.api.calls)


@pytest.mark.parametrize("fails", [False, True])
async def test_a_picture_that_answers_a_press_is_in_their_messages_and_its_words_where_it_was_pressed(
    stage: Stage,
    tom: Person,
    fails: bool,
) -> None:
    await posted(stage, tom)
    if fails:
        stage.slack.faults.plant("files.getUploadURLExternal", Wrong.ERROR, error="internal_error", times=None)
    stage.script.answers["talked~1"] = Reply(view=View((CHART, Paragraph(plain("As a table")))))
    await tom.press("We talked")
    await stage.settled()
    shown = [block for one in tom.sees() for block in one.blocks if block["type"] == "image"]
    assert [stage.slack.workspace.files[one["slack_file"]["id"]].data for one in shown] == (
        [] if fails else [b"\x89PNG"]
    )
    (said,) = [one for one in tom.sees() if one.reader]
    assert said.reader == tom.id
    assert "forty introductions" in said.shown
    assert "As a table" in said.shown


async def test_a_picture_that_answered_a_press_goes_with_all_that_was_said(stage: Stage, tom: Person) -> None:
    """Who is forgotten, and asked for that, leaves no picture behind."""
    await posted(stage, tom)
    stage.script.answers["talked~1"] = Reply(view=View((CHART,)))
    await tom.press("We talked")
    await stage.settled()
    everything = stage.parcel(tom, View(()), "m9", removes=Removes.EVERYTHING)
    assert isinstance(await stage.platform.deliver(everything), Delivered)
    assert [file.deleted for file in stage.slack.workspace.files.values()] == [True]
    assert not any(not one.reader for one in tom.sees())


async def test_a_picture_whose_message_is_refused_is_taken_back(stage: Stage, tom: Person) -> None:
    await posted(stage, tom)
    stage.script.answers["talked~1"] = Reply(view=View((CHART,)))
    stage.slack.faults.plant("chat.postMessage", Wrong.ERROR, error="restricted_action", times=None)
    await tom.press("We talked")
    await stage.settled()
    assert [file.deleted for file in stage.slack.workspace.files.values()] == [True]
    assert "forty introductions" in tom.draws()[-1]


async def test_a_picture_that_slack_shows_late_comes_as_soon_as_it_does_and_its_words_at_once(
    stage: Stage, tom: Person
) -> None:
    await posted(stage, tom)
    stage.slack.workspace.finishing = 3
    stage.script.answers["talked~1"] = Reply(view=View((CHART,)))
    await tom.press("We talked")
    await stage.slack.until(lambda: refused_posts(stage))
    assert "forty introductions" in tom.draws()[-1], "nobody waits for words"
    await stage.passes(lambda: pictures(tom))
    await stage.settled()
    assert [stage.slack.workspace.files[id].deleted for id in pictures(tom)] == [False]


async def test_a_picture_that_slack_never_shows_leaves_its_words_and_no_upload(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await posted(stage, tom)
    before = len(tom.sees())
    stage.slack.workspace.finishing = inf
    stage.script.answers["talked~1"] = Reply(view=View((CHART,)))
    await tom.press("We talked")
    await stage.slack.until(lambda: refused_posts(stage))
    await stage.passes(lambda: all(file.deleted for file in stage.slack.workspace.files.values()))
    await stage.settled()
    assert refused_posts(stage) == 1 + len(WAITS)
    assert ["forty introductions" in one for one in tom.draws()[before:]] == [True]
    assert caplog.messages == ["a picture could not be shown (chat.postMessage: invalid_blocks)"]
