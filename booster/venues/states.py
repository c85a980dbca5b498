"""The life of a hosting."""

from booster.kit.machine import Machine, Move

HOSTING = Machine(
    start="proposed",
    moves=(
        Move("agree", ("proposed",), "agreed"),
        Move("prepare", ("agreed",), "ready"),
        Move("step_back", ("proposed", "agreed", "ready"), "stepped_back"),
    ),
)
