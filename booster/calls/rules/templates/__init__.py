"""The two calls that the house knows how to write: starting points that organisers change as they like. Pure."""

from booster.calls.rules.templates.participants import PARTICIPANTS
from booster.calls.rules.templates.shape import CriterionOf, RequirementOf, Template
from booster.calls.rules.templates.venues import VENUES

__all__ = ["PARTICIPANTS", "TEMPLATES", "VENUES", "CriterionOf", "RequirementOf", "Template"]

TEMPLATES: dict[str, Template] = {"participants": PARTICIPANTS, "venues": VENUES}
