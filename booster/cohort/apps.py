from booster.kit import rooms


class Cohort(rooms.Room):
    name = "booster.cohort"
