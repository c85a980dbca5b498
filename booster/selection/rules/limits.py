"""Limits on a selection as people write them, and how a problem for the solver is read from them. Pure.

Kept as a list: ``[{"attribute": "country", "value": "*", "minimum": null, "maximum": 3, "frozen": false}]``.
``value`` ``"*"`` means each value. A file may also be a table, which many find shorter to write::

    {"country": {"max": 3}, "ecosystem": {"min": 1, "max": 6}, "gender": {"woman": {"min": 11}},
     "organisation": {"max": 1}}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booster.craft.balance import EACH, Limit
from booster.kit.words import N_
from booster.people.rules import countries, ecosystems

ATTRIBUTES = {
    "country": N_("Country"),
    "ecosystem": N_("Ecosystem"),
    "maturity": N_("Maturity"),
    "role": N_("Role"),
    "gender": N_("Gender"),
    "newcomer": N_("Newcomer"),
}
SPELLINGS = {
    "countries": "country",
    "ecosystems": "ecosystem",
    "industrial ecosystem": "ecosystem",
    "roles": "role",
    "genders": "gender",
    "newcomers": "newcomer",
    "organisations": "organisation",
    "organization": "organisation",
    "one per organisation": "organisation",
    "per organisation": "organisation",
}
VALUES = {
    "gender": {"women": "woman", "female": "woman", "f": "woman", "men": "man", "male": "man", "m": "man"},
    "role": {"managers": "manager", "directors": "director", "employees": "employee", "staff": "employee"},
    "maturity": {},
}
PER_ORGANISATION = ("one_per_organisation", "per_organisation")
SIDES = {
    "min": "minimum",
    "minimum": "minimum",
    "at_least": "minimum",
    "max": "maximum",
    "maximum": "maximum",
    "at_most": "maximum",
}
WORDS = {
    ("role", "manager"): N_("managers"),
    ("role", "director"): N_("directors"),
    ("role", "employee"): N_("employees"),
    ("gender", "woman"): N_("women"),
    ("gender", "man"): N_("men"),
    ("maturity", "starting"): N_("starting clusters"),
    ("maturity", "growing"): N_("growing clusters"),
    ("maturity", "established"): N_("established clusters"),
    ("newcomer", "yes"): N_("newcomers"),
    ("newcomer", "no"): N_("people who took part before"),
}
LARGEST = 10_000
LONGEST = 120  # characters of a value
PLACE = N_("Limit {number}")
PLACE_AND_SIDE = N_("Limit {number}, {side}")
TOO_MANY = N_("{count} limits are more than the {most} that anybody can read.")
BOTH_SIDES = N_("write the least and the most, such as {“max”: 3}.")
NO_LIMIT = N_("this is no limit.")
CROSSED = N_("at least {low} and at most {high} cannot both hold.")
UNKNOWN = N_("“{text}” is none of {known}.")
NO_COUNTRY = N_("“{text}” is not a country.")
NO_ECOSYSTEM = N_("“%(text)s” is none of the 14 ecosystems.")
NO_NUMBER = N_("a whole number from 0 to {most} is needed.")
MOST_ROWS = 500  # far more than anybody writes; a file with more is a mistake


class BadLimits(ValueError):
    """The limits cannot be read; the message names the place and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Limits as a scenario keeps them; ``per_organisation`` ``None`` allows any number of one organisation."""

    limits: tuple[Limit, ...] = ()
    per_organisation: int | None = 1


def _at(number: int, why: str) -> str:
    return f"{PLACE.format(number=number)}: {why}"


def read(written: Any, *, per_organisation: int | None = 1) -> Wish:
    """Limits from a file's JSON in either form. Raises ``BadLimits`` with the place of the fault."""
    rows = _rows(written)
    if len(rows) > MOST_ROWS:
        raise BadLimits(TOO_MANY.format(count=len(rows), most=MOST_ROWS))
    return _wish(rows, per_organisation)


def _rows(written: Any) -> list[Any]:
    if isinstance(written, list):
        return written
    if not isinstance(written, Mapping):
        raise BadLimits(N_("Limits are a table of attributes or a list of limits."))
    inside = written.get("limits", written)
    beside = {} if inside is written else {key: value for key, value in written.items() if key in PER_ORGANISATION}
    if isinstance(inside, Mapping):
        return [*_rows_of_table(inside), *_rows_of_table(beside)]
    if isinstance(inside, list):
        return [*inside, *_rows_of_table(beside)]
    raise BadLimits(N_("“limits” holds a table of attributes or a list of limits."))


def _per_organisation(value: Any) -> int | None:
    if isinstance(value, bool):
        return 1 if value else None
    return _count(value, "per_organisation")


def _rows_of_table(table: Mapping[Any, Any]) -> list[dict[str, Any]]:
    rows = []
    for attribute, given in table.items():
        if attribute in ("seats", "seed", "name"):
            continue
        if attribute in PER_ORGANISATION:
            rows.append({"attribute": "organisation", "maximum": _per_organisation(given)})
        elif isinstance(given, Mapping) and set(given) <= set(SIDES):
            rows.append({"attribute": attribute, "value": EACH, **given})
        elif isinstance(given, Mapping):
            rows += [
                {"attribute": attribute, "value": value, **_sides(attribute, value, sides)}
                for value, sides in given.items()
            ]
        else:
            raise BadLimits(f"{attribute}: {BOTH_SIDES}")
    return rows


def _sides(attribute: Any, value: Any, sides: Any) -> Mapping[str, Any]:
    if not isinstance(sides, Mapping):
        raise BadLimits(f"{attribute}, {value}: {BOTH_SIDES}")
    return sides


def _wish(rows: list[Any], per_organisation: int | None) -> Wish:
    limits = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping):
            raise BadLimits(_at(number, NO_LIMIT))
        attribute = _attribute(row.get("attribute"), number)
        given = [key for key in row if key in SIDES]
        sides = {SIDES[key]: _count(row[key], PLACE_AND_SIDE.format(number=number, side=key)) for key in given}
        if attribute == "organisation":
            per_organisation = sides.get("maximum", per_organisation)
            continue
        low, high = sides.get("minimum"), sides.get("maximum")
        if low is not None and high is not None and low > high:
            raise BadLimits(_at(number, CROSSED.format(low=low, high=high)))
        value = _value(attribute, row.get("value", EACH), number)
        limits.append(Limit(attribute, value, low, high, label_of(attribute, value), bool(row.get("frozen"))))
    return Wish(tuple(limits), per_organisation)


def _attribute(raw: Any, number: int) -> str:
    name = str(raw or "").strip().lower().replace("_", " ")
    name = SPELLINGS.get(name, name)
    if name != "organisation" and name not in ATTRIBUTES:
        known = ", ".join([*ATTRIBUTES, "organisation"])
        raise BadLimits(_at(number, UNKNOWN.format(text=str(raw)[:40], known=known)))
    return name


def _value(attribute: str, raw: Any, number: int) -> str:
    text = str(raw if raw not in (None, "", "each", "any", "all") else EACH).strip()[:LONGEST] or EACH
    if attribute == "newcomer":
        return "yes" if text == EACH or text.lower() in ("yes", "true", "1", "newcomer") else "no"
    if text == EACH:
        return EACH
    if attribute == "country":
        code = countries.recognise(text)
        if code is None:
            raise BadLimits(_at(number, NO_COUNTRY.format(text=text[:40])))
        return code
    if attribute == "ecosystem":
        found = ecosystems.recognise(text)
        if found is None:
            raise BadLimits(_at(number, NO_ECOSYSTEM % {"text": text[:40]}))
        return found
    return VALUES[attribute].get(text.lower(), text.lower())


def _count(raw: Any, place: str) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= LARGEST:
        raise BadLimits(f"{place}: {NO_NUMBER.format(most=LARGEST)}")
    return int(raw)


def label_of(attribute: str, value: str) -> str:
    """How a limit is named in sentences."""
    if value == EACH:
        return ""
    if attribute == "country":
        return str(countries.name(value))
    if attribute == "ecosystem":
        return str(ecosystems.BY_ID[value].short) if value in ecosystems.BY_ID else value
    return WORDS.get((attribute, value), value)


def relax(wish: Wish, seats: int, moves: Sequence[Mapping[str, Any]]) -> tuple[Wish, int]:
    """The limits and seats with some bounds moved, as ``results.of_clash`` names them.

    A bound that a limit on each value set is moved for the one value alone.
    """
    per_organisation, rows = wish.per_organisation, list(wish.limits)
    for one in moves:
        if one["side"] == "seats":
            seats = one["to"]
        elif one["side"] == "per_unit":
            per_organisation = one["to"]
        else:
            rows = _moved(rows, one["attribute"], one["value"], one["side"], one["to"])
    return Wish(tuple(rows), per_organisation), seats


def _moved(rows: list[Limit], attribute: str, value: str, side: str, to: int) -> list[Limit]:
    def moved(row: Limit) -> Limit:
        return replace(row, minimum=to) if side == "minimum" else replace(row, maximum=to)

    bound = [row for row in rows if (row.attribute, row.value) == (attribute, value) and getattr(row, side) is not None]
    if bound:
        return [moved(row) if row in bound else row for row in rows]
    return [*rows, moved(Limit(attribute, value, label=label_of(attribute, value)))]


def written(limits: tuple[Limit, ...]) -> list[dict[str, Any]]:
    """The rows that a scenario keeps; ``read`` takes them back unchanged."""
    return [
        {
            "attribute": one.attribute,
            "value": one.value,
            "minimum": one.minimum,
            "maximum": one.maximum,
            "frozen": one.frozen,
        }
        for one in limits
    ]
