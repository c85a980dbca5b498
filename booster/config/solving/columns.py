"""A picture of a timetable: a column for each room of each day, a box for each session."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from booster.config.solving.drawing import Sheet, short
from booster.craft.timetable import Place, Programme

LEFT, TOP, WIDTH, HOUR = 60, 96, 118, 44


def picture(programme: Programme, placed: Mapping[str, Place]) -> str:
    zone = ZoneInfo(programme.zone)
    sessions = {one.id: one for one in programme.sessions}
    spots = [(place.start.astimezone(zone), place.room, identity) for identity, place in sorted(placed.items())]
    places = sorted({(start.date(), room) for start, room, _ in spots})
    first = min((one.start.hour for one in programme.days), default=9)
    last = max((one.end.hour or 24 for one in programme.days), default=18)
    title = f"{len(spots)} sessions in {programme.zone}"
    sheet = Sheet(max(LEFT + WIDTH * len(places) + 20, 500), TOP + HOUR * (last - first) + 24, title)
    sheet.text(12, 24, title, "head")
    sheet.text(12, 44, "A column for each room and day; tracks are blue and pale blue in turn.", "quiet")
    for hour in range(first, last + 1):
        y = TOP + HOUR * (hour - first)
        sheet.text(12, y + 4, f"{hour:02d}:00", "quiet")
        sheet.line((LEFT, y), (LEFT + WIDTH * len(places), y))
    for column, (day, room) in enumerate(places):
        sheet.text(LEFT + WIDTH * (column + 0.5), TOP - 30, f"{day:%a} {day.day} {day:%b}", "", "middle")
        sheet.text(LEFT + WIDTH * (column + 0.5), TOP - 12, short(room, 16), "quiet", "middle")
    tracks = sorted({one.track for one in programme.sessions})
    for start, room, identity in spots:
        one = sessions[identity]
        x = LEFT + WIDTH * places.index((start.date(), room)) + 3
        y = TOP + HOUR * (start.hour + start.minute / 60 - first)
        height = HOUR * one.minutes / 60
        look = "on" if tracks.index(one.track) % 2 == 0 else "mid"
        about = f"{identity}, {start:%H:%M}, {one.minutes} minutes, {', '.join(one.speakers)}"
        sheet.box((x, y + 1), (WIDTH - 6, height - 2), look, about)
        sheet.text(x + 6, y + 16, short(identity, 15), "inside" * (look == "on"))
    return sheet.drawn()
