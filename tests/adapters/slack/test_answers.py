"""What somebody does in Slack is answered there: for their eyes alone, on the screen, or in their messages."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.slack.answers import AT_ONCE
from adapters.slack.render import draw_view
from bot.chat.command import Tree
from bot.chat.form import Form, LongText, Search, ShortText
from bot.chat.inbound import Inbound, Opened, Pressed, Submitted, Typed, Who
from bot.chat.outbound import Receipt, Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Option, Paragraph, Select, View
from bot.core.feature import Run
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.faults import Wrong
from tests.slack.model import Channel
from tests.slack.person import Person

GO = View((Paragraph(plain("Did you talk?")), Buttons((Button("We talked", "talked~1"),))))
FORM = Form("About you", "who~1", (ShortText("name", "Your name"), LongText("about", "More", required=False)), "Send")
SEARCH = Search("Find a school", "find~1", "Its name", "Look")
FOUND = View((Select("Which one?", "choose~1", (Option("7", "Oakfield"),)),), "Schools")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        opened.slack.person("Tom Reed")
        await opened.start()
        yield opened


@pytest.fixture
def tom(stage: Stage) -> Person:
    account = next(one for one in stage.slack.workspace.accounts.values() if one.name == "Tom Reed")
    return Person(account, stage.slack)


@pytest.fixture
def staff(stage: Stage, tom: Person) -> Channel:
    return stage.slack.channel("staff", tom, stage.slack.person("Eva Lund"))


async def posted(stage: Stage, tom: Person, view: View = GO) -> Receipt:
    outcome = await stage.platform.deliver(stage.parcel(tom, view))
    receipt: Receipt = outcome.receipt  # type: ignore[union-attr]
    return receipt


async def test_a_command_is_answered_in_its_acknowledgement_for_who_typed_it(
    stage: Stage, tom: Person, staff: Channel
) -> None:
    stage.script.answers["headsup pause"] = Reply(words("Of course."))
    sent = await tom.types("/headsup pause", staff)
    assert sent
    assert sent.reply["response_type"] == "ephemeral"
    assert tom.draws(staff) == ["Of course."]
    assert staff.messages[0].reader == tom.id
    assert stage.slack.called("chat.postMessage") == []
    assert stage.script.heard[0].name == "Tom Reed"


async def test_a_command_opens_a_form_and_the_form_answers_on_the_screen(stage: Stage, tom: Person) -> None:
    stage.script.answers["headsup start"] = Reply(ask=FORM)
    stage.script.answers["who~1"] = Reply(words("Welcome, Tom."))
    await tom.types("/headsup start")
    await stage.settled()
    assert tom.modal
    assert tom.modal.title == "About you"
    await tom.submit({"Your name": "Tom Reed"})
    assert stage.script.heard[-1].what == Submitted("who~1", {"name": ("Tom Reed",), "about": ()})
    assert tom.modal
    assert "Welcome, Tom." in tom.modal.shown
    assert tom.troubles == []


async def test_a_form_opens_however_many_messages_wait_to_be_repainted(stage: Stage, tom: Person) -> None:
    """Its trigger lives three seconds; the others can wait."""
    await posted(stage, tom)
    stage.script.answers |= {"talked~1": Reply(replace=GO), "headsup start": Reply(ask=FORM)}
    stage.slack.faults.plant("response_url", Wrong.SLOW, seconds=20, times=None)
    for _ in range(AT_ONCE):
        await tom.press("We talked")
    await tom.types("/headsup start")
    await stage.slack.until(lambda: tom.modal)
    assert tom.modal
    assert tom.modal.title == "About you"
    stage.clock.advance(timedelta(seconds=20))
    await stage.settled()


async def test_a_form_comes_back_with_a_sentence_for_each_field_and_can_be_corrected(stage: Stage, tom: Person) -> None:
    stage.script.answers["headsup start"] = Reply(ask=FORM)
    stage.script.answers["who~1"] = Reply(errors={"name": "Please give a name."})
    await tom.types("/headsup start")
    await stage.settled()
    await tom.submit({"Your name": "x"})
    assert tom.modal
    assert tom.modal.errors == {"name": "Please give a name."}
    await tom.submit({"Your name": "Tom Reed"})
    first, second = stage.script.heard[1:]
    assert first.key != second.key, "or the corrected form would be taken for the first"
    stage.script.answers["who~1"] = Reply()
    await tom.submit()
    assert tom.modal is None, "nothing to say: it closes"


async def test_a_search_is_answered_by_a_choice_on_the_same_screen(stage: Stage, tom: Person) -> None:
    stage.script.answers |= {"headsup school": Reply(ask=SEARCH), "find~1": Reply(FOUND)}
    stage.script.answers["choose~1"] = Reply(words("Oakfield it is."))
    await tom.types("/headsup school")
    await stage.settled()
    await tom.submit({"Its name": "oak"})
    assert tom.modal
    assert tom.modal.title == "Schools"
    await tom.press("Which one?", "Oakfield")
    await stage.settled()
    assert stage.script.heard[-1].what == Pressed("choose~1", ("7",))
    assert "Oakfield it is." in tom.modal.shown
    assert len(tom.modals) == 1


async def test_a_press_that_asks_is_answered_in_the_message_that_was_pressed(stage: Stage, tom: Person) -> None:
    receipt = await posted(stage, tom)
    stage.script.answers["talked~1"] = Reply(ask=FORM)
    stage.script.answers["who~1"] = Reply(replace=words("You talked. Thank you."))
    await tom.press("We talked")
    await stage.settled()
    await tom.submit({"Your name": "Tom"})
    await stage.settled()
    assert tom.modal is None
    assert tom.draws() == ["You talked. Thank you."]
    assert tom.sees()[0].ts == receipt.message


async def test_what_was_pressed_is_replaced_even_when_its_response_url_is_used_up(stage: Stage, tom: Person) -> None:
    await posted(stage, tom)
    stage.slack.faults.plant("response_url", Wrong.STATUS, status=404, times=None)
    stage.script.answers["talked~1"] = Reply(words("Thank you."), words("You talked."))
    await tom.press("We talked")
    await stage.settled()
    assert tom.draws() == ["You talked.", "Thank you."]
    assert [message.reader for message in tom.sees()] == [None, tom.id]


async def test_a_reply_that_may_have_been_shown_is_not_shown_another_way(stage: Stage, tom: Person) -> None:
    await posted(stage, tom)
    stage.slack.faults.plant("response_url", Wrong.REPLY_LOST)
    stage.script.answers["talked~1"] = Reply(words("Thank you."))
    await tom.press("We talked")
    await stage.settled()
    assert tom.draws()[1:] == ["Thank you."]


async def test_an_ephemeral_message_is_replaced_where_it_stands(stage: Stage, tom: Person) -> None:
    stage.script.answers["headsup checkin"] = Reply(GO)
    stage.script.answers["talked~1"] = Reply(replace=words("You talked."))
    await tom.types("/headsup checkin")
    await tom.press("We talked")
    await stage.settled()
    assert tom.draws() == ["You talked."]
    assert tom.sees()[0].reader == tom.id


async def test_who_comes_too_late_for_a_form_gets_a_button_that_opens_it(stage: Stage, tom: Person) -> None:
    stage.script.answers["headsup start"] = Reply(ask=FORM)
    stage.slack.faults.plant("views.open", Wrong.ERROR, error="expired_trigger_id")
    await tom.types("/headsup start")
    await stage.settled()
    again = Run(Tree.MEMBER, "start").pack()
    stage.script.answers[again] = Reply(ask=FORM)
    await tom.press("About you")
    await stage.settled()
    assert stage.script.heard[-1].what == Pressed(again)
    assert tom.modal


async def test_who_asks_for_help_from_a_menu_hears_it_even_when_no_screen_can_be_opened(
    stage: Stage, tom: Person
) -> None:
    stage.script.answers["helpnow"] = Reply(words("Samaritans 116 123"))
    stage.slack.faults.plant("views.open", Wrong.ERROR, error="expired_trigger_id", times=2)
    await tom.shortcut("helpnow")
    await stage.settled()
    assert tom.draws() == ["Samaritans 116 123"]
    stage.script.answers |= {"headsup pause": Reply(ask=FORM), Run(Tree.MEMBER, "pause").pack(): Reply(ask=FORM)}
    await tom.shortcut("headsup pause")
    await stage.settled()
    await tom.press("About you")
    await stage.settled()
    assert tom.modal


async def test_what_was_pressed_in_a_modal_that_was_closed_meanwhile_is_answered_in_their_messages(
    stage: Stage, tom: Person
) -> None:
    stage.script.answers |= {"headsup school": Reply(ask=SEARCH), "find~1": Reply(FOUND)}
    stage.script.answers["choose~1"] = Reply(words("Oakfield it is."))
    await tom.types("/headsup school")
    await stage.settled()
    await tom.submit({"Its name": "oak"})
    stage.script.gate = asyncio.Event()
    pressed = await tom.press("Which one?", "Oakfield", wait=False)
    await tom.closes()
    stage.script.gate.set()
    await pressed.settle()
    await stage.settled()
    assert tom.draws() == ["Oakfield it is."]


async def test_an_answer_where_the_app_may_not_speak_comes_in_their_messages(stage: Stage, tom: Person) -> None:
    lobby = stage.slack.channel("lobby", tom, app=False)
    stage.script.answers["headsup pause"] = Reply(ask=FORM)
    stage.slack.faults.plant("views.open", Wrong.ERROR, error="expired_trigger_id")
    stage.slack.faults.plant("response_url", Wrong.STATUS, status=404)
    await tom.types("/headsup pause", lobby)
    await stage.settled()
    assert tom.draws(lobby) == []
    assert tom.draws() == ["About you"]


async def test_what_is_typed_is_answered_in_the_same_messages_and_once(stage: Stage, tom: Person) -> None:
    stage.script.answers["typed"] = Reply(words("Nobody reads what is written here."))
    sent = await tom.says("private words")
    await stage.settled()
    assert tom.draws() == ["private words", "Nobody reads what is written here."]
    assert stage.script.heard[-1].what == Typed()
    assert sent
    await stage.platform.hear(sent.payload)
    await stage.settled()
    assert len(tom.sees()) == 2, "the same event again"


async def test_an_answer_that_slack_asks_to_wait_for_comes_when_it_may(stage: Stage, tom: Person) -> None:
    """While a round goes out the workspace may be full; who types to the bot may be somebody who needs help."""
    stage.script.answers["typed"] = Reply(words("Samaritans 116 123"))
    stage.slack.faults.plant("chat.postMessage", Wrong.LIMITED, seconds=30, times=2)
    since = stage.clock.now()
    await tom.says("private words")
    await stage.passes(lambda: len(tom.sees()) == 2)
    assert tom.draws()[-1] == "Samaritans 116 123"
    assert stage.clock.now() - since >= timedelta(seconds=60)


async def test_home_shows_what_it_is_answered_and_answers_on_the_screen(stage: Stage, tom: Person) -> None:
    await tom.opens_home()
    await stage.settled()
    assert not tom.home, "without an answer it stays as it was"
    stage.script.answers["opened"] = Reply(View((Buttons((Button("Pause", "pause~1"),)),)))
    await tom.opens_home()
    await stage.settled()
    assert tom.home
    assert stage.script.heard[-1].what == Opened()
    stage.script.answers["pause~1"] = Reply(words("Of course."))
    await tom.press("Pause")
    await stage.settled()
    assert tom.modal
    assert "Of course." in tom.modal.shown
    heard = len(stage.script.heard)
    await tom.opens_home("messages")
    assert len(stage.script.heard) == heard


async def test_a_shortcut_is_answered_on_the_screen(stage: Stage, tom: Person) -> None:
    stage.script.answers["helpnow"] = Reply(words("Samaritans 116 123"))
    await tom.shortcut("helpnow")
    await stage.settled()
    assert tom.modal
    assert "Samaritans" in tom.modal.shown
    stage.script.answers["headsup pause"] = Reply(ask=FORM)
    await tom.shortcut("headsup pause")
    await stage.settled()
    assert tom.modal.title == "About you"


async def test_guests_and_people_from_elsewhere_come_in_as_guests(stage: Stage, tom: Person, staff: Channel) -> None:
    gil, eve = stage.slack.person("Gil Guest", guest=True), stage.slack.person("Eve Else", external=True)
    staff.members += [gil.id, eve.id]
    await stage.platform.deliver(stage.parcel(tom, GO))
    message = tom.sees()[0]
    await gil.command("/headsup", "start", staff)
    await eve.forges(message, {"type": "button", "action_id": "0.0:start~1", "block_id": "b"})
    assert [one.who for one in stage.script.heard] == [Who.GUEST, Who.GUEST]
    assert [one.account.workspace for one in stage.script.heard if one.account] == ["T0NETWORK", "T0ELSEWHERE"]


async def test_somebody_from_elsewhere_presses_a_private_answer_as_a_guest_and_is_answered(
    stage: Stage, tom: Person, staff: Channel
) -> None:
    eve = stage.slack.person("Eve Else", external=True)
    staff.members.append(eve.id)
    calls = stage.platform.calls
    await calls("chat.postEphemeral", channel=staff.id, user=eve.id, **draw_view(GO, {}))
    stage.script.answers["talked~1"] = Reply(words("HeadsUp is for members of this workspace."))
    await eve.press("We talked")
    await stage.settled()
    assert [one.who for one in stage.script.heard] == [Who.GUEST]
    assert eve.draws(staff)[1:] == ["HeadsUp is for members of this workspace."]


async def test_a_workspace_that_is_not_served_is_acknowledged_and_not_heard(stage: Stage) -> None:
    elsewhere = stage.slack.person("Una Unserved", team="T0OTHER")
    sent = await elsewhere.shortcut("helpnow")
    assert sent.acked
    assert stage.script.heard == []


async def test_a_form_whose_answer_comes_too_late_to_be_acknowledged_is_answered_on_the_screen_all_the_same(
    stage: Stage, tom: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.platform.LATE", -1.0)
    stage.script.answers |= {"headsup start": Reply(ask=FORM), "who~1": Reply(words("Welcome, Tom."))}
    await tom.types("/headsup start")
    await stage.settled()
    stage.script.gate = asyncio.Event()
    sent = await tom.submit({"Your name": "Tom Reed"}, wait=False)
    await stage.slack.until(lambda: len(stage.script.heard) == 2)
    stage.clock.advance(timedelta(seconds=4))
    await stage.slack.until(lambda: tom.troubles)
    stage.script.gate.set()
    await stage.slack.until(lambda: tom.modal and "Welcome, Tom." in tom.modal.shown)
    assert not sent.acked


async def test_what_is_kept_is_kept_before_slack_hears_of_it(stage: Stage, tom: Person) -> None:
    acknowledged: list[bool] = []

    def kept(inbound: Inbound) -> Reply:
        acknowledged.append(any(one.acked for one in stage.slack.outlet.deliveries[-1:]))
        return Reply()

    stage.script.answers |= {"headsup pause": kept, "typed": kept}
    await tom.types("/headsup pause")
    await tom.says("hello")
    assert acknowledged == [False, False]


async def test_a_bot_that_fails_is_acknowledged_all_the_same(stage: Stage, tom: Person) -> None:
    def broken(inbound: Inbound) -> Reply:
        raise RuntimeError("private words")

    stage.script.answers["headsup pause"] = broken
    sent = await tom.types("/headsup pause")
    assert sent
    assert sent.acked
