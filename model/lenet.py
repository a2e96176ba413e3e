"""The network at the centre: the one of Karn's essay (2016) and of Harley's page (2015).

It is LeNet-5 (LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document
recognition", Proceedings of the IEEE 86(11), 1998) with today's habits: max pooling without
weights, relu, softmax, and every filter of conv2 reading all six maps.
"""

from model.spec import InputSpec, NetworkSpec, conv, dense, pool, relu, softmax

LENET = NetworkSpec(
    id="lenet",
    title="LeNet",
    input=InputSpec(shape=(1, 32, 32), border=2),
    classes=tuple("0123456789"),
    layers=(
        conv("conv1", 6, kernel=5),
        relu("relu1"),
        pool("pool1", 2),
        conv("conv2", 16, kernel=5),
        relu("relu2"),
        pool("pool2", 2),
        dense("fc1", 120),
        relu("relu3"),
        dense("fc2", 100),
        relu("relu4"),
        dense("fc3", 10),
        softmax("softmax"),
    ),
)
