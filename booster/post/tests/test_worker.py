"""Workers of their own processes over a database of their own, and one of them is killed."""

import os
import subprocess
import sys
from collections import Counter
from email import message_from_bytes

_BEGIN = """
import django
django.setup()
"""
_PREPARE = """
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from django.utils.timezone import now
from booster.post import actions
actions.drop_many([dict(kind="k", key=str(n), subject=f"Letter {n}", body="Hello", address="paula@example.org",
                        release_now=True) for n in range(12)], by=None, at=now())
"""
_WORK = """
import sys
from datetime import timedelta
from django.utils.timezone import now
from booster.post import tasks
print("go", flush=True)
tasks.send_waiting(at=now() + timedelta(minutes=int(sys.argv[1])))
"""
_ASK = """
from booster.post.models import Letter
print(*Letter.objects.order_by("id").values_list("state", flat=True))
"""


def _run(code, environment, *arguments):
    command = [sys.executable, "-c", _BEGIN + code, *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _answer(process):
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return out


def test_two_workers_at_once_and_one_of_them_killed_send_every_letter_once(server, tmp_path):
    server.slow = 0.1
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BOOSTER_", "DATABASE_URL"))}
    environment = kept | {
        "BOOSTER_DATA": str(tmp_path),
        "BOOSTER_SMTP": f"smtp://127.0.0.1:{server.port}",
        "DJANGO_SETTINGS_MODULE": "booster.config.settings",
    }
    _answer(_run(_PREPARE, environment))
    workers = [_run(_WORK, environment, "0") for _ in range(2)]
    for worker in workers:
        assert worker.stdout.readline() == "go\n"
    assert server.got.wait(20)
    workers[0].kill()
    for worker in workers:
        worker.communicate(timeout=60)
    _answer(_run(_WORK, environment, "10"))
    taken = Counter(str(message_from_bytes(envelope.original_content)["Subject"]) for envelope in server.taken)
    states = Counter(_answer(_run(_ASK, environment)).split())
    assert set(taken.values()) == {1}
    assert states["sent"] + states["unsure"] == 12
    assert states["unsure"] <= 1  # in the hands of the one that was killed
    assert len(taken) >= states["sent"]
