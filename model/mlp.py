"""A network without convolutions: what fully connected layers alone make of an image.

The sizes are those of the multilayer perceptron among A. Harley's pages (2015). LeCun, Bottou,
Bengio and Haffner measured the same ones beside LeNet-5 ("Gradient-based learning applied to
document recognition", 1998, section III.C).
"""

from model.spec import InputSpec, NetworkSpec, dense, softmax, tanh

MLP = NetworkSpec(
    id="mlp",
    title="MLP",
    input=InputSpec(shape=(1, 28, 28), border=0),
    classes=tuple("0123456789"),
    layers=(
        dense("fc1", 300),
        tanh("tanh1"),
        dense("fc2", 100),
        tanh("tanh2"),
        dense("fc3", 10),
        softmax("softmax"),
    ),
)
