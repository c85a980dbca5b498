"""Chance from a seed, the same on every machine and with every release of numpy: raw PCG64 words, nothing derived."""

import numpy as np
import numpy.typing as npt

from booster.craft.lots import lot_of


class Dice:
    """A stream of chance for one purpose. The same seed and name give the same numbers."""

    def __init__(self, seed: int, name: str) -> None:
        self._words = np.random.PCG64(lot_of(seed, name))

    def draw(self, count: int) -> list[int]:
        """`count` numbers of 32 bits."""
        return [int(one) >> 32 for one in self.raw(count)]

    def raw(self, count: int) -> npt.NDArray[np.uint64]:
        """`count` words of 64 bits."""
        return np.atleast_1d(self._words.random_raw(count))

    def below(self, bound: int) -> int:
        """A number from 0 to `bound` - 1; the lean of the last ones is below one in a thousand million."""
        return int(self.raw(1)[0]) % bound

    def order(self, count: int) -> list[int]:
        """The numbers from 0 to `count` - 1 in random order."""
        lots = self.draw(count)
        return sorted(range(count), key=lambda one: (lots[one], one))
