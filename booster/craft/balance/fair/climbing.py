"""Better groups by exchanging one person for another, as long as an exchange gains. Whole numbers, no solver."""

from collections.abc import Sequence

import numpy as np

from booster.craft.balance.fair.faces import Counts, Face

WORD = 64


class Climber:
    """Exchanges within one face. The result depends on the start and the weights alone."""

    def __init__(self, face: Face) -> None:
        self._size = np.array([kind.size for kind in face.kinds])
        self._least = np.array([kind.size * kind.forced for kind in face.kinds])
        self._low = np.array([line.low for line in face.lines], dtype=np.int64)
        self._high = np.array([line.high for line in face.lines], dtype=np.int64)
        self._lines: list[list[int]] = [[] for _ in face.kinds]
        for place, line in enumerate(face.lines):
            for kind in line.kinds:
                self._lines[kind].append(place)
        self._masks = _words([_mask(lines) for lines in self._lines], len(face.lines))

    def climb(self, start: Counts, weights: np.ndarray) -> Counts:
        """From a group to one that no single exchange betters. `weights`: whole numbers, one per kind."""
        counts = np.array(start)
        reached = np.zeros(len(self._low), dtype=np.int64)
        for kind, got in enumerate(start):
            reached[self._lines[kind]] += got
        while True:
            leave, enter = self._candidates(counts, weights)
            if not len(leave) or not len(enter):
                return tuple(counts.tolist())
            gain = weights[enter][None, :] - weights[leave][:, None]
            gain[self._blocked(reached, leave, enter)] = 0
            best = int(gain.argmax())
            out, into = leave[best // len(enter)], enter[best % len(enter)]
            if gain.flat[best] <= 0:
                return tuple(counts.tolist())
            counts[out] -= 1
            counts[into] += 1
            reached[self._lines[out]] -= 1
            reached[self._lines[into]] += 1

    def _candidates(self, counts: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Who may leave and who may enter, without those whose exchange could never gain."""
        leave, enter = np.flatnonzero(counts > self._least), np.flatnonzero(counts < self._size)
        if not len(leave) or not len(enter):
            return leave, enter
        lowest, highest = weights[leave].min(), weights[enter].max()
        return leave[weights[leave] < highest], enter[weights[enter] > lowest]

    def _blocked(self, reached: np.ndarray, leave: np.ndarray, enter: np.ndarray) -> np.ndarray:
        """Exchanges that break a line: one that is full and only entered, or bare and only left."""
        full, bare = _packed(reached >= self._high), _packed(reached <= self._low)
        broken: np.ndarray = np.zeros((len(leave), len(enter)), dtype=bool)
        for word, masks in enumerate(self._masks):
            entering, leaving = masks[enter][None, :], masks[leave][:, None]
            broken |= ((entering & full[word] & ~leaving) | (leaving & bare[word] & ~entering)) != 0
        return broken


def whole(weights: Sequence[float] | np.ndarray, ties: np.ndarray, steps: int = 1000) -> np.ndarray:
    """Weights as whole numbers up to `steps` in size, equals decided by lots: the same on every machine."""
    values = np.asarray(weights, dtype=float)
    most = float(np.abs(values).max(initial=0.0)) or 1.0
    answer: np.ndarray = np.rint(values / most * steps).astype(np.int64) * 64 + ties
    return answer


def _mask(places: Sequence[int]) -> int:
    return sum(1 << place for place in places)


def _words(masks: Sequence[int], bits: int) -> np.ndarray:
    """Bit masks as rows of 64-bit words: word by mask."""
    low, starts = (1 << WORD) - 1, range(0, bits, WORD)
    rows = [[mask >> start & low for mask in masks] for start in starts]
    return np.array(rows, dtype=np.uint64).reshape(len(starts), len(masks))


def _packed(flags: np.ndarray) -> np.ndarray:
    """Flags as words, the first flag in the lowest bit."""
    padded = np.zeros(-(-len(flags) // WORD) * WORD, dtype=np.uint8)
    padded[: len(flags)] = flags
    return np.packbits(padded, bitorder="little").view("<u8").astype(np.uint64)
