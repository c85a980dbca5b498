"""The life of an edition."""

from booster.kit.machine import Machine, Move

EDITION = Machine(
    start="planned",
    moves=(
        Move("open", ("planned",), "open"),
        Move("run", ("open",), "running"),
        Move("follow_up", ("running",), "following_up"),
        Move("close", ("open", "running", "following_up"), "closed"),
        Move("reopen", ("closed",), "following_up"),
    ),
)
