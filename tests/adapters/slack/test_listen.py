"""What Slack says -> what came in: with the payloads of a Slack, and with whatever else somebody might send."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given

from adapters.slack.listen import is_echo, listen
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined, Left, Pressed, Submitted, Typed, Used, Who
from scheduler.clocks import SystemClock
from tests.adapters.slack.bending import ANYTHING, HOST, TALKED, command, form, happened, message, press, typed
from tests.slack import payloads
from tests.slack.conftest import MONDAY
from tests.slack.model import Json, Team, View
from tests.slack.person import Person
from tests.slack.server import ELSEWHERE, TEAM, SlackServer

SERVED = (TEAM.id,)


def heard(payload: Json) -> Inbound:
    inbound = listen(payload, MONDAY, SERVED)
    assert inbound
    return inbound


@pytest.fixture
def tom(slack: SlackServer) -> Person:
    return slack.person("Tom Reed")


def test_a_command_comes_in_with_its_words(tom: Person) -> None:
    inbound = heard(command(tom))
    assert inbound.what == Used(Tree.MEMBER, "pause this week")
    assert inbound.account == Account("slack", TEAM.id, tom.id)
    assert (inbound.at, inbound.name, inbound.who) == (MONDAY, "tom.reed", Who.PERSON)
    assert heard(command(tom, "/headsup-organise", "")).what == Used(Tree.ORGANISER)
    assert heard(command(tom, "/helpnow", "")).what == Used(Tree.HELP_NOW)
    assert listen(command(tom, "/somebody-elses"), MONDAY, SERVED) is None


def test_a_press_and_a_choice_come_in_with_what_they_mean(slack: SlackServer, tom: Person) -> None:
    assert heard(press(slack, tom)).what == Pressed("talked~1")
    option = {"text": {"type": "plain_text", "text": "This week"}, "value": "=w"}
    select = {"type": "static_select", "action_id": "3:pause~1", "selected_option": option}
    assert heard(press(slack, tom, select)).what == Pressed("pause~1", ("w",))
    home = View("V1", tom.id, {"type": "home", "blocks": []}, "h", "V1")
    at_home = payloads.on_view(slack.workspace, tom.account, home, TALKED | {"action_ts": "1.5"})
    assert heard(at_home).what == Pressed("talked~1")


def test_a_form_comes_in_with_what_was_filled_in(slack: SlackServer, tom: Person) -> None:
    sent = payloads.submission(slack.workspace, tom.account, form(slack, tom))
    assert heard(sent).what == Submitted("say-who~1", {"name": ("Tom Reed",)})


def test_a_shortcut_is_a_command(slack: SlackServer, tom: Person) -> None:
    assert heard(payloads.shortcut(slack.workspace, tom.account, "headsup pause")).what == Used(Tree.MEMBER, "pause")
    assert heard(payloads.shortcut(slack.workspace, tom.account, "helpnow")).what == Used(Tree.HELP_NOW)
    assert listen(payloads.shortcut(slack.workspace, tom.account, "elses"), MONDAY, SERVED) is None


def test_a_shortcut_on_somebodys_message_is_none_of_ours(slack: SlackServer, tom: Person) -> None:
    said = message(slack, tom)
    assert (
        listen(payloads.message_shortcut(slack.workspace, HOST, tom.account, said, "helpnow"), MONDAY, SERVED) is None
    )


def test_what_is_typed_comes_in_without_its_words(slack: SlackServer, tom: Person) -> None:
    inbound = heard(typed(slack, tom))
    assert inbound.what == Typed()
    assert "private" not in repr(inbound)
    assert heard(typed(slack, tom, subtype="file_share")).what == Typed()
    assert not is_echo(typed(slack, tom))


@pytest.mark.parametrize(
    "more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"channel_type": "mpim"}, {"channel_type": "channel"}]
)
def test_what_was_not_typed_to_the_bot_by_somebody_does_not_come_in(
    slack: SlackServer, tom: Person, more: Json
) -> None:
    assert listen(typed(slack, tom, **more), MONDAY, SERVED) is None
    assert is_echo(typed(slack, tom, **more))


def test_coming_and_going_come_in(slack: SlackServer, tom: Person) -> None:
    assert heard(happened(slack, "team_join", tom)).what == Joined("Tom Reed")
    assert heard(happened(slack, "user_change", tom)).what == Joined("Tom Reed", found=True)
    tom.account.display_name = "Tom (Oakfield)"
    assert heard(happened(slack, "team_join", tom)).name == "Tom (Oakfield)"
    tom.account.deleted = True
    left = heard(happened(slack, "user_change", tom))
    assert (left.what, left.account) == (Left(), Account("slack", TEAM.id, tom.id))


def test_guests_and_bots_come_in_as_what_they_are(slack: SlackServer) -> None:
    sorts = [
        heard(happened(slack, "team_join", slack.person("Gil Guest", guest=True))).who,
        heard(happened(slack, "team_join", slack.person("Bea Bot", bot=True))).who,
    ]
    assert sorts == [Who.GUEST, Who.BOT]


def test_somebody_of_another_organisation_is_a_guest_from_there(slack: SlackServer) -> None:
    eve = slack.person("Eve Elsewhere", external=True)
    inbound = heard(press(slack, eve))
    assert (inbound.account, inbound.who) == (Account("slack", ELSEWHERE, eve.id), Who.GUEST)
    said = heard(typed(slack, eve))
    assert (said.account, said.who) == (Account("slack", ELSEWHERE, eve.id), Who.GUEST)
    sent = heard(payloads.submission(slack.workspace, eve.account, form(slack, eve)))
    assert (sent.account, sent.who) == (Account("slack", ELSEWHERE, eve.id), Who.GUEST)


def test_on_a_grid_somebody_is_the_same_person_whichever_served_workspace_is_their_first(
    slack: SlackServer, tom: Person
) -> None:
    tom.account.team = "T0FIRST"
    both = [listen(payload, MONDAY, (TEAM.id, "T0FIRST")) for payload in (press(slack, tom), command(tom))]
    assert [(one.account, one.who) for one in both if one] == [(Account("slack", TEAM.id, tom.id), Who.PERSON)] * 2


def test_a_workspace_that_is_not_served_is_not_heard(slack: SlackServer, tom: Person) -> None:
    every = [command(tom), press(slack, tom), typed(slack, tom), happened(slack, "team_join", tom)]
    assert [listen(payload, MONDAY, ("T0OTHER",)) for payload in every] == [None] * 4


def test_the_same_delivery_has_the_same_key_and_another_has_another(slack: SlackServer, tom: Person) -> None:
    sent = form(slack, tom)
    makes: list[Callable[[], Json]] = [
        lambda: command(tom),
        lambda: press(slack, tom),
        lambda: typed(slack, tom),
        lambda: payloads.submission(slack.workspace, tom.account, sent),
        lambda: payloads.shortcut(slack.workspace, tom.account, "helpnow"),
    ]
    for make in makes:
        first, again = make(), make()
        assert heard(first).key == heard(json.loads(json.dumps(first))).key
        assert heard(first).key != heard(again).key


def test_workspace_and_enterprise_stand_in_the_key(tom: Person) -> None:
    grid = Team(TEAM.id, "heads", "The network", enterprise="E0GRID")
    slack = SlackServer(SystemClock(), team=grid)
    key = heard(command(slack.person("Ann Bell"))).key
    assert key.startswith(f"slack:E0GRID:{TEAM.id}:")
    assert heard(command(tom)).key.startswith(f"slack::{TEAM.id}:")


@given(payload=ANYTHING)
def test_whatever_comes_in_is_something_or_nothing(payload: Json) -> None:
    assert not is_echo(payload) or listen(payload, MONDAY, SERVED) is None
    inbound = listen(payload, MONDAY, SERVED)
    assert inbound is None or (inbound.key and inbound.account and isinstance(inbound.what, object))
