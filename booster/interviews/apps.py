from booster.kit import rooms


class Interviews(rooms.Room):
    name = "booster.interviews"
