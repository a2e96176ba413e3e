"""The networks that come with Convlens, as values, by name; the first is the one at the centre."""

from collections.abc import Mapping
from types import MappingProxyType

from model.lenet import LENET
from model.lenet5 import LENET5
from model.mlp import MLP
from model.spec import NetworkSpec

NETWORKS: Mapping[str, NetworkSpec] = MappingProxyType(
    {spec.id: spec for spec in (LENET, LENET5, MLP)}
)
