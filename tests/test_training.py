from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from bot import training

FILES = (
    "config.yml",
    "domain.yml",
    "data/nlu/topics/cpc.yml",
    "data/rules/rules.yml",
    "knowledge/topics/cpc.yml",
    "knowledge/schema/topic.schema.json",
    "bot/components/facts.py",
    "bot/knowledge/loader.py",
    "bot/language/fold.py",
    "bot/understanding/ranker.py",
    "requirements/main.lock",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one file of each kind."""
    root = tmp_path / "project"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"content of {name}", encoding="utf-8")
    return root


def test_training_fingerprint_of_the_same_project_is_the_same(project: Path) -> None:
    assert training.fingerprint(project) == training.fingerprint(project)


def test_training_fingerprint_does_not_depend_on_the_folder(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "elsewhere")
    assert training.fingerprint(tmp_path / "elsewhere") == training.fingerprint(project)


@pytest.mark.parametrize("name", FILES)
def test_training_fingerprint_changes_with_every_ingredient(project: Path, name: str) -> None:
    before = training.fingerprint(project)
    (project / name).write_text("changed", encoding="utf-8")
    assert training.fingerprint(project) != before


@pytest.mark.parametrize("name", FILES)
def test_training_fingerprint_changes_when_an_ingredient_goes(project: Path, name: str) -> None:
    before = training.fingerprint(project)
    (project / name).unlink()
    assert training.fingerprint(project) != before


def test_training_fingerprint_changes_when_a_topic_is_renamed(project: Path) -> None:
    before = training.fingerprint(project)
    (project / "knowledge/topics/cpc.yml").rename(project / "knowledge/topics/gid.yml")
    assert training.fingerprint(project) != before


def test_training_fingerprint_changes_with_a_new_topic(project: Path) -> None:
    before = training.fingerprint(project)
    (project / "knowledge/topics/new.yml").write_text("", encoding="utf-8")
    assert training.fingerprint(project) != before


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "bot/conversation.py",
        "bot/channels/rest.py",
        "actions/answers.py",
        "tests/test_it.py",
        "credentials.yml",
        "bot/knowledge/__pycache__/loader.cpython-310.pyc",
        "data/nlu/.cpc.yml.swp",
        "models/vigie-0.tar.gz",
    ],
)
def test_training_fingerprint_takes_no_notice_of_other_files(project: Path, name: str) -> None:
    before = training.fingerprint(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("anything", encoding="utf-8")
    assert training.fingerprint(project) == before


def test_training_fingerprint_takes_no_notice_of_times(project: Path) -> None:
    before = training.fingerprint(project)
    os.utime(project / "config.yml", (1, 1))
    assert training.fingerprint(project) == before


def test_training_model_is_named_after_the_fingerprint(project: Path) -> None:
    path = training.model_path(project)
    assert path.parent == project / "models"
    assert path.name == f"vigie-{training.fingerprint(project)}.tar.gz"


class Rasa:
    """In place of Rasa's training, which takes minutes."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.succeeds = True

    def train(self, domain: str, config: str, data: list[str], output: str, **_: Any) -> SimpleNamespace:
        """Write a model where it is asked for."""
        assert all(Path(name).exists() for name in (domain, config, *data))
        self.folders.append(Path.cwd())
        if not self.succeeds:
            return SimpleNamespace(model=None)
        model = Path(output) / "model.tar.gz"
        model.write_text("a model", encoding="utf-8")
        return SimpleNamespace(model=str(model))


@pytest.fixture
def rasa(monkeypatch: pytest.MonkeyPatch) -> Rasa:
    """Rasa's training, replaced."""
    stand_in = Rasa()
    module = ModuleType("rasa.model_training")
    module.train = stand_in.train  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rasa.model_training", module)
    return stand_in


def old_models(project: Path, *ages: int) -> list[Path]:
    (project / "models").mkdir(exist_ok=True)
    models = [project / "models" / f"vigie-old{age}.tar.gz" for age in ages]
    for model, age in zip(models, ages):
        model.write_text("old", encoding="utf-8")
        os.utime(model, (1_000_000_000 - age, 1_000_000_000 - age))
    return models


def test_training_is_left_out_where_the_model_exists(project: Path, rasa: Rasa) -> None:
    (model,) = old_models(project, 1)
    model.rename(training.model_path(project))
    assert training.ensure_model(project) == training.model_path(project)
    assert rasa.folders == []


def test_training_makes_the_model_in_use_the_newest(project: Path, rasa: Rasa) -> None:
    newer, older = old_models(project, 1, 2)
    path = older.rename(training.model_path(project))
    training.ensure_model(project)
    assert path.stat().st_mtime > newer.stat().st_mtime


def test_training_makes_a_model_where_there_is_none(project: Path, rasa: Rasa) -> None:
    path = training.ensure_model(project)
    assert (path, path.read_text(encoding="utf-8")) == (training.model_path(project), "a model")


def test_training_makes_a_new_model_after_a_change(project: Path, rasa: Rasa) -> None:
    training.ensure_model(project)
    (project / "knowledge/topics/cpc.yml").write_text("changed", encoding="utf-8")
    training.ensure_model(project)
    assert len(rasa.folders) == 2


def test_training_tells_the_operator_that_it_takes_time(project: Path, rasa: Rasa, capsys: pytest.CaptureFixture[str]) -> None:
    training.ensure_model(project)
    assert "minutes" in capsys.readouterr().out


def test_training_leaves_nothing_but_the_model(project: Path, rasa: Rasa) -> None:
    path = training.train(project)
    assert list(path.parent.iterdir()) == [path]


def test_training_keeps_the_three_newest_models(project: Path, rasa: Rasa) -> None:
    old_models(project, 4, 1, 3, 2)
    path = training.train(project)
    assert {model.name for model in path.parent.iterdir()} == {path.name, "vigie-old1.tar.gz", "vigie-old2.tar.gz"}


def test_training_keeps_models_that_are_not_its_own(project: Path, rasa: Rasa) -> None:
    old_models(project, 1, 2, 3, 4)
    mine = project / "models" / "mine.tar.gz"
    mine.write_text("mine", encoding="utf-8")
    os.utime(mine, (1, 1))
    training.train(project)
    assert mine.exists()


def test_training_happens_in_the_project_and_comes_back(project: Path, rasa: Rasa) -> None:
    here = Path.cwd()
    training.train(project)
    assert (rasa.folders, Path.cwd()) == ([project], here)


def test_training_that_fails_says_so(project: Path, rasa: Rasa) -> None:
    rasa.succeeds = False
    with pytest.raises(RuntimeError, match="without a model"):
        training.train(project)


def test_training_that_fails_leaves_everything_as_it_was(project: Path, rasa: Rasa) -> None:
    rasa.succeeds = False
    here, models = Path.cwd(), old_models(project, 1, 2, 3, 4)
    with pytest.raises(RuntimeError):
        training.train(project)
    assert Path.cwd() == here
    assert sorted((project / "models").iterdir()) == sorted(models)
