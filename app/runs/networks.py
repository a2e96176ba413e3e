"""The networks of runs, as they were after each step that was kept, ready to be asked."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from app.models import Served, number, serve, share, vary
from app.runs.folder import Run, RunError, Runs, Weights
from model.checkpoint import CheckpointError, load

PREFIX: Final = "run-"
"""Before the id of a run, it is the id of its networks."""

_MOST: Final = 16  # runs of which a worker holds the first network ready


class RunNetworks:
    """
    All networks of a run are one network with other weights: its graph never changes.

    The first that was kept is the one that the others are variants of; what is asked without
    weights is answered by the last.
    """

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._first: dict[str, Served] = {}
        self._last: dict[str, Served] = {}
        self._lock = threading.Lock()

    def newest(self, name: str) -> Served | None:
        """Find the last network that was kept of a run; None when there is no such run, or none."""
        run = self._find(name)
        if run is None:
            return None
        for one in reversed(run.kept()):  # the last may have made room meanwhile
            found = self._last.get(name)
            if found is None or found.weights.digest != one.sha256:
                found = self._serve(run, one)
            if found is not None:
                self._last[name] = found
                return found
        return None

    def at(self, name: str, weights: str) -> Served | None:
        """Find the network of a run that has these weights."""
        run = self._find(name)
        if run is None:
            return None
        kept = next((one for one in run.kept() if one.sha256 == weights), None)
        return None if kept is None else self._serve(run, kept)

    def facts(self, served: Served) -> Mapping[str, str]:
        """Say how a network was made: as the end of its run says, if these are its weights."""
        run, own = self._find(served.id), served.network
        try:
            end = load(run.final) if run is not None else own
        except CheckpointError:
            return own.metadata
        mine = own.parameters.items()
        same = all(np.array_equal(end.parameters[name], one) for name, one in mine)
        return end.metadata if same else own.metadata

    def _find(self, name: str) -> Run | None:
        run = self._runs.find(name.removeprefix(PREFIX)) if name.startswith(PREFIX) else None
        if run is None:
            self._forget(name)
        return run

    def _forget(self, name: str) -> None:
        self._first.pop(name, None)
        self._last.pop(name, None)

    def _serve(self, run: Run, kept: Weights) -> Served | None:
        try:
            first = self._first_of(run)
            network = kept.network()
        except (CheckpointError, RunError):
            return None
        if first.weights.digest == kept.sha256:
            return first
        data = network.weights_bytes()
        made = vary(first, first.network.variant(network.parameters, network.metadata, data))
        known = {
            "accuracy": share(network.metadata, "accuracy"),
            "energy_threshold": number(network.metadata, "energy_threshold"),
        }
        return replace(made, spec=made.spec.model_copy(update=known))

    def _first_of(self, run: Run) -> Served:
        """Make once what all networks of a run have in common."""
        name = f"{PREFIX}{run.id}"
        with self._lock:
            if name not in self._first:
                made = serve(name, run.kept()[0].network())
                if run.config.recipe.shuffled:  # a drawing is not what it learnt to read
                    hidden = made.spec.model_copy(update={"shown": False})
                    made = replace(made, drawn=False, spec=hidden)
                while len(self._first) >= _MOST:
                    self._forget(next(iter(self._first)))
                self._first[name] = made
            return self._first[name]
