"""Choose exactly k of n with the best total score under limits and say why; else say what to relax."""

from booster.craft.balance.answer import (
    Choice,
    Clash,
    Infeasible,
    LimitOutcome,
    Proof,
    Reason,
    Relaxation,
    Reserve,
    Unsettled,
)
from booster.craft.balance.choice import choose, price
from booster.craft.balance.clash import explain_infeasible, relaxed
from booster.craft.balance.live import Tally, TallyLine, tally
from booster.craft.balance.problem import EACH, BadProblem, Candidate, Limit, Problem
from booster.craft.balance.reasons import SENTENCES
from booster.craft.balance.standing import carried_values, replacements
from booster.craft.lots import lot_of

__all__ = [
    "EACH",
    "SENTENCES",
    "BadProblem",
    "Candidate",
    "Choice",
    "Clash",
    "Infeasible",
    "Limit",
    "LimitOutcome",
    "Problem",
    "Proof",
    "Reason",
    "Relaxation",
    "Reserve",
    "Tally",
    "TallyLine",
    "Unsettled",
    "carried_values",
    "choose",
    "explain_infeasible",
    "lot_of",
    "price",
    "relaxed",
    "replacements",
    "tally",
]
