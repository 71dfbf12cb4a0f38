import asyncio

import pytest

from adapters.space.hands import Hands, NotHere
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.form import Form, ShortText
from bot.chat.inbound import Inbound, Joined, Left, Opened, Pressed, Submitted, Typed, Used
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import View
from tests.adapters.scripted import START, Stage, words

FORM = Form("About you", "save~1", (ShortText("name", "Name"),), "Save")


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def hands(stage: Stage) -> Hands:
    return Hands(stage.space, stage.script)


def said(stage: Stage, conversation: str, reader: Account) -> list[View | str]:
    return [message.view or message.text for message in stage.space.history(conversation, reader.user)]


async def test_every_gesture_is_one_inbound_of_its_own(stage: Stage, hands: Hands) -> None:
    ann = await hands.join("Ann\n")
    await hands.use(ann, Tree.MEMBER, "help now")
    await hands.press(ann, "nothing", "go~1", ("a",))
    await hands.submit(ann, "save~1", {"name": ("Ann",)})
    await hands.leave(ann)
    assert [inbound.what for inbound in stage.script.heard] == [
        Joined("Ann"),
        Used(Tree.MEMBER, "help now"),
        Pressed("go~1", ("a",)),
        Submitted("save~1", {"name": ("Ann",)}),
        Left(),
    ]
    assert {(inbound.account, inbound.at, inbound.name) for inbound in stage.script.heard} == {(ann, START, "Ann")}
    assert len({inbound.key for inbound in stage.script.heard}) == 5


async def test_the_home_page_is_shown_to_who_looks_and_stands_nowhere(stage: Stage, hands: Hands) -> None:
    ann, changes = await hands.join("Ann"), list[object]()
    stage.script.answers["opened"] = page = Reply(words("Your page"))
    stage.space.subscribe(changes.append)
    assert await hands.look(ann) == page
    assert stage.script.heard[-1].what == Opened()
    assert changes == []
    await hands.leave(ann)
    with pytest.raises(NotHere):
        await hands.look(ann)


async def test_what_is_typed_to_the_bot_is_never_passed_on(stage: Stage, hands: Hands) -> None:
    ann = await hands.join("Ann")
    stage.script.answers["typed"] = Reply(words("I am a bot"))
    await hands.say(ann, stage.space.bot_conversation(ann).id, "a-secret")
    assert stage.script.heard[-1].what == Typed()
    assert "a-secret" not in repr(stage.script.heard)
    assert said(stage, stage.space.bot_conversation(ann).id, ann) == ["a-secret", words("I am a bot")]


async def test_what_people_say_among_themselves_the_bot_does_not_hear(stage: Stage, hands: Hands) -> None:
    ann, bob = await hands.join("Ann"), await hands.join("Bob")
    heard = len(stage.script.heard)
    for place in (
        stage.space.circle("pair", (ann, bob)),
        stage.space.direct(ann, bob),
        stage.space.channel("community"),
    ):
        assert await hands.say(ann, place.id, "hello") == NOTHING
        assert said(stage, place.id, bob) == ["hello"]
    assert len(stage.script.heard) == heard


async def test_a_reply_is_private_and_stands_where_the_gesture_was_made(stage: Stage, hands: Hands) -> None:
    ann, bob = await hands.join("Ann"), await hands.join("Bob")
    stage.script.answers["headsup"] = Reply(words("a menu"))
    circle = stage.space.circle("pair", (ann, bob)).id
    await hands.use(ann, Tree.MEMBER, conversation=circle)
    assert said(stage, circle, ann) == [words("a menu")]
    assert said(stage, circle, bob) == []
    await hands.use(ann, Tree.MEMBER)
    assert said(stage, stage.space.bot_conversation(ann).id, ann) == [words("a menu")]


async def test_replace_takes_the_place_of_what_was_pressed_for_all(stage: Stage, hands: Hands) -> None:
    ann, bob = await hands.join("Ann"), await hands.join("Bob")
    circle = stage.space.circle("pair", (ann, bob)).id
    message = stage.space.post(circle, words("did you talk?"))
    stage.script.answers["talked~1"] = Reply(replace=words("thank you"))
    await hands.press(ann, message.id, "talked~1")
    assert said(stage, circle, bob) == [words("thank you")]


async def test_whom_a_reply_mentions_is_known_in_the_message(stage: Stage, hands: Hands) -> None:
    ann, bob = await hands.join("Ann"), await hands.join("Bob")
    message = stage.space.post(stage.space.bot_conversation(ann).id, words("did you talk?"))
    stage.script.answers["talked~1"] = Reply(words("thank you"), replace=words("you talked"), accounts={7: bob})
    await hands.press(ann, message.id, "talked~1")
    shown = stage.space.history(message.conversation, ann.user)
    assert [dict(one.accounts) for one in shown] == [{7: bob}, {7: bob}]


async def test_replace_of_what_a_restart_forgot_is_said_privately(stage: Stage, hands: Hands) -> None:
    ann = await hands.join("Ann")
    stage.script.answers["talked~1"] = Reply(replace=words("thank you"))
    place = stage.space.channel("community").id
    await hands.press(ann, "forgotten", "talked~1", conversation=place)
    assert said(stage, place, ann) == [words("thank you")]
    assert stage.space.history(place) == []


async def test_a_form_comes_back_to_who_pressed_and_its_reply_to_the_message(stage: Stage, hands: Hands) -> None:
    ann = await hands.join("Ann")
    message = stage.space.post(stage.space.bot_conversation(ann).id, words("shall we?"))
    stage.script.answers["open~1"] = Reply(ask=FORM)
    stage.script.answers["save~1"] = Reply(errors={"name": "Please."})
    assert (await hands.press(ann, message.id, "open~1")).ask == FORM
    assert (await hands.submit(ann, "save~1", {"name": ()}, message.id)).errors == {"name": "Please."}
    stage.script.answers["save~1"] = Reply(replace=words("saved"))
    await hands.submit(ann, "save~1", {"name": ("Ann",)}, message.id)
    assert said(stage, message.conversation, ann) == [words("saved")]


async def test_who_has_left_can_do_nothing(stage: Stage, hands: Hands) -> None:
    ann = await hands.join("Ann")
    await hands.leave(ann)
    heard = len(stage.script.heard)
    for who in (ann, Account("local", "space", "nobody")):
        with pytest.raises(NotHere):
            await hands.use(who, Tree.MEMBER)
        with pytest.raises(NotHere):
            await hands.say(who, stage.space.channel("community").id, "hello")
    assert len(stage.script.heard) == heard


async def test_settled_waits_for_the_reply(stage: Stage) -> None:
    slow = asyncio.Event()

    async def door(inbound: Inbound) -> Reply:
        await slow.wait()
        return NOTHING

    hands = Hands(stage.space, door)
    ann = stage.space.join("Ann")
    using = asyncio.create_task(hands.use(ann, Tree.MEMBER))
    await asyncio.sleep(0)
    settling = asyncio.create_task(hands.settled())
    await asyncio.sleep(0)
    assert not settling.done()
    slow.set()
    await settling
    await using
