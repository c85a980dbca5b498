"""What is said of people and portfolios, as codes and English sentences. Never another person's data."""

from fractions import Fraction

from booster.craft.balance.answer import Reason

SENTENCES = {
    "in_by_hand": "Put in by hand.",
    "in_every_best": "In every best group.",
    "in_drawn": "By lot: chance {chance}, ball {ball}.",
    "out_by_hand": "Left out by hand.",
    "out_no_seats": "There are no seats.",
    "out_threshold": "The score of {score} is below {lowest}, the lowest that takes part.",
    "out_unit": "Another person of the same organisation is chosen; at most {maximum} per organisation.",
    "out_unit_none": "Nobody of an organisation can be chosen under the limit of 0 per organisation.",
    "out_never": "No group within the limits contains you. In the way: {labels}.",
    "out_never_structure": "No group within the limits contains you: organisations, or people put in by hand, stand "
    "against it.",
    "out_none": "In none of the groups that may be drawn.",
    "out_band": "Every group with you has fewer people of a higher band.",
    "out_drawn": "By lot: chance {chance}, another group was drawn.",
    "certified": "Proven: no lottery among the groups within the limits is fairer. Chances are kept to within "
    "{deviation}.",
    "certified_exactly": "Proven: no lottery among the groups within the limits is fairer. The chances are exact.",
    "columns": "Proven group by group: no lottery among real groups is fairer. Chances are kept to within {deviation}.",
    "single": "There is only one best group.",
    "stopped": "The search was stopped: chances may be unfair by up to {deviation}.",
    "points": "One group: the highest total, equals by lot.",
    "portfolio": "Groups that may be drawn: {panels}. The smallest chance of those who take part in the lottery is "
    "{least}.",
    "portfolio_single": "There is one group, and nothing to draw.",
    "include_free": "Including this person costs nothing in any band.",
    "include_never": "No group within the limits contains this person.",
    "include_cost": "Every group with this person has at least {fewer} fewer of band {band}.",
}


def say(code: str, **params: str | int) -> Reason:
    return Reason(code, params, SENTENCES[code].format(**params))


def chance_shown(chance: Fraction) -> str:
    """A chance for people: "1 in 3" where it is one in a whole number up to 20, else per cent."""
    if chance:
        inverse = round(1 / chance)
        if 1 < inverse <= 20 and abs(chance - Fraction(1, inverse)) < Fraction(1, 10**6):
            return f"1 in {inverse}"
    percent = float(chance * 100)
    if 0 < percent < 0.1:
        return "below 0.1 %"
    if 99.9 < percent < 100:
        return "above 99.9 %"
    return f"{percent:.1f}".removesuffix(".0") + " %"
