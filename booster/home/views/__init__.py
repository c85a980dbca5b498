"""The pages of the roof."""

from booster.home.views.operating import found, operations, retry_errands
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
    "found",
    "front",
    "letter",
    "my_page",
    "operations",
    "outbox",
    "ready",
    "release",
    "retry_errands",
    "search",
    "settle_letter",
    "timeline",
]
