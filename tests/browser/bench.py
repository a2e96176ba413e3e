"""The page of operations as its reader sees it, and the same computed by plain loops."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.browser.lens import Lens

Matrix = npt.NDArray[np.float64]


def convolved(image: Matrix, kernel: Matrix, bias: float = 0) -> Matrix:
    """Lay the kernel at each place of the image, in plain loops."""
    rows = image.shape[0] - kernel.shape[0] + 1
    columns = image.shape[1] - kernel.shape[1] + 1
    found = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            total = bias
            for down in range(kernel.shape[0]):
                for right in range(kernel.shape[1]):
                    total += image[row + down, column + right] * kernel[down, right]
            found[row, column] = total
    return found


IN_SIGHT = """([name, cell]) => {
    const rect = convlens.rectOf(name, cell);
    if (rect.top < 60 || rect.bottom > innerHeight)
        document.querySelector(`#${name} .stage`).scrollIntoView({ block: 'center' });
    return convlens.rectOf(name, cell).toJSON();
}"""
"""Where a cell is, once it can be pointed at."""


class Bench:
    """One section of the page."""

    def __init__(self, lens: Lens, name: str, query: str = "") -> None:
        self.lens, self.page, self.name = lens, lens.page, name
        self.page.goto(f"{lens.url}operations{query}")
        self.section = self.page.locator(f"#{name}")
        self.section.scroll_into_view_if_needed()
        lens.until(f"document.getElementById('{name}').dataset.opened !== undefined")
        self.settle()

    def settle(self) -> Bench:
        """Wait until what was given is answered and painted."""
        self.page.evaluate("convlens.settled()")
        self.lens.frame()
        return self

    def matrix(self, name: str) -> Matrix:
        """Read a matrix off its fields."""
        rows = self.section.get_by_role("grid", name=name).get_by_role("row").all()
        texts = [[one.input_value() for one in row.locator("input").all()] for row in rows]
        return np.array([[float(one.replace("\u2212", "-")) for one in row] for row in texts])

    def field(self, name: str, row: int, column: int) -> Any:
        """Find the field of a number."""
        return self.section.get_by_label(f"{name}, row {row}, column {column}", exact=True)

    def shown(self, layer: str) -> Matrix:
        """Give what the cells of a layer's first map show."""
        return self.maps(layer)[0]

    def maps(self, layer: str) -> Matrix:
        """Give what the cells of a layer show, map by map."""
        text, shape = self.page.evaluate(
            """([name, layer]) => {
                const { data, shape } = convlens.quantity(name).tensors.get(layer);
                const bytes = new Uint8Array(Float32Array.from(data).buffer);
                const some = (i) => bytes.subarray(i * 4096, (i + 1) * 4096);
                const part = (_, i) => String.fromCharCode(...some(i));
                const parts = Array.from({ length: Math.ceil(bytes.length / 4096) }, part);
                return [btoa(parts.join('')), shape];
            }""",
            [self.name, layer],
        )
        return np.frombuffer(base64.b64decode(text), np.float32).astype(np.float64).reshape(shape)

    def point(self, layer: str, row: int, column: int) -> Bench:
        """Point at a cell of the stage with the mouse."""
        cell = {"layer": layer, "channel": 0, "row": row, "column": column}
        rect = self.page.evaluate(IN_SIGHT, [self.name, cell])
        self.page.mouse.move(rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2)
        self.lens.frame()
        return self

    @property
    def selection(self) -> tuple[str, int, int]:
        """Layer, row and column of the cell that is accounted for."""
        cell = self.page.evaluate("name => convlens.selection(name)", self.name)
        return cell["layer"], cell["row"], cell["column"]

    def value(self) -> float:
        """The number that is accounted for, as it is written."""
        text = self.section.locator(".account .value").first.inner_text()
        return float(text.replace("\u2212", "-"))

    def account(self) -> str:
        """All that the account says."""
        return self.section.locator(".account").inner_text()
