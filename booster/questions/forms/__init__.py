"""How questions are drawn and read back: a Django form, for answering or to look at. Rooms above import this door."""

from booster.questions.forms.drawing import Answers, Beside, Desk, build, preview
from booster.questions.forms.spots import country_in, spot_of
from booster.questions.forms.widgets import region_choices

__all__ = ["Answers", "Beside", "Desk", "build", "country_in", "preview", "region_choices", "spot_of"]
