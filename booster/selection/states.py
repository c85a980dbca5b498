"""The lives of a scenario, of a draw, of a decision and of a complaint."""

from booster.kit.machine import Machine, Move

SCENARIO = Machine(
    start="draft",
    moves=(
        Move("ask", ("draft", "solved", "clashing", "unsettled", "weighed"), "waiting"),
        Move("stop", ("waiting",), "draft"),
        Move("solve", ("waiting",), "solved"),
        Move("weigh", ("waiting",), "weighed"),
        Move("clash", ("waiting",), "clashing"),
        Move("give_up", ("waiting",), "unsettled"),
        Move("change", ("draft", "waiting", "solved", "clashing", "unsettled", "weighed"), "draft"),
        Move("announce", ("weighed",), "announced"),
        Move("draw", ("announced",), "solved"),
        Move("call_off", ("announced", "solved"), "weighed"),
        Move("adopt", ("solved",), "adopted"),
        Move("reopen", ("adopted",), "solved"),
    ),
)

DRAW = Machine(
    start="announced",
    moves=(
        Move("draw", ("announced",), "drawn"),
        Move("call_off", ("announced", "drawn"), "called_off"),
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
