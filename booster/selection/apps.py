from booster.kit import rooms


class Selection(rooms.Room):
    name = "booster.selection"
