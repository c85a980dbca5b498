"""How far answers changed from before to after, for groups of 5 to a few hundred people, with honest uncertainty.

Pure standard library, exact and deterministic, fit for a web process. No p-values: a change, the range in which it
plausibly lies, and a sentence to read aloud. Two ways of counting stand side by side because answers on a scale of five
steps are neither normal nor many: the mean with Student's interval, and the Hodges-Lehmann estimate with the interval
of the signed-rank statistic, which needs no normal distribution.

Self-ratings after a training are held to a higher standard than before (response shift). Ask afterwards "how was it
before, as you see it now?" too, and pass those answers as `before` for a second comparison.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import isfinite, sqrt
from statistics import NormalDist, median

from booster.craft.quantiles import signed_rank_cut, t_quantile

Mark = int | float | Decimal
LEAST = 5
LEVEL = 0.95
CEILING = Fraction(15, 100)
SENTENCES = {
    "rose": "{people} people answered both times. On average they rate {mean} higher than before; plausible is a rise "
    "of {low} to {high}.",
    "fell": "{people} people answered both times. On average they rate {mean} lower than before; plausible is a fall "
    "of {low} to {high}.",
    "open": "{people} people answered both times. On average they rate {mean} differently; plausible is anything from "
    "{low} to {high}, so these answers show neither a rise nor a fall.",
    "hint": "{people} people answered both times. On average they rate {mean} differently; two ways of counting "
    "disagree whether that is more than chance, so it is a hint, not a finding.",
    "same": "{people} people answered both times, and every one of them changed by {mean}.",
    "shares": "{better} rate higher than before, {same} the same, {worse} lower.",
    "hidden": "Fewer than {least} people answered both times; no figures are shown.",
    "hidden_too": "No figures are shown, so that those of a smaller group cannot be worked out from the total.",
    "ceiling": "{percent} % gave the highest answer already before and could not rise; the change is understated.",
    "missing": "Left out: {before} people who answered only before and {after} who answered only after.",
    "missing_many": "More than a third answered only once ({before} only before, {after} only after); those who stayed "
    "may differ from those who did not.",
    "joint": "{items} questions are compared at once; the ranges are widened so that all of them hold together with "
    "{percent} % confidence.",
    "short": "With {people} people the second range holds with {percent} % confidence, not {asked} %.",
}


class BadChange(ValueError):
    """An answer is no finite number or off the scale. `culprit`: the person's id, or the field."""

    def __init__(self, message: str, culprit: str) -> None:
        super().__init__(message)
        self.culprit = culprit


@dataclass(frozen=True, slots=True)
class Note:
    """A code and what fills its sentence, for translation."""

    code: str
    params: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class Range:
    """`estimate` with `low` and `high`, in steps of the scale; `level`: the confidence it really holds, 0 to 1."""

    estimate: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Change:
    """One question, one group. Hidden (`mean` None and all counts 0) below the least number of people.

    `mean`: mean difference after minus before, Student's t interval. `shift`: Hodges-Lehmann estimate, the median of
    all Walsh averages, with the signed-rank interval. `better`, `same`, `worse`: people. `better_share`: of all,
    with Wilson's interval. `effect`: mean difference over the mean of both standard deviations, corrected for small
    groups (Hedges); None without spread. `verdict`: code of `sentence`.
    """

    people: int
    mean: Range | None
    shift: Range | None
    better: int
    same: int
    worse: int
    better_share: Range | None
    effect: float | None
    verdict: str
    notes: tuple[Note, ...]
    sentence: str


def change(
    before: Mapping[str, Mark],
    after: Mapping[str, Mark],
    *,
    scale: tuple[Mark, Mark] | None = None,
    level: float = LEVEL,
    least: int = LEAST,
) -> Change:
    """Compare the answers (person to mark) of those who gave both. `scale`: lowest and highest mark, for the ceiling.

    BadChange names the person whose answer is no finite number or off the scale. `least`: 2 or more; below it nothing
    is shown, not even how many. Cost: people squared.

    Sources: Student's interval for paired differences; Hodges and Lehmann, Annals of Mathematical Statistics 34 (1963);
    the closed signed-rank interval, which keeps its confidence with ties: Noether, JASA 62 (1967); Wilson, JASA 22
    (1927); effect with the mean of both deviations and Hedges' factor: Lakens, Frontiers in Psychology 4 (2013); 15 %
    at the top as the sign of a ceiling: McHorney and Tarlov, Quality of Life Research 4 (1995).
    """
    if not 0.5 <= level < 1:
        raise BadChange("The level must be from 0.5 to below 1.", "level")
    if type(least) is not int or least < 2:
        raise BadChange("At least 2 people are needed for a comparison.", "least")
    first, second = _read(before, scale), _read(after, scale)
    both = sorted(set(first) & set(second))
    if len(both) < least:
        return _hidden("hidden", least)
    own, then = [first[one] for one in both], [second[one] for one in both]
    found = _compared(own, then, level)
    alone = (len(first) - len(both), len(second) - len(both))
    return replace(found, notes=(*found.notes, *_notes(own, alone, scale), *_short(found, level)))


def changes(
    before: Mapping[str, Mapping[str, Mark]],
    after: Mapping[str, Mapping[str, Mark]],
    *,
    scale: tuple[Mark, Mark] | None = None,
    level: float = LEVEL,
    least: int = LEAST,
) -> dict[str, Change]:
    """Several questions (question to person to mark) at once, sorted; those asked both times.

    With more than one, each range is widened (Bonferroni) so that all hold together with `level`, and says so.
    """
    names = sorted(set(before) & set(after))
    if len(names) < 2:
        return {name: change(before[name], after[name], scale=scale, level=level, least=least) for name in names}
    joint = 1 - (1 - level) / len(names)
    note = _note("joint", items=len(names), percent=f"{100 * level:g}")
    found = {name: change(before[name], after[name], scale=scale, level=joint, least=least) for name in names}
    return {name: one if one.mean is None else replace(one, notes=(*one.notes, note)) for name, one in found.items()}


def by_group(
    before: Mapping[str, Mark],
    after: Mapping[str, Mark],
    groups: Mapping[str, str],
    *,
    scale: tuple[Mark, Mark] | None = None,
    level: float = LEVEL,
    least: int = LEAST,
) -> dict[str, Change]:
    """The same question for each group (person to group), sorted. People without a group are in none.

    Groups below `least` are hidden. Where those hidden have fewer than `least` people together, their figures would
    follow from the total and the other groups; so the smallest of the others are hidden too, until they do not. People
    without a group count as hidden. Do not show other divisions of the same people beside it.
    """
    both = sorted(set(before) & set(after))
    members: dict[str, list[str]] = {name: [] for name in sorted(set(groups.values()))}
    for one in both:
        if one in groups:
            members[groups[one]].append(one)
    hidden = _covered(members, len(both), least)
    found: dict[str, Change] = {}
    for name, own in members.items():
        if name in hidden:
            found[name] = _hidden("hidden_too" if len(own) >= least else "hidden", least)
            continue
        sides = ({one: marks[one] for one in own} for marks in (before, after))
        found[name] = change(*sides, scale=scale, level=level, least=least)
    return found


def _covered(members: Mapping[str, Sequence[str]], people: int, least: int) -> set[str]:
    hidden = {name for name, own in members.items() if len(own) < least}
    shown = sorted((name for name in members if name not in hidden), key=lambda name: (len(members[name]), name))
    while shown and 0 < people - sum(len(members[name]) for name in shown) < least:
        hidden.add(shown.pop(0))
    return hidden


def _read(marks: Mapping[str, Mark], scale: tuple[Mark, Mark] | None) -> dict[str, Fraction]:
    found = {}
    for person, mark in marks.items():
        if isinstance(mark, bool) or not isinstance(mark, int | float | Decimal) or not isfinite(mark):
            raise BadChange(f"The answer {mark!r} of {person!r} is not a number.", person)
        if scale and not scale[0] <= mark <= scale[1]:
            raise BadChange(f"The answer {mark} of {person!r} is not from {scale[0]} to {scale[1]}.", person)
        found[person] = Fraction(mark)
    return found


def _hidden(code: str, least: int) -> Change:
    sentence = SENTENCES[code].format(least=least)
    return Change(0, None, None, 0, 0, 0, None, None, code, (), sentence)


def _compared(own: Sequence[Fraction], then: Sequence[Fraction], level: float) -> Change:
    gaps = [late - early for early, late in zip(own, then, strict=True)]
    better, worse = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    mean, shift = _student(gaps, level), _hodges_lehmann(gaps, level)
    verdict = _verdict(gaps, mean, shift)
    counts = _note("shares", better=better, same=len(gaps) - better - worse, worse=worse)
    return Change(
        people=len(gaps),
        mean=mean,
        shift=shift,
        better=better,
        same=len(gaps) - better - worse,
        worse=worse,
        better_share=_wilson(better, len(gaps), level),
        effect=_effect(own, then, mean.estimate),
        verdict=verdict,
        notes=(counts,),
        sentence=_told(verdict, len(gaps), mean),
    )


def _student(gaps: Sequence[Fraction], level: float) -> Range:
    count = len(gaps)
    centre = sum(gaps, Fraction(0)) / count
    error = sqrt(_variance(gaps) / count)
    reach = t_quantile((1 + level) / 2, count - 1) * error
    return Range(float(centre), float(centre) - reach, float(centre) + reach, level)


def _variance(values: Sequence[Fraction]) -> Fraction:
    centre = sum(values, Fraction(0)) / len(values)
    return sum(((value - centre) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def _hodges_lehmann(gaps: Sequence[Fraction], level: float) -> Range:
    walsh = sorted((one + other) / 2 for place, one in enumerate(gaps) for other in gaps[place:])
    cut, held = signed_rank_cut(len(gaps), level)
    return Range(float(median(walsh)), float(walsh[cut - 1]), float(walsh[-cut]), held)


def _wilson(better: int, people: int, level: float) -> Range:
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = better / people
    centre = (share + z * z / (2 * people)) / (1 + z * z / people)
    reach = z / (1 + z * z / people) * sqrt(share * (1 - share) / people + z * z / (4 * people * people))
    return Range(share, max(0.0, centre - reach), min(1.0, centre + reach), level)


def _effect(own: Sequence[Fraction], then: Sequence[Fraction], mean: float) -> float | None:
    deviation = (sqrt(_variance(own)) + sqrt(_variance(then))) / 2
    return mean / deviation * (1 - 3 / (4 * (len(own) - 1) - 1)) if deviation else None


def _verdict(gaps: Sequence[Fraction], mean: Range, shift: Range) -> str:
    if len(set(gaps)) == 1:
        return "same"
    sides = {(one.low > 0) - (one.high < 0) for one in (mean, shift)}
    if len(sides) > 1:
        return "hint"
    return {1: "rose", -1: "fell", 0: "open"}[sides.pop()]


def _told(verdict: str, people: int, mean: Range) -> str:
    figures = (mean.estimate, mean.low, mean.high)
    if verdict == "fell":
        shown = [f"{-one:.1f}" for one in (mean.estimate, mean.high, mean.low)]
    elif verdict == "rose":
        shown = [f"{one:.1f}" for one in figures]
    else:
        shown = [f"{one:+.1f}" for one in figures]
    return SENTENCES[verdict].format(people=people, mean=shown[0], low=shown[1], high=shown[2])


def _notes(own: Sequence[Fraction], alone: tuple[int, int], scale: tuple[Mark, Mark] | None) -> list[Note]:
    notes = []
    if scale:
        top = Fraction(sum(one == Fraction(scale[1]) for one in own), len(own))
        if top > CEILING:
            notes.append(_note("ceiling", percent=round(100 * top)))
    if any(alone):
        many = 3 * sum(alone) > sum(alone) + len(own)
        notes.append(_note("missing_many" if many else "missing", before=alone[0], after=alone[1]))
    return notes


def _short(found: Change, level: float) -> list[Note]:
    if found.shift is None or found.shift.level >= level:
        return []
    held, asked = f"{100 * found.shift.level:.1f}", f"{100 * level:.1f}"
    return [_note("short", people=found.people, percent=held, asked=asked)]


def _note(code: str, **params: str | int) -> Note:
    return Note(code, params, SENTENCES[code].format(**params))
