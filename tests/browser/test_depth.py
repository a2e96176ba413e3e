"""Depth, stride, padding and dilation as their reader tries them, held to plain loops."""

import re

import numpy as np
import pytest

from tests.browser.bench import Bench
from tests.browser.conftest import PHONE

NAMES = (
    "maps read",
    "their size n",
    "kernels",
    "their size k",
    "stride s",
    "padding p",
    "dilation d",
)
FIRST = (3, 7, 2, 3, 1, 0, 1)


class Depth(Bench):
    """The section, and what a reader sets and reads there."""

    def __init__(self, lens, query=""):
        super().__init__(lens, "depth", query)

    def set(self, *values):
        for name, value in zip(NAMES, values, strict=True):
            self.section.get_by_label(name, exact=True).fill(str(value))
        self.settle()
        self.pardon()

    def pardon(self):
        """Chromium complains of each refusal, on the way to what is set, too."""
        for one in [one for one in self.lens.complaints if "status of 422" in one]:
            self.lens.complaints.remove(one)

    def given(self):
        return tuple(
            int(self.section.get_by_label(name, exact=True).input_value()) for name in NAMES
        )

    def press(self, name):
        self.section.get_by_role("button", name=name).click()
        self.settle()

    def squares(self, kind):
        """Places of one kind in the drawing, in its rows and columns, padding included."""
        path = self.section.locator(f".ground-{kind}").get_attribute("d")
        corners = re.findall(r"M([\d.]+) ([\d.]+)", path)
        return {(int(float(y)) // 20, int(float(x)) // 20) for x, y in corners}

    def text(self, name):
        return self.section.locator(name).inner_text()


def drawn_kernel(which, size):
    """Left to right, top to bottom, all, along the diagonal: as the page's own words for them."""
    kernel = np.zeros((size, size))
    for row in range(size):
        for column in range(size):
            middle = (size - 1) / 2
            across = np.sign(column - middle) if size > 1 else 1
            down = np.sign(row - middle) if size > 1 else 1
            kernel[row, column] = (across, down, 1, float(row == column))[which % 4]
    return kernel


def slid(maps, kernels, k, s, p, d):
    """Lay each kernel at each place, in loops: what comes out, and which places were read."""
    n = maps.shape[1]
    wide = n + 2 * p
    padded = np.zeros((len(maps), wide, wide))
    padded[:, p : p + n, p : p + n] = maps
    starts = range(0, wide - d * (k - 1), s)
    made = np.zeros((kernels, len(starts), len(starts)))
    read = np.zeros((wide, wide), bool)
    for kernel in range(kernels):
        for i, top in enumerate(starts):
            for j, left in enumerate(starts):
                for into in range(len(maps)):
                    weights = drawn_kernel(kernel + into, k)
                    for a in range(k):
                        for b in range(k):
                            at = (top + a * d, left + b * d)
                            read[at] = True
                            made[kernel, i, j] += weights[a, b] * padded[into][at]
    return made, read


def hold(bench):
    """All that the section says of what is given, by plain loops."""
    maps, n, kernels, k, s, p, d = bench.given()
    seen = bench.maps("input")
    assert seen.shape == (maps, n, n)
    made, read = slid(seen, kernels, k, s, p, d)
    np.testing.assert_allclose(bench.maps("conv"), made)
    rows = made.shape[1]
    assert bench.text(".depth-filled") == (
        f"⌊({n} + 2 · {p} − {d} · ({k} − 1) − 1) / {s}⌋ + 1 = {rows}"
    )
    unread = {tuple(place) for place in np.argwhere(~read).tolist()}
    inside = {(row, column) for row in range(p, p + n) for column in range(p, p + n)}
    everything = {tuple(place) for place in np.argwhere(read | ~read).tolist()}
    assert bench.squares("unread") == unread
    assert bench.squares("cell") == inside
    assert bench.squares("padding") == everything - inside
    told = bench.text(".depth-told")
    left, beside = len(unread & inside), len(unread - inside)
    if unread:
        assert f"{left} of {n * n} cells of the map, and {beside} of the padding" in told
    else:
        assert "Every cell is read" in told
    adds, parameters = k * k * maps * kernels * rows * rows, kernels * (maps * k * k + 1)
    numbers = re.sub(r"(?<=\d)\D(?=\d{3})", "", told)
    assert f"Parameters: {parameters}. Multiply-adds: {adds}." in numbers
    stacks = [one.locator("rect").count() for one in bench.section.locator(".volume").all()]
    assert stacks == [maps, kernels * maps, kernels]
    return told


SETTINGS = [
    (1, 8, 3, 3, 2, 0, 1),  # a column and a row are left over
    (3, 7, 1, 2, 3, 0, 1),  # cells between windows
    (2, 9, 2, 3, 2, 2, 2),
    (1, 3, 1, 2, 1, 3, 3),  # a window longer than the map
    (6, 1, 6, 1, 1, 0, 1),
    (2, 8, 2, 3, 2, 1, 1),  # of the padding, too
]


def test_sizes_windows_and_what_is_left_over_are_those_of_plain_loops(open_page):
    bench = Depth(open_page())
    assert bench.given() == FIRST
    hold(bench)
    for given in SETTINGS:
        bench.set(*given)
        assert bench.given() == given
        hold(bench)
        windows(bench)
    # The address says it.
    bench.lens.until("location.hash.includes('depth.padding=1')")
    bench.page.reload()
    bench.lens.until("document.getElementById('depth').dataset.opened !== undefined")
    bench.settle()
    assert bench.given() == given
    hold(bench)


def windows(bench):
    """Point at a cell, and at the drawing: the window is in the drawing and in the account."""
    _, _, _, k, _, _, d = bench.given()
    bench.point("conv", 0, 0)
    assert bench.squares("window") == {(a * d, b * d) for a in range(k) for b in range(k)}
    assert bench.value() == pytest.approx(bench.shown("conv")[0, 0])
    box = bench.section.locator(".ground-cells").bounding_box()
    bench.page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2)
    bench.lens.frame()
    last = len(bench.shown("conv")) - 1
    assert bench.selection == ("conv", last, last)


def test_named_paddings_keep_their_word_and_what_cannot_be_is_explained(open_page):
    bench = Depth(open_page())
    for kernel, dilation in [(3, 1), (5, 1), (3, 2), (2, 1)]:
        bench.set(2, 9, 2, kernel, 1, 0, dilation)
        bench.press("valid")
        assert "narrow" in hold(bench)
        bench.press("full")
        assert bench.given()[5] == dilation * (kernel - 1)
        assert "strictly wide" in hold(bench)
        bench.press("same")
        told = hold(bench)
        odd = dilation * (kernel - 1) % 2 == 1
        assert ("as large as the map" in told) != odd
        assert ("no padding that is alike on both sides" in told) == odd
        assert (bench.maps("conv").shape[1] == 9) != odd
    bench.press("6 maps in, 1 out")
    hold(bench)
    assert bench.maps("input").shape[0] == 6
    assert bench.maps("conv").shape == (1, 10, 10)

    # The server's sentences; what was set stays, and mends.
    for given, sentence in [
        ((1, 3, 1, 5, 1, 0, 1), "larger than the 3 that input has"),
        ((1, 7, 1, 5, 1, 0, 3), "spread over 13 by its dilation"),
        ((1, 7, 1, 3, 1, 3, 1), "nothing but padding"),
    ]:
        bench.set(*given)
        assert sentence in bench.text(".refused")
        assert bench.text(".depth-filled").endswith("no output")
        assert bench.given() == given
        assert not bench.squares("window")
        assert len(bench.squares("padding")) == (given[1] + 2 * given[5]) ** 2 - given[1] ** 2
    bench.set(*FIRST)
    assert not bench.section.locator(".refused").is_visible()
    hold(bench)


@pytest.mark.parametrize(
    ("guess", "word"), [("One", "Right."), ("Three, one for each colour", "Not so.")]
)
def test_one_kernel_makes_one_map_of_three_and_one_guesses_first(open_page, guess, word):
    bench = Depth(open_page(**PHONE))
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    bench.set(2, 7, 3, 3, 1, 1, 1)
    assert not bench.section.locator(".verdict").is_visible()
    bench.section.get_by_role("button", name=guess, exact=True).click()
    bench.settle()
    assert bench.given()[0] == 3
    assert bench.maps("conv").shape[0] == 1
    verdict = bench.text(".verdict")
    assert verdict.startswith(word)
    assert "maps read: 3, made by the one kernel: 1" in verdict
    hold(bench)
    href = bench.section.locator("a.see").get_attribute("href")
    assert "cell=conv2." in href


def test_a_link_to_what_cannot_be_opens_with_the_reason_and_is_mended(open_page):
    bench = Depth(open_page(), "#depth&v=1&depth.padding=5")
    assert bench.given() == (3, 7, 2, 3, 1, 5, 1)
    assert "nothing but padding" in bench.text(".refused")
    assert not bench.section.locator("canvas").first.is_visible()
    bench.press("full")
    assert bench.section.locator("canvas").first.is_visible()
    hold(bench)
    bench.pardon()
