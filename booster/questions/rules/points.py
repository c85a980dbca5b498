"""A point on the map, in the spellings that people paste: plain numbers, degrees with minutes, ``geo:``, the address of
a map. Read here, nobody else is asked. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from booster.kit import plain
from booster.kit.words import N_
from booster.people.rules import extents
from booster.questions.rules.cells import Unfit

_ = N_
Point = tuple[float, float]  # degrees north and east
LONGEST = 4000
FAR_KM = 40  # boxes are rough, and a place may lie at the border
NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
PAIR = re.compile(rf"({NUMBER})\s*[,;~/ ]\s*({NUMBER})(?![\d.])")
COMMAS = re.compile(r"([-+]?\d{1,3},\d+)\s*(?:[;,/]\s*|\s+)([-+]?\d{1,3},\d+)")  # 47,07; 15,44
MARKS = {"′": "'", "’": "'", "‘": "'", "´": "'", "`": "'", "ʹ": "'", "″": '"', "”": '"', "“": '"', "ʺ": '"',
         "''": '"', "º": "°", "˚": "°", "−": "-", "–": "-"}  # fmt: skip
ANGLE = r"(\d{1,3}(?:[.,]\d+)?)\s*(?:°|deg)?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*')?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*\")?"
AFTER = re.compile(rf"{ANGLE}\s*([NSEWO])\b", re.IGNORECASE)  # 47°04'12"N
BEFORE = re.compile(rf"\b([NSEWO])\s*{ANGLE}", re.IGNORECASE)  # N 47° 04.2'
BARE = re.compile(r"([-+]?)(\d{1,3})\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*')?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*\")?")
NAMED = re.compile(rf"\b(lat\w*|lon\w*|lng)\s*[=:]?\s*({NUMBER})", re.IGNORECASE)
PINNED = re.compile(rf"!3d({NUMBER})!4d({NUMBER})")  # where a large map service writes the place itself
CENTRE = re.compile(rf"@({NUMBER}),({NUMBER})")
OSM = re.compile(rf"map=\d+(?:\.\d+)?/({NUMBER})/({NUMBER})")
SINGLES = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"), ("y", "x"))
PAIRS = ("ll", "q", "query", "destination", "daddr", "center", "sll", "cp", "map", "coordinate", "pt")
EAST_FIRST = ("yandex.",)  # these write the longitude first


def read(text: str) -> Point:
    """The point that a text names; ``Unfit`` says what is wrong with it."""
    text = " ".join(plain.clean(text[:LONGEST]).split())
    if re.match(r"(?i)[a-z][a-z0-9+.-]*://|www\.", text):
        found = _of_address(text)
        if found is None:
            raise Unfit(
                _("This address holds no point. Open it, and copy the address that your browser shows then."), text
            )
    elif text.casefold().startswith("geo:"):
        found = _of_geo(text)
    else:
        found = _of_text(text)
    if found is None:
        raise Unfit(
            _("“%(text)s” is not a point that we can read. Write it like 47.07, 15.44."), text[:500], text=text[:60]
        )
    return within(found, text)


def within(found: Point, text: str) -> Point:
    north, east = found
    if abs(north) > 90 and abs(east) <= 90 and abs(north) <= 180:
        raise Unfit(
            _("The first number is the latitude, at most 90. Are the two swapped: %(point)s?"),
            text[:500],
            point=told((east, north)),
        )
    if abs(north) > 90 or abs(east) > 180:
        raise Unfit(
            _("%(value)s degrees lie outside the map."), text[:500], value=f"{north if abs(north) > 90 else east:g}"
        )
    return round(north, 6), round(east, 6)


def told(point: Point) -> str:
    """The two numbers as people write them, to a tenth of a metre at most."""
    return ", ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in point)


def doubts(point: Point, country: str) -> str:
    """What is strange about a point, as a code: ``swapped`` (the other way round it lies in the country), ``far`` from
    the country that was answered, or nothing."""
    if extents.kilometres_outside(country, *point) <= FAR_KM:
        return ""
    turned = point[1], point[0]
    fits = abs(turned[0]) <= 90 and not extents.kilometres_outside(country, *turned)
    return "swapped" if fits else "far"


# ---------------------------------------------------------------------------------------------- spellings


def _of_text(text: str) -> Point | None:
    for mark, plainly in MARKS.items():
        text = text.replace(mark, plainly)
    return _of_letters(text) or _of_names(text) or _of_bare_angles(text) or _of_numbers(text.strip("()[] "))


def _of_numbers(text: str) -> Point | None:
    if found := COMMAS.fullmatch(text):
        return _number(found[1]), _number(found[2])
    if re.fullmatch(r"\d+,\d+", text):  # one number with its comma, most likely
        return None
    found = PAIR.fullmatch(text.replace("°", ""))
    return (float(found[1]), float(found[2])) if found else None


def _of_names(text: str) -> Point | None:
    named = {name[:2].lower(): float(number) for name, number in NAMED.findall(text)}
    east = named.get("lo", named.get("ln"))
    return (named["la"], east) if "la" in named and east is not None else None


def _of_letters(text: str) -> Point | None:
    """Angles with N, S, E or W beside them, in either order. O is east in German and west in French: it is asked."""
    after = [(found[3], found[:3]) for found in AFTER.findall(text)]
    before = [(found[0], found[1:]) for found in BEFORE.findall(text)]
    found = next((pairs for pairs in (after, before) if len(pairs) == 2), [])
    sides = {letter.upper(): _degrees(*angle) for letter, angle in found}
    if "O" in sides and len(sides) == 2:
        raise Unfit(_("“O” may mean east or west. Write E for east or W for west."), text[:500])
    north = sides.get("N", -sides["S"] if "S" in sides else None)
    east = sides.get("E", -sides["W"] if "W" in sides else None)
    return (north, east) if north is not None and east is not None else None


def _of_bare_angles(text: str) -> Point | None:
    """Degrees and minutes without letters: north first."""
    found = [(sign, _degrees(*angle)) for sign, *angle in BARE.findall(text) if "'" in text]
    if len(found) != 2:
        return None
    (north_sign, north), (east_sign, east) = found
    return (-north if north_sign == "-" else north), (-east if east_sign == "-" else east)


def _degrees(whole: str, minutes: str, seconds: str) -> float:
    if _number(minutes) >= 60 or _number(seconds) >= 60:
        raise Unfit(_("A degree has 60 minutes, a minute 60 seconds: look at the numbers again."))
    return _number(whole) + _number(minutes) / 60 + _number(seconds) / 3600


def _number(text: str) -> float:
    return float(text.replace(",", ".")) if text else 0.0


# ---------------------------------------------------------------------------------------------- addresses


def _of_geo(text: str) -> Point | None:
    """``geo:47.07,15.44;u=35``, also with the place behind a question mark."""
    main, _mark, query = text[4:].partition("?")
    asked = dict(parse_qsl(query)).get("q", "")
    for part in (asked, main):
        found = PAIR.match(part)
        if found and (float(found[1]), float(found[2])) != (0.0, 0.0):
            return float(found[1]), float(found[2])
    return None


def _of_address(text: str) -> Point | None:
    """The place that an address marks, before the middle of the map that it shows."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        fields = [(name.lower(), value) for name, value in parse_qsl(parts.query) + parse_qsl(parts.fragment)]
        host = parts.hostname or ""
    except ValueError:
        return None
    whole = unquote(text)
    if marked := PINNED.search(whole):
        return float(marked[1]), float(marked[2])
    return next(_candidates(whole, fields, turned=any(name in host for name in EAST_FIRST)), None)


def _candidates(whole: str, fields: list[tuple[str, str]], *, turned: bool) -> Iterator[Point]:
    given = dict(fields)
    for north, east in SINGLES:
        if _is_number(given.get(north)) and _is_number(given.get(east)):
            yield float(given[north]), float(given[east])
    for name, value in fields:
        found = PAIR.match(value) if name in PAIRS else None
        if found and not value[: found.start(2)].count("/"):
            pair = float(found[1]), float(found[2])
            yield (pair[1], pair[0]) if turned else pair
    for shape in (OSM, CENTRE, re.compile(rf"/({NUMBER}),({NUMBER})")):
        if found := shape.search(whole):
            yield float(found[1]), float(found[2])


def _is_number(text: str | None) -> bool:
    return bool(text and re.fullmatch(NUMBER, text))
