"""What Discord sends of a modal that somebody fills in."""

from typing import Any

Json = dict[str, Any]


def sent(modal: Json, **filled: object) -> Json:
    """A submission's `data`: what stood in the fields, or what is `filled` in by their names: a text as it is typed,
    a list of the labels that are chosen."""
    labels = [
        {"type": 18, "id": 2 * n + 1, "component": _filled(one["component"], filled, 2 * n + 2)}
        for n, one in enumerate(modal["components"])
    ]
    return {"custom_id": modal["custom_id"], "components": labels}


def _filled(component: Json, filled: dict[str, object], number: int) -> Json:
    name = component["custom_id"]
    answer = {"type": component["type"], "id": number, "custom_id": name}
    given = filled.get(name.removeprefix("@"))
    if component["type"] == 4:
        return answer | {"value": component.get("value", "") if given is None else given}
    is_chosen = [
        one["label"] in given if isinstance(given, list) else one.get("default") for one in component["options"]
    ]
    values = [one["value"] for one, chosen in zip(component["options"], is_chosen, strict=True) if chosen]
    if component["type"] == 21:
        return answer | {"value": values[0] if values else None}
    return answer | {"values": values}
