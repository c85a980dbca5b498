from booster.kit import rooms


class Library(rooms.Room):
    name = "booster.library"
