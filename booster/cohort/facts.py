"""What this room announces."""

from booster.kit.facts import Kind

WAITING = Kind("cohort.waiting", "{thing} stands on the reserve list, place {rank}")
OFFERED = Kind("cohort.offered", "A seat was offered: {thing}, {why}")
ACCEPTED = Kind("cohort.accepted", "{actor} accepted a seat: {thing}")
DECLINED = Kind("cohort.declined", "{actor} declined a seat: {thing}", private=("reason",))
LAPSED = Kind("cohort.lapsed", "Nobody answered by the date: {thing}")
GIVEN_BACK = Kind("cohort.given_back", "{actor} gave a seat back: {thing}", private=("reason",))
LEG_GIVEN_BACK = Kind("cohort.leg_given_back", "{actor} gave a seat for {leg} back: {thing}", private=("reason",))
MISSED = Kind("cohort.missed", "{actor} noted that {thing} did not come")
CAME = Kind("cohort.came", "{actor} noted that {thing} came after all")
DROPPED = Kind("cohort.dropped", "{thing} left the reserve list")
