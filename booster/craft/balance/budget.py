"""How much a search may cost, counted in nodes of HiGHS's search trees, and who may stop it. No clock."""

from booster.craft.working import Step, Watch, unwatched

NODES = 400  # of a program of some 600 columns take about a second of a machine of 2025
LEAST = 4  # what each question costs at least: its linear programs


class OutOfEffort(Exception):
    """The effort is used up, or the watch asked to stop, before this question was answered."""


class Budget:
    """`effort` in deterministic seconds. One budget is shared by all questions of one call.

    `stopped`: the watch asked to stop. Effort 0 allows no question at all.
    """

    def __init__(self, effort: float, watch: Watch = unwatched, stage: str = "search") -> None:
        self.left = int(effort * NODES)
        self.stopped = False
        self._watch, self._stage, self._asked = watch, stage, 0

    def nodes(self) -> int:
        """The node limit for the next question. Raises OutOfEffort when there is nothing left or the watch stops."""
        self._asked += 1
        self.stopped = self.stopped or not self._watch(Step(self._stage, self._asked))
        if self.stopped or self.left <= 0:
            raise OutOfEffort
        return self.left

    def used(self, nodes: int | None) -> None:
        self.left -= max(LEAST, nodes or 0)


def halted(status: int, message: str) -> bool:
    """Whether `milp` ended at a limit. SciPy knows no code for HiGHS's node limit and says 4, with its message."""
    return status == 1 or (status == 4 and "limit" in message)
