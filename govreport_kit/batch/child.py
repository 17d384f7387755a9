"""The main loop of a worker process: paths come in, outcomes go out."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys

from govreport_kit.batch.work import Task, ended_after

READY = "ready"


def main() -> None:
    """Answer each list of paths with one outcome a path, until there are no more lists."""
    # An interrupt reaches every process of a terminal; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not stand among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    questions = sys.stdin.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):
        task: Task = pickle.load(questions)
        pickle.dump(READY, answers)
        answers.flush()
        while True:
            for path in pickle.load(questions):
                with ended_after(task.patience):
                    outcome = task(path)
                pickle.dump(outcome, answers)
                answers.flush()
