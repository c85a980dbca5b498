"""A picture of who meets whom: a square for each two people, the darker the more often."""

from booster.config.solving.drawing import Sheet, short
from booster.craft.mixing import Mixing

LEFT, TOP = 110, 60


def picture(found: Mixing) -> str:
    counts = found.counts
    size = len(counts.ids)
    cell = max(4.0, min(22.0, 480 / max(size, 1)))
    title = f"{counts.distinct} of at most {found.proof.bound} pairs meet"
    sheet = Sheet(LEFT + cell * size + 40, TOP + cell * size + 30, title)
    sheet.text(12, 24, title, "head")
    sheet.text(12, 44, "Pale: never. Blue: once. Brown: more often.", "quiet")
    for row, one in enumerate(counts.ids):
        if cell >= 12:
            sheet.text(12, TOP + cell * (row + 0.7), short(one, 14), "quiet")
        for column, other in enumerate(counts.ids):
            if row == column:
                continue
            times = counts.meetings[row][column]
            look = "faint" if not times else "on" if times == 1 else "warm"
            corner = (LEFT + cell * column, TOP + cell * row)
            sheet.box(corner, (cell - 1, cell - 1), look, f"{one}, {other}: {times}")
    return sheet.drawn()
