"""LeNet-5 as it was in 1998, layer by layer, but for the last.

Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
recognition", Proceedings of the IEEE 86(11), 1998, section II.B. Its output was ten radial basis
functions whose centres were drawings of the digits; here it is a plain layer and a softmax, which
learn by the same loss as all networks of this project and read the same way.
"""

from model.spec import InputSpec, LayerSpec, NetworkSpec, conv, dense, softmax, subsample, tanh

TABLE = (
    (0, 1, 2),
    (1, 2, 3),
    (2, 3, 4),
    (3, 4, 5),
    (0, 4, 5),
    (0, 1, 5),
    (0, 1, 2, 3),
    (1, 2, 3, 4),
    (2, 3, 4, 5),
    (0, 3, 4, 5),
    (0, 1, 4, 5),
    (0, 1, 2, 5),
    (0, 1, 3, 4),
    (1, 2, 4, 5),
    (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)
"""Table I: which maps of S2 each of the 16 maps of C3 reads. The maps stand in a ring: the first
six read three neighbours, the next six four, the next three four that are no neighbours, and the
last all of them; so no two maps of C3 can come to the same."""


def _squash(name: str) -> LayerSpec:
    """Appendix A: a curve through (1, 1) and (-1, -1), bent most at these two."""
    return tanh(name, amplitude=1.7159, slope=2 / 3)


LENET5 = NetworkSpec(
    id="lenet5",
    title="LeNet-5 (1998)",
    # Section II.B: paper is -0.1 and ink 1.175, so that the mean is about 0 and the variance 1.
    input=InputSpec(shape=(1, 32, 32), border=2, scale=1.275, offset=-0.1),
    classes=tuple("0123456789"),
    layers=(
        conv("c1", 6, kernel=5),
        _squash("tanh1"),
        subsample("s2", 2),
        _squash("tanh2"),
        conv("c3", 16, kernel=5, connections=TABLE),
        _squash("tanh3"),
        subsample("s4", 2),
        _squash("tanh4"),
        conv("c5", 120, kernel=5),
        _squash("tanh5"),
        dense("f6", 84),
        _squash("tanh6"),
        dense("out", 10),
        softmax("softmax"),
    ),
)
