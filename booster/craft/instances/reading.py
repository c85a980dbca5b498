"""From bytes to a checked instance, or all that is wrong with them, each fault by its path in plain words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from booster.craft.instances.strict import Instance, quoted

LARGEST_BYTES = 64 * 2**20
LONGEST_NUMBER = 400
MOST_FAULTS = 20
Asked = TypeVar("Asked", bound=Instance)


@dataclass(frozen=True, slots=True)
class Fault:
    """`path`: where, such as "people[3].score"; empty for the whole. `message`: what is wrong, in one sentence."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class BadInstance(ValueError):
    """What is wrong, in the order of the text; at most the first 20 of `count` faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults[:MOST_FAULTS])))
        self.faults = tuple(faults[:MOST_FAULTS])
        self.count = len(faults)


class _Twice(dict[str, Any]):
    """An object in which keys stood more than once."""

    keys_twice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _NoNumber:
    """What JSON calls a number and is none: NaN, Infinity, or thousands of digits."""

    text: str


def parse(raw: bytes) -> Any:
    """The JSON value; decimals stay exact. BadInstance when it is no JSON or longer than 64 MiB."""
    if len(raw) > LARGEST_BYTES:
        raise BadInstance([Fault("", f"The file has {len(raw):,} bytes; at most {LARGEST_BYTES:,} are read.")])
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=lambda text: _number(text, Decimal),
            parse_int=lambda text: _number(text, int),
            parse_constant=_NoNumber,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as trouble:
        raise BadInstance([Fault("", f"The file is not UTF-8: byte {trouble.start + 1} does not fit.")]) from None
    except json.JSONDecodeError as trouble:
        where = f"line {trouble.lineno}, column {trouble.colno}"
        raise BadInstance([Fault("", f"The file is not JSON: {trouble.msg} ({where}).")]) from None
    except RecursionError:
        raise BadInstance([Fault("", "The file is not an instance: it is nested too deeply.")]) from None


def read(raw: bytes, form: type[Asked]) -> Asked:
    """An instance of this form. BadInstance names every fault by its path, the first 20 of them."""
    document = parse(raw)
    faults = list(_twice(document))
    try:
        instance = form.model_validate(document)
    except ValidationError as trouble:
        found = trouble.errors(include_url=False, include_context=True)
        raise BadInstance([*faults, *(_told(one, form) for one in found)]) from None
    faults.extend(Fault(path, message) for path, message in instance.faults())
    if faults:
        raise BadInstance(faults)
    return instance


def locate(value: Any, culprit: str, path: str = "") -> str:
    """The path of the first text that equals the culprit of an algorithm's complaint; empty when none does."""
    if value == culprit and path:
        return path
    inside: Any = ()
    if isinstance(value, dict):
        inside = ((f"{path}.{key}" if path else key, one) for key, one in value.items())
    elif isinstance(value, list):
        inside = ((f"{path}[{place}]", one) for place, one in enumerate(value))
    return next((found for step, one in inside if (found := locate(one, culprit, step))), "")


def _number(text: str, kind: type[int] | type[Decimal]) -> int | Decimal | _NoNumber:
    return kind(text) if len(text) <= LONGEST_NUMBER else _NoNumber(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = _Twice(pairs)
    if len(found) == len(pairs):
        return dict(pairs)
    keys = [key for key, _ in pairs]
    found.keys_twice = tuple(key for key in found if keys.count(key) > 1)
    return found


def _twice(value: Any, path: str = "") -> Iterator[Fault]:
    if isinstance(value, dict):
        for key in getattr(value, "keys_twice", ()):
            yield Fault(f"{path}.{key}" if path else key, "This key stands here more than once.")
        for key, one in value.items():
            yield from _twice(one, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _twice(one, f"{path}[{place}]")


# What pydantic finds, in our words. {given}: what stood there; the others come from its context.
WORDS = {
    "missing": "This key is missing.",
    "extra_forbidden": "This key is not known here.",
    "int_type": "A whole number is needed, not {given}.",
    "float_type": "A number is needed, not {given}.",
    "float_nan": "A number is needed, not {given}.",
    "finite_number": "The number is too large.",
    "is_instance_of": "A number is needed, not {given}.",
    "string_unicode": "{given} holds half a character.",
    "string_type": "A text is needed, not {given}.",
    "bool_type": "true or false is needed, not {given}.",
    "list_type": "A list is needed, not {given}.",
    "dict_type": "An object is needed, not {given}.",
    "model_type": "An object is needed, not {given}.",
    "model_attributes_type": "An object is needed, not {given}.",
    "greater_than_equal": "The number must be {ge} or more, not {given}.",
    "greater_than": "The number must be more than {gt}, not {given}.",
    "less_than_equal": "The number must be {le} or less, not {given}.",
    "less_than": "The number must be less than {lt}, not {given}.",
    "too_long": "At most {max_length} entries are allowed; there are {actual_length}.",
    "too_short": "At least {min_length} entries are needed; there are {actual_length}.",
    "string_too_long": "The text must have {max_length} letters or fewer.",
    "string_too_short": "The text must not be empty.",
    "string_pattern_mismatch": "{given} has not the form that is needed here.",
    "literal_error": "{given} is not known here; known are {expected}.",
    "value_error": "{error}",
    "union_tag_invalid": "The rule “{tag}” is not known here; known are {expected_tags}.",
    "union_tag_not_found": "The key {discriminator} is missing.",
}


def _told(one: Any, form: type[Instance]) -> Fault:
    context = {key: str(value) for key, value in one.get("ctx", {}).items()}
    given = one["input"].text[:40] if isinstance(one["input"], _NoNumber) else quoted(one["input"])
    words = WORDS.get(one["type"], "{given} does not fit here: " + one["msg"] + ".")
    return Fault(_path(one["loc"]), words.format(given=given, **context))


def _path(steps: tuple[int | str, ...]) -> str:
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{step}" if path else step
    return path
