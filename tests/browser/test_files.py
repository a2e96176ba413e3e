"""Images from outside: chosen, dropped, pasted."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.browser.test_drawing import SEVEN


def photo(dark_on_light=True) -> bytes:
    """A seven, as somebody would scan it."""
    paper, ink = (236, 40) if dark_on_light else (20, 230)
    picture = Image.new("L", (420, 600), paper)
    points = [(60 + 300 * x, 40 + 500 * y) for x, y in SEVEN[0]]
    ImageDraw.Draw(picture).line(points, fill=ink, width=34, joint="curve")
    noise = np.random.default_rng(5).normal(0, 4, (600, 420))
    noisy = np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noisy).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("dark_on_light", [True, False])
def test_a_chosen_scan_is_read(lens, dark_on_light):
    lens.page.locator("#file").set_input_files(
        {"name": "scan.png", "mimeType": "image/png", "buffer": photo(dark_on_light)}
    )
    lens.reads("7")


TRANSFER = """([name, data]) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], 'scan.png', { type: 'image/png' }));
    const Event = { drop: DragEvent, paste: ClipboardEvent }[name];
    const options = { bubbles: true, cancelable: true };
    const event = new Event(name, { ...options, dataTransfer: transfer, clipboardData: transfer });
    document.getElementById('pad').dispatchEvent(event);
}"""


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_dropped_or_pasted_scan_is_read_and_undo_brings_the_drawing_back(lens, way):
    assert lens.sample(3).digit == "3"
    lens.page.evaluate(TRANSFER, [way, base64.b64encode(photo()).decode()])
    lens.reads("7")
    lens.page.get_by_role("button", name="Undo").first.click()
    assert lens.settle().digit == "3"
