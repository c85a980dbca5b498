"""Every sentence of a plan. Whole sentences by code, so that rooms can translate them; `params` fill them."""

from booster.craft.meetings.answer import Reason

SENTENCES = {
    "they_offer_high": "{other} offers “{tag}”, which you need (high).",
    "they_offer_middle": "{other} offers “{tag}”, which you need (middle).",
    "they_offer_low": "{other} offers “{tag}”, which you need (low).",
    "they_need_high": "{other} needs “{tag}” (high), which you offer.",
    "they_need_middle": "{other} needs “{tag}” (middle), which you offer.",
    "they_need_low": "{other} needs “{tag}” (low), which you offer.",
    "both_asked": "You both asked for this meeting.",
    "you_asked": "You asked for this meeting.",
    "they_asked": "{other} asked for this meeting.",
    "given": "The affinity of you two is {affinity}.",
    "to_fill": "Nothing links you yet; the meeting keeps you both from a round without one.",
    "away": "Away in round {round}.",
    "odd": "In round {round} the number of people present is odd.",
    "tables": "In round {round} all tables are taken.",
    "nobody_left": "In round {round} the others who are free have met you already or may not meet you.",
    "worthless": "In round {round} a meeting with those who are free would have given neither of you anything.",
    "better_elsewhere": "In round {round} the best plan has no meeting for you.",
    "count_full": "{met} of {present}.",
    "count_nobody": "There is nobody whom you may meet.",
    "count_absent": "You are away in every round.",
    "count_odd": "{met} of {present}: in round {rounds} the number of people present is odd.",
    "count_tables": "{met} of {present}: in round {rounds} all tables are taken.",
    "count_nobody_left": "{met} of {present}: in round {rounds} the others who are free have met you already or may "
    "not meet you.",
    "count_worthless": "{met} of {present}: in round {rounds} a meeting with those who are free would have given "
    "neither of you anything.",
    "count_better_elsewhere": "{met} of {present}: in round {rounds} the best plan has no meeting for you.",
    "count_mixed": "{met} of {present}; see the rounds for the reasons.",
    "floor_kept": "Everybody has a meeting in all rounds they are there, but for at most {spare}.",
    "floor_kept_few": "Everybody has a meeting in all rounds they are there, or with all whom they may meet where "
    "these are fewer, but for at most {spare}.",
    "floor_lacking": "Meetings missing to the floor: {lacking}; no plan misses fewer.",
    "floor_open": "Meetings missing to the floor: {lacking}; no plan misses fewer than {bound}.",
    "requests_proven": "Meetings that both asked for: {value}; no plan has more.",
    "requests_open": "Meetings that both asked for: {value}; no plan has more than {bound}.",
    "total_proven": "The affinities add up to {value}; no plan has more.",
    "total_open": "The affinities add up to {value}; no plan has more than {bound} (gap {percent} %).",
    "smallest_proven": "The smallest total of a person is {value}; no plan as good has a larger one.",
    "smallest_open": "The smallest total of a person is {value}; no plan as good has more than {bound}.",
    "dropped": "The best pairs fit into no rounds together; {one} and {other} do not meet.",
    "isolated": "There is nobody whom {id} may meet.",
    "plan_none": "There are no meetings.",
    "plan": "Meetings: {meetings}, in {rounds} rounds for {people} people; everybody has from {least} to {most}.",
    "they_meet": "You meet {other} in round {round}.",
    "refused": "One of you does not want this meeting.",
    "modes": "One of you is online and the other in the room.",
    "never_together": "There is no round in which both of you are there.",
    "costs": "Both of you are worth more elsewhere; with this meeting the best plan would lose {loss}.",
    "costs_floor": "With this meeting more meetings would be missing to the floor: {lacking}.",
    "costs_requests": "With this meeting fewer meetings that both asked for would take place: {lost}.",
    "as_good": "A plan with this meeting is as good; the lot decided.",
    "cannot": "No plan with this meeting was found.",
    "could": "A better plan with this meeting may exist; the search for this one had stopped before.",
}


def say(code: str, **params: str | int) -> Reason:
    return Reason(code, params, SENTENCES[code].format(**params))


def listed(numbers: list[int]) -> str:
    """ "3", "3 and 5", "1, 3 and 5"."""
    head, last = ", ".join(str(one) for one in numbers[:-1]), str(numbers[-1])
    return f"{head} and {last}" if head else last
