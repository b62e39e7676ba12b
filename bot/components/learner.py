"""What components share that learn from the training data."""

from __future__ import annotations

import pickle
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

_FILE = "learnt.pickle"


class Learner(GraphComponent):
    """A component that keeps one object in the model: what it has learnt, None before it has."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, learnt: Any = None) -> None:
        """Keep the configuration, where to store, and what was learnt."""
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self._learnt = learnt

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> Learner:
        """Create an untrained component (see the parent class)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Learner:
        """Load a trained component (see the parent class)."""
        try:
            with model_storage.read_from(resource) as folder:
                learnt = pickle.loads((folder / _FILE).read_bytes())  # noqa: S301 (a model is as trusted as code)
        except ValueError:  # Rasa's way to say that nothing was persisted
            learnt = None
        return cls(config, model_storage, resource, learnt)

    def keep(self, learnt: Any) -> Resource:
        """Store what was learnt; for ``train`` to return."""
        self._learnt = learnt
        with self._model_storage.write_to(self._resource) as folder:
            (folder / _FILE).write_bytes(pickle.dumps(learnt, protocol=pickle.HIGHEST_PROTOCOL))
        return self._resource
