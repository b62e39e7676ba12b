"""A really started assistant, shared by all tests that need one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.client import Assistant

ROOT = Path(__file__).resolve().parents[1]
_START_SECONDS = 900  # the first start may train a model


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningServer:
    """The assistant as ``make run`` starts it, with conversations in a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self._endpoints = folder / "endpoints.yml"
        database = folder / "conversations.db"
        self._endpoints.write_text(
            f"action_endpoint: {{url: 'inprocess://actions'}}\ntracker_store: {{type: SQL, dialect: sqlite, db: {database}}}\n",
            encoding="utf-8",
        )
        self._process: subprocess.Popen[Any] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "bot", "run", "--port", str(self.port), "--endpoints", str(self._endpoints)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ})
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            assert self._process.poll() is None, self.log.read_text(encoding="utf-8")[-3000:]
            try:
                with urllib.request.urlopen(f"{self.url}/webhooks/rest/", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError("the assistant did not start")

    def stop(self) -> None:
        """Stop it as an operator would."""
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=30)

    def libraries(self) -> str:
        """The memory map of its process: which libraries it has loaded."""
        assert self._process
        return Path(f"/proc/{self._process.pid}/maps").read_text(encoding="utf-8")

    def kill(self) -> None:
        """Stop it as a power cut would."""
        assert self._process
        self._process.kill()
        self._process.wait(timeout=30)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A started assistant."""
    running = RunningServer(tmp_path_factory.mktemp("assistant"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def assistant(server: RunningServer) -> Assistant:
    """A new conversation with the started assistant."""
    return Assistant(server.url)
