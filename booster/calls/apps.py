from booster.kit import rooms


class Calls(rooms.Room):
    name = "booster.calls"
