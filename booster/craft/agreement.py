"""How far evaluators agree: spread per file, severity per evaluator, reliability of the whole, distance to a reference.

Marks come as {file: {evaluator: mark}}; int, Decimal or float. A mark that is no finite number raises BadMark.
Everything is plain arithmetic, linear or nearly so, fit for a web process.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, isfinite
from statistics import fmean, median, stdev

from booster.craft.quantiles import t_quantile

Mark = int | float | Decimal
Marks = Mapping[str, Mapping[str, Mark]]
DIVERGENCE = 1.5
TRIM = 0.2
PRIOR = 4
EPSILON = 1e-9
SENTENCES = {
    "apart": "The marks lie {width} apart, over the {threshold} allowed.",
    "near": "The marks lie {width} apart, within the {threshold} allowed.",
    "strict": "About {marks} marks lower than the means of {files} shared files.",
    "generous": "About {marks} marks higher than the means of {files} shared files.",
    "alone": "No file is shared with anyone.",
    "one_file": "At least one file with two marks is needed.",
    "two_files": "At least two files with two marks each are needed.",
    "all_same": "All marks are the same: nothing to tell apart.",
    "reliable": "Agreement {value}: the marks can be relied on.",
    "tentative": "Agreement {value}: enough for tentative conclusions.",
    "low": "Agreement {value}: low; talk before ranking by these marks.",
    "plausible": "Plausible is an agreement from {low} to {high}, over {files} files.",
    "too_few": "At least three files with two marks each are needed for a range.",
    "calibrated": "On average {distance} marks from the reference ({bias}), over {items} items.",
    "nothing_shared": "No item is marked by both.",
}


class BadMark(ValueError):
    """A mark is no finite number; `file` and `evaluator` say which."""

    def __init__(self, file: str, evaluator: str, mark: object) -> None:
        super().__init__(f"The mark {mark!r} of {evaluator!r} for {file!r} is not a number.")
        self.file = file
        self.evaluator = evaluator


@dataclass(frozen=True, slots=True)
class Spread:
    """One file. `spread`: largest minus smallest mark. `deviation`: sample standard deviation, None for one mark.

    `trimmed`: mean without the lowest and highest fifth. `divergent`: the spread is over the threshold.
    """

    file: str
    marks: int
    mean: float
    median: float
    trimmed: float
    spread: float
    deviation: float | None
    divergent: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Severity:
    """One evaluator. `raw`: mean difference to the means of the files they marked, in marks; below 0 is strict.

    `shrunk`: drawn towards 0 as if four more files without any difference had been marked. `files`: those with a second
    evaluator; the others say nothing about severity.
    """

    evaluator: str
    files: int
    raw: float
    shrunk: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """`value` at most 1, full agreement; about 0 is chance. None when it cannot be computed; `sentence` says why.

    `files`, `marks`: what counted, that is, files with two marks or more.
    """

    measure: str
    value: float | None
    files: int
    marks: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a reliability plausibly lies; `level`: confidence, 0 to 1. None when it cannot be computed."""

    low: float | None
    high: float | None
    level: float
    files: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """One evaluator against reference marks. `distance`: mean absolute difference; `bias`: mean difference, below 0 is
    strict; `worst`: largest absolute difference and the item it concerns; all in marks. None when nothing is shared.
    """

    evaluator: str
    items: int
    distance: float | None
    bias: float | None
    worst: float | None
    worst_item: str | None
    sentence: str


def spreads(marks: Marks, *, threshold: float = DIVERGENCE) -> tuple[Spread, ...]:
    """One line per file with at least one mark, sorted by file. Divergent is over the threshold, not at it."""
    return tuple(_spread(file, values, threshold) for file, values in _lists(marks) if values)


def trimmed_mean(values: Sequence[float], *, share: float = TRIM) -> float:
    """The mean without the lowest and the highest `share` of the values (rounded down). ValueError when empty."""
    if not values or not 0 <= share < 0.5:
        raise ValueError("A trimmed mean needs values, and a share from 0 to under one half.")
    cut = floor(len(values) * share + EPSILON)
    return fmean(sorted(values)[cut : len(values) - cut])


def severities(marks: Marks, *, prior: float = PRIOR) -> tuple[Severity, ...]:
    """One line per evaluator, the strictest first (then by name). `prior`: strength of the drawing towards 0, in files.

    Two evaluators' difference shows by half in each of them, since the file's mean holds both.
    """
    differences: dict[str, list[float]] = {}
    for file, given in sorted(marks.items()):
        values = {name: _number(file, name, mark) for name, mark in sorted(given.items())}
        for name, value in values.items():
            own = differences.setdefault(name, [])
            if len(values) > 1:
                own.append(value - fmean(values.values()))
    lines = [_severity(name, own, prior) for name, own in sorted(differences.items())]
    return tuple(sorted(lines, key=lambda line: (line.shrunk, line.evaluator)))


def icc(marks: Marks) -> Reliability:
    """ICC(1): the share of the variance of single marks that lies between files; evaluators differ from file to file.

    Source: Shrout and Fleiss, Psychological Bulletin 86 (1979), one-way random effects; unequal numbers of marks by the
    usual mean size (N - sum of squares / N) / (n - 1). Can be below 0.
    """
    groups = [values for _, values in _lists(marks) if len(values) > 1]
    total = sum(len(values) for values in groups)
    if len(groups) < 2:
        return Reliability("ICC(1)", None, len(groups), total, SENTENCES["two_files"])
    grand = fmean(value for values in groups for value in values)
    between = sum(len(values) * (fmean(values) - grand) ** 2 for values in groups) / (len(groups) - 1)
    within = sum((value - fmean(values)) ** 2 for values in groups for value in values) / (total - len(groups))
    size = (total - sum(len(values) ** 2 for values in groups) / total) / (len(groups) - 1)
    if between + within <= EPSILON:
        return Reliability("ICC(1)", None, len(groups), total, SENTENCES["all_same"])
    value = (between - within) / (between + (size - 1) * within)
    return Reliability("ICC(1)", value, len(groups), total, _judged(value))


def alpha(marks: Marks) -> Reliability:
    """Krippendorff's alpha for interval data: 1 minus observed over expected disagreement (squared differences).

    Takes any number of marks per file; files with one mark are left out. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability (2011).
    """
    groups = [values for _, values in _lists(marks) if len(values) > 1]
    total = sum(len(values) for values in groups)
    if not groups:
        return Reliability("alpha", None, 0, 0, SENTENCES["one_file"])
    observed = sum(_disagreement(values) / (len(values) - 1) for values in groups) / total
    expected = _disagreement([value for values in groups for value in values]) / (total * (total - 1))
    if expected <= EPSILON:
        return Reliability("alpha", None, len(groups), total, SENTENCES["all_same"])
    value = 1 - observed / expected
    return Reliability("alpha", value, len(groups), total, _judged(value))


def interval(measure: Callable[[Marks], Reliability], marks: Marks, *, level: float = 0.95) -> Interval:
    """The range of `icc` or `alpha` by leaving out one file at a time (jackknife), with Student's t; at most 1.

    No random numbers: the same marks give the same range. It treats the files as a sample, the evaluators as they are,
    and is wide for few files, as it should be. Cost: files times the measure. Source: Tukey, Annals of Mathematical
    Statistics 29 (1958); Efron and Stein, Annals of Statistics 9 (1981).
    """
    whole = measure(marks)
    files = [file for file, given in sorted(marks.items()) if len(given) > 1]
    parts = [measure({one: marks[one] for one in files if one != file}).value for file in files]
    values = [value for value in parts if value is not None]
    if whole.value is None or len(values) < 3 or len(values) < len(parts):
        sentence = whole.sentence if whole.value is None else SENTENCES["too_few"]
        return Interval(None, None, level, len(files), sentence)
    count = len(values)
    leaps = [count * whole.value - (count - 1) * value for value in values]
    reach = t_quantile((1 + level) / 2, count - 1) * stdev(leaps) / count**0.5
    low, high = whole.value - reach, min(1.0, whole.value + reach)
    sentence = SENTENCES["plausible"].format(low=f"{low:.2f}", high=f"{high:.2f}", files=count)
    return Interval(low, high, level, count, sentence)


def of_mean(reliability: Reliability, evaluators: int) -> Reliability:
    """The reliability of the mean of so many marks per file, from that of single marks (`icc`).

    Spearman and Brown, British Journal of Psychology 3 (1910).
    It says how far a ranking by means can be trusted. None stays None. ValueError for fewer than one evaluator.
    """
    if evaluators < 1:
        raise ValueError("A mean needs at least one evaluator.")
    single = reliability.value
    name = f"{reliability.measure} of the mean of {evaluators}"
    if single is None:
        return Reliability(name, None, reliability.files, reliability.marks, reliability.sentence)
    below = 1 + (evaluators - 1) * single
    value = evaluators * single / below if below > EPSILON else 0.0
    return Reliability(name, value, reliability.files, reliability.marks, _judged(value))


def calibrate(evaluator: str, given: Mapping[str, Mark], reference: Mapping[str, Mark]) -> Calibration:
    """Compare one evaluator's marks with the reference on the items (files or criteria) that both have."""
    shared = sorted(set(given) & set(reference))
    gaps = {
        item: _number(item, evaluator, given[item]) - _number(item, "reference", reference[item]) for item in shared
    }
    if not gaps:
        return Calibration(evaluator, 0, None, None, None, None, SENTENCES["nothing_shared"])
    worst = max(shared, key=lambda item: (abs(gaps[item]), item))
    distance, bias = fmean(abs(gap) for gap in gaps.values()), fmean(gaps.values())
    figures = {"distance": f"{distance:.2f}", "bias": f"{bias:+.2f}", "items": len(shared)}
    sentence = SENTENCES["calibrated"].format(**figures)
    return Calibration(evaluator, len(shared), distance, bias, abs(gaps[worst]), worst, sentence)


def _lists(marks: Marks) -> Iterator[tuple[str, list[float]]]:
    for file, given in sorted(marks.items()):
        yield file, [_number(file, name, mark) for name, mark in sorted(given.items())]


def _number(file: str, evaluator: str, mark: object) -> float:
    if isinstance(mark, bool) or not isinstance(mark, (int, float, Decimal)) or not isfinite(mark):
        raise BadMark(file, evaluator, mark)
    return float(mark)


def _spread(file: str, values: list[float], threshold: float) -> Spread:
    width = max(values) - min(values)
    divergent = width > threshold + EPSILON
    sentence = SENTENCES["apart" if divergent else "near"]
    return Spread(
        file=file,
        marks=len(values),
        mean=fmean(values),
        median=median(values),
        trimmed=trimmed_mean(values),
        spread=width,
        deviation=stdev(values) if len(values) > 1 else None,
        divergent=divergent,
        sentence=sentence.format(width=f"{width:g}", threshold=f"{threshold:g}"),
    )


def _severity(name: str, differences: list[float], prior: float) -> Severity:
    raw = fmean(differences) if differences else 0.0
    shrunk = sum(differences) / (len(differences) + prior) if differences else 0.0
    sentence = SENTENCES["strict" if shrunk < 0 else "generous"] if differences else SENTENCES["alone"]
    sentence = sentence.format(marks=f"{abs(shrunk):.2f}", files=len(differences))
    return Severity(name, len(differences), raw, shrunk, sentence)


def _disagreement(values: Sequence[float]) -> float:
    """Sum of squared differences over all ordered pairs, by the identity 2 (n sum x^2 - (sum x)^2), centred first."""
    centre = fmean(values)
    moved = [value - centre for value in values]
    return 2 * (len(moved) * sum(value * value for value in moved) - sum(moved) ** 2)


def _judged(value: float) -> str:
    """Krippendorff's customary bounds: 0.8 to rely on, 0.667 for tentative conclusions."""
    sentence = "reliable" if value >= 0.8 else "tentative" if value >= 0.667 else "low"
    return SENTENCES[sentence].format(value=f"{value:.2f}")
