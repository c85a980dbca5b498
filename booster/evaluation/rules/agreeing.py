"""From individual judgements to a text and marks to start a consensus from. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from booster.craft.agreement import SENTENCES
from booster.craft.assignment import SENTENCES as SHARED
from booster.evaluation.rules.scores import APART, CriterionOf
from booster.kit.words import N_, Say, know

ALPHA = N_("alpha")  # a measure of craft, named on the page
know([*SENTENCES.values(), *SHARED.values()])  # kept in English, told in the reader's language


@dataclass(frozen=True, slots=True)
class Voice:
    """One evaluator's signed judgement: marks and notes by criterion key."""

    name: str
    marks: Mapping[str, Decimal]
    notes: Mapping[str, str]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What evaluators agreed on: a mark by criterion key, the text, who saw it otherwise and who was not there."""

    marks: Mapping[str, Decimal]
    text: str
    minority: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion across the evaluators; ``marks`` and ``notes`` follow the order of the voices. ``spread`` is the
    largest mark minus the smallest."""

    criterion: CriterionOf
    marks: tuple[Decimal | None, ...]
    notes: tuple[str, ...]
    mean: Decimal | None
    spread: Decimal
    suggested: Decimal | None  # the mean on the nearest half step, up when between two

    @property
    def diverges(self) -> bool:
        return self.spread > APART

    @property
    def cells(self) -> tuple[tuple[Decimal | None, str], ...]:
        """(mark, note) of each voice."""
        return tuple(zip(self.marks, self.notes, strict=True))


def lines(criteria: Sequence[CriterionOf], voices: Sequence[Voice]) -> list[Line]:
    return [_line(criterion, voices) for criterion in criteria]


def _line(criterion: CriterionOf, voices: Sequence[Voice]) -> Line:
    marks = tuple(voice.marks.get(criterion.key) for voice in voices)
    given = [mark for mark in marks if mark is not None]
    mean = sum(given, Decimal(0)) / len(given) if given else None
    return Line(
        criterion=criterion,
        marks=marks,
        notes=tuple(voice.notes.get(criterion.key, "") for voice in voices),
        mean=None if mean is None else mean.quantize(Decimal("0.01"), ROUND_HALF_UP),
        spread=max(given) - min(given) if given else Decimal(0),
        suggested=None if mean is None else half_step(mean),
    )


def half_step(mean: Decimal) -> Decimal:
    """2.25 becomes 2.5, 2.24 becomes 2.0."""
    return ((mean * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2).quantize(Decimal("0.1"))


OVERALL = N_("Overall")
MARKED, APART_BY = N_("{criterion} (marks {marks})"), N_("{criterion}: {points} apart, to be talked over")


def assembled(found: Sequence[Line], voices: Sequence[Voice], *, say: Say = str) -> str:
    """A text to start from, in the language of ``say``: criterion by criterion what each evaluator wrote, without their
    names; the general comments last. Where the marks are far apart the text says so. A criterion of which nothing is to
    be said is left out, and what two evaluators wrote alike, or one wrote again as the general comment, stands once."""
    parts = [chapter for line in found if (chapter := _chapter(line, say))]
    told = {_one_line(note).casefold() for line in found for note in line.notes}
    if general := [said for said in _said(voice.comment for voice in voices) if said.casefold() not in told]:
        parts.append("\n".join([say(OVERALL), *(f"– {said}" for said in general)]))
    return "\n\n".join(parts)


def _said(texts: Iterable[str]) -> list[str]:
    """Each text in one line, the same words once, nothing empty."""
    lines = [said for text in texts if (said := _one_line(text))]
    return list({said.casefold(): said for said in reversed(lines)}.values())[::-1]


def _chapter(line: Line, say: Say) -> str:
    notes = _said(line.notes)
    if not notes and not line.diverges:
        return ""
    given = ", ".join(f"{mark:.1f}" for mark in line.marks if mark is not None)
    head = line.criterion.title
    if given:
        head = say(MARKED).format(criterion=head, marks=given)
    if line.diverges:
        head = say(APART_BY).format(criterion=head, points=f"{line.spread:.1f}")
    return "\n".join([head, *(f"– {note}" for note in notes)])


def _one_line(text: str) -> str:
    return " ".join(text.split())
