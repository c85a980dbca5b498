import pytest
from django_tasks import default_task_backend

from booster.kit import jobs

TASK = "booster.post.tasks.sending.send_now"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits():
    default_task_backend.clear()


def _enqueued():
    return [(result.task.module_path, tuple(result.args)) for result in default_task_backend.results]


def test_a_job_is_named_by_its_path_and_enqueued_with_its_arguments():
    jobs.enqueue(TASK)
    assert _enqueued() == [(TASK, ())]


def test_after_commit_a_job_is_enqueued_once_however_often_it_is_asked_for(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.after_commit(TASK)
        jobs.after_commit(TASK)
        jobs.after_commit("booster.chronicle.tasks.work_off")
        assert _enqueued() == []
    assert _enqueued() == [(TASK, ()), ("booster.chronicle.tasks.work_off", ())]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_enqueued_at_once():
    jobs.after_commit(TASK)
    assert _enqueued() == [(TASK, ())]
