"""``python -m bot run`` as an operator meets it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.client import Assistant
from tests.conftest import ROOT, RunningServer


def test_run_conversation_survives_a_kill(tmp_path: Path) -> None:
    server = RunningServer(tmp_path)
    server.start()
    before = Assistant(server.url)
    assert before.say("Qu'est-ce que la Cour de conciliation et d'arbitrage de l'OSCE ?").custom["topic"] == "court"
    server.kill()
    server.start()
    try:
        assert Assistant(server.url, before.sender).say("où siège-t-elle ?").fact == "court.seat"
    finally:
        server.stop()


@pytest.mark.parametrize("question", ["Qu'est-ce que le CPC ?", "What is the CPC?"])
def test_run_answers_at_once_from_its_first_message(tmp_path: Path, question: str) -> None:
    server = RunningServer(tmp_path)
    server.start()
    try:
        start = time.monotonic()
        assert Assistant(server.url).say(question).fact == "cpc.definition"
        assert time.monotonic() - start < 2, "something is loaded with the first message that belongs to the start"
        assert "tensorflow" not in server.libraries()
    finally:
        server.stop()


def test_run_says_in_one_line_that_the_port_is_in_use() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        run = subprocess.run([sys.executable, "-m", "bot", "run", "--port", port], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 1
    assert run.stderr.strip().count("\n") == 0
    assert port in run.stderr


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("verified: ", "verified: 2025-02-30 #", "2025-02-30"),
        ("    fr: >-", "    frx: >-", "'frx'"),
        ("    sources: [", "    sources: [no-such-source, ", "no-such-source"),
    ],
)
def test_run_refuses_a_broken_knowledge_file(tmp_path: Path, old: str, new: str, named: str) -> None:
    import shutil

    for part in ("bot", "knowledge"):
        shutil.copytree(ROOT / part, tmp_path / part)
    topic = tmp_path / "knowledge" / "topics" / "cpc.yml"
    topic.write_text(topic.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    run = subprocess.run([sys.executable, "-m", "bot", "run", "--port", "1"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 1
    assert "topics/cpc.yml: facts." in run.stderr
    assert named in run.stderr
    assert "Traceback" not in run.stderr
