"""Any page opens stages, as many as it likes; a stage that was closed leaves nothing behind."""

import json
from pathlib import Path

import pytest

from tests.browser.lens import Lens

ONE = {
    "kernel": [1, 1],
    "stride": [1, 1],
    "padding": [0, 0],
    "dilation": [1, 1],
    "mode": None,
    "connections": None,
}
LAYER = ONE | {"amplitude": 1, "slope": 1, "shape": [4, 4, 6], "parameters": {}}
LEARNT = {"weight": [4, 2, 3, 3], "bias": [4]}
CONV = {"name": "edges", "kind": "conv", "inputs": ["input"], "kernel": [3, 3]}
MADE = {
    "id": "made-up",
    "title": "made up",
    "input": {
        "name": "input",
        "shape": [2, 6, 8],
        "border": 0,
        "scaling": {"scale": 1, "offset": 0},
    },
    "classes": [],
    "layers": [
        LAYER | CONV | {"parameters": LEARNT},
        LAYER | {"name": "curve", "kind": "tanh", "inputs": ["edges"]},
        LAYER | {"name": "both", "kind": "add", "inputs": ["edges", "curve"]},
    ],
}
CELLS = [
    {"layer": "conv1", "channel": 2, "row": 12, "column": 9},
    {"layer": "fc2", "channel": 40, "row": 0, "column": 0},
    {"layer": "both", "channel": 3, "row": 2, "column": 4},
]


class Stages(Lens):
    """A blank page with three stages."""

    def state(self, i):
        return self.page.evaluate("i => stateOf(i)", i)

    def point(self, i):
        """Point at the middle of a stage's cell, once it stands there."""
        cell = json.dumps(CELLS[i])
        self.until(f"middleOf({i}, {cell}) !== null")
        self.page.mouse.move(*self.page.evaluate(f"middleOf({i}, {cell})"))
        self.frame()
        return self.state(i)


@pytest.fixture
def stages(browser, server):
    page = browser.new_page(viewport={"width": 1440, "height": 620})
    page.add_init_script(path=Path(__file__).with_name("stages.js"))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    stages = Stages(page, server.url)
    page.goto(server.url + "healthz")
    page.evaluate("openStages", ["lenet", "mlp", MADE])
    yield stages
    page.close()
    assert not stages.complaints
    assert not stages.foreign


def test_three_stages_in_one_document_live_their_own_lives_and_leave_nothing(stages):
    page = stages.page
    assert [stages.state(i)["classes"] for i in range(3)] == [10, 10, 0]
    for i, cell in enumerate(CELLS):
        assert stages.point(i)["pointed"] == cell
        page.mouse.wheel(0, -200)
        stages.point(i)
        page.mouse.down()
        page.mouse.up()
        stages.frame()
        assert stages.state(i)["pinned"] == cell
        assert stages.state(i)["zoom"] > 1
        others = [stages.state(n) for n in range(i + 1, 3)]
        assert all(other["zoom"] == 1 and other["pinned"] is None for other in others)
    for i in range(3):
        page.evaluate("i => stages[i].store.set({ pinned: null, pointed: null, space: true })", i)
        assert [stages.state(n)["space"] for n in range(3)] == [n <= i for n in range(3)]
    for i in range(3):
        seen = stages.point(i)["pointed"]
        assert seen, f"a cell of stage {i}, in space"
        page.mouse.down()
        page.mouse.up()
        assert stages.state(i)["pinned"] == seen
    left = page.evaluate("left()")
    assert left["cards"] == left["sizes"] == 3
    assert len(left["listeners"]) > 60

    page.evaluate("closeStages()")
    stages.frame()
    left = page.evaluate("left()")
    assert left == {"listeners": [], "timers": 0, "frames": 0, "sizes": 0, "cards": 0}
