from booster.kit import rooms


class Intake(rooms.Room):
    name = "booster.intake"
