"""Scans, against a real server that speaks clamd's INSTREAM over a real socket."""

import socketserver
import struct
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from booster.library import actions, tasks
from booster.library.models import Document
from booster.library.tests import make
from booster.library.tests.make import EICAR, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOUR = timedelta(hours=1)


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        command = self.rfile.read(len(b"zINSTREAM\0"))
        assert command == b"zINSTREAM\0"
        heard = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            heard += self.rfile.read(size)
            if len(heard) > self.server.most:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.heard.append(heard)
        if not self.server.mute:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in heard else b"stream: OK\0")


class _Answering:
    def __init__(self, *arguments):
        self.heard, self.most, self.mute = [], 25 * 2**20, False
        super().__init__(*arguments)


class TcpClamd(_Answering, socketserver.ThreadingTCPServer):
    allow_reuse_address = True


class UnixClamd(_Answering, socketserver.ThreadingUnixStreamServer):
    pass


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    server = TcpClamd(("127.0.0.1", 0), Talk) if request.param == "tcp" else UnixClamd(str(tmp_path / "clamd"), Talk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    address = server.server_address
    settings.BOOSTER_CLAMD = f"127.0.0.1:{address[1]}" if request.param == "tcp" else address
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_clean_file_is_cleared_and_heard_whole(clamd):
    content = b"words\n" * 50_000  # more than one chunk
    document = make.document("notes.txt", content)
    assert tasks.scan_waiting(at=NOW) == 1
    document.refresh_from_db()
    assert (document.scan, clamd.heard) == ("clean", [content])
    assert tasks.scan_waiting(at=NOW + HOUR) == 0


def test_an_infected_file_is_removed_at_once_and_the_next_one_goes_on(clamd):
    bad, good = make.document("bad.txt", EICAR), make.document("good.txt", b"hello")
    assert tasks.scan_waiting(at=NOW) == 2
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.scan, bad.removed_at, good.scan) == ("infected", NOW, "clean")
    assert tasks.erase_waiting(at=NOW) == 1
    assert not default_storage.exists(bad.stored)
    assert default_storage.exists(good.stored)


def test_what_came_while_there_was_no_scanner_is_scanned_once_there_is(clamd, settings):
    address, settings.BOOSTER_CLAMD = settings.BOOSTER_CLAMD, ""
    document = make.document()
    assert document.scan == "absent"
    assert tasks.scan_waiting(at=NOW) == 0
    settings.BOOSTER_CLAMD = address
    assert tasks.scan_waiting(at=NOW) == 1
    document.refresh_from_db()
    assert document.scan == "clean"


def test_a_scanner_that_cannot_say_is_asked_again_later(clamd):
    document = make.document("notes.txt", b"words\n" * 50_000)
    clamd.most = 1000
    assert tasks.scan_waiting(at=NOW) == 0
    document.refresh_from_db()
    assert (document.scan, document.scan_attempts, document.scan_after) == ("unscanned", 1, NOW + timedelta(minutes=2))
    assert tasks.scan_waiting(at=NOW) == 0
    clamd.most = 2**30
    assert tasks.scan_waiting(at=NOW + HOUR) == 1


def test_a_scanner_that_hangs_up_is_asked_again_later(clamd):
    make.document()
    clamd.mute = True
    assert tasks.scan_waiting(at=NOW) == 0
    assert Document.objects.get().scan == "unscanned"


def test_a_scanner_that_is_away_holds_files_back_and_loses_none(settings, tmp_path):
    settings.BOOSTER_CLAMD = str(tmp_path / "nobody")
    make.document()
    assert tasks.scan_waiting(at=NOW) == 0
    document = Document.objects.get()
    assert (document.scan, document.scan_attempts) == ("unscanned", 1)


def test_of_two_workers_with_the_same_answer_one_notes_it(clamd, monkeypatch):
    make.document()
    real = tasks._ask

    def beaten(peer, document):
        actions.note_scan(Document.objects.get(), verb="clear", at=NOW)
        return real(peer, document)

    monkeypatch.setattr(tasks, "_ask", beaten)
    assert tasks.scan_waiting(at=NOW) == 0
    assert Document.objects.get().scan == "clean"


def test_the_jobs_take_the_clock_from_the_world(clamd):
    make.document()
    assert tasks.scan_new.call() == 1
    actions.remove(Document.objects.get(), by=None, at=NOW)
    assert tasks.erase_removed.call() == 1
