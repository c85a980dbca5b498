import numpy as np
import pytest

from booster.craft.meetings import Person, Problem, plan


def instance(size, seed):
    """The published family of instances: 40 tags, four needs and four offers each, some noise, shared organisations."""
    dice = np.random.default_rng(seed)
    chances = np.arange(1, 41) ** -0.7
    chances /= chances.sum()
    needs, offers = np.zeros((size, 40), int), np.zeros((size, 40), int)
    for person in range(size):
        for table in (needs, offers):
            weights = dice.integers(1, 4, 4)
            table[person, dice.choice(40, 4, replace=False, p=chances)] = weights
    gains = needs @ offers.T
    noisy = np.triu(gains + gains.T + 2 * np.minimum(gains, gains.T) + dice.integers(0, 2, (size, size)), 1)
    homes = dice.integers(0, int(0.9 * size), size)
    return np.where(homes[:, None] == homes[None, :], 0, noisy + noisy.T)


def crowd(size, **more):
    return [Person(f"p{place:04}", **more) for place in range(size)]


def sound(problem, answer):
    """Nobody twice in a round, no pair twice, everybody there, tables kept."""
    seen, pairs = set(), set()
    away = {person.id: set(person.away) for person in problem.people}
    for one in answer.meetings:
        assert one.one < one.other
        assert (one.one, one.other) not in pairs
        pairs.add((one.one, one.other))
        for name in (one.one, one.other):
            assert (name, one.round) not in seen
            assert one.round not in away[name]
            seen.add((name, one.round))
    for name, person in answer.people.items():
        assert len(person.turns) + len(person.pauses) == problem.rounds
        assert {turn.round for turn in person.turns} == {number for who, number in seen if who == name}
    return pairs


@pytest.mark.parametrize("size, checksum", [(40, 14566), (150, 174690), (500, 1848586)])
def test_the_instances_are_the_published_ones(size, checksum):
    assert instance(size, 1).sum() == checksum


@pytest.mark.parametrize("size, total", [(40, 2569), (150, 11923)])
def test_the_published_optimum_is_found_proven_and_fits_into_the_rounds(size, total):
    problem = Problem(crowd(size), 6, affinity=instance(size, 1).tolist())
    answer = plan(problem)
    sound(problem, answer)
    assert answer.level("total").value == total
    assert all(level.proven for level in answer.levels)
    assert answer.dropped == ()
    assert min(len(person.turns) for person in answer.people.values()) >= 5
