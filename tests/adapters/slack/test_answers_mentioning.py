"""Whom an answer mentions is drawn as Slack draws people, wherever the answer is shown; who is elsewhere is a name."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.chat.address import Account
from bot.chat.form import Form, ShortText
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.text import Mention, plain
from bot.chat.view import Button, Buttons, Fact, Facts, Note, Paragraph, View
from tests.adapters.slack.stage import Stage, staged
from tests.slack.faults import Wrong
from tests.slack.model import Message
from tests.slack.model import View as Screen
from tests.slack.person import Person
from tests.slack.reading import pings

ANN, CYN, DAI = Mention(Id(1), "Ann Bell"), Mention(Id(2), "Cyn Elsewhere"), Mention(Id(3), "Dai OnDiscord")
NAMED = View((Paragraph((*plain("You meet "), ANN)), Note((CYN,)), Facts((Fact("And", (DAI,)),))))
ASKS = View((Buttons((Button("Who", "who~1"),)),))
FORM = Form("Who", "who~1", (ShortText("name", "Your name"),), "Send")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        await opened.start()
        yield opened


@pytest.fixture
def ann(stage: Stage) -> Person:
    return stage.slack.person("Ann Bell")


@pytest.fixture
def tom(stage: Stage) -> Person:
    return stage.slack.person("Tom Reed")


async def types(stage: Stage, tom: Person) -> Message | Screen | None:
    await tom.types("/headsup partner")
    return tom.sees()[-1]


async def writes(stage: Stage, tom: Person) -> Message | Screen | None:
    await tom.types("hello")
    await stage.settled()
    return tom.sees()[-1]


async def presses(stage: Stage, tom: Person) -> Message | Screen | None:
    await stage.platform.deliver(stage.parcel(tom, ASKS))
    await tom.press("Who")
    await stage.settled()
    return tom.sees()[-1]


async def presses_without_an_answer_by_its_url(stage: Stage, tom: Person) -> Message | Screen | None:
    stage.slack.faults.plant("response_url", Wrong.STATUS, status=404, times=None)
    return await presses(stage, tom)


async def opens_home(stage: Stage, tom: Person) -> Message | Screen | None:
    await tom.opens_home()
    await stage.settled()
    return tom.home


async def presses_on_home(stage: Stage, tom: Person) -> Message | Screen | None:
    named, stage.script.answers["opened"] = stage.script.answers["opened"], Reply(ASKS)
    await opens_home(stage, tom)
    stage.script.answers["opened"] = named
    await tom.press("Who")
    await stage.settled()
    assert tom.home
    assert "You meet" in tom.home.shown
    return tom.modal


async def sends_a_form(stage: Stage, tom: Person) -> Message | Screen | None:
    await tom.types("/headsup start")
    await stage.settled()
    await tom.submit({"Your name": "Tom"})
    return tom.modal


async def chooses_from_the_menu_too_late(stage: Stage, tom: Person) -> Message | Screen | None:
    stage.slack.faults.plant("views.open", Wrong.ERROR, error="expired_trigger_id")
    await tom.shortcut("headsup partner")
    await stage.settled()
    return tom.sees()[-1]


@pytest.mark.parametrize(
    "does",
    [
        types,
        writes,
        presses,
        presses_without_an_answer_by_its_url,
        opens_home,
        presses_on_home,
        sends_a_form,
        chooses_from_the_menu_too_late,
    ],
)
@pytest.mark.parametrize("part", ["view", "replace"])
async def test_who_is_here_can_be_pressed_and_nobody_else(
    stage: Stage,
    ann: Person,
    tom: Person,
    part: str,
    does: Callable[[Stage, Person], Awaitable[Message | Screen | None]],
) -> None:
    elsewhere, discord = Account("slack", "T0OTHER", "U000000099"), Account("discord", "31", "1017")
    named = Reply(**{part: NAMED}, accounts={1: stage.account(ann), 2: elsewhere, 3: discord})  # type: ignore[arg-type]
    stage.script.answers |= {"headsup partner": named, "typed": named, "who~1": named, "opened": named}
    stage.script.answers["headsup start"] = Reply(ask=FORM)
    if does in (opens_home, presses_on_home):
        stage.script.answers["opened"] = Reply(NAMED, accounts=named.accounts)
    shown = await does(stage, tom)
    assert shown
    assert pings(shown) == {ann.id}
    assert "Cyn Elsewhere" in shown.shown
    assert "Dai OnDiscord" in shown.shown
    assert tom.troubles == []
