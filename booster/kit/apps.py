from booster.kit import rooms


class Kit(rooms.Room):
    name = "booster.kit"
