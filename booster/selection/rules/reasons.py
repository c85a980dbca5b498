"""Why somebody was chosen or not: sentences kept in English and told in the reader's language. Pure."""

from booster.craft.balance.choice import PROOFS
from booster.craft.balance.clash import FAULTS, MOVES
from booster.craft.balance.fair import SENTENCES as LOTS
from booster.craft.balance.reasons import SENTENCES
from booster.craft.travel import SENTENCES as TRAVEL
from booster.kit.words import N_, know

NOT_CHECKED = N_("Eligibility has not been checked.")
NOT_ELIGIBLE = N_("Not eligible: {code}.")
know([*SENTENCES.values(), *LOTS.values(), *TRAVEL.values(), *FAULTS.values(), *MOVES.values(), *PROOFS.values()])
