"""The life of a seat."""

from booster.kit.machine import Machine, Move

SEAT = Machine(
    start="waiting",
    moves=(
        Move("offer", ("waiting",), "offered"),
        Move("accept", ("offered",), "accepted"),
        Move("decline", ("offered",), "declined"),
        Move("lapse", ("offered",), "lapsed"),
        Move("give_back", ("accepted",), "given_back"),
        Move("drop", ("waiting",), "dropped"),
    ),
)
