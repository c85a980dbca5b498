"""The best timetable, and the one that moves the fewest published sessions. OR-Tools is loaded when they are called."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from booster.craft.timetable.answer import Proposal
from booster.craft.timetable.changes import Change, changed
from booster.craft.timetable.checking import known
from booster.craft.timetable.programme import BadProgramme, Place, Programme
from booster.craft.working import Watch, unwatched

EFFORT = 30.0  # deterministic seconds
NEW = ("moves", "wishes", "chains", "idle")
AGAIN = ("moves", "shift")


def propose(programme: Programme, effort: float = EFFORT, watch: Watch = unwatched, seed: int = 0) -> Proposal:
    """A timetable that keeps every rule; among those, in strict order: most published places kept, fewest sessions
    outside speakers' wishes, shortest gaps between sessions in order, least idle time within the days of each track.

    `seed` decides between equals and nothing else. Does not depend on the order of anything in the programme.
    Raises BadProgramme (wrong data), Impossible (with the least that would help), Unsettled (effort too small to tell),
    Stopped (by the watch, before there was an answer). A stopped search returns its best, with bounds.
    Cost: 92 sessions have a first timetable in a tenth of a second.
    """
    return _best(programme, NEW, effort, watch, seed)


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
    return _best(replace(changed(programme, changes), sessions=sessions), AGAIN, effort, watch, seed)


def _best(programme: Programme, aims: Sequence[str], effort: float, watch: Watch, seed: int) -> Proposal:
    from booster.craft.timetable.solving import best  # noqa: PLC0415 -- loads OR-Tools: half a second and 80 MB

    if isinstance(effort, bool) or not isinstance(effort, int | float) or not 0 < effort < float("inf"):
        raise BadProgramme("The effort must be a number of seconds above 0.", "effort")
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise BadProgramme("The seed must be a whole number.", "seed")
    return best(programme, aims, effort, watch, seed)
