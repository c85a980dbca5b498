"""The best timetable, and the one that moves the fewest published sessions. Loads OR-Tools when called: for workers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from booster.craft.timetable.answer import Clash, Impossible, Proof, Proposal, Reason, Stage, Unsettled, say
from booster.craft.timetable.capacity import faults
from booster.craft.timetable.changes import Change, changed
from booster.craft.timetable.checking import known
from booster.craft.timetable.grid import Grid, lay
from booster.craft.timetable.ground import Spot
from booster.craft.timetable.programme import BadProgramme, Place, Programme
from booster.craft.timetable.reading import read
from booster.craft.timetable.sweep import broken
from booster.craft.working import Watch, unwatched

if TYPE_CHECKING:
    from booster.craft.timetable.aims import Aims
    from booster.craft.timetable.model import Model
    from booster.craft.timetable.search import Search

EFFORT = 30.0  # deterministic seconds
NEW = ("moves", "wishes", "chains", "idle")
AGAIN = ("moves", "shift")
SHARES = {"moves": 0.8, "shift": 0.8, "wishes": 0.5, "chains": 0.75, "idle": 0.6}
COUNTED = {"moves", "wishes", "rooms"}  # the other aims are minutes


def propose(programme: Programme, effort: float = EFFORT, watch: Watch = unwatched, seed: int = 0) -> Proposal:
    """A timetable that keeps every rule; among those, in strict order: most published places kept, fewest sessions
    outside speakers' wishes, shortest gaps between sessions in order, least idle time within the days of each track.

    `seed` decides between equals and nothing else. Does not depend on the order of anything in the programme.
    Raises BadProgramme (wrong data), Impossible (with the least that would help), Unsettled (effort too small to tell),
    Stopped (by the watch, before there was an answer). A stopped search returns its best, with bounds.
    Cost: 92 sessions have a first timetable in a tenth of a second.
    """
    return _best(lay(read(programme)), NEW, effort, watch, seed)


def replan(
    programme: Programme,
    published: Mapping[str, Place],
    changes: Sequence[Change] = (),
    effort: float = EFFORT,
    watch: Watch = unwatched,
    seed: int = 0,
) -> Proposal:
    """The timetable after `changes` that moves the fewest published sessions (time or room), then shifts them least.

    Sessions without a published place go where they fit. `Proposal.moved` names those that moved. Raises as `propose`.
    """
    known(published, [one.id for one in programme.sessions], "session", "The published timetable")
    sessions = [replace(one, published=published.get(one.id)) for one in programme.sessions]
    return _best(lay(read(replace(changed(programme, changes), sessions=sessions))), AGAIN, effort, watch, seed)


@dataclass(slots=True)
class _Run:
    """A model under way: `bounds` per aim, in units."""

    grid: Grid
    model: "Model"
    aims: "Aims"
    search: "Search"
    bounds: dict[str, int]


def _best(grid: Grid, names: Sequence[str], effort: float, watch: Watch, seed: int) -> Proposal:
    if not 0 < effort < float("inf"):
        raise BadProgramme("The effort must be more than 0 seconds.", "effort")
    found = faults(grid)
    if found:
        raise Impossible(_clash(grid, found, effort, watch))
    if not grid.ground.items:
        return _told(grid, {}, [], True, 0.0)
    run = _start(grid, effort, watch, seed)
    for name in names:
        _, run.bounds[name] = run.search.aim(name, getattr(run.aims, name), share=SHARES[name])
    return _finish(run, names, watch, seed)


def _start(grid: Grid, effort: float, watch: Watch, seed: int) -> _Run:
    from booster.craft.timetable.aims import Aims
    from booster.craft.timetable.model import Model
    from booster.craft.timetable.search import Ruled, Search

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
    from booster.craft.timetable.rooming import Rooms
    from booster.craft.timetable.search import Search

    grid, search = run.grid, run.search
    spots = _placed(run)
    ties = _is_proven(run, names, spots) and _untie(run)
    times = {item.index: search.value(run.model.start[item.index]) * grid.unit for item in grid.ground.items}
    stay = {one: _hall(run, one) for one, literal in run.aims.stays.items() if _kept(search, literal)}
    rooms = Rooms(grid, times, stay, seed)
    settled = Search(rooms.cp, max(1.0, search.left), _no_more_stops(watch))
    halls, sure = rooms.settle(settled)
    spots = {index: (start, halls[index]) for index, start in times.items()}
    if clashes := broken(grid.ground, spots):
        raise RuntimeError(f"The solver's timetable breaks a rule: {clashes[0].sentence}")
    stages = _stages(run, names, spots)
    return _told(grid, spots, stages, ties and sure, search.used + settled.used)


def _kept(search: "Search", literal: object) -> bool:
    return not isinstance(literal, int) and bool(search.value(literal))  # type: ignore[arg-type]


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
    """Fix one of the equally good timetables by weights. True when no other has the same figures and weight as low."""
    value, bound = run.search.aim("ties", run.aims.ties)
    return value == bound


def _is_proven(run: _Run, names: Sequence[str], spots: Mapping[int, Spot]) -> bool:
    return all(stage.proven for stage in _stages(run, names, spots))


def _stages(run: _Run, names: Sequence[str], spots: Mapping[int, Spot]) -> list[Stage]:
    from booster.craft.timetable.aims import measured

    figures = measured(run.grid.ground, spots)
    scale = {name: 1 if name in COUNTED else run.grid.unit for name in names}
    return [Stage(name, figures[name], min(figures[name], max(0, run.bounds[name] * scale[name]))) for name in names]


def _no_more_stops(watch: Watch) -> Watch:
    """Tells the watch, and finishes the rooms whatever it says: there is a timetable to hand over."""

    def told(step):  # type: ignore[no-untyped-def]
        watch(step)
        return True

    return told


def _told(grid: Grid, spots: Mapping[int, Spot], stages: Sequence[Stage], unique: bool, steps: float) -> Proposal:
    from booster.craft.timetable.aims import measured

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
    from booster.craft.timetable.relief import relieved

    kind = found[0][0] if found else "together"
    reasons = tuple(one for _, one in found) or (say("together"),)
    message = " ".join(one.sentence for one in reasons)
    bare = Clash(kind, message, reasons)  # type: ignore[arg-type]
    return bare if kind == "circle" else relieved(grid, bare, effort, watch)
