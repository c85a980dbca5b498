"""The whole way: read, pair, give rounds, fill, tell. The heavy parts are imported when asked for."""

from booster.craft.meetings.answer import Plan, Reason
from booster.craft.meetings.problem import Problem, check
from booster.craft.working import Watch, unwatched

EFFORT = 20.0


def plan(problem: Problem, *, effort: float = EFFORT, watch: Watch = unwatched) -> Plan:
    """Who meets whom in which round, aim after aim: floor, requests of both, total, smallest total; then lots.

    `effort`: deterministic seconds for each stage (see `working`). BadProblem names what is wrong in the question;
    Stopped when the watch asks to stop before there is a plan. There is always a plan: a floor that cannot be reached
    is missed by as little as can be, and said so. Cost: 0.05 s for 40 people, 2 s for 500, 5 s for 1,000.
    """
    check(problem)
    from booster.craft.meetings import settling  # noqa: PLC0415 -- scipy and numpy stay out of web processes

    return settling.plan(problem, effort, watch)


def why_not(
    problem: Problem, plan: Plan, one: str, other: str, *, effort: float = EFFORT, watch: Watch = unwatched
) -> Reason:
    """Why these two do not meet in this plan of this problem, said to `one`: refused, never in one place, or what the
    best pairs would lose with them among them (rounds left aside).

    Codes: they_meet, refused, modes, never_together, costs_floor, costs_requests, costs, as_good, could, cannot.
    BadProblem names an id that is not among the people. Cost: as `plan`, without its last aims.
    """
    check(problem)
    from booster.craft.meetings import arguing  # noqa: PLC0415 -- as in `plan`

    return arguing.why_not(problem, plan, one, other, effort, watch)
