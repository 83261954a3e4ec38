"""What graph components that learn one model have in common: how the model is kept, found again and let be in training."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.training_data import TrainingData

Model = TypeVar("Model")


class TrainedComponent(GraphComponent, Generic[Model]):
    """A component with one trained model in one file.

    Attributes:
        FILE: name of the file.
        model: None before the training.
    """

    FILE: ClassVar[str]

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: Model | None = None):
        self.config = {**self.get_default_config(), **config}
        self.model = model
        self._model_storage = model_storage
        self._resource = resource

    @staticmethod
    def required_packages() -> list[str]:
        return ["sklearn"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TrainedComponent[Model]:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TrainedComponent[Model]:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / cls.FILE))

    def keep(self, model: Model) -> Resource:
        """Use a model from now on, and write it where `load` finds it."""
        self.model = model
        with self._model_storage.write_to(self._resource) as folder:
            joblib.dump(model, folder / self.FILE, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
