"""The whole way: read, pair, give rounds, fill, tell. The heavy parts are imported when asked for."""

from booster.craft.meetings.answer import Plan
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
