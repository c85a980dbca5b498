"""The lives of an application and of a partner in it."""

from booster.kit.machine import Machine, Move

APPLICATION = Machine(
    start="draft",
    moves=(
        Move("submit", ("draft", "submitted"), "submitted"),
        Move("withdraw", ("draft", "submitted"), "withdrawn"),
        Move("restore", ("withdrawn",), "draft"),
        Move("supersede", ("submitted",), "superseded"),
        Move("erase", ("draft", "submitted", "withdrawn", "superseded"), "erased"),
    ),
)

PARTNER = Machine(
    start="invited",
    moves=(
        Move("join", ("invited",), "joined"),
        Move("sign_off", ("joined",), "signed_off"),
        Move("take_back", ("signed_off",), "joined"),
        Move("leave", ("invited", "joined", "signed_off"), "left"),
    ),
)
