"""A point on the map: one box to type or paste into, and the map that shows what was understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from booster.people.rules import countries
from booster.questions.forms.widgets import Composite, cell
from booster.questions.rules import points
from booster.questions.rules.questions import PARTS, Form, Problem, Question, clean_answer, point_of
from booster.ui import europe

ASKED = Question("point", "point", "")


@dataclass(frozen=True, slots=True)
class Spot:
    """What was understood: where it lies on the drawing (``None`` outside it), how it reads, and what is strange."""

    told: str = ""
    at: tuple[float, float] | None = None
    doubt: str = ""
    trouble: str = ""
    width: int = europe.WIDTH
    height: int = europe.HEIGHT


def country_in(form: Form, answers: Mapping[str, Any]) -> str:
    """The country that was answered, as a code; empty when none was."""
    asked = (key for key, question in form.questions.items() if question.kind == "country")
    given = answers.get(next(asked, ""))
    return given if isinstance(given, str) and given in countries.all_codes() else ""


def spot_of(value: Any, country: str) -> Spot:
    """An answer, or what is being typed, for the map. Never raises."""
    point = point_of(value)
    if point is None:
        read = clean_answer(ASKED, value if isinstance(value, str) else None)
        if isinstance(read, Problem):
            return Spot(trouble=read.said(_))
        point = point_of(read)
    if point is None:
        return Spot()
    at = europe.point(*point)
    return Spot(points.told(point), at, _doubt(point, country, at))


def _doubt(point: points.Point, country: str, at: tuple[float, float] | None) -> str:
    doubt = points.doubts(point, country)
    named = _(countries.name(country)) if country else ""
    if doubt == "swapped":
        turned = points.told((point[1], point[0]))
        return _("This lies far from %(country)s. Are the two numbers swapped: %(point)s?") % {
            "country": named, "point": turned,
        }  # fmt: skip
    if doubt:
        return _("This lies far from %(country)s, the country of this application. Is it right?") % {"country": named}
    return "" if at else _("This lies outside the map of Europe. Is it right?")


class Pointed(Composite):
    """One box for the point, for a place also its town; the map beneath it follows what is typed."""

    template_name = "questions/widgets/pointed.html"

    def __init__(self, question: Question, links: Mapping[str, str], form: Form, answers: Mapping[str, Any]) -> None:
        super().__init__(question, links)
        self.country = country_in(form, answers)
        self.country_key = next((key for key, q in form.questions.items() if q.kind == "country"), "")
        self.use_fieldset = question.kind == "place"

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return "" if self.use_fieldset else id_

    def cells(self, name: str, value: Any) -> dict[str, Any]:
        given = value if isinstance(value, Mapping) else {}
        point, town = point_of(given), self.question.kind == "place"
        typed = points.told(point) if point else str((given.get("point") if given else value) or "")
        return {
            "town": cell(PARTS["place"][0], f"{name}-city", given.get("city")) if town else None,
            "field": f"{name}-point" if town else name,
            "typed": typed,
            "spot": spot_of(given if point else typed, self.country),
            "look": self.links.get("point", ""),
            "country_key": self.country_key,
        }
