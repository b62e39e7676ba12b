"""Training the model that fits the present data, once."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from bot.understanding.encoder import shared_encoder

# What a model is made from. A change in any of these needs a new one.
_INGREDIENTS = (
    "config.yml",
    "domain.yml",
    "data",
    "knowledge",
    "bot/components",
    "bot/knowledge",
    "bot/language",
    "bot/understanding",
    "requirements/main.lock",
)
_SUFFIXES = {".yml", ".py", ".json", ".lock"}
_KEPT = 3


def fingerprint(root: Path) -> str:
    """A digest of everything that a model of this project is made from."""
    digest = hashlib.sha256()
    for name in _INGREDIENTS:
        path = root / name
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.suffix in _SUFFIXES and file.is_file():
                digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_path(root: Path) -> Path:
    """Where the model for the present data is, or will be."""
    return root / "models" / f"vigie-{fingerprint(root)}.tar.gz"


def ensure_model(root: Path) -> Path:
    """The model for the present data, trained first where there is none."""
    path = model_path(root)
    if path.exists():
        path.touch()  # the newest is the one that plain `rasa run` takes
        return path
    print("Training a model for the present data: this takes a few minutes, once.", flush=True)
    return train(root)


def train(root: Path) -> Path:
    """Train a model. It appears under its name only when it is complete.

    Raises:
        RuntimeError: training ended without a model.
    """
    from rasa.model_training import train as rasa_train

    path = model_path(root)
    path.parent.mkdir(exist_ok=True)
    here = Path.cwd()
    os.chdir(root)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            with shared_encoder().remembering(path.parent / "vectors.npz"):
                result = rasa_train(
                    "domain.yml", "config.yml", ["data"], output=folder, fixed_model_name="model", force_training=True
                )
            if not result.model:
                raise RuntimeError("training ended without a model")
            shutil.move(result.model, path)
    finally:
        os.chdir(here)
    models = sorted(path.parent.glob("vigie-*.tar.gz"), key=lambda model: model.stat().st_mtime)
    for old in models[:-_KEPT]:
        old.unlink()
    return path
