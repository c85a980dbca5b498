"""What lists show of an application, taken from its answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from booster.questions.rules.questions import Form

NAMES = ("venue_name", "venue", "site_name", "place_name", "premises")  # how offers call the place
HOSTS = ("legal_name", "organisation_name", "organisation", "host", "applicant_name", "applicant")


@dataclass(frozen=True, slots=True)
class Summary:
    title: str = ""
    organisation: str = ""
    country: str = ""
    region: str = ""
    city: str = ""
    ecosystems: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


def _text(value: Any) -> str:
    """A plain text, or the name in an answer of several parts."""
    if isinstance(value, Mapping):
        value = value.get("name")
    return " ".join(value.split())[:300] if isinstance(value, str) else ""


def _first(answers: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := _text(answers.get(key)))), "")


def _of_kind(form: Form, answers: Mapping[str, Any], kind: str) -> Any:
    return next((answers[k] for k, q in form.questions.items() if q.kind == kind and answers.get(k)), None)


def _degrees(value: Any, edge: int) -> float | None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and -edge <= value <= edge
    return float(value) if fits else None


def summary(form: Form, answers: Mapping[str, Any]) -> Summary:
    """Never raises, whatever the answers hold; coordinates come both or not at all."""
    place = _of_kind(form, answers, "place")
    place = place if isinstance(place, Mapping) else answers
    point = _of_kind(form, answers, "point")
    point = point if isinstance(point, Mapping) else place
    body = _of_kind(form, answers, "organisation")
    body = body if isinstance(body, Mapping) else {}
    country = _of_kind(form, answers, "country") or body.get("country")
    ecosystems = _of_kind(form, answers, "ecosystems")
    person = " ".join(filter(None, (_text(answers.get("given_name")), _text(answers.get("family_name")))))
    host = _first(answers, HOSTS) or _text(body)
    city = _text(place.get("city")) or _text(answers.get("city"))
    north, east = _degrees(point.get("latitude"), 90), _degrees(point.get("longitude"), 180)
    placed = north is not None and east is not None
    return Summary(
        title=person or " – ".join(filter(None, (_first(answers, NAMES) or city, host)))[:300],
        organisation=host,
        country=country if isinstance(country, str) and len(country) == 2 else "",
        region=_text(answers.get("region"))[:120],
        city=city[:120],
        ecosystems=tuple(e for e in ecosystems if isinstance(e, str)) if isinstance(ecosystems, list) else (),
        latitude=north if placed else None,
        longitude=east if placed else None,
    )
