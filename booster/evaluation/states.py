"""The lives of a screening, of an evaluator's file, of an evaluation, of a consensus and of a proposed sharing."""

from booster.kit.machine import Machine, Move

SCREENING = Machine(
    start="proposed",
    moves=(
        Move("confirm", ("proposed",), "confirmed"),
        Move("overrule", ("proposed", "confirmed", "overruled"), "overruled"),
        Move("recompute", ("proposed", "confirmed"), "proposed"),
    ),
)

ASSIGNMENT = Machine(
    start="assigned",
    moves=(
        Move("declare_free", ("assigned",), "open"),
        Move("declare_conflict", ("assigned", "open"), "in_doubt"),
        Move("clear", ("in_doubt",), "open"),
        Move("bar", ("assigned", "in_doubt", "open"), "barred"),
        Move("unassign", ("assigned", "open", "in_doubt"), "ended"),
        Move("reassign", ("ended",), "assigned"),
    ),
)

EVALUATION = Machine(
    start="draft",
    moves=(
        Move("sign", ("draft",), "signed"),
        Move("reopen", ("signed",), "draft"),
    ),
)

CONSENSUS = Machine(
    start="open",
    moves=(
        Move("agree", ("open",), "agreed"),
        Move("reopen", ("agreed",), "open"),
    ),
)

SHARING = Machine(
    start="asked",
    moves=(
        Move("propose", ("asked",), "proposed"),
        Move("fail", ("asked",), "failed"),
        Move("assign", ("proposed",), "assigned"),
        Move("drop", ("asked", "proposed", "failed"), "dropped"),
    ),
)
