"""No timetable: the least to ask speakers for or to leave out, proven, with alternatives. For workers only."""

from collections.abc import Iterator
from dataclasses import replace

from ortools.sat.python import cp_model

from booster.craft.timetable.answer import Clash, Relief, say
from booster.craft.timetable.capacity import shortages
from booster.craft.timetable.grid import Grid
from booster.craft.timetable.lots import weight
from booster.craft.timetable.model import Model
from booster.craft.timetable.rooming import Rooms
from booster.craft.timetable.search import Ruled, Search
from booster.craft.timetable.single import shown
from booster.craft.working import Stopped, Watch

ASK, LEAVE = 10, 30  # what a speaker asked for one more day costs, and a session left out
ALTERNATIVES = 2
AGAIN = 2.0  # steps for each alternative, and for fixing one of equals


def relieved(grid: Grid, clash: Clash, effort: float, watch: Watch) -> Clash:
    """The same clash with its reliefs. Without any when the effort did not find one."""
    model = Model(grid, soft=True)
    absent = [1 - one for one in model.present if one is not None]
    for shortage in shortages(grid, asked=True):
        # A solver hardly sees that too much is asked of one track; arithmetic does, so it tells the solver.
        model.cp.add(sum(absent[one] for one in shortage.items) >= shortage.drop)
    cost: cp_model.LinearExprT = sum([ASK * one for one in model.asked.values()] + [LEAVE * one for one in absent])
    found: list[tuple[int, tuple[Relief, ...]]] = []
    least = 0
    for number in range(1 + ALTERNATIVES):
        # A copy each time: an aim that is reached binds the model, and an alternative may cost more.
        search = Search(model.cp.clone(), min(effort, AGAIN) if number else effort, watch)
        try:
            value, bound = search.aim("relief", cost)
            search.aim("relief ties", _ties(grid, model), limit=AGAIN)
        except (Ruled, Stopped):
            break
        if not search.values:
            break
        least = least if number else max(0, bound)
        found.append((value, _reliefs(grid, model, search)))
        _forbid(model, search)
    if not found:
        return clash
    others = tuple(reliefs for _, reliefs in sorted(found[1:], key=lambda one: one[0]))
    return replace(clash, reliefs=found[0][1], cost=found[0][0], bound=least, alternatives=others)


def _ties(grid: Grid, model: Model) -> cp_model.LinearExprT:
    """Which of equally cheap sets: the one that weighs least."""
    ground = grid.ground
    names = {key: f"{ground.voices[key[0]].speaker.id}\n{ground.dates[key[1]].isoformat()}" for key in model.asked}
    asked = [weight(0, names[key]) * one for key, one in model.asked.items()]
    left = [weight(0, ground.items[n].id) * (1 - one) for n, one in enumerate(model.present) if one is not None]
    return sum([*asked, *left])


def _forbid(model: Model, search: Search) -> None:
    """The next set must do without something of this one."""
    spared = [~one for one in model.asked.values() if search.value(one)]
    kept = [one for one in model.present if one is not None and not search.value(one)]
    model.cp.add_bool_or([*spared, *kept])


def _reliefs(grid: Grid, model: Model, search: Search) -> tuple[Relief, ...]:
    ground = grid.ground
    times = {
        item.index: search.value(model.start[item.index]) * grid.unit
        for item in ground.items
        if (present := model.present[item.index]) is not None and search.value(present)
    }
    rooms = Rooms(grid, times, {}, 0)
    settled = Search(rooms.cp, 1.0, search.watch)
    settled.first(1.0)
    halls = {index: hall for (index, hall), var in rooms.at.items() if settled.value(var)}
    found = list(_asks(grid, times, halls))
    gone = (item for item in ground.items if item.index not in times)
    return (*found, *(Relief(item.id, "", None, say("leave_out", a=item.name)) for item in gone))


def _asks(grid: Grid, times: dict[int, int], halls: dict[int, int]) -> Iterator[Relief]:
    """Who must be asked for what, given these times."""
    ground = grid.ground
    for index, start in sorted(times.items()):
        item = ground.items[index]
        for voice in item.speakers:
            if grid.free_for(item, voice) >> start // grid.unit & 1:
                continue
            speaker = ground.voices[voice]
            when = shown(ground.clock, start, start + item.minutes)
            told = say("ask", speaker=speaker.name, a=item.name, when=when)
            yield Relief(item.id, speaker.speaker.id, ground.place((start, halls[index])), told)
