import asyncio
import socket
import threading

import pytest
from aiosmtpd.controller import Controller


class Server:
    """A real SMTP server that keeps what it took and answers as it is told."""

    def __init__(self, port):
        self.port, self.taken, self.peers, self.controller = port, [], set(), None
        self.on_mail = self.on_rcpt = self.on_data = "250 OK"
        self.slow = 0.0
        self.got = threading.Event()

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=20)
        self.controller.start()

    def stop(self):
        if self.controller is not None:
            self.controller.stop()
        self.controller = None

    def _answer(self, answers):
        """The next of a list until one is left, which stays."""
        if isinstance(answers, str):
            return answers
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        answer = self._answer(self.on_mail)
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 -- aiosmtpd's name
        answer = self._answer(self.on_rcpt)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.peers.add(session.peer)
        answer = self._answer(self.on_data)
        if answer.startswith("2"):
            self.taken.append(envelope)
        self.got.set()
        await asyncio.sleep(self.slow)
        if answer == "hang up":
            server.transport.abort()
            return "421 going"
        return answer


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(free_port, settings):
    """The mail server of these settings, already running."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port, 5
    settings.BOOSTER_MAIL, settings.BOOSTER_DEMO = True, False
    settings.DEFAULT_FROM_EMAIL = "Booster Academy <academy@example.org>"
    server = Server(free_port)
    server.start()
    yield server
    server.stop()
