"""Whom one would rather not meet: always the same answer, held against names of today and tomorrow."""

import pytest

from bot.chat.form import Form, ShortText
from bot.chat.inbound import Pressed
from bot.chat.view import View
from bot.pairing.actions import RatherNot
from tests.acting import Somebody, buttons
from tests.blocks.people import MONDAY, forbidden, id_of, network, pairs, people, to
from tests.members.people import settled, somebody

TYPED = ["Tom", "Tom Reed", "Nobody Atall", "@tom", "test:here:tom", "Ruth", "   x  ", "Mr"]


async def test_the_answer_is_the_same_whoever_exists() -> None:
    answers: list[View | None] = []
    for typed in TYPED:
        here = network()
        ruth = people(here)["Ruth"]
        await ruth.use(f"block {typed}")
        answers.append(ruth.view)
        await ruth.use("block")
        assert isinstance(ruth.asked, Form)
        await ruth.fill(whom=typed)
        answers.append(ruth.view)
        assert here.letters() == [], "and nobody hears of it"
    assert len({repr(view) for view in answers}) == 1
    assert ruth.says == "Noted."


async def test_who_is_there_is_never_introduced() -> None:
    here = network()
    ruth, *_ = people(here, "Ruth Cole", "Tom Reed", "Tom Webb").values()
    await ruth.use("block tom")
    assert forbidden(here) == {frozenset({"Ruth Cole", "Tom Reed"}), frozenset({"Ruth Cole", "Tom Webb"})}
    await here.strike("introductions", MONDAY)
    assert pairs(here) == {frozenset({"Tom Reed", "Tom Webb"})}


@pytest.mark.parametrize("typed", ["Gwen", "gwen hughes", "@ghughes7"])
async def test_a_short_form_or_a_handle_means_her_too(typed: str) -> None:
    here = network()
    ruth, *_ = people(here, "Ruth Cole", "Gwendolyn Hughes", "Tom Reed").values()
    await ruth.use(f"block {typed}")
    assert forbidden(here) == {frozenset({"Ruth Cole", "Gwendolyn Hughes"})}


@pytest.mark.parametrize("part", ["A first name", "A surname", "Both"])
async def test_whatever_the_form_says_is_enough(part: str) -> None:
    here = network()
    ruth, gwen = people(here, "Ruth Cole", "Gwen Hughes").values()
    await ruth.use("block")
    assert isinstance(ruth.asked, Form)
    (field,) = ruth.asked.fields
    assert isinstance(field, ShortText)
    assert part.casefold() in field.hint.casefold()
    await ruth.fill(whom={"A first name": "Gwen", "A surname": "Hughes", "Both": gwen.name}[part])
    assert forbidden(here) == {frozenset({"Ruth Cole", "Gwen Hughes"})}


async def test_one_cannot_block_oneself() -> None:
    here = network()
    ruth, _ = people(here, "Ruth Cole", "Tom Reed").values()
    await ruth.use("block Ruth Cole")
    assert forbidden(here) == set()


async def rename(person: Somebody, name: str) -> None:
    await person.use("profile")
    await person.press("Change this")
    await person.fill(name=name)


async def test_who_comes_later_or_is_called_so_later_is_not_introduced_either() -> None:
    here = network()
    ruth, gwen = people(here, "Ruth Cole", "Gwen Pugh").values()
    await ruth.use("block Tom Reed")
    await rename(ruth, "Tom Reed")
    await rename(ruth, "Ruth Cole")
    await rename(gwen, "Gwen Marsh")
    assert forbidden(here) == set(), "nobody whom one does not mean, nor oneself"
    await rename(gwen, "Tom Reed-Pugh")
    assert forbidden(here) == {frozenset({"Ruth Cole", "Tom Reed-Pugh"})}
    await rename(gwen, "Gwen Pugh")
    assert forbidden(here) == {frozenset({"Ruth Cole", "Gwen Pugh"})}, "another name undoes nothing"
    tom = somebody(here, "Tom Reed")
    await tom.use("start")
    await tom.fill(role="Coach or associate")
    assert frozenset({"Ruth Cole", "Tom Reed"}) in forbidden(here)


async def test_this_weeks_partner_hears_only_what_a_pause_would_say() -> None:
    said = []
    for words in ("block Tom", "pause"):
        here = network()
        ruth, tom = people(here, "Ruth Cole", "Tom Reed").values()
        await here.strike("introductions", MONDAY)
        await ruth.use(words)
        if words == "pause":
            await ruth.press("This week")
        assert pairs(here) == set()
        said.append([(one.key, one.view, one.kind) for one in to(here, tom)])
        assert "can’t carry on" in repr(said[-1])
    assert said[0] == said[1]


async def test_by_a_press_and_back() -> None:
    here = network()
    ruth, tom = people(here, "Ruth Cole", "Tom Reed").values()
    await here.strike("introductions", MONDAY)
    await ruth.use("partner")
    (button,) = [one for one in buttons(ruth.view) if one.label == "I’d rather not meet Tom again"]
    assert button.confirm is not None
    await ruth.press(button.label)
    assert ruth.says == "Noted."
    assert forbidden(here) == {frozenset({"Ruth Cole", "Tom Reed"})}
    assert pairs(here) == set()
    assert len(to(here, tom)) == 1
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    await ruth.press("Meet Tom Reed again")
    assert forbidden(here) == set()


async def test_a_forged_press_blocks_nobody() -> None:
    here = network()
    ruth, tom, gwen = people(here, "Ruth Cole", "Tom Reed", "Gwen Pugh").values()
    here.storage.world.members.pop(id_of(gwen))
    await here.strike("introductions", MONDAY)
    (group,) = here.storage.world.introduced.groups.values()
    for action in (RatherNot(group.id, id_of(ruth)), RatherNot(group.id, group.id)):
        reply = await here.receive(Pressed(action.pack()), ruth.account)
        assert repr(reply.view).count("Noted.") == 1, "somebody who is not here any more sounds the same"
    other, nowhere = settled(here, "Una Low"), RatherNot(id_of(tom), id_of(tom))
    for who, action in ((other, RatherNot(group.id, id_of(tom))), (ruth, nowhere)):
        reply = await here.receive(Pressed(action.pack()), who.account)
        assert "no longer in use" in repr(reply.view)
    assert forbidden(here) == set()
    assert pairs(here) != set()


async def test_what_one_typed_is_seen_and_taken_back_word_by_word() -> None:
    here = network()
    ruth, tom, _ = people(here, "Ruth Cole", "Tom Reed", "Gwen Pugh").values()
    for typed in ("Tom", "tom reed", "Tom", "Gwen", "Nobody One", "Nobody Two", "Nobody Three"):
        await ruth.use(f"block {typed}")
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    assert "Meet “Tom” again" in ruth.says
    assert "Tom Reed" not in ruth.says, "whom it means is nobody’s to know"
    assert "Nobody Two" not in ruth.says
    await ruth.press("Meet “Tom” again")
    assert frozenset({"Ruth Cole", "Tom Reed"}) in forbidden(here), "the other words still mean him"
    await ruth.press("Meet “tom reed” again")
    assert forbidden(here) == {frozenset({"Ruth Cole", "Gwen Pugh"})}
    await tom.use("settings")
    await tom.press("Whom I don’t meet")
    assert "There’s nobody" in tom.says


async def test_a_long_list_has_pages() -> None:
    here = network()
    (ruth,) = people(here, "Ruth Cole").values()
    for number in range(9):
        await ruth.use(f"block Nobody Number{number}")
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    for label in ("Whom I named later", "Whom I named later", "Whom I named earlier"):
        await ruth.press(label)
    assert "Number4" in ruth.says
    await ruth.press("Somebody I’d rather not meet")
    assert isinstance(ruth.asked, Form)


@pytest.mark.parametrize("label", ["Meet “Tom” again", "Meet Tom Reed again"])
async def test_nobody_takes_back_what_another_said(label: str) -> None:
    here = network()
    ruth, tom = people(here, "Ruth Cole", "Tom Reed").values()
    await here.strike("introductions", MONDAY)
    await ruth.use("partner")
    await ruth.press("I’d rather not meet Tom again")
    await ruth.use("block Tom")
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    await tom.use("block Nobody Else")
    tom.view = ruth.view
    await tom.press(label)
    assert "Meet “Nobody Else” again" in tom.says
    assert forbidden(here) == {frozenset({"Ruth Cole", "Tom Reed"})}
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    assert {"Meet “Tom” again", "Meet Tom Reed again"} <= {one.label for one in buttons(ruth.view)}


async def test_a_name_tried_out_on_ones_partner_shows_nothing() -> None:
    """Who changes their name to what their partner does not want to meet sees nothing happen."""
    here = network()
    ruth, gwen = people(here, "Ruth Cole", "Gwen Pugh").values()
    await ruth.use("block Tom Reed")
    await here.strike("introductions", MONDAY)
    before = pairs(here)
    assert before
    await gwen.use("profile")
    await gwen.press("Change this")
    await gwen.fill(name="Tom Reed")
    assert len(pairs(here)) == 1
    assert to(here, gwen) == []


async def test_strangers_and_newcomers_are_asked_to_join_first() -> None:
    here = network()
    stranger: Somebody = somebody(here, "Nobody Here")
    await stranger.use("block Tom")
    assert "You haven’t joined yet" in stranger.says
