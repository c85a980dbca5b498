"""The life of a letter.

``sending``: a worker has it in hand. ``unsure``: the worker was killed while the mail server was taking it, so it may
have arrived; nobody sends it again by itself, a person decides. ``put_back``: the mailbox was full for days, it
goes out again later.
"""

from booster.kit.machine import Machine, Move

LETTER = Machine(
    start="held",
    moves=(
        Move("release", ("held",), "released"),
        Move("discard", ("held", "failed", "given_up", "bounced", "unsure"), "discarded"),
        Move("claim", ("released",), "sending"),
        Move("keep", ("released",), "sent"),
        Move("deliver", ("sending",), "sent"),
        Move("put_off", ("sending",), "released"),
        Move("fail", ("sending",), "failed"),
        Move("give_up", ("sending",), "given_up"),
        Move("doubt", ("sending",), "unsure"),
        Move("bounce", ("sent", "unsure"), "bounced"),
        Move("put_back", ("sent", "unsure"), "released"),
        Move("retry", ("failed", "given_up", "bounced", "unsure"), "released"),
    ),
)
