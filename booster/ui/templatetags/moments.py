"""Dates and deadlines as sentences: weekday, zone, the reader's own hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache

from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from booster.kit import times
from booster.ui.templatetags.marks import icon

HOME_ZONE = "Europe/Brussels"
DOTTED = frozenset(("cs", "da", "de", "et", "fi", "hr", "lv", "sk", "sl"))  # “2. März”: a dot makes the ordinal
YEAR_FIRST = {"hu": ("Y. N j., D", "Y. N j."), "lt": ("Y-m-d, D", "Y-m-d")}


@dataclass(frozen=True, slots=True)
class Shapes:
    """How a language writes a day: with its weekday, in full, without its year, and the number alone; the last two are
    empty where the year comes first, so that both ends of a span are written in full."""

    day: str
    full: str
    month: str
    number: str


@cache
def shapes(language: str) -> Shapes:
    if language in YEAR_FIRST:
        return Shapes(*YEAR_FIRST[language], "", "")
    number = "j." if language in DOTTED else "j"
    month = "M" if language == "en" else "N"  # others shorten a month only as far as is usual
    return Shapes(f"D {number} {month} Y", f"{number} {month} Y", f"{number} {month}", number)


def _shapes() -> Shapes:
    return shapes(get_language() or "en")


_zone = cache(times.zone)


def zone_name(zone: object) -> str:
    return str(zone) if zone else HOME_ZONE


def place_of(zone: object) -> str:
    """The city of a zone's name: ``Europe/Paris`` is “Paris”, ``UTC`` is “UTC”."""
    return zone_name(zone).rsplit("/", 1)[-1].replace("_", " ")


def zoned(at: datetime, zone: object = None) -> str:
    """“Thu 2 Mar 2023, 09:00” on the clocks of ``zone``; nothing for ``None``."""
    if not at:
        return ""
    local = at.astimezone(_zone(zone_name(zone)))
    return f"{dateformat.format(local, f'{_shapes().day}, H:i')}{_passage(local)}"


def _passage(local: datetime) -> str:
    """“ UTC+1” in the hour that the clocks repeat, which the hour alone would leave in doubt; else nothing."""
    shift, other = local.utcoffset(), local.replace(fold=1 - local.fold).utcoffset()
    if shift is None or shift == other:
        return ""
    hours, minutes = divmod(int(shift.total_seconds()) // 60, 60)
    return f" UTC{hours:+d}" + (f":{minutes:02d}" if minutes else "")


def in_place(at: datetime, zone: object, place: str) -> str:
    return _in_place(at.astimezone(UTC), zone_name(zone), str(place), get_language())


@lru_cache(maxsize=4096)
def _in_place(at: datetime, zone: str, place: str, _language: str | None) -> str:
    """A list shows the same moments again and again, and formatting one costs as much as a row of it."""
    return _("%(moment)s in %(place)s") % {"moment": zoned(at, zone), "place": place or place_of(zone)}


def for_reader(at: datetime, zone: object, own: object) -> str:
    """“(10:00 for you)”, with the day when it differs; nothing when the reader's clock shows the same."""
    here, theirs = (at.astimezone(_zone(zone_name(name))) for name in (zone, own or zone))
    if here.replace(tzinfo=None) == theirs.replace(tzinfo=None):
        return ""
    short = f"D {_shapes().month}" if _shapes().month else _shapes().day
    shape = "H:i" if here.date() == theirs.date() else f"{short}, H:i"
    return _("(%(moment)s for you)") % {"moment": dateformat.format(theirs, shape)}


def machine(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def own_zone(context: dict) -> object:
    return getattr(context.get("request"), "zone", None)


def when(context: dict, at: datetime | date | None, zone: object = None, place: str = "") -> str:
    """A moment on the clocks of its place and on the reader's. A bare date has no zone; ``None`` is nothing."""
    if at is None or at == "":
        return ""
    if not isinstance(at, datetime):
        return day(at)
    told, yours = in_place(at, zone, place), ""
    if mine := own_zone(context):
        yours = format_html(' <span class="yours">{}</span>', for_reader(at, zone, mine))
    said = format_html('<time class="when" datetime="{}">{}{}</time>', machine(at), told, yours)
    return format_html('<x-when data-zone="{}">{}</x-when>', zone_name(zone), said)


def day(value: date | None) -> str:
    """“Thu 2 Mar 2023”."""
    return (
        format_html('<time datetime="{}">{}</time>', value.isoformat(), dateformat.format(value, _shapes().day))
        if value
        else ""
    )


def dated(value: date | None) -> str:
    """The same as plain text, for letters and for the middle of a sentence."""
    return dateformat.format(value, _shapes().day) if value else ""


def span(start: date, end: date | None = None) -> str:
    """“19–20 Apr 2023”, “30 Apr – 2 May 2023”, “30 Dec 2023 – 2 Jan 2024”, or the one day with its weekday."""
    if not end or start == end:
        return dateformat.format(start, _shapes().day) if start else ""
    known, last = _shapes(), dateformat.format(end, _shapes().full)
    if known.number and (start.year, start.month) == (end.year, end.month):
        return f"{dateformat.format(start, known.number)}–{last}"
    same_year = known.month and start.year == end.year
    return f"{dateformat.format(start, known.month if same_year else known.full)} – {last}"


def days(start: date | None, end: date | None = None) -> str:
    """Some days as one expression, in a ``time`` that a machine reads."""
    return format_html('<time datetime="{}">{}</time>', start.isoformat(), span(start, end)) if start else ""


def time_left(at: datetime, now: datetime) -> str:
    """“12 days left”, “5 hours left”, “20 minutes left”, “over”: whole units, rounded down, never flattering."""
    left = at - now
    if left <= timedelta(0):
        return _("over")
    if left >= timedelta(days=2):
        return ngettext("%(n)d day left", "%(n)d days left", left.days) % {"n": left.days}
    hours, minutes = int(left.total_seconds() // 3600), max(1, int(left.total_seconds() // 60))
    if hours >= 1:
        return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
    return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}


def deadline(
    context: dict, at: datetime, then: str = "", zone: object = None, place: str = "", label: str = ""
) -> SafeString:
    """Until when, how long that is, and what happens then. The clock is the context's ``now``, or the wall's."""
    now = context.get("now") or timezone.now()
    over, soon = at <= now, at - now < timedelta(days=3)
    tone = "over" if over else "soon" if soon else "far"
    head = label or (_("Deadline passed") if over else _("Deadline"))
    return format_html(
        '<div class="deadline {}"><p class="label">{}</p><p class="moment">{}</p>'
        "{}{}</div>",
        tone, head, when(context, at, zone, place),
        "" if over else format_html('<p class="left">{}{}</p>', icon("hourglass"), left(at, now)),
        format_html("<p>{}</p>", then) if then else "",
    )  # fmt: skip


def left(at: datetime, now: datetime | None = None) -> str:
    """“12 days left” alone, for a table or a line of text; counts on in the browser."""
    told = time_left(at, now or timezone.now())
    shape = _("{} left")
    return format_html('<x-deadline data-at="{}" data-left="{}">{}</x-deadline>', machine(at), shape, told)
