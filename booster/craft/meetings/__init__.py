"""Who should meet whom: one-to-one meetings in rounds, by needs and offers, fair, with reasons and with proof.

`plan(Problem)` gives a `Plan`; `Problem` and its parts say units and ranges. numpy and scipy are loaded when `plan` is
called: call it in a worker.
"""

from booster.craft.meetings.answer import Level, Meeting, Pause, PersonPlan, Plan, Reason, Turn
from booster.craft.meetings.planning import EFFORT, plan
from booster.craft.meetings.problem import BadProblem, Person, Problem, Worth
from booster.craft.meetings.wording import SENTENCES

__all__ = [
    "EFFORT",
    "SENTENCES",
    "BadProblem",
    "Level",
    "Meeting",
    "Pause",
    "Person",
    "PersonPlan",
    "Plan",
    "Problem",
    "Reason",
    "Turn",
    "Worth",
    "plan",
]
