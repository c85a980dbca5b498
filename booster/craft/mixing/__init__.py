"""Groups over all sessions: who sits with whom so that everyone meets as many others as they can, proven where it is.

`mix` answers a `Problem` with a `Mixing`, `replan` changes a published plan; they belong in a worker (a `replan` in
which nobody has to move takes milliseconds). `count` (what any plan amounts to), `broken` (which rules it breaks) and
`check` (faults that need no search) serve a web process too; all need numpy, and no solver is imported before a search
is stuck. Method: a plan without any repeat from finite fields or a stored starter where one fits the numbers, people
left out of it until it fits the cohort, then the seats exchanged so that like people rarely meet (quadratic assignment
by tabu search); else a tabu search over all exchanges in all sessions, with every rule kept.
"""

from booster.craft.mixing.answer import (
    Clash,
    Counts,
    GroupPlan,
    Infeasible,
    Mixing,
    Plan,
    Proof,
    Reason,
    Same,
    SessionPlan,
    Unsettled,
)
from booster.craft.mixing.changing import replan
from booster.craft.mixing.clash import check
from booster.craft.mixing.counts import count
from booster.craft.mixing.forming import mix
from booster.craft.mixing.keeping import broken
from booster.craft.mixing.problem import (
    Apart,
    BadProblem,
    Facilitator,
    Group,
    Person,
    Problem,
    Seat,
    Session,
    Together,
    even_sessions,
)
from booster.craft.mixing.words import SENTENCES

__all__ = [
    "SENTENCES",
    "Apart",
    "BadProblem",
    "Clash",
    "Counts",
    "Facilitator",
    "Group",
    "GroupPlan",
    "Infeasible",
    "Mixing",
    "Person",
    "Plan",
    "Problem",
    "Proof",
    "Reason",
    "Same",
    "Seat",
    "Session",
    "SessionPlan",
    "Together",
    "Unsettled",
    "broken",
    "check",
    "count",
    "even_sessions",
    "mix",
    "replan",
]
