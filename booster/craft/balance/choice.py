"""Choose exactly k of n with the highest total score within limits, and explain the result."""

from dataclasses import replace

from booster.craft.balance.answer import Bound, Choice, Infeasible, LimitOutcome, Proof, Unsettled
from booster.craft.balance.budget import Budget, OutOfEffort
from booster.craft.balance.clash import clash_of
from booster.craft.balance.live import average_of
from booster.craft.balance.problem import BadProblem, Ground, Problem, Row, read, score_of
from booster.craft.balance.reasons import reasons, reserve_list
from booster.craft.balance.standing import Standing, polished, stand
from booster.craft.working import Stopped, Watch, unwatched

PROOFS = {
    "stopped": "The search was stopped: a better total is possible, but by at most {points} points.",
    "proven": "Proven: no selection within the limits has a higher total.",
    "lots_open": "The lots between equal totals were not settled in the time allowed.",
}


def choose(problem: Problem, *, effort: float = 60.0, watch: Watch = unwatched) -> Choice:
    """The best selection, the same for the same problem and seed on every machine, whatever the order of the input.

    Equal totals are decided by lots (SHA-256 of seed and id): the selection with the highest sum of lots, counted in
    steps of 20 bits. `effort`: deterministic seconds after which the search stops; the proof then states the gap and
    `unique` is False. Raises BadProblem, Infeasible (with its clash), Unsettled, Stopped before there is any answer.
    Run it in a worker: it imports scipy.
    Cost: n=200 about 0.1 s, n=10,000 about 1 s. Source: branch and cut by HiGHS, columns proven out by reduced cost.
    """
    from booster.craft.balance import solver  # noqa: PLC0415 -- scipy stays out of processes that never choose

    ground = read(problem)
    budget = Budget(effort, watch)
    try:
        solved = solver.solve(ground, budget)
    except solver.NoSelection:
        raise Infeasible(clash_of(ground, watch=watch)) from None
    except OutOfEffort:
        if budget.stopped:
            raise Stopped("search") from None
        raise Unsettled("The time ran out before a selection was found.") from None
    standing = polished(ground, stand(ground, ground.find(solved.ids)))
    _recheck(ground, standing)
    points = sum(member.points for member in standing.chosen)
    return Choice(
        chosen=tuple(member.id for member in standing.chosen),
        reserve=reserve_list(ground, standing),
        reasons=reasons(ground, standing, solved.sure),
        limits=outcomes(ground, standing),
        total=score_of(points),
        average=average_of(points, ground.seats),
        proof=_proof(points, solved.bound, solved.unique),
    )


def price(problem: Problem, attribute: str, value: str, *, effort: float = 60.0, watch: Watch = unwatched) -> Choice:
    """The choice without the limits on one value: compare totals to see what the limit costs. Raises as `choose`."""
    rows = read(problem).rows
    kept = [row.limit() for row in rows if (row.attribute, row.value) != (attribute, value)]
    if len(kept) == len(rows):
        raise BadProblem(f"No limit speaks of {attribute} {value}.", f"{attribute} {value}")
    return choose(replace(problem, limits=kept), effort=effort, watch=watch)


def outcomes(ground: Ground, standing: Standing) -> tuple[LimitOutcome, ...]:
    """Each limit with what was reached, sorted by attribute and value."""
    return tuple(
        LimitOutcome(
            attribute=row.attribute,
            value=row.value,
            label=row.label,
            minimum=row.minimum or None,
            maximum=row.maximum,
            reached=reached,
            binding=_bound_by(row, reached),
        )
        for row, reached in zip(ground.rows, standing.counts, strict=True)
    )


def _bound_by(row: Row, reached: int) -> Bound | None:
    if reached == row.maximum:
        return "maximum"
    return "minimum" if row.minimum and reached == row.minimum else None


def _recheck(ground: Ground, standing: Standing) -> None:
    ids = {member.id for member in standing.chosen}
    if not standing.sound or len(ids) != ground.seats or not ground.forced <= ids:
        raise RuntimeError("The solver's selection breaks a limit.")


def _proof(points: int, bound: int, unique: bool) -> Proof:
    gap = score_of(bound - points)
    if gap:
        sentence = PROOFS["stopped"].format(points=f"{gap.normalize():f}")
        return Proof("bound", score_of(bound), gap, False, sentence)
    sentence = PROOFS["proven"]
    if not unique:
        sentence += f" {PROOFS['lots_open']}"
    return Proof("optimal", score_of(bound), gap, unique, sentence)
