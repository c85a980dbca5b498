"""The lives of a scenario, of a decision and of a complaint."""

from booster.kit.machine import Machine, Move

SCENARIO = Machine(
    start="draft",
    moves=(
        Move("ask", ("draft", "solved", "clashing", "unsettled"), "waiting"),
        Move("solve", ("waiting",), "solved"),
        Move("clash", ("waiting",), "clashing"),
        Move("give_up", ("waiting",), "unsettled"),
        Move("change", ("draft", "waiting", "solved", "clashing", "unsettled"), "draft"),
        Move("adopt", ("solved",), "adopted"),
        Move("reopen", ("adopted",), "solved"),
    ),
)

DECISION = Machine(
    start="proposed",
    moves=(
        Move("confirm", ("proposed",), "confirmed"),
        Move("take_back", ("confirmed",), "proposed"),
        Move("tell", ("confirmed",), "told"),
        Move("reopen", ("told",), "proposed"),
    ),
)

COMPLAINT = Machine(
    start="received",
    moves=(
        Move("admit", ("received",), "admitted"),
        Move("refuse", ("received",), "refused"),
        Move("decide", ("admitted",), "decided"),
    ),
)
