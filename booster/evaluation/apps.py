from booster.kit import rooms


class Evaluation(rooms.Room):
    name = "booster.evaluation"
