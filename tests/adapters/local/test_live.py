"""What a tab asks over a real socket, and what it is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import msgspec
import pytest

from adapters.local import wire
from adapters.local.platform import LocalPlatform
from adapters.local.timebar import Happened
from bot.chat.command import Tree
from bot.chat.form import Form, ShortText
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Opened, Pressed, Typed, Used
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import Mention
from bot.chat.view import File, Paragraph, Picture, View
from tests.adapters.local.client import Tab, browser, tab
from tests.adapters.scripted import COMMANDS, START, Stage, words

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02"


@pytest.fixture
def stage() -> Stage:
    stage = Stage()
    stage.space.join("Ann", user="ann")
    stage.space.join("Olu", organiser=True, user="olu")
    return stage


@pytest.fixture
async def local(stage: Stage) -> AsyncIterator[LocalPlatform]:
    async with stage.open() as platform:
        yield platform


@pytest.fixture
async def ann(local: LocalPlatform) -> AsyncIterator[Tab]:
    """A tab that is Ann."""
    async with browser(local) as session, tab(session, local) as opened:
        await opened.ok("be", user="ann")
        yield opened


async def test_hello_tells_people_commands_and_the_time(ann: Tab) -> None:
    told = await ann.ok("hello")
    assert [(person["name"], person["organiser"]) for person in told["people"]] == [("Ann", False), ("Olu", True)]
    assert [command["word"] for command in told["commands"]] == [command.word for command in COMMANDS]
    assert told["time"]["now"] == START.isoformat()


async def test_a_command_goes_in_and_its_reply_is_news_before_the_answer(stage: Stage, ann: Tab) -> None:
    stage.script.answers["headsup pause"] = Reply(words("a rest"))
    answer = await ann.ok("use", user="ann", conversation="bot-ann", tree="headsup", words="pause")
    assert stage.script.heard[-1].what == Used(Tree.MEMBER, "pause")
    [news] = [item["message"] for item in ann.news if item["news"] == "message"]
    assert (news["only"], news["view"]["blocks"][0]["text"][0]["text"]) == ("ann", "a rest")
    assert answer == {"ask": None, "errors": {}}


async def test_a_press_carries_its_values_and_a_form_comes_back(stage: Stage, ann: Tab) -> None:
    form = Form("About you", "save~1", (ShortText("name", "Name"),), "Save")
    stage.script.answers["open~1"] = Reply(ask=form)
    stage.script.answers["save~1"] = Reply(errors={"name": "Please."})
    where = {"user": "ann", "conversation": "bot-ann", "message": "x"}
    asked = await ann.ok("press", action="open~1", values=["a"], **where)
    assert stage.script.heard[-1].what == Pressed("open~1", ("a",))
    assert (asked["ask"]["title"], asked["ask"]["fields"][0]["name"]) == ("About you", "name")
    answer = await ann.ok("submit", action="save~1", values={"name": ["Ann"]}, **where)
    assert answer["errors"] == {"name": "Please."}


async def test_the_home_page_comes_as_a_message_that_nobody_keeps(stage: Stage, ann: Tab) -> None:
    stage.script.answers["opened"] = Reply(words("Your page"))
    [page] = (await ann.ok("look", user="ann"))["messages"]
    assert (page["id"], page["only"], page["view"]["blocks"][0]["text"][0]["text"]) == ("home-ann", "ann", "Your page")
    assert (stage.script.heard[-1].what, stage.script.heard[-1].account) == (
        Opened(),
        stage.space.persona("ann").account,
    )
    assert stage.space.history("bot-ann", "ann") == []
    stage.script.answers["opened"] = NOTHING
    assert (await ann.ok("look", user="ann"))["messages"] == [], "so it stays as it was drawn"
    assert (await ann.ask("look", user="nobody"))["no"] == "unknown"


async def test_whom_the_home_page_mentions_can_be_written_to(stage: Stage, ann: Tab) -> None:
    account, page = stage.space.persona("ann").account, View((Paragraph((Mention(Id(7), "Bob"),)),))
    stage.script.answers["opened"] = Reply(page, accounts={7: msgspec.structs.replace(account, user="bob")})
    [shown] = (await ann.ok("look", user="ann"))["messages"]
    assert shown["view"]["blocks"][0]["text"] == [{"is": "mention", "name": "Bob", "user": "bob"}]


async def test_what_is_pressed_on_the_home_page_is_answered_by_the_bot(stage: Stage, ann: Tab) -> None:
    stage.script.answers["talked~1"] = Reply(replace=words("Good to hear."))
    await ann.ok("press", user="ann", conversation="bot-ann", message="home-ann", action="talked~1", values=[])
    [said] = stage.space.history("bot-ann", "ann")
    assert (said.view, said.only_for) == (words("Good to hear."), "ann")


async def test_typed_text_reaches_the_bot_without_its_words(stage: Stage, ann: Tab) -> None:
    await ann.ok("say", user="ann", conversation="bot-ann", text="a-secret")
    assert stage.script.heard[-1].what == Typed()
    assert "a-secret" not in repr(stage.script.heard)


async def test_somebody_new_comes_in_and_the_bot_hears_of_it(stage: Stage, ann: Tab) -> None:
    user = (await ann.ok("join", name="  Carol  "))["user"]
    assert stage.space.persona(user).name == "Carol"
    assert stage.script.heard[-1].account == stage.space.persona(user).account
    assert {"news": "persona"}.items() <= ann.news[0].items()


async def test_nobody_and_nowhere_are_answered_kindly(ann: Tab) -> None:
    for asked in (
        await ann.ask("be", user="nobody"),
        await ann.ask("open", user="ann", conversation="nowhere"),
        await ann.ask("open", user="ann", conversation="channel-organisers"),
        await ann.ask("open", user="ann", conversation="bot-olu"),
        await ann.ask("say", user="ann", conversation="bot-olu", text="hello"),
        await ann.ask("write", user="ann", other="nobody"),
        await ann.ask("join", name="  "),
    ):
        assert asked["no"] == "unknown"


async def test_who_has_left_is_told_so(stage: Stage, ann: Tab) -> None:
    stage.space.leave(stage.space.persona("ann").account)
    assert (await ann.ask("say", user="ann", conversation="bot-ann", text="hello"))["no"] == "left"


async def test_a_bot_that_fails_costs_a_sentence_and_nothing_of_it_is_logged(
    stage: Stage, ann: Tab, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(inbound: Inbound) -> Reply:
        raise RuntimeError("canary")

    stage.script.answers["go~1"] = fail
    where = {"user": "ann", "conversation": "bot-ann", "message": "x"}
    assert (await ann.ask("press", action="go~1", **where))["no"] == "failed"
    assert "canary" not in caplog.text
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        '{"do":"nothing","n":1}',
        '{"do":"be"}',
        '{"do":"be","n":1,"user":2}',
        '{"do":"hello","n":1,"x":1}',
    ],
)
async def test_what_cannot_be_read_is_answered_and_the_tab_lives_on(ann: Tab, frame: str) -> None:
    await ann.socket.send_str(frame)
    assert (await ann.answer(0))["no"] == "unreadable"
    assert await ann.ok("time")


async def test_a_frame_that_is_too_large_closes_the_tab(ann: Tab) -> None:
    await ann.socket.send_str("x" * (wire.FRAME + 1))
    assert (await ann.socket.receive()).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
    assert ann.socket.close_code == 1009


async def test_a_tab_hears_only_what_those_it_watches_can_see(stage: Stage, ann: Tab) -> None:
    stage.space.post("channel-organisers", words("for organisers"))
    stage.space.post("bot-olu", words("for Olu"))
    stage.space.post("bot-ann", words("for Ann"))
    await ann.ok("time")
    assert [item["message"]["conversation"] for item in ann.news] == ["bot-ann"]
    ann.news.clear()
    await ann.ok("be", user="olu")
    await ann.ok("part", user="ann")
    stage.space.post("channel-organisers", words("for organisers"))
    stage.space.post("bot-ann", words("for Ann"))
    await ann.ok("time")
    assert [item["message"]["conversation"] for item in ann.news] == ["channel-organisers"]


async def test_what_is_private_is_told_to_nobody_else_beside(stage: Stage, ann: Tab) -> None:
    stage.space.post("channel-community", words("for Olu"), only_for="olu")
    stage.space.post("channel-community", words("for Ann"), only_for="ann")
    await ann.ok("time")
    assert [item["message"]["only"] for item in ann.news] == ["ann"]


async def test_time_passes_with_progress_and_tells_what_happened(stage: Stage, ann: Tab) -> None:
    def check_in() -> Happened:
        return Happened("HeadsUp asked Ann", "bot-ann", stage.space.post("bot-ann", words("did you talk?")).id)

    stage.bar.due = [(START + timedelta(days=1), "the check-in", check_in)]
    assert (await ann.ok("time"))["next"] == {"at": "2026-11-12T16:00:00+00:00", "says": "the check-in"}
    jumped = await ann.ok("jump", until="2026-11-13T17:00:00+01:00")
    [line] = jumped["happened"]
    assert (line["says"], line["user"], line["conversation"]) == ("HeadsUp asked Ann", "ann", "bot-ann")
    assert [item["news"] for item in ann.news] == ["passing", "passing", "message", "time"]
    assert ann.news[-1]["time"] == {"now": "2026-11-13T16:00:00+00:00", "next": None}


async def test_a_picture_is_served_by_its_place_in_the_message(stage: Stage, local: LocalPlatform) -> None:
    message = stage.space.post("bot-ann", View((Picture(PNG, "a chart"),)))
    async with browser(local) as session:
        async with session.get(f"/picture/{message.id}/0") as response:
            assert (await response.read(), response.content_type) == (PNG, "image/png")
        for path in (f"/picture/{message.id}/1", "/picture/nothing/0"):
            async with session.get(path) as response:
                assert response.status == 404


async def test_a_file_is_saved_by_its_reader_alone_and_never_shown(stage: Stage, local: LocalPlatform) -> None:
    view = View((File("my data é.json", b"{}", "application/json"),))
    letter, reply = stage.space.post("bot-ann", view), stage.space.post("channel-welcome", view, only_for="ann")
    async with browser(local) as session:
        for message in (letter, reply):
            async with session.get(f"/file/{message.id}/0?as=ann") as response:
                assert (await response.read(), response.content_type) == (b"{}", "application/json")
                assert response.headers["Content-Disposition"].startswith("attachment; filename")
                assert response.headers["X-Content-Type-Options"] == "nosniff"
            for who in ("?as=olu", "?as=nobody", ""):
                async with session.get(f"/file/{message.id}/0{who}") as response:
                    assert response.status == 404
        stage.space.remove(letter.id)
        async with session.get(f"/file/{letter.id}/0?as=ann") as response:
            assert response.status == 404


async def test_a_restart_keeps_session_port_and_messages(tmp_path: Path) -> None:
    file = tmp_path / "space.sqlite3"
    stage = Stage(file)
    stage.space.join("Ann", user="ann")
    stage.space.post("bot-ann", words("before"))
    async with stage.open() as local, browser(local) as session:
        async with tab(session, local) as opened:
            await opened.ok("be", user="ann")
            port = local.port
            await local.close()
            assert (await opened.socket.receive()).type is aiohttp.WSMsgType.CLOSE
        async with Stage(file, first=1000).open(port) as again, tab(session, again) as opened:
            assert again.port == port
            messages = (await opened.ok("open", user="ann", conversation="bot-ann"))["messages"]
            assert [message["view"]["blocks"][0]["text"][0]["text"] for message in messages] == ["before"]


async def test_closing_waits_for_the_answer_that_is_being_given(stage: Stage) -> None:
    stage.script.answers["headsup"], stage.script.gate = Reply(words("a menu")), asyncio.Event()
    use = {"do": "use", "n": 1, "user": "ann", "conversation": "bot-ann", "tree": "headsup", "words": ""}
    async with stage.open() as local, browser(local) as session, tab(session, local) as opened:
        opened.asked = 1
        await opened.socket.send_json(use)
        while not stage.script.heard:
            await opened.ok("time")
        closing = asyncio.create_task(local.close())
        await opened.ok("time")
        assert not closing.done()
        stage.script.gate.set()
        assert (await opened.answer(1))["ok"] == {"ask": None, "errors": {}}
        await closing
    assert stage.space.history("bot-ann", "ann")[-1].view == words("a menu")
