"""How long ``make run`` takes to its first answers: python benchmarks/start.py [--starts N]. Needs a trained model."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import signal
import socket
import subprocess
import time
import urllib.request
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ("Qui copréside les discussions de Genève ?", "What is the CPC?")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ask(port: int, sender: str, question: str) -> str:
    body = json.dumps({"sender": sender, "message": question}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(json.load(response)[-1]["text"])


def measure() -> list[float]:
    """Start once. Returns the seconds to the line that says ready, and to each of the first answers."""
    port, sender = _free_port(), f"start-{uuid.uuid4().hex}"
    start = time.monotonic()
    command = ["make", "--no-print-directory", "run", f"PORT={port}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            for line in process.stdout or ():
                if "ready" in line:
                    break
            seconds = [time.monotonic() - start]
            for question in QUESTIONS:
                assert _ask(port, sender, question)
                seconds.append(time.monotonic() - start)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
    return seconds


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    options = parser.parse_args()
    print(f"{datetime.date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("| start | ready | first answer (French) | second answer (English) |\n|---|---|---|---|")
    for number in range(1, options.starts + 1):
        print(f"| {number} | " + " | ".join(f"{seconds:.1f} s" for seconds in measure()) + " |", flush=True)


if __name__ == "__main__":
    main()
