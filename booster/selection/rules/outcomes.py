"""Which outcomes a call can have. Pure."""

LAST = ("chosen", "reserve", "not_chosen", "not_eligible")
FIRST = ("shortlisted", "not_chosen", "not_eligible")
ALL = ("chosen", "shortlisted", *LAST[1:])


def possible(*, followed: bool) -> tuple[str, ...]:
    """Of a call that a second round follows, or of any other: places and reserves are decided in the last round."""
    return FIRST if followed else LAST


def on_the_list(best: int, passing: int) -> int:
    """How many of the best are put on a shortlist that is asked to hold ``best``: never more than pass."""
    return max(0, min(best, passing))
