"""Progress and cancellation."""

import pytest

from booster.craft.working import Step, Stopped, tell, unwatched


def test_who_does_not_look_lets_the_work_go_on():
    assert unwatched(Step("chances", 1, 3))
    tell(unwatched, "chances", 1, 3)


def test_a_watch_hears_every_step_and_stops_the_work_by_a_no():
    heard = []

    def watch(step):
        heard.append(step)
        return step.done < 2

    tell(watch, "chances", 1, 3)
    with pytest.raises(Stopped, match="chances"):
        tell(watch, "chances", 2, 3)
    assert heard == [Step("chances", 1, 3), Step("chances", 2, 3)]
