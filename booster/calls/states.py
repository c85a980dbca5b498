"""The lives of a call and of a question that somebody asks about it."""

from booster.kit.machine import Machine, Move

CALL = Machine(
    start="draft",
    moves=(
        Move("publish", ("draft",), "open"),
        Move("close", ("open",), "closed"),
        Move("reopen", ("closed",), "open"),
        Move("settle", ("closed",), "settled"),
    ),
)

ENQUIRY = Machine(
    start="asked",
    moves=(
        Move("answer", ("asked", "answered"), "answered"),
        Move("set_aside", ("asked",), "set_aside"),
    ),
)
