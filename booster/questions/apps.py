from booster.kit import rooms


class Questions(rooms.Room):
    name = "booster.questions"
