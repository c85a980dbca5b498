"""Who should meet whom: one-to-one meetings in rounds, by needs and offers, fair, with reasons and with proof.

`plan(Problem)` gives a `Plan`; `Problem` and its parts say units and ranges; `why_not` says what a meeting that is
not in the plan would cost. numpy and scipy are loaded when they are called: call them in a worker.

Method: a b-matching over all pairs, proven by reduced costs (40 people 0.05 s, 500 people 1 s, 1,000 people 3-6 s of
CPU, all aims proven), then edge colouring into exactly the rounds there are, by Kempe chains and ejection, with
absences and tables. Only where the best pairs fit into no rounds CP-SAT plans pairs and rounds at once, and the gap is
said.
The aims, one after the other: floor (meetings that people lack), requests of both, total affinity, smallest total of a
person, lots by SHA-256, so that the pairs do not depend on a solver's whims. What each pair would rather do is told
(`unsettled`), not enforced.
"""

from booster.craft.meetings.answer import Level, Meeting, Pause, PersonPlan, Plan, Reason, Turn
from booster.craft.meetings.planning import EFFORT, plan, why_not
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
    "why_not",
]
