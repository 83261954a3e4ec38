"""Runs Rasa's graph node by node in a fixed order, instead of handing it to dask anew at each call.

At prediction the graph is a short chain. At every message Rasa finds its part for a target, builds a dask graph, lets dask
schedule it, and formats the tracker for a debug line that nobody reads.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner

Plan = tuple[tuple[str, GraphNode, tuple[str, ...]], ...]


class SequentialRunner(DaskGraphRunner):
    """Rasa's runner with the order worked out once for each target."""

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self._plan = lru_cache(maxsize=8)(self._planned)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need.

        Raises:
            GraphRunError: when a node lacks an input.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, needs in self._plan(wanted):
            if missing := [need for need in needs if need not in done]:
                raise GraphRunError(f"Node '{name}' lacks the input '{missing[0]}'")
            done[name] = node(*(done[need] for need in needs))
        return {name: done[name][1] for name in wanted}

    def _planned(self, targets: tuple[str, ...]) -> Plan:
        """The nodes the targets need, each after those it needs."""
        schema = self._graph_schema.minimal_graph_schema(list(targets))
        order: dict[str, None] = {}

        def place(name: str) -> None:
            if name in order or name not in schema.nodes:
                return
            for need in schema.nodes[name].needs.values():
                place(need)
            order[name] = None

        for target in targets:
            place(target)
        return tuple((name, self._instantiated_nodes[name], tuple(schema.nodes[name].needs.values())) for name in order)
