"""What a person can do with a control, as Discord's client allows it."""

from collections.abc import Mapping

from tests.discord.model import Json, Modal, controls


class NotOffered(Exception):
    """Discord's client offers nothing of the kind."""


def control(components: list[Json], name: str) -> Json:
    """The control of this custom id, or of this label."""
    for one in controls(components):
        if name in (one["custom_id"], one.get("label")):
            if one.get("disabled"):
                raise NotOffered(f"{name!r} is greyed out")
            return one
    raise NotOffered(f"nothing is called {name!r}")


def chosen(one: Json, values: tuple[str, ...]) -> list[str]:
    """The values a select takes: as many as it allows, and only what it offers (by value or label)."""
    made = [_value(one, value) for value in values]
    least, most = one.get("min_values", 1), one.get("max_values", 1)
    if not least <= len(made) <= most:
        raise NotOffered(f"between {least} and {most} can be chosen")
    return made


def _value(one: Json, wanted: str) -> str:
    if one["type"] not in (3, 21, 22):
        return wanted
    for option in one["options"]:
        if wanted in (option["value"], option["label"]):
            return str(option["value"])
    raise NotOffered(f"{wanted!r} is not among what can be chosen")


def filled(modal: Modal, given: Mapping[str, object]) -> Json:
    """Every field's value: what is given, else what stood there already. Discord's own checks come first."""
    fields = list(controls(modal.components))
    left = dict(given)
    made: Json = {}
    for one, label in [(field, _label(modal, field)) for field in fields]:
        name = next((key for key in (one["custom_id"], label) if key in left), None)
        made[one["custom_id"]] = _read(one, left.pop(name) if name else _standing(one), label)
    if left:
        raise NotOffered(f"the form has no {', '.join(left)}")
    return made


def _label(modal: Modal, field: Json) -> str:
    found = [one["label"] for one in modal.components if one.get("component") is field]
    return str(found[0]) if found else ""


def _standing(one: Json) -> object:
    """What is filled in when the form opens."""
    if one["type"] == 4:
        return one.get("value", "")
    if one["type"] == 23:
        return one.get("default", False)
    if one["type"] == 19:
        return []
    defaults = [option["value"] for option in one.get("options", []) if option.get("default")]
    defaults += [str(each["id"]) for each in one.get("default_values", [])]
    return (defaults or [None])[0] if one["type"] == 21 else defaults


def _read(one: Json, value: object, label: str) -> object:
    required = one.get("required", True) and one["type"] != 23
    if one["type"] == 4:
        text = str(value or "")
        least = max(one.get("min_length", 0), 1 if required else 0)
        if (text or required) and not least <= len(text) <= one.get("max_length", 4000):
            raise NotOffered(f"{label!r} takes {least} to {one.get('max_length', 4000)} characters")
        return text
    if one["type"] == 23:
        return bool(value)
    if one["type"] == 21:
        if value is None and required:
            raise NotOffered(f"{label!r} must be answered")
        return None if value is None else _value(one, str(value))
    values = [str(each) for each in (value if isinstance(value, list | tuple) else [value] if value else [])]
    if not values and not required:
        return []
    most = one.get("max_values", len(one["options"]) if one["type"] == 22 else 1)
    return chosen(one | {"max_values": most, "min_values": one.get("min_values", 1)}, tuple(values))
