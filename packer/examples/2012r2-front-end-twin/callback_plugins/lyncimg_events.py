# Tells lyncimg which task runs: JSON lines appended to $LYNCIMG_REPORTS/ansible-events.jsonl. Names, states and short
# messages only, never arguments or results; and whatever goes wrong here, the play goes on.
from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = """
name: lyncimg_events
type: aggregate
short_description: Writes which task runs and how it ended, for lyncimg
description:
  - Appends one JSON object a line to C(ansible-events.jsonl) in the folder named by C(LYNCIMG_REPORTS).
  - Does nothing where that variable is not set.
requirements:
  - enabled by C(callbacks_enabled)
"""

import json
import os

from ansible.plugins.callback import CallbackBase

SECRETS = ("LYNCIMG_GUEST_PASSWORD", "LYNCIMG_PASSWORD")
LONGEST_MESSAGE = 2000


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "lyncimg_events"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super(CallbackModule, self).__init__()
        folder = os.environ.get("LYNCIMG_REPORTS", "")
        self._path = os.path.join(folder, "ansible-events.jsonl") if folder else None
        self._secrets = [os.environ[name] for name in SECRETS if os.environ.get(name)]
        self._play = ""
        self._index = 0
        self._total = 0

    def v2_playbook_on_start(self, playbook):
        # Imports are resolved by now, so this is every task that can run; handlers are not among them.
        try:
            self._total = sum(self._tasks_of(play) for play in playbook.get_plays())
        except Exception:
            self._total = 0

    def v2_playbook_on_play_start(self, play):
        self._play = play.get_name()

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._index += 1
        self._write(
            {
                "type": "task-started",
                "task": task.get_name(),
                "index": self._index,
                "total": max(self._total, self._index),
                "play": self._play,
            }
        )

    def v2_runner_on_ok(self, result):
        self._finished(result, "changed" if result._result.get("changed") else "ok")

    def v2_runner_on_skipped(self, result):
        self._finished(result, "skipped")

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._finished(result, "ok" if ignore_errors else "failed")

    def v2_runner_on_unreachable(self, result):
        self._finished(result, "unreachable")

    def _tasks_of(self, play):
        gathering = 1 if play.gather_facts else 0
        return gathering + sum(self._tasks_in(block) for block in play.get_tasks())

    def _tasks_in(self, entry):
        # get_tasks() gives a list for each outer block; blocks inside it come as they are. What a block does only after
        # a failure (rescue) is not counted: the total is of a play that goes well.
        if isinstance(entry, list):
            return sum(self._tasks_in(item) for item in entry)
        if hasattr(entry, "block"):
            return self._tasks_in(entry.block) + self._tasks_in(entry.always)
        return 1

    def _finished(self, result, status):
        message = result._result.get("msg", "")
        if not isinstance(message, str) or getattr(result._task, "no_log", False):
            message = ""
        # Of a loop, the item that failed says more than "One or more items failed".
        for item in result._result.get("results") or []:
            if isinstance(item, dict) and item.get("failed") and isinstance(item.get("msg"), str):
                message = item["msg"]
                break
        self._write(
            {
                "type": "task-finished",
                "task": result._task.get_name(),
                "status": status,
                "message": self._without_secrets(message)[:LONGEST_MESSAGE],
            }
        )

    def _without_secrets(self, text):
        for secret in self._secrets:
            text = text.replace(secret, "*****")
        return text

    def _write(self, event):
        if self._path is None:
            return
        try:
            line = json.dumps(event, sort_keys=True) + "\n"
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode("utf-8"))
            finally:
                os.close(handle)
        except Exception:
            # A full disk or a missing folder must not fail what is being built.
            self._path = None
