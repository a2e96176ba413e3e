"""Fine-tuning: a network that begins with what another one has learnt."""

import numpy as np

from model.arrays import Array
from model.network import Network


def take_over(fresh: Network, pretrained: Network) -> Network:
    """Begin with the weights of another network.

    All layers with weights before the last of them must have the same names and shapes; what lies
    between may differ. Of the last, the units of classes
    that both networks have, by name, keep their weights and their bias; those of other classes
    stay as they were drawn for `fresh`.

    Raises ValueError with a sentence where a layer is another one.
    """
    last = fresh.logits_layer
    parameters = {}
    for name, drawn in fresh.parameters.items():
        learnt = pretrained.parameters.get(name)
        is_last = name.rpartition(".")[0] == last == pretrained.logits_layer
        if learnt is None or learnt.shape[is_last:] != drawn.shape[is_last:]:
            raise ValueError(
                f"{pretrained.spec.title} cannot be gone on from: it has no {name} of the shape "
                f"{drawn.shape}. Take weights of the same layers, or begin without any."
            )
        parameters[name] = _by_class(drawn, learnt, fresh, pretrained) if is_last else learnt.copy()
    return Network(fresh.spec, parameters)


def _by_class(drawn: Array, learnt: Array, fresh: Network, pretrained: Network) -> Array:
    """Put the rows of the classes that both have into those that were drawn."""
    there = {name: row for row, name in enumerate(pretrained.spec.classes)}
    both = [(row, there[name]) for row, name in enumerate(fresh.spec.classes) if name in there]
    result = drawn.copy()
    if both:
        to, of = np.array(both).T
        result[to] = learnt[of]
    return result
