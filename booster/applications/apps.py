from booster.kit import rooms


class Applications(rooms.Room):
    name = "booster.applications"
