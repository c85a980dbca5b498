import pytest

from booster.questions.rules.form import Option
from booster.questions.rules.naming import named

GENDERS = (Option("woman", "Woman"), Option("man", "Man"), Option("other", "Other"))
LABELS = (Option("none", "None"), Option("bronze", "Bronze"), Option("silver", "Silver"), Option("gold", "Gold"))
STAGES = (Option("starting", "Starting"), Option("growing", "Growing"), Option("established", "Established"))


@pytest.mark.parametrize(
    "options, text, value",
    [
        (GENDERS, "Female", "woman"),
        (GENDERS, "F", "woman"),
        (GENDERS, "male", "man"),
        (GENDERS, "Frau", "woman"),
        (GENDERS, "diverse", "other"),
        (GENDERS, "Prefer not to say", ""),
        (GENDERS, "n/a", ""),
        (GENDERS, "-", ""),
        (GENDERS, "Woman / Man", None),
        (LABELS, "GOLD label", "gold"),
        (LABELS, "No label", "none"),
        (LABELS, "platinum", None),
        (STAGES, "2. Growing", "growing"),
        (STAGES, "Growing (3 to 6 years)", "growing"),
        (STAGES, "estabilshed", "established"),
        (STAGES, "not growing", None),
    ],
)
def test_an_option_is_named_in_many_ways_and_never_guessed(options, text, value):
    assert named(options, text) == value
