"""Fair choices: bands before chances, chances as equal as the limits allow, a draw that anyone can repeat.

Three policies (`Terms`): points only, merit first (bands, then leximin among the best groups), threshold and lottery
(leximin over all groups).

1. `portfolio` merges people whom no rule tells apart, fills the bands from the top (CP-SAT, proven), finds the fairest
   chances of fractional groups by linear programs, and writes them as a mixture of real groups: that mixture is the
   certificate. Where no mixture exists (it is proven, on narrow merit faces) leximin runs over real groups.
2. `committed` and `fingerprint`: announce the fingerprint. `published`: the file with groups and tickets alone.
3. `draw` with a seed that was fixed in advance and became known later. `verify_draw.py` repeats it.
4. `settled`: reasons, reserve, limits of the drawn group, without a solver. `cost_of_inclusion` on demand.

Every chance stated is the exact share of tickets of the published groups. The fairest chances are unique: solvers of
other versions give them within the deviation stated. The same versions give the same bytes, whatever the order of the
input; other versions may write the same chances as other groups, which is why the groups are published before the draw
and the draw needs no solver.

Cost on one core, 40 seats: 200 people 2 to 4 s, 400 people 9 to 14 s, 1,000 in bands about 6 s; people who are alike
cost nothing, 2,000 of three kinds 0.05 s. Exact limits on many attributes are harder: 30 of 360 under seven 16 s.

Sources: Flanigan, Goelz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
(2021), for leximin by column generation; the wrap-around rule of McNaughton (1959) and the condition of Gale and Ryser
for sharing tickets within a kind.
"""

from booster.craft.balance.fair.answer import BandCount, Certificate, Drawn, Inclusion, Panel, Portfolio
from booster.craft.balance.fair.drawing import draw
from booster.craft.balance.fair.lottery import portfolio
from booster.craft.balance.fair.publishing import committed, fingerprint, published
from booster.craft.balance.fair.sentences import SENTENCES, chance_shown
from booster.craft.balance.fair.settling import cost_of_inclusion, settled
from booster.craft.balance.fair.terms import Terms

__all__ = [
    "SENTENCES",
    "BandCount",
    "Certificate",
    "Drawn",
    "Inclusion",
    "Panel",
    "Portfolio",
    "Terms",
    "chance_shown",
    "committed",
    "cost_of_inclusion",
    "draw",
    "fingerprint",
    "portfolio",
    "published",
    "settled",
]
