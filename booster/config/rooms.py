"""The rooms of the house, from the ground up."""

ROOMS = [
    "kit",
    "ui",
    "chronicle",
    "library",
    "post",
    "people",
    "questions",
    "academies",
    "calls",
    "applications",
    "interviews",
    "evaluation",
    "intake",
    "selection",
    "cohort",
    "venues",
    "home",
]
