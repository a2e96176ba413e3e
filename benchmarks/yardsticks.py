"""The same networks in PyTorch and ONNX Runtime, as somebody would write them who knows these well.

Only benchmarks.engine imports this, and only when both are installed. Chains of conv, relu, max
pooling, dense and a final softmax are all it knows.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from itertools import cycle

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from app.commands.bench import TRAINING, Work, digits, examples
from model import LayerSpec, Network
from model.arrays import Array
from model.train.batches import Batch


def _module(network: Network, layer: LayerSpec) -> torch.nn.Module:
    shapes = network.spec.shapes
    if layer.kind == "conv":
        channels = shapes[layer.inputs[0]][0], layer.channels
        geometry = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
        return torch.nn.Conv2d(*channels, layer.kernel, **geometry)
    if layer.kind == "dense":
        return torch.nn.Linear(int(np.prod(shapes[layer.inputs[0]])), layer.channels)
    if layer.kind == "pool":
        return torch.nn.MaxPool2d(layer.kernel, layer.stride, layer.padding, return_indices=True)
    return torch.nn.ReLU() if layer.kind == "relu" else torch.nn.Softmax(dim=1)


class Lens(torch.nn.Module):
    """A network of ours in PyTorch, with the same weights."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleDict(
            OrderedDict((layer.name, _module(network, layer)) for layer in network.spec.layers)
        )
        weights = {f"layers.{n}": torch.from_numpy(p.copy()) for n, p in network.parameters.items()}
        self.load_state_dict(weights)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Give the logits."""
        for layer in self.layers.values():
            if isinstance(layer, torch.nn.Softmax):
                break
            if isinstance(layer, torch.nn.MaxPool2d):
                # Without indices, which only a trace needs.
                x = torch.nn.functional.max_pool2d(x, layer.kernel_size, layer.stride)
                continue
            x = layer(x.flatten(1) if isinstance(layer, torch.nn.Linear) else x)
        return x

    def trace(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        """Give every activation, and the winners of max pooling."""
        found = {"input": x}
        for name, layer in self.layers.items():
            x = layer(x.flatten(1) if isinstance(layer, torch.nn.Linear) else x)
            if isinstance(x, tuple):
                x, found[f"{name}.winners"] = x
            found[name] = x
        return found


def with_torch(network: Network, threads: int) -> dict[str, dict[str, Work]]:
    """Prepare what PyTorch is measured with: {what: {who: work}}, eager."""
    torch.set_num_threads(threads)
    lens, singles = Lens(network).eval(), cycle([*examples(network, 16).inputs])
    border = network.spec.input.border

    def trace() -> object:
        with torch.inference_mode():
            return lens.trace(torch.from_numpy(next(singles))[None])

    def logits(images: torch.Tensor) -> Callable[[], object]:
        def call() -> object:
            with torch.inference_mode():
                ink = images[:, None].float().div_(255)
                return lens(torch.nn.functional.pad(ink, (border,) * 4))

        return call

    works = {
        "one image, everything kept": {"PyTorch": Work(1, trace)},
        "one image, every tensor read": {"PyTorch": Work(1, trace)},
    }
    for name, size in (("batch of 64", 64), ("batch of 1,000", 1000)):
        images = torch.from_numpy(digits(network, size))
        works[f"{name}, bytes to logits"] = {"PyTorch": Work(size, logits(images))}
    works["training"] = {
        "PyTorch": _torch_training(network, best=False),
        "PyTorch at its best": _torch_training(network, best=True),
    }
    return works


def _torch_training(network: Network, *, best: bool) -> Work:
    """Prepare training steps; at its best with channels_last and a fused optimiser."""
    lens, shown, size = Lens(network), examples(network, 2048), TRAINING.batch_size
    images = torch.from_numpy(shown.inputs)
    if best:
        lens = lens.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    labels = torch.from_numpy(shown.labels.astype(np.int64))
    follow = torch.optim.SGD(lens.parameters(), TRAINING.peak, momentum=0.9, fused=best)
    starts = cycle(range(0, 2048, size))

    def step() -> None:
        part = slice(start := next(starts), start + size)
        follow.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(lens(images[part]), labels[part]).backward()
        follow.step()

    return Work(size, step)


def torch_gradients(network: Network, batch: Batch) -> dict[str, Array]:
    """Compute the gradient of one training step."""
    lens = Lens(network)
    logits = lens(torch.from_numpy(batch.inputs))
    labels = torch.from_numpy(batch.labels.astype(np.int64))
    torch.nn.functional.cross_entropy(logits, labels).backward()
    return {n.removeprefix("layers."): p.grad.numpy() for n, p in lens.named_parameters()}


def with_onnx(network: Network, threads: int) -> dict[str, dict[str, Work]]:
    """Prepare what ONNX Runtime is measured with: {what: {who: work}}."""
    whole = _session(network, 1, threads, keep=True)
    singles = cycle([*examples(network, 16).inputs])

    def trace() -> object:
        return whole.run(None, {"input": next(singles)[None]})

    works = {
        "one image, everything kept": {"ONNX Runtime": Work(1, trace)},
        "one image, every tensor read": {"ONNX Runtime": Work(1, trace)},
    }
    for name, size in (("batch of 64", 64), ("batch of 1,000", 1000)):
        session, images = _session(network, size, threads, keep=False), digits(network, size)
        works[f"{name}, bytes to logits"] = {
            "ONNX Runtime": Work(size, _onnx_logits(network, session, images))
        }
    return works


def _onnx_logits(
    network: Network, session: onnxruntime.InferenceSession, images: np.ndarray
) -> Callable[[], object]:
    border = network.spec.input.border
    inputs = np.zeros((len(images), *network.spec.input.shape), np.float32)
    inner = inputs[:, 0, border:-border, border:-border]

    def call() -> object:
        np.divide(images, np.float32(255), out=inner)
        return session.run(None, {"input": inputs})

    return call


def _session(
    network: Network, batch: int, threads: int, *, keep: bool
) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    model = _graph(network, batch, keep=keep).SerializeToString()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _graph(network: Network, batch: int, *, keep: bool) -> onnx.ModelProto:
    """Write the network as an ONNX graph, with every layer as an output or with the logits."""
    spec = network.spec
    weights = [numpy_helper.from_array(p, name) for name, p in network.parameters.items()]
    layers = [one for one in spec.layers if keep or one.kind != "softmax"]
    wanted = [one.name for one in layers] if keep else [network.logits_layer]
    outputs = [_value(name, TensorProto.FLOAT, (batch, *spec.shapes[name])) for name in wanted]
    if keep:
        maxima = [one.name for one in layers if one.mode == "max"]
        outputs += [
            _value(f"{name}.winners", TensorProto.INT64, (batch, *spec.shapes[name]))
            for name in maxima
        ]
    image = _value("input", TensorProto.FLOAT, (batch, *spec.input.shape))
    nodes = [node for layer in layers for node in _nodes(network, layer, keep=keep)]
    graph = helper.make_graph(nodes, "lens", [image], outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    return model


def _value(name: str, kind: int, shape: tuple[int, ...]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def _nodes(network: Network, layer: LayerSpec, *, keep: bool) -> Iterator[onnx.NodeProto]:
    (source,), name = layer.inputs, layer.name
    parameters = network.spec.parameters_of(name)
    sliding = {"kernel_shape": layer.kernel, "strides": layer.stride, "pads": layer.padding * 2}
    if layer.kind == "conv":
        spread = {"dilations": layer.dilation}
        yield helper.make_node("Conv", [source, *parameters], [name], **sliding, **spread)
    elif layer.kind == "pool":
        results = [name, f"{name}.winners"] if keep else [name]
        yield helper.make_node("MaxPool", [source], results, **sliding)
    elif layer.kind == "dense":
        yield helper.make_node("Flatten", [source], [f"{name}.flat"])
        yield helper.make_node("Gemm", [f"{name}.flat", *parameters], [name], transB=1)
    else:
        yield helper.make_node({"relu": "Relu", "softmax": "Softmax"}[layer.kind], [source], [name])
