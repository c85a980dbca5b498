"""Days and hours as people and machines write them. Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from booster.craft.reading.numbers import EMPTY
from booster.craft.reading.text import Unclear, clean, unaccented, words

BRUSSELS = ZoneInfo("Europe/Brussels")
HOURS_AHEAD = {"z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2}
HOURS_AHEAD |= {"eet": 2, "eest": 3}
ZONES: dict[str, tzinfo] = {name: timezone(timedelta(hours=h)) if h else UTC for name, h in HOURS_AHEAD.items()}
ZONES |= dict.fromkeys(("brussels", "bruxelles", "brussel", "paris", "berlin", "cet/cest", "mez/mesz"), BRUSSELS)
# In English, German, French, Spanish, Italian, Portuguese, Dutch; without accents.
MONTHS = tuple(
    words(names)
    for names in """january januar janvier enero gennaio janeiro januari
    february februar fevrier febrero febbraio fevereiro februari
    march marz maerz mars marzo marco maart mrt
    april avril abril aprile
    may mai mayo maggio maio mei
    june juni juin junio giugno junho
    july juli juillet julio luglio julho
    august aout agosto augustus
    september septembre septiembre settembre setembro
    october oktober octobre octubre ottobre outubro
    november novembre noviembre novembro
    december dezember decembre diciembre dicembre dezembro""".splitlines()
)
TWO_OR_FOUR = r"(\d{4}|\d{2})(?![\d:])"
NUMERIC_DAY = re.compile(rf"(\d{{1,2}})\s?[/.\-]\s?(\d{{1,2}})\s?[/.\-]\s?{TWO_OR_FOUR}")
ISO_DAY = re.compile(r"(\d{4})[/.\-] ?(\d{1,2})[/.\-] ?(\d{1,2})(?!\d)\.?")
COMPACT_DAY = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?=$|[t ])")
NAMED_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ .\-]*(?:of |de )?([a-z]{{3,10}})\.?(?: de)?[ ,\-]*{TWO_OR_FOUR}")
NAMED_MONTH = re.compile(r"([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
YEAR_LAST = re.compile(r"([a-z]{3} \d{1,2}) (\d\d:\d\d(?::\d\d)?) (\d{4})")  # "Oct 24 18:00:00 2022"
WEEKDAY = re.compile(r"^[a-z]{2,10}\.?,? (?=\d{1,2}\D)|^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=[a-z])")
HOUR = re.compile(
    r"[t,\s]*(?:at|um|om|a|le|kl\.?|ore|alle|-|–)?\s*\(?"
    r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?|(?=\s*[ap]\.?m|h))\s*([ap]\.?m\.?)?(?:\s*(?:uhr|hrs?|h)\b)?\)?"
)
COMPACT_HOUR = re.compile(r"[t ](\d\d)(\d\d)(\d\d)?()")
OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])(\d{1,2})(?::?(\d\d))?")
SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
FIRST_SERIAL, LAST_SERIAL = 15000, 80000  # Excel's days 1941 to 2119; other numbers are no dates


def writes_day_first(values: Iterable[object]) -> bool:
    """Whether a column of numeric dates writes the day first; true unless some value allows only the month first and
    none allows only the day first. Ask it for ``day_first`` before reading a column of unknown origin."""
    found = [(int(m[1]), int(m[2])) for v in values if isinstance(v, str) and (m := NUMERIC_DAY.match(clean(v)))]
    return any(a > 12 for a, _ in found) or not any(b > 12 for _, b in found)


def _from_serial(value: float, shown: str) -> datetime:
    if not FIRST_SERIAL <= value <= LAST_SERIAL:
        raise Unclear("no_date", shown)
    return datetime(1899, 12, 30) + timedelta(seconds=round(value * 86400))  # noqa: DTZ001 -- zone follows


def _month(name: str, shown: str) -> int:
    fitting = [number for number, names in enumerate(MONTHS, start=1) if any(n.startswith(name) for n in names)]
    if len(fitting) != 1:
        raise Unclear("no_date", shown)
    return fitting[0]


def _split_day(text: str, shown: str, *, day_first: bool) -> tuple[int, int, int, str]:
    """Year, month, day and what follows."""
    if m := ISO_DAY.match(text) or COMPACT_DAY.match(text):
        return int(m[1]), int(m[2]), int(m[3]), text[m.end() :]
    if m := NUMERIC_DAY.match(text):
        month, number = (int(m[2]), int(m[1])) if day_first else (int(m[1]), int(m[2]))
        return _year(m[3]), month, number, text[m.end() :]
    if m := NAMED_DAY.match(text):
        return _year(m[3]), _month(m[2], shown), int(m[1]), text[m.end() :]
    if m := NAMED_MONTH.match(text):
        return int(m[3]), _month(m[1], shown), int(m[2]), text[m.end() :]
    raise Unclear("no_date", shown)


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _clock(rest: str, shown: str) -> tuple[time, tzinfo | None]:
    if not rest.strip(" ,"):
        return time(), None
    found = COMPACT_HOUR.match(rest) or HOUR.match(rest)
    if not found:
        raise Unclear("no_time", shown)
    hour, half = int(found[1]), found[4]
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return time(hour, int(found[2] or 0), int(found[3] or 0)), _zone(rest[found.end() :], shown)


def _zone(text: str, shown: str) -> tzinfo | None:
    """The zone that follows a time: an offset ("+02:00", "UTC+2"), a name ("CEST", "Brussels time"), or none."""
    if m := OFFSET.fullmatch(re.sub(r"(?<=\d)\s*[(\[].*$", "", text.strip(" ()"))):
        ahead = timedelta(hours=int(m[2]), minutes=int(m[3] or 0))
        return timezone(ahead if m[1] == "+" else -ahead)
    names = re.sub(r"\b(?:europe/|local\b|time\b)|[()\[\],]", " ", text).split()
    if not names:
        return None
    if unknown := [name for name in names if name not in ZONES]:
        raise Unclear("no_zone", shown, unknown[0])
    return ZONES[names[0]]


def _written_moment(shown: str, *, day_first: bool) -> datetime:
    if SERIAL.fullmatch(shown):
        return _from_serial(float(shown.replace(",", ".")), shown)
    text = " ".join(unaccented(shown).split())
    text = text if NAMED_MONTH.match(text) else WEEKDAY.sub("", text)
    year, month, number, rest = _split_day(YEAR_LAST.sub(r"\1 \3 \2", text), shown, day_first=day_first)
    try:
        clock, zone = _clock(rest, shown)
        return datetime.combine(date(year, month, number), clock, zone)
    except ValueError as wrong:
        raise wrong if isinstance(wrong, Unclear) else Unclear("no_date", shown) from wrong


def _naive_or_aware(value: object, *, day_first: bool) -> datetime | None:
    shown = clean(value)[:60]
    if shown.casefold() in EMPTY:
        return None
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_serial(float(value), shown)
    return _written_moment(shown, day_first=day_first)


def moment(value: object, zone: tzinfo, *, day_first: bool = True) -> datetime | None:
    """An aware moment: a cell's datetime, an Excel serial (number or text, rounded to the second), "19/10/2022 02:42",
    ISO 8601, "19 Oct 2022 02:42", with or without seconds, am/pm or a zone of its own. ``zone`` holds where the value
    names none; in the hour that daylight saving repeats the first one is meant. A day alone means its midnight.
    ``Unclear``: a month over 12 (see writes_day_first), days that do not exist, other numbers."""
    found = _naive_or_aware(value, day_first=day_first)
    return found if found is None or found.tzinfo else found.replace(tzinfo=zone)


def day(value: object, *, day_first: bool = True) -> date | None:
    """A calendar day, in the spellings of ``moment``; the time of day is dropped."""
    found = _naive_or_aware(value, day_first=day_first)
    return found.date() if found else None
