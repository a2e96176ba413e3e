"""Images from outside: chosen, dropped, pasted."""

import base64
import io
import re
from functools import partial

import numpy as np
import pytest
from PIL import Image, ImageDraw

from model.preprocess import Stroke, preprocess_strokes
from tests.browser.conftest import PHONE
from tests.browser.test_drawing import SEVEN
from tests.model.preprocess.test_where_ink_comes_from import offset, witness


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


TRANSFER = """([way, name, type, data]) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type }));
    const Event = { drop: DragEvent, paste: ClipboardEvent }[way];
    const options = { bubbles: true, cancelable: true };
    const event = new Event(way, { ...options, dataTransfer: transfer, clipboardData: transfer });
    document.getElementById('pad').dispatchEvent(event);
}"""


def bring(lens, way, name, kind, data):
    """Hand a file to the page as a person would."""
    if way == "choose":
        file = {"name": name, "mimeType": kind, "buffer": data}
        lens.page.locator("#file").set_input_files(file)
    else:
        lens.page.evaluate(TRANSFER, [way, name, kind, base64.b64encode(data).decode()])


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_dropped_or_pasted_scan_is_read_and_undo_brings_the_drawing_back(lens, way):
    assert lens.sample(3).digit == "3"
    bring(lens, way, "scan.png", "image/png", photo())
    lens.reads("7")
    lens.page.get_by_role("button", name="Undo").first.click()
    assert lens.settle().digit == "3"


def saved(kind, **options) -> bytes:
    """The same seven as a file of another kind."""
    file = io.BytesIO()
    Image.open(io.BytesIO(photo())).save(file, kind, **options)
    return file.getvalue()


SVG = (
    b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 12">'
    b'<rect width="10" height="12" fill="white"/>'
    b'<path d="M2 2H8L4 10" fill="none" stroke="black"/></svg>'
)


def large() -> bytes:
    """A photograph as phones make them, and as heavy."""
    picture = Image.open(io.BytesIO(photo())).convert("RGB").resize((2520, 3600))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=99)
    return file.getvalue()


# What is sent, by its type and size: browsers do not tell that of a request's body.
SENT = """
    window.sent = [];
    const send = window.fetch;
    window.fetch = async (where, options) => {
        if (options?.body instanceof Blob) {
            const { size, type } = options.body;
            const { width, height } = await createImageBitmap(options.body);
            window.sent.push({ size, type, side: Math.max(width, height) });
        }
        return send(where, options);
    };
"""


def test_whatever_the_browser_can_draw_is_read_and_what_is_large_is_sent_small(lens):
    lens.page.add_init_script(SENT)
    lens.open()
    plain = photo()
    cases = [
        ("choose", "seven.bmp", "image/bmp", saved("BMP"), "image/png"),
        ("drop", "seven.gif", "image/gif", saved("GIF"), "image/png"),
        ("paste", "seven.avif", "image/avif", saved("AVIF"), "image/png"),
        ("drop", "seven.svg", "image/svg+xml", SVG, "image/png"),
        ("choose", "seven", "", SVG, "image/png"),
        ("drop", "seven", "", plain, "image/png"),
        ("paste", "seven.jfif", "image/pjpeg", saved("JPEG"), "image/jpeg"),
        ("drop", "a-bmp-called.jpg", "image/jpeg", saved("BMP"), "image/png"),
        ("choose", "large.jpg", "image/jpeg", large(), "image/png"),
    ]
    for way, name, kind, data, as_what in cases:
        lens.page.evaluate("convlens.clear()")
        lens.settle()
        bring(lens, way, name, kind, data)
        lens.reads("7")
        last = lens.page.evaluate("sent.at(-1)")
        assert last["type"] == as_what, name
        assert last["size"] < 1_500_000, name
        assert last["side"] <= 1500, name


def test_what_is_no_picture_is_called_by_its_name_and_the_drawing_stays(open_page):
    cases = [
        ("drop", "IMG_0001.heic", "image/heic", b"\0\0\0\x18ftypheic" + bytes(40), "HEIC picture"),
        ("choose", "sheet.pdf", "application/pdf", b"%PDF-1.7\n" + bytes(40), "PDF document"),
        ("drop", "my.safetensors", "", b"\x40" + bytes(7) + b'{"a":1}' + bytes(60), "--model"),
        ("drop", "notes.txt", "text/plain", b"a seven\n" * 9, "a text, not a picture"),
        ("paste", "broken.png", "image/png", photo()[:900], "damaged or cut short"),
        ("choose", "empty.jpg", "image/jpeg", b"", "empty"),
    ]
    for size in ({}, PHONE):
        lens = open_page(**size)
        assert lens.sample(3).digit == "3" if not size else True
        for way, name, kind, data, words in cases:
            bring(lens, way, name, kind, data)
            lens.until(f"document.getElementById('banner').textContent.includes({words!r})")
            assert "Content-Type" not in lens.page.locator("#banner").inner_text()
            assert lens.page.evaluate(WHOLE), f"{name}: the sentence is cut off"
            assert size or lens.settle().digit == "3"
        lens.complaints = [one for one in lens.complaints if "status of 422" not in one]


WHOLE = """(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } =
        document.getElementById('banner');
    return scrollWidth <= clientWidth && scrollHeight <= clientHeight + 1;
})()"""


def test_a_picture_without_ink_says_so_and_stays(lens):
    lens.sample(3)
    blank = io.BytesIO()
    Image.new("L", (300, 200), 230).save(blank, "PNG")
    bring(lens, "drop", "paper.png", "image/png", blank.getvalue())
    said = "document.getElementById('prediction').innerText"
    lens.until(f"{said}.includes('No ink was found in this picture')")
    assert lens.settle().digit is None
    assert lens.page.evaluate(PAINTED), "the picture stays on the pad"
    lens.page.get_by_role("button", name="Undo").first.click()
    assert lens.settle().digit == "3"
    lens.page.evaluate("convlens.clear()")
    lens.settle()
    assert "No digit yet" in lens.page.locator("#prediction").inner_text()


PAINTED = """(() => {
    const pad = document.getElementById('pad');
    const [,,, alpha] = pad.getContext('2d').getImageData(pad.width / 2, pad.height / 2, 1, 1).data;
    return alpha === 255;
})()"""

MARK = """(() => {
    const { style } = document.querySelector('#account .small-pad .mark');
    return [style.left, style.top, style.width, style.height].map(parseFloat);
})()"""


def choose_form(lens, name):
    """Let the account be written in one of its forms."""
    button = f"document.querySelector('#account input[value={name}]')"
    lens.until(f"{button} !== null")
    lens.page.evaluate(f"{button}.click()")
    lens.frame()


def covered(lens, row, column, ground):
    """What the account says of an image cell: left, right, top, bottom in parts, and its mark."""
    cell = {"layer": "input", "channel": 0, "row": row, "column": column}
    lens.page.evaluate("cell => convlens.select(cell)", cell)
    choose_form(lens, "words")
    lens.unfold()
    text = lens.account().replace("\u2212", "-")
    edge = r"(-?[\d.]+)"
    said = re.search(
        rf"covers {edge} to {edge}.% across and {edge} to {edge}.% down of the {ground}", text
    )
    assert said, text
    choose_form(lens, "picture")
    mark = lens.page.evaluate(MARK)
    return [float(one) / 100 for one in said.groups()], [part / 100 for part in mark]


def test_the_account_of_an_image_cell_names_the_place_where_the_ink_is(lens):
    """What an eraser left, and a picture that is not square: as rendered, and as marked."""
    three = [[0.3, 0.2], [0.6, 0.2], [0.7, 0.35], [0.5, 0.48], [0.7, 0.65], [0.6, 0.8], [0.3, 0.8]]
    erased = [[0.75, 0.1], [0.75, 0.9]]
    lens.page.evaluate(
        "([pen, eraser]) => convlens.draw([{ points: pen }, "
        "{ points: eraser, width: 0.4, erase: true }])",
        [three, erased],
    )
    lens.settle()
    strokes = [Stroke(three), Stroke(erased, 0.4, erase=True)]
    image = preprocess_strokes(strokes).pixels
    (first, _), (last, _) = (covered(lens, at, at, "pad") for at in (2, 29))
    wide, high = last[1] - first[0], last[3] - first[2]
    back = partial(as_said, (first[0], first[2]), (wide, high))
    beside = offset(image, witness(strokes, back, scale=28 / wide))
    assert np.abs(beside).max() < 0.1, beside
    said, mark = covered(lens, 16, 13, "pad")
    assert mark == pytest.approx(
        [said[0], said[2], said[1] - said[0], said[3] - said[2]], abs=1.2e-3
    )
    bring(lens, "drop", "scan.png", "image/png", photo())
    lens.reads("7")
    said, mark = covered(lens, 16, 13, "picture")
    inside = [0.15 + 0.7 * said[0], said[2], 0.7 * (said[1] - said[0]), said[3] - said[2]]
    assert mark == pytest.approx(inside, abs=1.2e-3)
    assert mark[2] == pytest.approx(mark[3], abs=1.5e-3), "a cell is a square of the picture"


def as_said(start, extent, at, axis):
    """Where on the pad a coordinate of the image lies, between the two ends that were read off."""
    return start[axis] + extent[axis] * at / 28
