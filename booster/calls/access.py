"""Who may do what with a call: everybody reads what is published, organisers of its edition do the rest."""

from booster.academies.access import is_organiser
from booster.kit.access import anybody

RULES = {
    "calls.read": anybody,
    "calls.ask": anybody,
    "calls.draft": is_organiser,  # the thing is the edition
    "calls.look_over": is_organiser,
    "calls.change": is_organiser,
    "calls.build": is_organiser,
    "calls.publish": is_organiser,
    "calls.extend": is_organiser,
    "calls.close": is_organiser,
    "calls.reopen": is_organiser,
    "calls.settle": is_organiser,
    "calls.answer": is_organiser,
    "calls.attach": is_organiser,
    "calls.let_in": is_organiser,
    "calls.copy": is_organiser,
}
