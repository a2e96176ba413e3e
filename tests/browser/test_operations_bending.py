"""ReLU, tanh and sigmoid, and two convolutions that are one: their numbers by plain loops."""

import math
import re

import numpy as np
import pytest

from tests.browser.bench import Bench, convolved

FUNCTIONS = {
    "ReLU": lambda z: max(0.0, z),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}


def applied(function, values):
    """Each number by itself, in plain loops."""
    return np.array([[function(float(value)) for value in row] for row in values])


def before(bench):
    """The map that goes in: the image under the kernel, with a border of zeros, in plain loops."""
    image, kernel = bench.matrix("Image"), bench.matrix("Kernel")
    return convolved(np.pad(image, [(size // 2,) * 2 for size in kernel.shape]), kernel)


def hold(bench, name, truth):
    """Hold cells, bars, shares and words to a map that goes in and a function."""
    after = applied(FUNCTIONS[name], truth)
    np.testing.assert_allclose(bench.shown("activation"), after, rtol=1e-6, atol=1e-7)

    bars = bench.section.locator(".histogram rect title").all_text_contents()
    counts = [int(re.search(r"(\d+) numbers?$", one).group(1)) for one in bars]
    wide = np.abs(truth).max() / (len(counts) // 2)
    assert counts == [
        sum(
            k * wide <= value < (k + 1) * wide or (value == (k + 1) * wide and k == 7)
            for value in truth.ravel()
        )
        for k in range(-8, 8)
    ]
    written = bench.section.locator(".histogram .bar-count").all_text_contents()
    assert [int(one) for one in written] == [one for one in counts if one]

    told = bench.section.locator(".told").inner_text().replace("\u202f", "")
    below, count, zeros, silenced = re.search(
        r"below 0 before: (\d+) of (\d+)\. .*: ([\d.]+)%\. .*: ([\d.]+)%", told
    ).groups()
    assert (int(below), int(count)) == ((truth < 0).sum(), truth.size)
    assert float(zeros) == pytest.approx(100 * (truth == 0).mean(), abs=0.05)
    assert float(silenced) == pytest.approx(100 * (after == 0).mean(), abs=0.05)
    assert name in told


def test_a_map_goes_through_relu_tanh_and_sigmoid(open_page):
    bench = Bench(open_page(), "activation")
    section = bench.section
    assert before(bench).min() < 0 < before(bench).max(), "signed values"
    for name in FUNCTIONS:
        section.get_by_role("button", name=name, exact=True).click()
        bench.settle()
        np.testing.assert_array_equal(bench.shown("conv"), before(bench))
        hold(bench, name, before(bench))
    bench.point("activation", 1, 5)
    assert bench.value() == pytest.approx(FUNCTIONS["sigmoid"](before(bench)[1, 5]), abs=5e-4)

    # One guesses, and sees it of ReLU.
    section.get_by_role("button", name="None").click()
    bench.settle()
    hold(bench, "ReLU", before(bench))
    below = (before(bench) < 0).sum()
    assert section.locator(".verdict").inner_text().startswith(f"Right. All {below} numbers")

    # A map by hand, and another picture; a reload brings all of it back.
    section.get_by_role("button", name="by hand").click()
    bench.settle()
    bench.field("Map", 0, 0).fill("-2.5")
    section.get_by_role("button", name="tanh").click()
    bench.settle()
    assert bench.matrix("Map")[0, 0] == -2.5
    hold(bench, "tanh", bench.matrix("Map"))
    bench.lens.until("location.hash.includes('activation.map')")
    bench.lens.until("location.hash.includes('tanh')")
    bench.page.reload()
    bench.lens.until("document.getElementById('activation').dataset.opened !== undefined")
    bench.settle()
    hold(bench, "tanh", bench.matrix("Map"))
    section.get_by_role("button", name="edges all round").click()
    bench.settle()
    hold(bench, "tanh", before(bench))


def test_two_convolutions_are_one_and_with_a_relu_between_they_are_not(open_page):
    bench = Bench(open_page(), "linear")
    section = bench.section
    compare(bench)
    section.get_by_role("button", name="Yes, one is enough").click()
    bench.settle()
    assert section.locator(".verdict").inner_text().startswith("Right. All 9 numbers are equal")
    bench.point("conv12", 1, 2)
    assert bench.value() == pytest.approx(bench.shown("conv2")[1, 2])

    # Kernels of other sizes, with numbers that float32 has to round.
    bench.field("First kernel", 1, 1).fill("0.3")
    bench.field("Second kernel", 0, 2).fill("-1.7")
    section.get_by_label("Second kernel: one row fewer").click()
    section.get_by_label("Image: one column more").click()
    bench.settle()
    assert compare(bench).shape == (4, 4)

    # Where nothing is below 0, a ReLU changes nothing, and the page says so.
    for row in range(3):
        for column in range(3):
            bench.field("First kernel", row, column).fill("1")
    bench.settle()
    compare(bench)
    assert "nothing to cut" in section.locator(".verdict").inner_text()

    # Kernels that do not fit are explained, and nothing is lost.
    for _ in range(4):
        section.get_by_label("Image: one row fewer").click()
    bench.settle()
    assert section.locator(".refused").inner_text().strip()
    section.get_by_label("Image: one row more").click()
    section.get_by_label("Image: one row more").click()
    bench.settle()
    assert not section.locator(".refused").is_visible()
    compare(bench)
    bench.lens.complaints.clear()  # Chromium complains of each refusal


def compare(bench):
    """Hold the one kernel, both outputs and what is said of them to plain loops."""
    image, first, second = map(bench.matrix, ("Image", "First kernel", "Second kernel"))
    both = np.zeros(np.add(first.shape, second.shape) - 1)
    for (row, column), weight in np.ndenumerate(first):
        for (down, right), other in np.ndenumerate(second):
            both[row + down, column + right] += weight * other
    rows = bench.section.locator(".one-kernel tr").all()
    texts = [row.locator("td").all_text_contents() for row in rows]
    shown = [[float(one.replace("\u2212", "-")) for one in row] for row in texts]
    np.testing.assert_allclose(shown, both, atol=5e-3)

    between = convolved(image, first)
    twice, bent = convolved(between, second), convolved(np.maximum(between, 0), second)
    truths = {
        "conv1": between,
        "conv2": twice,
        "conv12": convolved(image, both),
        "relu1": np.maximum(between, 0),
        "conv3": bent,
    }
    for layer, truth in truths.items():
        np.testing.assert_allclose(bench.shown(layer), truth, rtol=1e-5, atol=1e-5)
    others = int((~np.isclose(twice, bent, atol=1e-4)).sum())
    told = bench.section.locator(".told").inner_text()
    found = [int(one) for pair in re.findall(r"(\d+) of (\d+)", told) for one in pair]
    assert found == [twice.size, twice.size, others, twice.size]
    return twice
