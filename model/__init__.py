"""The engine of Convlens: a small convolutional network in plain NumPy, every number kept.

>>> from model import load_network
>>> network = load_network("lenet")
>>> trace = network.trace(image)  # image: (1, 32, 32) float32
>>> trace["conv1"].shape
(6, 28, 28)
"""

from model.checkpoint import load_network
from model.graph import Graph
from model.network import Network
from model.spec import GraphSpec, LayerSpec, NetworkSpec
from model.trace import Trace

__all__ = ["Graph", "GraphSpec", "LayerSpec", "Network", "NetworkSpec", "Trace", "load_network"]
