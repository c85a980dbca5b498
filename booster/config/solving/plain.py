"""Answers as canonical JSON: stable keys in alphabetical order, numbers as short as they are exact."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

DIGITS = 9  # of a computed number after the point: what two machines agree on


def plain(value: Any) -> Any:
    """What JSON can hold. Fractions become "13/199", moments ISO 8601, sets sorted lists, infinity null."""
    if value is None or isinstance(value, str | bool | int):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float | Decimal):
        return _number(value)
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return [plain(one) for one in sorted(value)]
    return _rest(value)


def printed(document: Mapping[str, Any]) -> str:
    text = json.dumps(plain(document), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # half a character, as a refusal quotes it: \\ud800


def _rest(value: Any) -> Any:
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return int(value.total_seconds() // 60)
    if isinstance(value, bytes):
        return value.hex()
    return [plain(one) for one in value]


def _number(value: float | Decimal) -> int | float | None:
    if not math.isfinite(value):
        return None
    number = round(float(value), DIGITS)
    return int(number) if number == int(number) and isinstance(value, Decimal) else number + 0.0


def _key(key: Any) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
