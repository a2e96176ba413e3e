"""The network in space as a visitor turns it, points at it and comes near."""

# one cell that is in sight, the nearest to the middle of its layer
IN_SIGHT = """([layer, [channels, rows = 1, columns = 1]]) => {
    const middle = (count) => Array.from({ length: count }, (_, i) => i)
        .sort((a, b) => Math.abs(a - count / 2) - Math.abs(b - count / 2));
    for (const channel of middle(channels))
        for (const row of middle(rows).slice(0, 5))
            for (const column of middle(columns).slice(0, 5))
                if (convlens.rectOf({ layer, channel, row, column }))
                    return { layer, channel, row, column };
    return null;
}"""


def to_space(lens):
    lens.page.get_by_role("button", name="In space").click()
    return arrived(lens)


def arrived(lens):
    """Wait until the flight is over: the answer's cells can be asked for."""
    last = lens.spec()["layers"][-1]["name"]
    return lens.until(
        "document.documentElement.hasAttribute('data-space') && "
        f"[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].some((channel) => convlens.rectOf("
        f"{{ layer: '{last}', channel }}))"
    )


def to_flat(lens):
    lens.page.get_by_role("button", name="In space").click()
    return lens.until("document.querySelector('.space').hidden")


def drag(lens, dx, dy, pause=100):
    """Turn the network, and let it come to rest."""
    box = lens.page.locator(".space-picture").bounding_box()
    x, y = box["x"] + 40, box["y"] + box["height"] - 20
    mouse = lens.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2)
    mouse.move(x + dx, y + dy)
    if pause:  # before the end: nothing is thrown
        lens.page.wait_for_timeout(pause)
    mouse.up()
    lens.frame()


def come_near(lens, cell):
    """Zoom in until a click, which comes in whole pixels, hits the middle; where to click."""
    for _ in range(16):
        assert lens.hover(cell).selection == cell
        x, y = (round(one) for one in centre(lens.rect(cell)))
        lens.page.mouse.move(x, y)
        lens.frame()
        if lens.selection == cell:
            return x, y
        lens.page.mouse.move(*centre(lens.rect(cell)))
        lens.page.mouse.wheel(0, -240)
        lens.frame()
    raise AssertionError(f"{cell} cannot be clicked")


def centre(rect):
    return rect["x"] + rect["width"] / 2, rect["y"] + rect["height"] / 2


def shapes_of(lens):
    spec = lens.spec()
    return [("input", spec["input"]["shape"]), *((x["name"], x["shape"]) for x in spec["layers"])]
