"""Why convolution: four ways to make a map, held to plain loops, and their counts to arithmetic."""

import re

import numpy as np

from tests.browser.bench import Bench, convolved

CASES = ("shared", "local", "wide", "all")


def numbers(text):
    """Two counts, whatever stands between their thousands."""
    plain = re.sub(r"(?<=\d)\u202f(?=\d{3})", "", text)
    found = re.fullmatch(r"parameters: (\d+); multiply-adds: (\d+)", plain)
    return int(found.group(1)), int(found.group(2))


def counted(side, maps, size):
    """Count weights, biases and products, cell by cell of what is made."""
    made = side - size + 1
    cells, offsets = maps * made * made, side + made - 1
    return {
        "shared": (maps * (size * size + 1), cells * size * size),
        "local": (cells * (size * size + 1), cells * size * size),
        "wide": (maps * (offsets * offsets + 1), cells * offsets * offsets),
        "all": (cells * (side * side + 1), cells * side * side),
    }


def behind(side, maps, size):
    """Sixteen kernels and 120 units, behind pooled maps and behind whole ones."""
    made, found = side - size + 1, []
    for after in (made // 2, made):
        kept = after - 5 + 1
        kernels = 16 * (maps * 25 + 1), 16 * kept * kept * maps * 25
        found.append((kernels, (120 * (16 * kept * kept + 1), 120 * 16 * kept * kept)))
    (next_, units), (next_whole, units_whole) = found
    return [next_, next_whole, units, units_whole]


class Why(Bench):
    """The section, and what a reader reads there."""

    def __init__(self, lens):
        super().__init__(lens, "why")

    def hold(self, maps=6, size=5):
        """Hold maps and counts to loops."""
        image, kernel = self.maps("input")[0], self.matrix("Kernel")
        side = len(image) // 3
        small = np.array(
            [
                [image[3 * i : 3 * i + 3, 3 * j : 3 * j + 3].mean() for j in range(side)]
                for i in range(side)
            ]
        )
        np.testing.assert_allclose(self.shown("small"), small, atol=1e-6)
        plain = convolved(small, kernel)
        np.testing.assert_allclose(self.shown("shared"), plain, atol=1e-5)
        made = len(plain)
        local = np.zeros_like(plain)
        for row, column in np.ndindex(plain.shape):
            turns = 2 * (2 * row // made) + 2 * column // made
            window = small[row : row + 3, column : column + 3]
            local[row, column] = (np.rot90(kernel, turns) * window).sum()
        np.testing.assert_allclose(self.maps("local"), local.ravel(), atol=1e-5)
        assert not np.allclose(self.shown("wide"), plain, atol=1e-2)
        assert not np.allclose(self.maps("all"), local.ravel(), atol=1e-2)
        texts = self.section.locator(".why-count").all_inner_texts()
        wanted = counted(len(image), maps, size)
        assert [numbers(text) for text in texts] == [wanted[name] for name in CASES]
        texts = self.section.locator(".why-saved tbody td").all_inner_texts()
        assert [numbers(text) for text in texts] == behind(len(image), maps, size)
        return wanted


def test_locality_and_sharing_are_switched_off_one_at_a_time_with_counts(open_page):
    bench = Why(open_page())
    section = bench.section
    wanted = bench.hold()
    assert (wanted["shared"][0], wanted["all"][0]) == (156, 4_821_600)
    assert not section.locator(".verdict").is_visible()
    section.get_by_role("button", name="About 10 times", exact=True).click()
    bench.settle()
    assert section.locator(".verdict").inner_text().startswith("Not so. ")
    section.get_by_role("button", name="More than 10", exact=False).click()
    bench.settle()
    verdict = section.locator(".verdict").inner_text().replace("\u202f", "")
    assert verdict.startswith("Right. The convolution has 156 parameters")
    assert "4821600" in verdict

    # Another digit, another kernel, other sizes.
    section.locator(".samples button").nth(8).click()
    bench.settle()
    bench.field("Kernel", 1, 1).fill("1.5")
    section.get_by_label("maps", exact=True).fill("2")
    section.get_by_label("kernel size", exact=True).fill("3")
    bench.settle()
    bench.hold(2, 3)
    bench.point("local", 0, 0)
    assert bench.value() == bench.maps("local")[0]
    assert "cell=conv1." in section.locator("a.see").get_attribute("href")
    wide = bench.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    bench.lens.until("location.hash.includes('why.maps=2')")
    bench.page.reload()
    bench.lens.until("document.getElementById('why').dataset.opened !== undefined")
    bench.settle().hold(2, 3)
