"""booster solve timetable: when and where each session runs, what moved, what clashes, what would help."""

from zoneinfo import ZoneInfo

from booster.config.solving.kinds import Asked, Told, guarded, table
from booster.craft import timetable
from booster.craft.instances.timetable import TimetableInstance

FORM = TimetableInstance
EFFORT = 60.0  # deterministic seconds, when none are asked for


def told(instance: TimetableInstance, asked: Asked) -> Told:
    work = _conflicts if instance.task == "conflicts" else _proposed
    return guarded(timetable, lambda: work(instance, asked))


def _conflicts(instance: TimetableInstance, asked: Asked) -> Told:
    programme, placed = instance.question(), instance.published()
    found = timetable.conflicts(programme, placed, places=3)
    lines = [f"Conflicts: {len(found)}."]
    for one in found:
        lines.append(one.sentence)
        lines += [f"  {one.move} would fit: {_when(programme, place)}" for place in one.places]
    return Told({"answer": {"conflicts": found}}, lines, picture=lambda: _picture(programme, placed))


def _proposed(instance: TimetableInstance, asked: Asked) -> Told:
    programme = instance.question()
    seed = instance.seed if asked.seed is None else asked.seed
    if instance.task == "replan":
        given = (instance.published(), instance.changes())
        found = timetable.replan(programme, *given, effort=asked.effort, watch=asked.watch, seed=seed)
    else:
        found = timetable.propose(programme, effort=asked.effort, watch=asked.watch, seed=seed)
    picture = lambda: _picture(programme, found.places)  # noqa: E731 -- drawn only when it is asked for
    return Told({"answer": found, "seed": seed}, lines(programme, found), picture=picture)


def lines(programme: timetable.Programme, found: timetable.Proposal) -> list[str]:
    names = {one.id: one for one in programme.sessions}
    rows = [
        [_when(programme, place), f"{names[one].minutes} min", one, ", ".join(names[one].speakers)]
        for one, place in sorted(found.places.items(), key=lambda item: (item[1].start, item[1].room, item[0]))
    ]
    told = [f"Sessions: {len(rows)}. {found.proof.reason.sentence}", *(table(rows) if rows else ())]
    if found.moved:
        told += ["", f"Moved from the published place: {', '.join(found.moved)}."]
    told += ["", "Aims, first things first"]
    told += table([[one.name, str(one.value), f"nothing is below {one.bound}"] for one in found.stages])
    return told + [one.sentence for one in found.notes]


def _when(programme: timetable.Programme, place: timetable.Place) -> str:
    local = place.start.astimezone(ZoneInfo(programme.zone))
    return f"{local:%a %d %b %H:%M %Z}, {place.room}"


def _picture(programme: timetable.Programme, placed: dict[str, timetable.Place]) -> str:
    from booster.config.solving import columns  # noqa: PLC0415 -- only when a picture is asked for

    return columns.picture(programme, placed)
