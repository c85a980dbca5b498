"""booster solve meetings: the rounds, everybody's own list with reasons, what is proven about it."""

from booster.config.solving.kinds import Asked, Told, guarded
from booster.craft import meetings
from booster.craft.instances.meetings import MeetingsInstance

FORM = MeetingsInstance
EFFORT = meetings.EFFORT


def told(instance: MeetingsInstance, asked: Asked) -> Told:
    return guarded(meetings, lambda: _planned(instance, asked))


def _planned(instance: MeetingsInstance, asked: Asked) -> Told:
    problem = instance.question(asked.seed)
    plan = meetings.plan(problem, effort=asked.effort, watch=asked.watch)
    document = {"answer": plan, "seed": problem.seed}
    return Told(document, lines(plan, problem.rounds), picture=lambda: _picture(plan, problem.rounds))


def _picture(plan: meetings.Plan, rounds: int) -> str:
    from booster.config.solving import ladders  # noqa: PLC0415 -- only when a picture is asked for

    return ladders.picture(plan, rounds)


def lines(plan: meetings.Plan, rounds: int) -> list[str]:
    found = [plan.sentence, *(level.sentence for level in plan.levels), *(note.sentence for note in plan.notes)]
    for number in range(1, rounds + 1):
        pairs = [_pair(one) for one in plan.meetings if one.round == number]
        found += ["", f"Round {number}", *(pairs or ["  nobody"])]
    for name, person in plan.people.items():
        found += ["", f"{name}: {person.sentence}"]
        for turn in person.turns:
            why = " ".join(reason.sentence for reason in turn.reasons)
            found.append(f"  Round {turn.round}, {turn.other}: {why}".rstrip().removesuffix(":"))
        found += [f"  Round {pause.round}: {pause.reason.sentence}" for pause in person.pauses]
    return found


def _pair(one: meetings.Meeting) -> str:
    table = f", table {one.table}" if one.table else ""
    return f"  {one.one} and {one.other}{table}"
