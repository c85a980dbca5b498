"""What the virus scanner said. ``absent``: there was no scanner when the file came."""

from booster.kit.machine import Machine, Move

SCAN = Machine(
    start="unscanned",
    moves=(
        Move("do_without", ("unscanned",), "absent"),
        Move("clear", ("unscanned", "absent"), "clean"),
        Move("condemn", ("unscanned", "absent"), "infected"),
    ),
)
