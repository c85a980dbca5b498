"""Lifecycles of the chronicle."""

from booster.kit.machine import Machine, Move

ERRAND = Machine(
    start="todo",
    moves=(
        Move("finish", ("todo",), "done"),
        Move("give_up", ("todo",), "given_up"),
        Move("retry", ("given_up",), "todo"),
    ),
)
