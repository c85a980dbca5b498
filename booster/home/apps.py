from booster.kit import rooms


class Home(rooms.Room):
    name = "booster.home"
