"""The networks of a server by id, and the variants of each by the hash of their weights."""

import threading
from collections.abc import Iterator, Mapping, Sequence

from app.models import Served, load_models, vary
from app.refusals import RefusalError, field_error
from app.runs.networks import RunNetworks
from app.schemas import Model
from app.variants import Folder
from model.edits import Edit, EditError, edited, from_json
from model.safetensors_file import decode

MOST_WEIGHTS = 16_000_000
"""Bytes of a weights file that may have variants; those that come along have up to 1.1 MB."""

_MOST_HELD = 32_000_000
"""Bytes of weights of variants that a worker keeps ready."""

Edits = Sequence[Edit]


class Catalogue(Mapping[str, Served]):
    """
    The networks by id; the first that the page can show is the page's own.

    A variant is a network of the catalogue with other weights. It belongs to nobody: whoever knows
    the hash of its weights may ask it, of any worker, and whoever sends the edits may make it
    again.
    """

    def __init__(
        self, served: Sequence[Served], folder: Folder, runs: RunNetworks | None = None
    ) -> None:
        self._runs = runs
        self._served = {one.id: one for one in served}
        self.default = next(one for one in served if one.shown)
        self._folder = folder
        self._held: dict[tuple[str, str], Served] = {}  # the one used last at the end
        self._lock = threading.Lock()

    def find(self, name: str, weights: str = "") -> Served:
        """
        Find the network that a request names, with weights that it names; it may read a file.

        Raises
        ------
        RefusalError
            Naming the networks there are, or how to make the weights again.
        """
        served = self._served.get(name)
        if served is None and self._runs is not None:
            served = self._runs.newest(name)
        if served is None:
            raise RefusalError("unknown-model", {"networks": tuple(self._served)})
        return self.resolve(served, weights)

    def show(self, name: str) -> Served:
        """
        Find a network for the page.

        Raises
        ------
        RefusalError
            When there is none, or the page cannot show it.
        """
        served = self.find(name)
        if not served.shown:
            shown = tuple(one.id for one in self.values() if one.shown)
            raise RefusalError("not-shown", {"network": served.id, "networks": shown})
        return served

    def shown(self) -> dict[str, Model]:
        """Give the specs of all that the page can show, the page's own first."""
        return {one.id: one.spec for one in self.values() if one.shown}

    def facts(self, served: Served) -> Mapping[str, str]:
        """Say how a network was made; it may read a file."""
        runs = None if served.id in self._served else self._runs
        return served.network.metadata if runs is None else runs.facts(served)

    def holds(self, served: Served, weights: str) -> bool:
        """Tell whether these weights of a network can be had without reading a file."""
        return weights in ("", served.weights.digest) or (served.id, weights) in self._held

    def resolve(self, served: Served, weights: str, edits: Edits | None = None) -> Served:
        """
        Give the variant of a network that a question is about.

        Parameters
        ----------
        weights
            The hash of its weights; "" for what the edits make, or the network itself.
        edits
            From which it is made again when nobody has it.
        """
        if not weights:
            return served if edits is None else self.make(served, edits)
        found = self._look(served, weights)
        if found is None and edits is not None:
            found = self.make(served, edits)
        if found is None:
            raise RefusalError("other-weights", {"network": served.id})
        if found.weights.digest != weights:
            error = field_error("other-edits", pointer="#/edits")
            raise RefusalError("other-edits", errors=[error])
        return found

    def make(self, served: Served, edits: Edits) -> Served:
        """
        Make the variant that edits lead to, and leave it for the other workers.

        Of a variant it makes the one that its own edits and these together lead to.

        Raises
        ------
        RefusalError
            Saying which edit cannot be made, and how to mend it.
        """
        root = self._root(served)
        if len(root.weights.body) > MOST_WEIGHTS:
            raise RefusalError("not-to-be-edited", {"megabytes": MOST_WEIGHTS / 1e6})
        earlier = () if served is root else from_json(served.network.metadata["edits"])
        try:
            network = edited(root.network, (*earlier, *edits))
        except EditError as error:
            number = error.gaps.get("number")
            pointer = "#/edits" if number is None else f"#/edits/{int(str(number)) - 1}"
            wrong = field_error(error.kind, error.gaps, pointer=pointer)
            raise RefusalError(error.kind, error.gaps, errors=[wrong]) from None
        if network is root.network:
            return root
        made = vary(root, network)
        self._folder.write(made.weights.digest, made.weights.body)
        return self._keep(made)

    def _look(self, served: Served, weights: str) -> Served | None:
        """Find weights that are served, or ready here, or left by another worker, or of a run."""
        root = self._served.get(served.id, served)
        if weights == root.weights.digest:
            return root
        with self._lock:
            held = self._held.pop((root.id, weights), None)
            if held is not None:
                self._held[root.id, weights] = held
                return held
        of_run = self._of_run(root.id, weights)
        if of_run is not None:
            return self._keep(of_run)
        data = self._folder.read(weights)
        if data is None:
            return None
        tensors, metadata = decode(data)
        base = root if root.id in self._served else self._of_run(root.id, metadata.get("base", ""))
        if base is None or metadata.get("base") != base.weights.digest:
            return None
        facts = {name: metadata[name] for name in ("base", "edits")}
        return self._keep(vary(base, base.network.variant(tensors, facts, data)))

    def _root(self, served: Served) -> Served:
        """Find the network that a variant is one of; of a run each that was kept is one."""
        root = self._served.get(served.id)
        if root is None:
            base = served.network.metadata.get("base")
            root = served if base is None else self._of_run(served.id, base)
        if root is None:  # the run was deleted meanwhile
            raise RefusalError("other-weights", {"network": served.id})
        return root

    def _of_run(self, name: str, weights: str) -> Served | None:
        """Find weights that a run kept; None of a network that is no run's."""
        if self._runs is None or name in self._served:
            return None
        return self._runs.at(name, weights)

    def _keep(self, made: Served) -> Served:
        """Hold it ready, and let go of those that were not used for longest."""
        with self._lock:
            self._held.pop((made.id, made.weights.digest), None)
            self._held[made.id, made.weights.digest] = made
            size = sum(len(one.weights.body) for one in self._held.values())
            while size > _MOST_HELD:
                oldest = next(iter(self._held))
                size -= len(self._held.pop(oldest).weights.body)
        return made

    def __getitem__(self, name: str) -> Served:
        return self._served[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._served)

    def __len__(self) -> int:
        return len(self._served)


def load_catalogue(
    names: Sequence[str], folder: Folder, runs: RunNetworks | None = None
) -> Catalogue:
    """
    Load networks by name or from files; their variants meet in a folder.

    Parameters
    ----------
    runs
        Where networks come from that are trained here; they are not in the list.

    Raises
    ------
    ValueError, OSError
        With a sentence for the person who named them.
    """
    return Catalogue(load_models(names), folder, runs)
