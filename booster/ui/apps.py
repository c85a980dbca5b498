from booster.kit import rooms


class Ui(rooms.Room):
    name = "booster.ui"
