from booster.kit import rooms


class Venues(rooms.Room):
    name = "booster.venues"
