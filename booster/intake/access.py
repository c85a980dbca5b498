"""Who may take files in."""

from booster.academies.access import is_organiser

RULES = {"intake.take_in": is_organiser}
