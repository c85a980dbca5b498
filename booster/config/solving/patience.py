"""Ctrl-C asks the work to stop and say what it has; a second one ends it. Progress on standard error."""

import os
import signal
import sys
import threading
import time
from typing import Self

from booster.craft.working import Step

SIGNALS = (signal.SIGINT, signal.SIGTERM)
EVERY = 0.2  # seconds between two looks, and between two lines of progress


class Patience:
    """While it lasts, signals wait for a thread that looks for them: inside a solver no handler of ours would run, and
    solvers put handlers of their own in its place. A handler stands by for threads that were there before. Outside the
    main thread, and where the system cannot wait for signals so, that is left out.
    """

    def __init__(self, *, aloud: bool) -> None:
        self._aloud, self._told = aloud, 0.0
        self._asked, self._over = threading.Event(), threading.Event()
        self._looking: threading.Thread | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {one: signal.signal(one, lambda number, _: self._caught(number)) for one in SIGNALS}
            self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS if hasattr(signal, "sigtimedwait") else ())
            self._looking = threading.Thread(target=self._look, daemon=True)
            self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._looking:
            self._looking.join()
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)
            for one, handler in self._before.items():
                signal.signal(one, handler)

    def watch(self, step: Step) -> bool:
        if self._aloud and time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            sys.stderr.write(line_of(step) + "\n")
        return not self._asked.is_set()

    def _look(self) -> None:
        while hasattr(signal, "sigtimedwait") and not self._over.is_set():
            if caught := signal.sigtimedwait(SIGNALS, EVERY):
                self._caught(caught.si_signo)

    def _caught(self, number: int) -> None:
        if self._asked.is_set():
            os._exit(128 + number)
        self._asked.set()
        sys.stderr.write("Stopping: the best answer so far follows. Ctrl-C again ends at once.\n")


def line_of(step: Step) -> str:
    """One line of progress: the stage, how far it is, the best and what nothing can surpass."""
    parts = [f"{step.stage} {step.done}" + (f" of {step.whole}" if step.whole is not None else "")]
    parts += [f"best {step.best:g}"] if step.best is not None else []
    parts += [f"bound {step.bound:g}"] if step.bound is not None else []
    return ", ".join(parts)
