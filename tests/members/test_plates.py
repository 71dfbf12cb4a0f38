"""What each plate contributes: samples of all it shows, words for its commands, actions that can be read for years."""

import pytest

from bot.chat.action import Actions
from bot.chat.form import Form
from bot.chat.view import View, words_of_view
from bot.core.directory import Directory, label, says
from bot.core.feature import Feature
from tests.members.people import rooms

ROOMS = rooms()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_sample_can_be_read(room: Feature) -> None:
    assert room.samples is not None
    samples = room.samples()
    assert len({sample.name for sample in samples}) == len(samples)
    for sample in samples:
        said = words_of_view(sample.shows) if isinstance(sample.shows, View) else sample.shows.title
        assert said.strip()
        assert "!" not in said


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_command_is_explained_in_a_line_and_the_members_own_are_on_the_menu(room: Feature) -> None:
    table = {command.word: command for command in Directory([room]).table()}
    for answers in room.commands:
        assert says(room, answers).endswith(".")
        assert len(says(room, answers)) <= 100, "a platform shows a hundred characters"
        assert label(room, answers) or table[answers.word].takes


def test_actions_are_called_by_their_room_and_come_back_as_they_went() -> None:
    for room in ROOMS:
        assert all(on.action.wire.startswith(f"{room.name}.") for on in room.actions)
    actions = Directory(ROOMS).actions
    shown = [sample.shows for room in ROOMS if room.samples for sample in room.samples()]
    packed = [form.action for form in shown if isinstance(form, Form)]
    assert isinstance(actions, Actions)
    assert [actions.read(one).pack() for one in packed] == packed
    assert len(packed) >= 6
