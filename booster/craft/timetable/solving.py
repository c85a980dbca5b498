"""From a programme to its proof: arithmetic first, then one aim after the other, rooms last. For workers only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booster.craft.timetable.aims import Aims, measured
from booster.craft.timetable.answer import Clash, Impossible, Proof, Proposal, Reason, Stage, Unsettled, say
from booster.craft.timetable.capacity import faults
from booster.craft.timetable.grid import Grid, lay
from booster.craft.timetable.ground import Spot
from booster.craft.timetable.model import Model
from booster.craft.timetable.programme import Programme
from booster.craft.timetable.reading import read
from booster.craft.timetable.relief import relieved
from booster.craft.timetable.rooming import Rooms
from booster.craft.timetable.search import Ruled, Search
from booster.craft.timetable.sweep import broken
from booster.craft.working import Step, Watch

SHARES = {"moves": 0.8, "shift": 0.8, "wishes": 0.5, "chains": 0.75, "idle": 0.6}
TIES = 2.0  # at most so many steps for fixing one of equals: it proves nothing that anybody asks for
COUNTED = {"moves", "wishes", "rooms"}  # the other aims are minutes


@dataclass(slots=True)
class _Run:
    """A model under way: `bounds` per aim, in units."""

    grid: Grid
    model: Model
    aims: Aims
    search: Search
    bounds: dict[str, int]


def best(programme: Programme, names: Sequence[str], effort: float, watch: Watch, seed: int) -> Proposal:
    """A timetable that is best in these aims, in their order. Raises as `propose`."""
    grid = lay(read(programme))
    found = faults(grid)
    if found:
        raise Impossible(_clash(grid, found, effort, watch))
    if not grid.ground.items:
        return _told(grid, {}, [], True, 0.0)
    run = _start(grid, effort, watch, seed)
    for name in names:
        _, run.bounds[name] = run.search.aim(name, run.aims.goal(name), share=SHARES[name])
    return _finish(run, names, watch, seed)


def _start(grid: Grid, effort: float, watch: Watch, seed: int) -> _Run:
    model = Model(grid, {item.published[1] for item in grid.ground.items if item.published is not None})
    aims = Aims(model, seed)
    search = Search(model.cp, effort, watch)
    try:
        if not search.first(effort / 2):
            raise Unsettled("The effort ran out before any timetable was found or ruled out.")
    except Ruled:
        raise Impossible(_clash(grid, [], effort, watch)) from None
    return _Run(grid, model, aims, search, {})


def _finish(run: _Run, names: Sequence[str], watch: Watch, seed: int) -> Proposal:
    grid, search = run.grid, run.search
    spots = _placed(run)
    ties = _is_proven(run, names, spots) and _untie(run)
    times = {item.index: search.value(run.model.start[item.index]) * grid.unit for item in grid.ground.items}
    stay = {one: _hall(run, one) for one, kept in run.aims.stays.items() if kept is not None and search.value(kept)}
    rooms = Rooms(grid, times, stay, seed)
    settled = Search(rooms.cp, max(1.0, search.left), _no_more_stops(watch))
    halls, sure = rooms.settle(settled)
    spots = {index: (start, halls[index]) for index, start in times.items()}
    if clashes := broken(grid.ground, spots):
        raise RuntimeError(f"The solver's timetable breaks a rule: {clashes[0].sentence}")
    stages = _stages(run, names, spots)
    return _told(grid, spots, stages, ties and sure, search.used + settled.used)


def _hall(run: _Run, index: int) -> int:
    published = run.grid.ground.items[index].published
    return published[1] if published else -1


def _placed(run: _Run) -> dict[int, Spot]:
    """Where the model has put the sessions; of a kind of room, its first."""
    spots = {}
    for (index, kind), literal in run.model.in_kind.items():
        if run.search.value(literal):
            spots[index] = (run.search.value(run.model.start[index]) * run.grid.unit, run.model.kinds[kind][0])
    return spots


def _untie(run: _Run) -> bool:
    """Fix one of the equally good timetables by weights. True when no other weighs less."""
    value, bound = run.search.aim("ties", run.aims.goal("ties"), limit=TIES)
    return value == bound


def _is_proven(run: _Run, names: Sequence[str], spots: Mapping[int, Spot]) -> bool:
    return all(stage.proven for stage in _stages(run, names, spots))


def _stages(run: _Run, names: Sequence[str], spots: Mapping[int, Spot]) -> list[Stage]:
    figures = measured(run.grid.ground, spots)
    scale = {name: 1 if name in COUNTED else run.grid.unit for name in names}
    return [Stage(name, figures[name], min(figures[name], max(0, run.bounds[name] * scale[name]))) for name in names]


def _no_more_stops(watch: Watch) -> Watch:
    """Tells the watch, and finishes the rooms whatever it says: there is a timetable to hand over."""

    def told(step: Step) -> bool:
        watch(step)
        return True

    return told


def _told(grid: Grid, spots: Mapping[int, Spot], stages: Sequence[Stage], unique: bool, steps: float) -> Proposal:
    open_ones = [stage for stage in stages if not stage.proven]
    said = say("optimal") if not open_ones else _still_open(open_ones)
    proof = Proof("bound" if open_ones else "optimal", unique and not open_ones, round(steps, 3), said)
    places = {grid.ground.items[index].id: grid.ground.place(spot) for index, spot in sorted(spots.items())}
    moved = [one for one in grid.ground.items if one.published is not None and spots.get(one.index) != one.published]
    return Proposal(
        places=places,
        stages=tuple(stages),
        proof=proof,
        moved=tuple(one.id for one in moved),
        room_changes=measured(grid.ground, spots)["rooms"],
        notes=grid.ground.notes,
    )


def _still_open(stages: Sequence[Stage]) -> Reason:
    names = ", ".join(stage.name for stage in stages)
    return say("bound", names=names, gaps=", ".join(str(stage.gap) for stage in stages))


def _clash(grid: Grid, found: Sequence[tuple[str, Reason]], effort: float, watch: Watch) -> Clash:
    kind = found[0][0] if found else "together"
    reasons = tuple(one for _, one in found) or (say("together"),)
    message = " ".join(one.sentence for one in reasons)
    bare = Clash(kind, message, reasons)  # type: ignore[arg-type]
    return bare if kind == "circle" else relieved(grid, bare, effort, watch)
