"""The commands of the project: ``python -m bot run|train|evaluate|knowledge check|knowledge build``."""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import logging
import os
import random
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import structlog

from bot import lean_start, training
from bot.knowledge import LANGUAGES, KnowledgeError, shared_knowledge
from bot.knowledge.check import check
from bot.pages.render import build
from bot.ports import PortInUseError, check_port
from bot.understanding.encoder import shared_encoder

ROOT = Path(__file__).resolve().parents[1]


class CommandError(Exception):
    """A command cannot do its work; the message is the one line that the user sees."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code: 0 where it succeeded, 1 where it could not, 2 where its arguments are wrong.
    """
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options) or 0)
    except KnowledgeError as error:
        problems = [str(problem) for problem in error.problems]
        print("\n".join(f"knowledge: {problem}" for problem in problems), file=sys.stderr)
        return 1
    except CommandError as error:
        print(f"vigie: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Vigie, an assistant on conflict prevention at the OSCE.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="serve the assistant, training a model first where the data have none")
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    run.add_argument("--port", type=int, default=5005, help="port to listen on (default: %(default)s)")
    run.add_argument(
        "--endpoints", type=Path, default=ROOT / "endpoints.yml", help="Rasa endpoints file (default: endpoints.yml)"
    )
    run.set_defaults(command=_run)

    train = commands.add_parser("train", help="train a model for the present data, unless there is one")
    train.add_argument("--force", action="store_true", help="train even where there is one")
    train.set_defaults(command=_train)

    evaluate = commands.add_parser("evaluate", help="say how well the present model answers questions it has never seen")
    evaluate.add_argument("--questions", type=Path, default=ROOT / "tests" / "held_out", help="folder (default: tests/held_out)")
    evaluate.add_argument("--variants", action="store_true", help="also write the questions otherwise: typos, text messages…")
    evaluate.set_defaults(command=_evaluate)

    knowledge = commands.add_parser("knowledge", help="work on the knowledge base")
    actions = knowledge.add_subparsers(required=True, metavar="ACTION")
    checking = actions.add_parser("check", help="say what is wrong or due for review in the knowledge base")
    checking.add_argument("--sample", type=int, default=0, metavar="N", help="show N facts picked at random, to be re-read")
    checking.set_defaults(command=_check)
    building = actions.add_parser("build", help="write the knowledge base as pages that can be browsed")
    building.add_argument("--output", type=Path, default=ROOT / "build" / "knowledge", help="folder (default: build/knowledge)")
    building.set_defaults(command=_build)
    return parser


def _run(options: argparse.Namespace) -> None:
    shared_knowledge()  # a broken knowledge file is told before anything else
    try:
        check_port(options.host, options.port)
    except PortInUseError:
        raise CommandError(
            f"port {options.port} is in use or reserved; stop what uses it or choose another: make run PORT=…"
        ) from None
    except OSError as error:
        raise CommandError(f"cannot listen on {options.host}: {error.strerror or error}") from None
    _quiet()
    # The encoder's weights load while Rasa is imported: both take seconds, on two cores at once.
    Thread(target=shared_encoder().encode_one, args=("Vigie",), daemon=True).start()
    model = training.ensure_model(ROOT)
    lean_start.install()
    from bot import server

    server.serve(model, options.host, options.port, ROOT, options.endpoints)


def _train(options: argparse.Namespace) -> None:
    shared_knowledge()
    _quiet()
    model = training.train(ROOT) if options.force else training.ensure_model(ROOT)
    print(f"Model: {model.relative_to(ROOT)}")


def _evaluate(options: argparse.Namespace) -> None:
    from bot import evaluation

    _quiet()
    model = training.ensure_model(ROOT)
    sets = evaluation.read(options.questions)
    if options.variants:
        for language, variant in itertools.product(LANGUAGES, evaluation.VARIANTS):
            sets[f"{language}, {variant}"] = evaluation.varied(sets[language], variant)
    examiner = evaluation.Examiner(model)
    print("| set | right fact | right or second reading | outside declined | sensitive neutral | small talk | other language |")
    print("|---|---|---|---|---|---|---|")
    scores = {}
    for name, dialogues in sets.items():
        scores[name] = score = examiner.examine(dialogues)
        shares = [
            f"{score.right[kind]}/{score.asked[kind]} = {score.share(kind):.1%}" if score.asked[kind] else "-"
            for kind in ("answer", "out_of_scope", "neutral", "smalltalk")
        ]
        given = score.given()
        shares.insert(1, "-" if given is None else f"{given:.1%}")
        print(f"| {name} | {' | '.join(shares)} | {score.other_language} |", flush=True)
    report = ROOT / "reports" / f"{options.questions.name}.json"
    report.parent.mkdir(exist_ok=True)
    content = {"model": model.name, "sets": {name: score.as_dict() for name, score in scores.items()}}
    report.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{model.name}; details in {report.relative_to(ROOT)}")


def _check(options: argparse.Namespace) -> int:
    knowledge = shared_knowledge()
    facts = list(knowledge.facts())
    for fact in random.sample(facts, min(max(options.sample, 0), len(facts))):
        print(f"{fact.id} (verified {fact.verified})\n  EN {fact.answer['en']}\n  FR {fact.answer['fr']}")
        for source in (knowledge.sources[name] for name in fact.sources):
            print(f"  {source.publisher['en']}, {source.date or 'undated'}: {source.title} {source.url}")
    report = check(knowledge)
    print(report)
    return 1 if report.problems else 0


def _build(options: argparse.Namespace) -> None:
    try:
        count = build(shared_knowledge(), options.output, datetime.date.today())
    except OSError as error:
        raise CommandError(f"cannot write {error.filename}: {error.strerror}") from None
    print(f"{count} pages in {options.output}: open {options.output / 'en' / 'index.html'}")


def _quiet() -> None:
    """No telemetry, no warnings of libraries that a user can do nothing about, and no visitor's words in the log."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Not a filter: TensorFlow and others set their own.
    warnings.showwarning = lambda *_, **__: None
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("bot").setLevel(logging.INFO)
    # Below warnings, Rasa logs what visitors write.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), cache_logger_on_first_use=True)
