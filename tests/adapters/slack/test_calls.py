"""Whatever is said to Slack, and by whichever way, it goes by one session."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.chat.form import Form, ShortText
from bot.chat.outbound import Reply, ToCircle
from bot.chat.view import Button, Buttons, File, Picture, View
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.person import Person

ASK = View((Buttons((Button("We talked", "talked~1"),)),))
FILES = View((Picture(b"\x89PNG", "forty introductions"), File("my-data.json", b"{}", "application/json")))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> list[ClientSession]:
    """Every session that is made from now on, by whomever in this process; the Slack of the tests makes none."""
    made: list[ClientSession] = []
    begin = ClientSession.__init__

    def noted(session: ClientSession, *given: Any, **more: Any) -> None:
        made.append(session)
        begin(session, *given, **more)

    monkeypatch.setattr(ClientSession, "__init__", noted)
    return made


async def test_lines_calls_letters_uploads_and_answers_share_one_session(
    stage: Stage, sessions: list[ClientSession]
) -> None:
    tom, eva, script = stage.slack.person("Tom Reed"), stage.slack.person("Eva Lund"), stage.script
    script.answers["headsup who"] = Reply(ask=Form("About you", "who~1", (ShortText("name", "Your name"),), "Send"))
    script.answers["talked~1"] = Reply(replace=words("You talked."))
    await stage.start()
    circle = ToCircle(stage.slack.team.id, "c", (stage.account(tom), stage.account(eva)))
    letters: list[tuple[Person | ToCircle, View]] = [(tom, ASK), (circle, words("meet")), (tom, FILES)]
    for number, (to, view) in enumerate(letters):
        await stage.platform.deliver(stage.parcel(to, view, f"m{number}"))
    await stage.platform.find(stage.parcel(tom, ASK, "m0"))
    await tom.press("We talked")
    await tom.types("/headsup who")
    await stage.settled()
    assert tom.modal
    assert any("You talked." in text for text in tom.draws())
    assert stage.slack.workspace.files
    assert sessions == [stage.platform.calls.session]
