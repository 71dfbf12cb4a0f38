"""How a body is checked: every field against its documented shape, and what is wrong told where it stands."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.discord.model import Json, Refusal

Path = tuple[str | int, ...]
Check = Callable[[Any, "Form", Path], None]
SNOWFLAKE = re.compile(r"\d{15,20}")
DISCORDS_OWN = re.compile(r"https?://\S+|attachment://\S+")


class Form:
    """What is wrong with a body, gathered until everything was looked at."""

    def __init__(self) -> None:
        self.wrong: list[tuple[Path, str, str]] = []

    def say(self, path: Path, code: str, message: str) -> None:
        self.wrong.append((path, code, message))

    def close(self) -> None:
        """Refuse the body if anything is wrong with it: 50035, and errors nested as the body is."""
        if not self.wrong:
            return
        errors: Json = {}
        for path, code, message in self.wrong:
            place = errors
            for step in path:
                place = place.setdefault(str(step), {})
            place.setdefault("_errors", []).append({"code": code, "message": message})
        raise Refusal(400, 50035, "Invalid Form Body", errors=errors)


def checked(body: object, check: Check) -> Json:
    """The body, if it is what the check takes."""
    form = Form()
    check(body, form, ())
    form.close()
    assert isinstance(body, dict)
    return body


def shape(fields: Mapping[str, Check], *required: str) -> Check:
    """An object of these fields and no others: what Discord does not document is refused here, to be found early."""

    def check(what: object, form: Form, path: Path) -> None:
        if not isinstance(what, dict):
            form.say(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return
        for name in required:
            if what.get(name) is None:
                form.say((*path, name), "BASE_TYPE_REQUIRED", "This field is required")
        for name, value in what.items():
            if name not in fields:
                form.say((*path, name), "UNKNOWN_FIELD", "This field is not documented")
            elif value is not None:
                fields[name](value, form, (*path, name))

    return check


def text(most: int, least: int = 0, pattern: re.Pattern[str] | None = None) -> Check:
    """Words; Discord counts code points."""

    def check(what: object, form: Form, path: Path) -> None:
        if not isinstance(what, str):
            form.say(path, "STRING_TYPE_CONVERT", f'Could not interpret "{what}" as string.')
        elif least and not what:
            form.say(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif len(what) > most and least:
            form.say(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif len(what) > most:
            form.say(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        elif len(what.strip()) < min(least, 1) or len(what) < least:
            form.say(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        elif pattern and not pattern.fullmatch(what):
            form.say(path, "STRING_TYPE_REGEX", "String value did not match validation regex.")

    return check


def number(least: int, most: int) -> Check:
    def check(what: object, form: Form, path: Path) -> None:
        if not isinstance(what, int) or isinstance(what, bool):
            form.say(path, "NUMBER_TYPE_COERCE", f'Value "{what}" is not int.')
        elif what < least:
            form.say(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif what > most:
            form.say(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")

    return check


def flag(what: object, form: Form, path: Path) -> None:
    if not isinstance(what, bool):
        form.say(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def snowflake(what: object, form: Form, path: Path) -> None:
    if isinstance(what, bool) or not SNOWFLAKE.fullmatch(str(what)):
        form.say(path, "NUMBER_TYPE_COERCE", f'Value "{what}" is not snowflake.')


def moment(what: object, form: Form, path: Path) -> None:
    if not isinstance(what, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", what):
        form.say(path, "TIMESTAMP_TYPE_COERCE", "Not a timestamp.")


def link(what: object, form: Form, path: Path) -> None:
    """An address of the web, or of a file that comes with the message."""
    if not isinstance(what, str) or not DISCORDS_OWN.fullmatch(what):
        form.say(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")


def one_of(*values: object) -> Check:
    def check(what: object, form: Form, path: Path) -> None:
        if what not in values or isinstance(what, bool) != any(isinstance(one, bool) for one in values):
            form.say(path, "BASE_TYPE_CHOICES", f"Value must be one of {list(values)}.")

    return check


def bits(*allowed: int) -> Check:
    """A sum of these flags."""

    def check(what: object, form: Form, path: Path) -> None:
        if not isinstance(what, int) or isinstance(what, bool) or what & ~sum(allowed):
            form.say(path, "FLAGS_INVALID", "These flags cannot be set here.")

    return check


def each(check_one: Check, most: int, least: int = 0) -> Check:
    """A list, each of its own shape."""

    def check(what: object, form: Form, path: Path) -> None:
        if not isinstance(what, list):
            form.say(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if not least <= len(what) <= most:
            form.say(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        for number_, one in enumerate(what):
            check_one(one, form, (*path, number_))

    return check


def kind_of(what: object) -> int | None:
    """The number that says what sort of thing it is, if it says so."""
    kind = what.get("type") if isinstance(what, dict) else None
    return kind if type(kind) is int else None


def both(*checks: Check) -> Check:
    """All of these, each only where those before it found nothing wrong: they may take the shape for granted."""

    def check(what: object, form: Form, path: Path) -> None:
        before = len(form.wrong)
        for one in checks:
            if len(form.wrong) == before:
                one(what, form, path)

    return check


def either(first: Check, second: Check) -> Check:
    """The first, or else the second: complaints are the second's."""

    def check(what: object, form: Form, path: Path) -> None:
        trial = Form()
        first(what, trial, path)
        if trial.wrong:
            second(what, form, path)

    return check
