"""What the worker does for this room: the balanced assignment, because no web process may run the solver, and the
reminders that nobody has to think of."""

from datetime import datetime, timedelta

from django.utils.timezone import now
from django_tasks import task

from booster.craft.assignment import BadAssignment
from booster.evaluation import actions
from booster.evaluation import queries as evaluation
from booster.evaluation.models import Sharing
from booster.evaluation.states import SHARING
from booster.kit.beats import Beat


@task()
def work_out(sharing_id: int) -> str:
    """Work a sharing out and keep the proposal; one that is no longer asked for is left alone. Safe to run twice."""
    sharing = Sharing.objects.select_related("call").filter(pk=sharing_id, state=SHARING.start).first()
    if sharing is None:
        return "nothing to do"
    try:
        shared = evaluation.work_out_sharing(sharing.call, seed=sharing.seed, cut_off=sharing.cut_off)
    except (BadAssignment, RuntimeError) as trouble:
        actions.fail_sharing(sharing=sharing, reason=str(trouble), by=None, at=now())
        return "failed"
    actions.propose_sharing(sharing=sharing, shared=shared, by=None, at=now())
    return shared.sentence


def remind_due(*, at: datetime) -> int:
    """Remind evaluators whose first file is due in three days, or was due yesterday; their letters leave at once."""
    return sum(
        actions.remind(call=call, evaluators=due, release=True, by=None, at=at)
        for call, due in evaluation.due_reminders(at)
    )


BEATS = [Beat("evaluation.remind_due", timedelta(hours=1), remind_due)]
