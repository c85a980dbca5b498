"""A picture of a choice: a strip for each value of the attribute that binds most, a dot for each person by score."""

from collections import Counter

from booster.config.solving.drawing import Sheet, short
from booster.craft.balance import Choice, Problem
from booster.craft.balance.problem import values_of

LEFT, WIDTH, STEP, TOP = 150, 480, 26, 64


def picture(problem: Problem, choice: Choice) -> str:
    attribute = _binding(choice)
    rows: dict[str, list[tuple[float, str]]] = {}
    for one in problem.candidates:
        for value in values_of(one, attribute) or {"no value" if attribute else "everybody"}:
            rows.setdefault(value, []).append((float(one.score), one.id))
    scores = [score for people in rows.values() for score, _ in people] or [0.0]
    low, high = min(scores), max(max(scores), min(scores) + 1)
    title = f"{len(choice.chosen)} of {len(problem.candidates)} people are chosen"
    sheet = Sheet(LEFT + WIDTH + 40, TOP + STEP * len(rows) + 40, title)
    sheet.text(12, 24, title, "head")
    sheet.text(
        12, 44, f"Filled: chosen. One line for each {attribute or 'group'}; further right: more points.", "quiet"
    )
    for place, value in enumerate(sorted(rows)):
        y = TOP + STEP * place + 12
        sheet.text(12, y + 4, short(value, 18))
        sheet.line((LEFT, y), (LEFT + WIDTH, y))
        for score, identity in sorted(rows[value]):
            look = "on" if identity in choice.chosen else "off"
            sheet.dot(LEFT + WIDTH * (score - low) / (high - low), y, look, f"{identity}, {score:g}")
    foot = TOP + STEP * len(rows) + 22
    sheet.text(LEFT, foot, f"{low:g}", "quiet", "middle")
    sheet.text(LEFT + WIDTH, foot, f"{high:g} points", "quiet", "middle")
    return sheet.drawn()


def _binding(choice: Choice) -> str:
    """The attribute with most limits that are reached exactly; none where no limit binds."""
    counted = Counter(one.attribute for one in choice.limits if one.binding)
    return min(counted, key=lambda one: (-counted[one], one), default="")
