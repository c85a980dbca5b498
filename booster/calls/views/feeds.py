"""Calls for machines: JSON, RSS and calendars."""

import json
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.timezone import now
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from booster.calls import queries
from booster.calls.models import Call
from booster.calls.rules import deadlines
from booster.calls.views.public import opens_call
from booster.kit.views import public
from booster.ui.kept import for_strangers
from booster.ui.templatetags.texts import plain


def _address(call: Call) -> str:
    return settings.BOOSTER_URL + reverse("calls:call", args=[call.slug])


def _item(call: Call, at: Any) -> dict[str, Any]:
    return {
        "id": _address(call),
        "url": _address(call),
        "title": call.title,
        "summary": call.summary or plain(call.body)[:300],
        "content_text": plain(call.body),
        "date_published": call.published_at,
        "language": call.language,
        "_call": {
            "kind": call.kind,
            "state": deadlines.phase(call, at),
            "opens_at": call.opens_at,
            "deadline_at": call.deadline_at,
            "zone": call.zone,
            "edition": call.edition.name,
            "academy": call.edition.academy.name,
            "languages": [call.language, *sorted(call.translations)],
            "seats": call.seats,
        },
    }


def _newest() -> QuerySet[Call]:
    """Also those that are over: a reader of feeds learns of a state by ``_call``, and nothing vanishes."""
    return queries.published_calls().order_by("-published_at", "-pk")


@for_strangers(queries.about_calls)
@public("calls.read")
def json_feed(request: HttpRequest) -> HttpResponse:
    """JSON Feed 1.1 with what a call is in ``_call``."""
    at = now()
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Calls"),
        "home_page_url": settings.BOOSTER_URL + reverse("calls:index"),
        "feed_url": settings.BOOSTER_URL + reverse("calls:json_feed"),
        "items": [_item(call, at) for call in _newest()],
    }
    text = json.dumps(told, default=lambda moment: moment.isoformat(), ensure_ascii=False)
    return HttpResponse(text, content_type="application/feed+json; charset=utf-8")


@for_strangers(queries.about_calls)
@public("calls.read")
def rss(request: HttpRequest) -> HttpResponse:
    home = escape(settings.BOOSTER_URL + reverse("calls:index"))
    items = "".join(_rss_item(call) for call in _newest())
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(_('Calls'))}</title><link>{home}</link>"
        f"<description>{escape(_('Calls of the academy'))}</description>"
        f'<atom:link rel="self" type="application/rss+xml" href="{home}feed.xml"/>{items}</channel></rss>'
    )
    return HttpResponse(text, content_type="application/rss+xml; charset=utf-8")


def _rss_item(call: Call) -> str:
    published = http_date(call.published_at.timestamp()) if call.published_at else ""
    return (
        f"<item><title>{escape(call.title)}</title><link>{escape(_address(call))}</link>"
        f'<guid isPermaLink="true">{escape(_address(call))}</guid><pubDate>{published}</pubDate>'
        f"<description>{escape(call.summary or plain(call.body)[:300])}</description></item>"
    )


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Booster//calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def _deadline(call: Call) -> Event:
    """One lasting entry a call: the same UID after an extension, with a higher sequence, moves it in calendars."""
    event = Event()
    event.add("uid", f"call-{call.pk}-deadline@{settings.BOOSTER_URL.split('//')[-1]}")
    event.add("sequence", call.revision)
    event.add("dtstamp", call.published_at or call.opens_at)
    event.add("dtstart", call.deadline_at)
    event.add("dtend", call.deadline_at)
    event.add("summary", _("Deadline: %(call)s") % {"call": call.title})
    event.add("description", f"{call.summary}\n{_address(call)}")
    event.add("url", _address(call))
    event.add("transp", "TRANSPARENT")
    return event


def _ics(calendar: Calendar, name: str) -> HttpResponse:
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


@for_strangers(queries.about_calls)
@public("calls.read")
def calendar(request: HttpRequest) -> HttpResponse:
    made = _calendar()
    made.add("x-wr-calname", _("Open calls"))
    made.add("x-published-ttl", "PT6H")
    for call in queries.open_calls():
        made.add_component(_deadline(call))
    return _ics(made, "calls")


@for_strangers(queries.about_call)
@opens_call("calls.read")
def deadline(request: HttpRequest, call: Call) -> HttpResponse:
    made = _calendar()
    event = _deadline(call)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", call.title)
    alarm["trigger"] = "-P2D"
    event.add_component(alarm)
    made.add_component(event)
    return _ics(made, call.slug)
