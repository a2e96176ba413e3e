"""Pooling as its reader tries it: windows, winners, and pictures that move, held to plain loops."""

import math
import re

import numpy as np
import pytest

from model import GraphSpec, load_network
from model.spec import conv, pool, relu
from tests.browser.bench import Bench, convolved
from tests.browser.conftest import PHONE
from tests.moved import came_from, compared, looked_up

ESSAY = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
MODES = {
    "max": max,
    "average": lambda cells: sum(cells) / len(cells),
    "sum": sum,
    "L2": lambda cells: math.sqrt(sum(cell * cell for cell in cells)),
}
LAYERS = {"max": "pool_max", "average": "pool_average", "sum": "pool_sum", "L2": "pool_l2"}


def pooled(grid, mode, window, stride):
    """Lay the window at each place, in loops."""
    rows, columns = ((size - window) // stride + 1 for size in grid.shape)
    found = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            cells = grid[i * stride : i * stride + window, j * stride : j * stride + window]
            found[i, j] = MODES[mode]([float(one) for one in cells.ravel()])
    return found


class Pooling(Bench):
    """The section, and what a reader sets and reads there."""

    def __init__(self, lens, query=""):
        super().__init__(lens, "pooling", query)

    def set(self, **values):
        for name, value in values.items():
            label = {"turn": "turn, °", "size": "size, %"}.get(name, name)
            self.section.get_by_label(label, exact=True).fill(str(value))
        return self.settle()

    def switch(self, *names):
        for name in names:
            self.section.get_by_role("switch", name=name, exact=True).click()
        return self.settle()

    def press(self, name):
        self.section.get_by_role("button", name=name, exact=True).click()
        return self.settle()

    def shares(self):
        """The table by the names of its rows: numbers, None where there are none."""
        found = {}
        for row in self.section.locator(".shares-table tr:has(td + td)").all():
            names = row.locator("th[scope=row]").all_inner_texts()
            texts = [one.replace("<", "") for one in row.locator("td").all_inner_texts()]
            if names:
                found[names[0]] = [None if one == "–" else float(one) for one in texts]
        return found

    def text(self, name):
        return self.section.locator(name).inner_text()


def test_each_mode_pools_the_essays_map_and_any_other(open_page):
    bench = Pooling(open_page())
    assert bench.matrix("Map").tolist() == ESSAY
    assert bench.shown("pool_max").tolist() == [[6, 8], [3, 4]]
    assert "Of 16 numbers of a map 4 are left." in bench.text(".shares-hand .told")
    for row in range(2):
        for column in range(2):
            bench.point("pool_max", row, column)
            assert bench.value() == [[6, 8], [3, 4]][row][column]
            lit = bench.section.locator(".matrix-cell[data-lit] input").all()
            assert sorted(one.get_attribute("aria-label") for one in lit) == [
                f"Map, row {2 * row + down}, column {2 * column + right}"
                for down in range(2)
                for right in range(2)
            ]
    winner = bench.section.locator(".account .strong").first
    assert winner.inner_text().startswith("4"), "the winner is marked"
    bench.field("Map", 1, 3).hover()
    bench.lens.frame()
    assert bench.selection == ("pool_max", 0, 1)

    bench.switch("average", "sum", "L2")
    bench.field("Map", 2, 3).fill("-5.5")
    bench.section.get_by_label("Map: one column more").click()
    for window, stride in ((2, 2), (3, 1), (2, 3), (1, 2)):
        bench.set(window=window, stride=stride)
        for mode, layer in LAYERS.items():
            truth = pooled(bench.matrix("Map"), mode, window, stride)
            np.testing.assert_allclose(bench.shown(layer), truth, rtol=1e-6)
    bench.switch("max", "sum")
    bench.lens.until("location.hash.includes('pooling.modes=average.l2')")
    bench.page.reload()
    bench.lens.until("document.getElementById('pooling').dataset.opened !== undefined")
    bench.settle()
    layers = bench.page.evaluate("[...convlens.quantity('pooling').tensors.keys()]")
    assert {"pool_average", "pool_l2"} <= set(layers)
    assert not {"pool_max", "pool_sum"} & set(layers)


def hold(bench, move, modes=("max",), window=2, stride=2):
    """Maps, moved picture and all shares as plain loops have them; gives the row of map 0."""
    image, moved = bench.maps("input")
    rows, columns = image.shape
    spec = GraphSpec(
        (1, rows, columns),
        (
            conv("conv", 1, kernel=3),
            relu("relu"),
            *(
                pool(LAYERS[one], window, stride=stride, mode=one.lower(), inputs="relu")
                for one in modes
            ),
        ),
    )
    for row in range(rows):
        for column in range(columns):
            place = came_from(row, column, spec.shape, move)
            assert moved[row, column] == pytest.approx(looked_up(image, *place), abs=1e-5)

    def maps(picture):
        after = np.maximum(convolved(picture, SOBEL), 0)
        every = {LAYERS[one]: pooled(after, one, window, stride) for one in modes}
        return {"relu": after, **every}

    before, after = maps(image), maps(moved)
    for layer in before:
        truth = np.stack([before[layer], after[layer]])
        np.testing.assert_allclose(bench.maps(layer), truth, atol=1e-5)
    found = bench.shares()
    told = {"map 0": (after, move)}
    for right in (1, 2, 5):
        shifted = np.zeros_like(image)
        shifted[:, right:] = image[:, :-right]
        told[f"→ {right}"] = (maps(shifted), {"right": right})
    for name, (maps_of, how) in told.items():
        numbers = []
        for layer, one in maps_of.items():
            truth = compared(spec, layer, before[layer][None], one[None], how)
            numbers += [100 * truth[1][0], 100 * truth[2][0]]
        np.testing.assert_allclose(found[name], numbers, atol=0.06)
    cells = [compared(spec, one, before[one][None], after[one][None], move)[0] for one in before]
    sizes = [one.size for one in before.values()]
    said = bench.text(".shares-hand .told")
    assert f"Compared: {cells[0]} of {sizes[0]} cells not pooled" in said
    assert f"{cells[1]} of {sizes[1]} pooled" in said
    return found["map 0"]


def test_a_picture_moves_and_maps_are_compared_and_one_guesses_first(open_page):
    bench = Pooling(open_page())
    verdict = bench.section.locator(".verdict")
    assert not verdict.is_visible()
    bench.press("The same map, moved along")
    before, along, changed, astray = hold(bench, {"right": 1})
    assert along == 0
    assert min(before, changed, astray) > 0
    assert verdict.inner_text().startswith("Not so.")
    numbers = [float(one) for one in re.findall(r"([\d.]+) %", verdict.inner_text())]
    assert numbers == [changed, astray, along]

    # By a whole window the pooled map moves along, by half a one it does not.
    bench.press("move the picture to the right by 2")
    assert hold(bench, {"right": 2})[3] == 0
    assert verdict.inner_text().startswith("Right.")
    rows = bench.shares()
    assert [rows[f"→ {right}"][3] == 0 for right in range(1, 7)] == [False, True] * 3

    bench.switch("average", "sum")
    bench.press("as it was")
    assert "map 0" not in bench.shares()
    assert bench.maps("input").shape[0] == 1
    assert not verdict.is_visible()
    bench.set(right=-1, down=3, turn=20, size=120)
    move = {"right": -1, "down": 3, "rotation": 20, "scale": 1.2}
    row = hold(bench, move, ("max", "average", "sum"))
    assert row[4:6] == row[6:8], "a sum is four averages"

    # Beside hands that are high the stage stays in sight, and never lies over what stands below.
    bench.section.locator(".question").scroll_into_view_if_needed()
    ends = """([above, below]) => document.querySelector(above).getBoundingClientRect().bottom
        <= document.querySelector(below).getBoundingClientRect().top"""
    assert bench.page.evaluate(ends, ["#pooling .stage", "#pooling .account"])


def test_sums_and_averages_look_alike_where_each_has_its_own_scale(open_page):
    bench = Pooling(open_page(), "#pooling&v=1&pooling.maps=edges&pooling.modes=average.sum")
    script = """() => Object.fromEntries(
        [...convlens.quantity('pooling').ranges].map(([name, { limit }]) => [name, limit]))"""
    limits = bench.page.evaluate(script)
    largest = {one: float(bench.maps(one).max()) for one in ("pool_average", "pool_sum")}
    assert limits["pool_average"] == limits["pool_sum"] == limits["relu"]
    assert limits["pool_sum"] == pytest.approx(largest["pool_sum"])
    bench.switch("a scale for each layer")
    limits = bench.page.evaluate(script)
    assert {one: limits[one] for one in largest} == pytest.approx(largest)
    assert largest["pool_sum"] == pytest.approx(4 * largest["pool_average"])


def test_a_finger_moves_the_picture_on_a_phone(open_page):
    bench = Pooling(open_page(**PHONE))
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "nothing is cut off at the side"
    bench.section.get_by_role("button", name="edges of a picture").tap()
    bench.settle()
    bench.section.get_by_role("button", name="move the picture to the right by 3").tap()
    bench.settle()
    hold(bench, {"right": 3})
    bench.section.get_by_role("button", name="Boat").tap()
    bench.settle()
    assert bench.maps("input").shape == (2, 32, 32)
    hold(bench, {"right": 3})

    # Each of the kernels that the network has learnt makes a map of its own.
    bench.section.get_by_role("button", name="learnt kernels").tap()
    bench.settle()
    spec = GraphSpec((1, 32, 32), (conv("conv", 6, kernel=5), relu("relu"), pool("pool_max", 2)))
    learnt = load_network("lenet").parameters
    found = bench.shares()
    for k in range(6):
        maps = [
            one.reshape(2, -1, *one.shape[1:])[:, min(k, len(one) // 2 - 1)]
            for one in map(bench.maps, ("input", "relu", "pool_max"))
        ]
        image, after, small = (one[0] for one in maps)
        weight, bias = learnt["conv1.weight"][k, 0], learnt["conv1.bias"][k]
        truth = np.maximum(convolved(image, weight, bias), 0)
        np.testing.assert_allclose(after, truth, atol=1e-5)
        numbers = []
        for name, (before, moved) in zip(("relu", "pool_max"), maps[1:], strict=True):
            share = compared(spec, name, before[None], moved[None], {"right": 3})
            numbers += [100 * share[1][0], 100 * share[2][0]]
        np.testing.assert_allclose(small, pooled(after, "max", 2, 2), rtol=1e-6)
        shown = [np.nan if one is None else one for one in found[f"map {k}"]]  # of a map of zeros
        np.testing.assert_allclose(shown, numbers, atol=0.06)
    href = bench.section.locator("a.see").get_attribute("href")
    assert "cell=pool1." in href
