"""Write letters, release them, keep what became of them. Nothing is sent here."""

from booster.post.actions.letters import (
    Draft,
    claim,
    discard,
    drop,
    drop_many,
    forget,
    forget_about,
    hand_over,
    hasten,
    keep_in_box,
    release,
    retry,
    rewrite,
    settle,
)
from booster.post.actions.returns import (
    EARLY,
    REFUSED,
    believe_in,
    leave_mailbox,
    take_mailbox,
    take_report,
)

__all__ = [
    "EARLY",
    "REFUSED",
    "Draft",
    "believe_in",
    "claim",
    "discard",
    "drop",
    "drop_many",
    "forget",
    "forget_about",
    "hand_over",
    "hasten",
    "keep_in_box",
    "leave_mailbox",
    "release",
    "retry",
    "rewrite",
    "settle",
    "take_mailbox",
    "take_report",
]
