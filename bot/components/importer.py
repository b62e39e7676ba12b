"""Reading the training data fast. Rasa's own reader takes minutes for thousands of examples, several times a training."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK = {"intent", "metadata", "examples"}
# What only Rasa's reader understands: entities, e.g. "[Geneva](city)".
_ANNOTATIONS = ("](", "]{")


class ExampleMessage(Message):
    """An example as it was read: cheap to copy and to compare, which Rasa does many times with each."""

    _cached_fingerprint: str | None

    def fingerprint(self) -> str:
        """A digest of what was read; Rasa's own once a component has added to it."""
        if self._cached_fingerprint is None:
            if self.features or self.data.keys() - {TEXT, INTENT, METADATA}:
                return str(super().fingerprint())
            content = repr((self.data.get(TEXT), self.data.get(INTENT), self.data.get(METADATA)))
            self._cached_fingerprint = hashlib.md5(content.encode(), usedforsecurity=False).hexdigest()
        return self._cached_fingerprint

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property (see the parent class)."""
        if self.data.get(prop) != info or add_to_output:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, _: dict[int, Any]) -> ExampleMessage:
        """A copy that may be changed without the other; texts and metadata are never changed in place."""
        copy = ExampleMessage(self.data, set(self.output_properties), self.time, list(self.features))
        copy._cached_fingerprint = self._cached_fingerprint
        return copy


class TrainingFileImporter(RasaFileImporter):
    """Rasa's file importer, with a faster reader for files that hold examples of intents and nothing else."""

    _nlu_data: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples, read once (see the parent class)."""
        if self._nlu_data is None:
            plain, other = [], []
            for path in self._nlu_files:
                messages = read_examples(Path(path))
                if messages is None:
                    other.append(path)
                else:
                    plain += messages
            data = TrainingData(plain)
            self._nlu_data = data.merge(utils.training_data_from_paths(other, language)) if other else data
        return self._nlu_data


def read_examples(path: Path) -> list[ExampleMessage] | None:
    """The examples of a file, or None where it holds more than plain examples of intents, which Rasa's reader is for."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None  # Rasa's reader says what is wrong
    if not isinstance(content, dict) or content.keys() - {"version", "nlu"} or not isinstance(content.get("nlu"), list):
        return None
    messages = []
    for block in content["nlu"]:
        if not isinstance(block, dict) or block.keys() - _BLOCK or not isinstance(block.get("examples"), str):
            return None
        lines = [line.strip() for line in block["examples"].splitlines() if line.strip()]
        if any(not line.startswith("-") or any(sign in line for sign in _ANNOTATIONS) for line in lines):
            return None
        metadata = {METADATA: {METADATA_INTENT: block["metadata"]}} if block.get("metadata") else {}
        messages += [ExampleMessage({TEXT: line[1:].strip(), INTENT: block["intent"], **metadata}) for line in lines]
    return messages
