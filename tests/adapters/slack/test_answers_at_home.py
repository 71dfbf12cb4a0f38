"""What somebody does from their App Home changes what stands there: it is shown anew, after the answer."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.chat.form import Form, ShortText
from bot.chat.inbound import Inbound, Opened
from bot.chat.outbound import NOTHING, Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Paragraph, View
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.faults import Wrong
from tests.slack.person import Person

FORM = Form("Until when?", "until~1", (ShortText("day", "Which day"),), "Pause")


def page(*labels: str) -> Reply:
    return Reply(View(tuple(Buttons((Button(label, f"{label.lower()}~1"),)) for label in labels)))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        opened.slack.person("Tom Reed")
        await opened.start()
        yield opened


@pytest.fixture
async def tom(stage: Stage) -> Person:
    """Whose home page offers a pause."""
    account = next(one for one in stage.slack.workspace.accounts.values() if one.name == "Tom Reed")
    looking = Person(account, stage.slack)
    stage.script.answers["opened"] = page("Pause", "Until")
    await looking.opens_home()
    await stage.settled()
    return looking


def looks(stage: Stage) -> list[Inbound]:
    return [one for one in stage.script.heard if one.what == Opened()]


def is_back_offered(stage: Stage) -> Reply:
    """From now on the home page says so."""
    stage.script.answers["opened"] = page("Back")
    return Reply(words("Of course."))


async def test_a_press_there_is_answered_and_the_page_shows_what_it_changed(stage: Stage, tom: Person) -> None:
    stage.script.answers["pause~1"] = lambda inbound: is_back_offered(stage)
    await tom.press("Pause")
    await stage.settled()
    assert tom.modal
    assert "Of course." in tom.modal.shown
    assert tom.home
    assert "Back" in tom.home.shown
    assert "Pause" not in tom.home.shown
    opened, renewed = looks(stage)
    assert renewed.account == opened.account
    assert renewed.key != opened.key
    assert renewed.name == "Tom Reed"


async def test_a_form_opened_there_changes_the_page_when_it_is_sent_but_not_when_it_comes_back(
    stage: Stage, tom: Person
) -> None:
    stage.script.answers["until~1"] = Reply(ask=FORM)
    await tom.press("Until")
    await stage.settled()
    before = len(looks(stage))
    stage.script.answers["until~1"] = Reply(errors={"day": "Which one?"})
    await tom.submit({"Which day": "x"})
    await stage.settled()
    assert len(looks(stage)) == before
    stage.script.answers["until~1"] = lambda inbound: is_back_offered(stage)
    await tom.submit({"Which day": "Monday"})
    await stage.settled()
    assert tom.modal
    assert "Of course." in tom.modal.shown
    assert tom.home
    assert "Back" in tom.home.shown


async def test_a_button_on_the_answer_changes_the_page_too(stage: Stage, tom: Person) -> None:
    stage.script.answers["pause~1"] = page("Week")
    stage.script.answers["week~1"] = lambda inbound: is_back_offered(stage)
    await tom.press("Pause")
    await stage.settled()
    await tom.press("Week")
    await stage.settled()
    assert tom.home
    assert "Back" in tom.home.shown


async def test_the_answer_waits_for_no_page(stage: Stage, tom: Person) -> None:
    def sent(inbound: Inbound) -> Reply:
        stage.script.gate = asyncio.Event()
        return is_back_offered(stage)

    stage.script.answers |= {"until~1": Reply(ask=FORM)}
    await tom.press("Until")
    await stage.settled()
    stage.script.answers["until~1"] = sent
    delivery = await tom.submit({"Which day": "Monday"})
    assert delivery.acked
    assert tom.modal
    assert "Of course." in tom.modal.shown
    assert tom.home
    assert "Pause" in tom.home.shown
    assert stage.script.gate
    stage.script.gate.set()
    await stage.settled()
    assert "Back" in tom.home.shown


async def test_of_many_presses_the_page_shows_the_last(stage: Stage, tom: Person) -> None:
    """However long the first page took to be looked up or published."""
    stage.script.answers["pause~1"] = Reply(words("Of course."))
    stage.slack.faults.plant("views.publish", Wrong.SLOW, seconds=20)
    await tom.press("Pause")
    await stage.slack.until(lambda: len(looks(stage)) == 2)
    await tom.closes()
    stage.script.answers["until~1"] = lambda inbound: is_back_offered(stage)
    await tom.press("Until")
    await stage.passes(lambda: tom.home and "Back" in tom.home.shown)
    await stage.settled()
    assert tom.home
    assert "Back" in tom.home.shown
    assert len(looks(stage)) == 3


async def test_nothing_is_published_for_whom_the_bot_says_nothing_and_a_failure_leaves_the_answer(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    published = len(stage.slack.called("views.publish"))
    stage.script.answers |= {"pause~1": Reply(words("Of course.")), "opened": NOTHING}
    await tom.press("Pause")
    await stage.settled()
    assert len(stage.slack.called("views.publish")) == published
    await tom.closes()
    stage.script.answers["opened"] = Reply(View((Paragraph(plain("private words")),)))
    stage.slack.faults.plant("views.publish", Wrong.ERROR, error="not_enabled")
    await tom.press("Pause")
    await stage.settled()
    assert tom.modal
    assert "Of course." in tom.modal.shown
    assert "not_enabled" in caplog.text
    assert "private" not in caplog.text


async def test_what_is_done_elsewhere_publishes_no_page(stage: Stage, tom: Person) -> None:
    stage.script.answers |= {"headsup pause": Reply(ask=FORM), "until~1": Reply(words("Of course."))}
    await tom.types("/headsup pause")
    await stage.settled()
    await tom.submit({"Which day": "Monday"})
    await stage.settled()
    assert len(looks(stage)) == 1
