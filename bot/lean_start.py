"""Serving without TensorFlow, which Rasa imports on every start although no component of ``config.yml`` uses it.

It costs about four seconds and 250 MB. Rasa reaches it by two roads: a module of helpers that is imported and not used, and the
check of the training graph, whose class a model names and which only runs in training. Both stay closed while serving; a
component that does need TensorFlow (Rasa's DIET or TED, say) imports it itself and works as ever.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

_HELPERS = "rasa.utils.train_utils"
_CHECK = "rasa.graph_components.validators.default_recipe_validator"


def install() -> None:
    """Close both roads, where TensorFlow is not loaded already. For a process that serves and does not train."""
    if "tensorflow" in sys.modules:
        return
    # TensorFlow Lite imports JAX where it is installed: one more second, for nothing.
    sys.modules["jax"] = None  # type: ignore[assignment]
    helpers, check = ModuleType(_HELPERS), ModuleType(_CHECK)

    def first_use(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        sys.modules.pop(_HELPERS, None)
        return getattr(importlib.import_module(_HELPERS), name)

    helpers.__getattr__ = first_use  # type: ignore[method-assign]
    check.DefaultV1RecipeValidator = type("DefaultV1RecipeValidator", (), {})  # type: ignore[attr-defined]
    for module in (helpers, check):
        sys.modules[module.__name__] = module
        parent, _, name = module.__name__.rpartition(".")
        setattr(importlib.import_module(parent), name, module)
