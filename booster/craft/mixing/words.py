"""Every sentence of this package, by code. Rooms translate them by the same codes."""

from collections.abc import Collection

from booster.craft.mixing.answer import Clash, Infeasible, Reason

SENTENCES = {
    "acquaintances": "{distinct} of at most {bound} acquaintances.",
    "no_repeats": "Nobody meets twice.",
    "repeats": "Pairs that meet twice: {twice}; more often: {oftener}.",
    "partners": "Everyone meets at least {least} of {others} others.",
    "everyone": "Everyone meets everyone.",
    "full_mutual": "Full mutual acquaintance of {people} people in groups of at most {size} needs at least {sessions} "
    "sessions.",
    "same": "Meetings of two people with the same {attribute}: {meetings} (best possible {least}).",
    "nobody_moves": "Nobody changes a published group.",
    "moves": "Changes of a published group: {moves}.",
    "optimal": "No plan with these group sizes joins more pairs.",
    "bound_places": "Between {distinct} and {bound} pairs are possible: the groups have no room for more.",
    "bound_pairs": "Between {distinct} and {bound} pairs are possible: there are no more pairs.",
    "bound_pigeonhole": "Between {distinct} and {bound} pairs are possible: groups have more seats than there are "
    "groups, so in any two sessions some people meet again.",
    "bound_tables": "Between {distinct} and {bound} pairs are possible: it is known that {sessions} sessions of these "
    "groups cannot all be free of repeats.",
    "few_places": "{session}: {people} people are present, but the groups have {places} places.",
    "few_places_for": "{session}: {people} people can only sit in {groups}, which is {places} places.",
    "few_people": "{session}: the groups need at least {needed} people, but {people} are present.",
    "few_people_for": "{session}: {needed} people are needed in {groups}, but only {people} may sit there.",
    "group_above_cohort": "{session}: {group} needs at least {low} people, but {people} are present.",
    "chain_too_large": "{session}: {names} must stay together, but no group they may join has more than {places} "
    "places.",
    "chain_nowhere": "{session}: {names} must stay together, but no group is open to all of them.",
    "chain_and_apart": "{session}: {first} and {second} must be kept apart, but are tied together: {chain}.",
    "clique": "{session}: {names} must all be kept apart, which takes {needed} groups; there are {groups}.",
    "colouring": "{session}: {names} cannot be kept apart as wished in {groups} groups.",
    "no_language": "{session}: no group speaks a language of {person} ({languages}).",
    "no_online": "{session}: {person} takes part online, but no group is online.",
    "no_room": "{session}: {person} is in the room, but no group is in the room.",
    "no_fit": "{session}: no group is open to {person}: language and place are never both right.",
    "two_seats": "{session}: {person} is given two groups, {first} and {second}.",
    "seat_closed": "{session}: {person} is given {group}, which is not open to them.",
    "seats_full": "{session}: {people} people are given {group}, which has {places} places.",
    "seats_apart": "{session}: {first} and {second} must be kept apart, but both are given {group}.",
    "seats_together": "{session}: {first} and {second} must stay together, but are given {group} and {other}.",
    "few_facilitators": "{session}: {needed} groups want a facilitator each; facilitators who can be there: {present}.",
    "no_facilitator": "{session}: the facilitators present cannot lead {groups} at the same time; language or place is "
    "not theirs.",
    "broken_unseated": "{session}: {person} has no group.",
    "broken_twice": "{session}: {person} is in more than one group.",
    "broken_away": "{session}: {person} has a group, but is away.",
    "broken_size": "{session}: {group} has {people} people, not {low} to {high}.",
    "broken_closed": "{session}: {group} is not open to {person}.",
    "broken_apart": "{session}: {first} and {second} share a group, but must be kept apart.",
    "broken_together": "{session}: {first} and {second} must stay together, but do not.",
    "broken_unled": "{session}: {group} has no facilitator who is present.",
    "broken_leads_two": "{session}: {person} leads more than one group.",
    "session": "{session}: the rules cannot all be kept at once.",
}


def say(code: str, **params: str | int) -> Reason:
    """The sentence of a code with its figures filled in."""
    return Reason(code, params, SENTENCES[code].format(**params))


def names(ids: Collection[str]) -> str:
    """Ids as they are listed in a sentence: sorted, joined by commas, at most 12 of them."""
    listed = sorted(ids)
    return ", ".join(listed[:12]) + (f" and {len(listed) - 12} more" if len(listed) > 12 else "")


def refuse(faults: Collection[Reason]) -> None:
    """Raise Infeasible with these faults, if there are any."""
    if faults:
        raise refusal(*faults)


def refusal(*faults: Reason) -> Infeasible:
    """What to raise for these faults."""
    return Infeasible(Clash(" ".join(fault.sentence for fault in faults), faults))
