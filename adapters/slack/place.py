"""Where somebody did something, so that it can be answered there; it travels with a form in its `private_metadata`."""

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.slack.listen import inside, text

CARRIED = 3000


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """`url` is a response URL. `hidden`: the message is one that the reader alone sees. `view`: the modal on top.
    `home`: it began on their App Home."""

    channel: str = ""
    message: str = ""
    hidden: bool = False
    url: str = ""
    view: str = ""
    home: bool = False

    def pack(self) -> str:
        """For the form that is opened from here: where it will be answered, not which modal it was in."""
        packed = msgspec.json.encode(msgspec.structs.replace(self, view="")).decode()
        return packed if len(packed) <= CARRIED else ""


NOWHERE = Place()


def place_of(payload: Mapping[str, Any]) -> Place:
    """Total: NOWHERE where it says nothing."""
    if text(payload, "view", "type") == "modal":
        carried = _unpacked(text(payload, "view", "private_metadata"))
        return msgspec.structs.replace(carried, view=text(payload, "view", "id"))
    if text(payload, "view", "type") == "home":
        return Place(home=True)
    hidden = inside(payload, "container", "is_ephemeral") is True
    pressed = text(payload, "container", "message_ts")
    channel = text(payload, "container", "channel_id") or text(payload, "channel", "id") or text(payload, "channel_id")
    return Place(channel or text(payload, "event", "channel"), pressed, hidden, text(payload, "response_url"))


def _unpacked(carried: str) -> Place:
    try:
        return msgspec.json.decode(carried, type=Place)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return NOWHERE
