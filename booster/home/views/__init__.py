"""The pages of the roof."""

from booster.home.views.outbox import letter, outbox, release, settle_letter
from booster.home.views.pages import (
    academy,
    alive,
    copy_edition,
    desk,
    edition,
    front,
    my_page,
    ready,
    search,
    timeline,
)

__all__ = [
    "academy",
    "alive",
    "copy_edition",
    "desk",
    "edition",
    "front",
    "letter",
    "my_page",
    "outbox",
    "ready",
    "release",
    "search",
    "settle_letter",
    "timeline",
]
