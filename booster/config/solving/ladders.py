"""A picture of meetings: a row for each person, a column for each round, the other's name in its square."""

from booster.config.solving.drawing import Sheet, short
from booster.craft.meetings import Plan

LEFT, TOP, WIDTH, STEP = 110, 84, 96, 24


def picture(plan: Plan, rounds: int) -> str:
    title = f"{len(plan.meetings)} meetings in {rounds} rounds"
    sheet = Sheet(max(LEFT + WIDTH * rounds + 20, 460), TOP + STEP * len(plan.people) + 16, title)
    sheet.text(12, 24, title, "head")
    sheet.text(12, 44, "Blue: for several reasons. Pale blue: for one. Grey: no meeting.", "quiet")
    for number in range(1, rounds + 1):
        sheet.text(LEFT + WIDTH * (number - 0.5), TOP - 8, f"round {number}", "quiet", "middle")
    for row, (name, person) in enumerate(plan.people.items()):
        y = TOP + STEP * row
        sheet.text(12, y + 16, short(name, 14))
        turns = {turn.round: turn for turn in person.turns}
        for number in range(1, rounds + 1):
            corner, turn = (LEFT + WIDTH * (number - 1), y), turns.get(number)
            if turn is None:
                sheet.box(corner, (WIDTH - 2, STEP - 2), "faint", f"{name}: no meeting in round {number}")
                continue
            look = "on" if len(turn.reasons) > 1 else "mid"
            sheet.box(corner, (WIDTH - 2, STEP - 2), look, " ".join(one.sentence for one in turn.reasons))
            sheet.text(corner[0] + WIDTH / 2, y + 16, short(turn.other, 12), "inside" * (look == "on"), "middle")
    return sheet.drawn()
