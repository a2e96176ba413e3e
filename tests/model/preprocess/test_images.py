"""Every kind of image that people send, and every kind that is refused."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from model.preprocess import ImageError, preprocess_file, preprocess_pixels, preprocess_strokes
from model.preprocess.images import WORKING_SIDE, _levels, read_picture
from model.preprocess.strokes import Stroke
from tests.model.preprocess.pictures import INK, encode, grey, seven

EXPECTED = preprocess_strokes([Stroke(np.array(INK) / 200, 16 / 200)]).pixels


def assert_seven(data, tolerance=0.03):
    result = preprocess_file(data)
    assert not result.blank
    assert np.abs(result.pixels - EXPECTED).mean() < tolerance
    assert result.pixels.min() >= 0
    assert result.pixels.max() <= 1
    return result


def coloured(ink, paper):
    share = seven()[..., None]
    return Image.fromarray((share * ink + (1 - share) * np.array(paper)).astype(np.uint8))


def see_through(level):
    ink = seven()
    return Image.merge("LA", [Image.new("L", (200, 200), level), grey(ink)])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("dark_on_light", [True, False])
def test_either_polarity_in_every_format(kind, dark_on_light):
    ink = seven()
    assert_seven(encode(grey(1 - ink if dark_on_light else ink), kind))


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(coloured((20, 30, 160), (250, 240, 220)), id="colour"),
        pytest.param(coloured((20, 30, 160), (250, 240, 220)).quantize(16), id="palette"),
        pytest.param(grey(1 - seven()).convert("1"), id="one bit"),
        pytest.param(see_through(0), id="black on transparent"),
        pytest.param(see_through(255), id="white on transparent"),
        pytest.param(see_through(128).convert("RGBA"), id="grey on transparent"),
        pytest.param(Image.fromarray((seven() * 65535).astype(np.uint16)), id="16 bit"),
    ],
)
def test_every_png_mode(image):
    assert_seven(encode(image), 0.04)


def test_a_palette_with_transparency_and_a_transparent_colour():
    marks = Image.fromarray((seven() > 0.5).astype(np.uint8))
    palette = marks.convert("P")
    palette.putpalette([255, 0, 0, 10, 10, 10])
    assert_seven(encode(palette, transparency=0), 0.05)
    colour = Image.fromarray(np.where(seven() > 0.5, 200, 20).astype(np.uint8)).convert("RGB")
    assert_seven(encode(colour, transparency=(20, 20, 20)), 0.05)


def test_sixteen_bits_are_told_apart_also_where_they_are_bright():
    assert_seven(encode(Image.fromarray((60_000 - seven() * 20_000).astype(np.uint16))), 0.04)


def test_large_images_are_reduced_before_they_are_searched():
    for kind in ("PNG", "JPEG", "WEBP"):
        grey_levels, alpha, _ = read_picture(encode(Image.new("RGB", (3000, 1500), 255), kind))
        assert alpha is None
        assert WORKING_SIDE / 2 <= max(grey_levels.shape) < 2 * WORKING_SIDE


def test_four_ink_jpeg():
    assert_seven(encode(coloured((0, 0, 0), (255, 255, 255)).convert("CMYK"), "JPEG"))


def test_paper_and_ink_on_a_sticker_with_transparent_corners():
    alpha = np.ones((200, 200))
    alpha[:20, :20] = alpha[180:, :20] = 0
    assert_seven(encode(Image.merge("LA", [grey(1 - seven()), grey(alpha)])))


@pytest.mark.parametrize(
    ("orientation", "undo"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
        (99, None),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_camera_s_orientation_is_honoured(kind, orientation, undo):
    image = grey(1 - seven())
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert_seven(encode(image.transpose(undo) if undo is not None else image, kind, exif=exif))


def test_nonsense_in_the_camera_s_data_is_ignored():
    for exif in (b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0nonsense", b"Exif\0\0"):
        assert_seven(encode(grey(1 - seven()), "JPEG", exif=exif))
    words = ImageFileDirectory_v2()
    words.tagtype[0x0112] = 2
    words[0x0112] = "upside down"
    assert_seven(encode(grey(1 - seven()), "JPEG", exif=b"Exif\0\0" + words.tobytes(0)))


def test_uneven_light_noise_and_texture_do_not_show():
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:900, 0:1200]
    paper = 0.9 - 0.35 * x / 1200 - 0.2 * (y / 900) ** 2
    ink = np.zeros((900, 1200))
    ink[300:700, 500:900] = seven(400, 32)
    photo = paper * (1 - 0.7 * ink) + rng.normal(0, 0.02, ink.shape)
    result = assert_seven(encode(grey(photo), "JPEG", quality=80))
    left, top, right, bottom = result.crop
    assert left == pytest.approx((500 + 400 * (60 - 8) / 200) / 1200, abs=0.02)
    assert top == pytest.approx((300 + 400 * (40 - 8) / 200) / 900, abs=0.02)
    assert right == pytest.approx((500 + 400 * (140 + 8) / 200) / 1200, abs=0.02)
    assert bottom == pytest.approx((300 + 400 * (160 + 8) / 200) / 900, abs=0.02)
    assert (result.pixels[0] == 0).all()


def test_a_thin_pen_on_a_large_sheet_is_read_as_a_pen():
    sheet = np.zeros((1500, 1500))
    sheet[500:900, 500:900] = seven(400, 6)
    result = preprocess_file(encode(grey(0.95 - 0.5 * sheet)))
    assert result.pixels.max() > 0.8
    assert np.abs(result.pixels - EXPECTED).mean() < 0.05


def test_an_mnist_image_comes_through_as_it_is():
    digit = np.round(EXPECTED * 255).astype(np.uint8)
    image = preprocess_file(encode(Image.fromarray(digit)))
    plain = preprocess_pixels(digit.ravel())
    assert np.abs(image.pixels - plain.pixels).max() < 0.01
    assert image.scale == plain.scale == 28
    assert np.allclose(image.crop, plain.crop)


def test_any_size_comes_out_as_28_by_28():
    for size in ((1, 1), (2, 900), (900, 2), (13, 5), (WORKING_SIDE * 2 + 1, 40)):
        for center in (True, False):
            result = preprocess_file(encode(Image.new("L", size, 255)), center=center)
            assert result.blank
            assert result.pixels.shape == (28, 28)


def test_the_same_drawing_in_a_larger_file_is_the_same_image():
    large = preprocess_file(encode(grey(1 - seven(1400, 112)), "JPEG"))
    assert np.abs(large.pixels - EXPECTED).mean() < 0.03
    assert large.scale == pytest.approx(20 / 0.68, rel=0.05)


def test_without_centring_the_whole_image_is_seen():
    wide = np.ones((200, 400))
    wide[:, :200] -= seven()
    result = preprocess_file(encode(grey(wide)), center=False)
    assert (result.pixels[:7] == 0).all()
    assert (result.pixels[21:] == 0).all()
    assert result.pixels[:, :14].sum() == pytest.approx(seven().mean() * 14 * 14, rel=0.03)
    assert result.scale == 28
    assert result.crop.tolist() == pytest.approx([0.15, 0.16, 0.37, 0.82], abs=0.01)


def test_of_an_animation_the_first_frame_is_read():
    first, second = grey(1 - seven()), Image.new("L", (200, 200), 0)
    for kind in ("PNG", "WEBP"):
        assert_seven(encode(first, kind, save_all=True, append_images=[second], duration=100))


def png_header(columns, rows):
    body = b"IHDR" + struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + b"\x35\xaf\x06\x1e"


def webp_header(columns, rows):
    body = bytes(4) + (columns - 1).to_bytes(3, "little") + (rows - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + body + b"VP8 " + struct.pack("<I", 0)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@pytest.mark.parametrize(
    "data",
    [png_header(50_000, 50_000), png_header(8_000, 5_001), png_header(2**31 - 1, 2**31 - 1)],
    ids=["2500 megapixels", "hardly too large", "as large as PNG can say"],
)
def test_a_bomb_is_refused_by_its_header_alone(data):
    with pytest.raises(ImageError, match=r"more than the 40 million .* scale it down"):
        preprocess_file(data)


def test_a_webp_bomb_is_refused():
    with pytest.raises(ImageError):
        preprocess_file(webp_header(16_000, 16_000))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("part", [0.2, 0.6, 0.9])
def test_a_truncated_file_is_refused(kind, part):
    noise = np.random.default_rng(0).random((60, 60))
    whole = encode(grey(noise), kind)
    with pytest.raises(ImageError, match="damaged"):
        preprocess_file(whole[: int(len(whole) * part)])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty. Send a PNG, JPEG or WebP"),
        (b"\1\2\3\4", "not a PNG, JPEG or WebP image. Save it as one"),
        (b"\x89PNG\r\n\x1a\n", "header is damaged"),
        (b"\xff\xd8\xff", "header is damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "header is damaged"),
    ],
)
def test_what_is_no_image_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(ImageError, match=sentence):
        preprocess_file(data)


def test_a_damaged_byte_never_raises_anything_else():
    rng = np.random.default_rng(2)
    for kind in ("PNG", "JPEG", "WEBP"):
        whole = encode(grey(rng.random((24, 24))), kind, exif=Image.Exif().tobytes())
        for _ in range(150):
            data = bytearray(whole)
            for at in rng.integers(12, len(data), rng.integers(1, 4)):
                data[at] = rng.integers(256)
            try:
                result = preprocess_file(bytes(data))
            except ImageError:
                continue
            assert np.isfinite(result.pixels).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "P", "P with opacity"])
def test_a_picture_is_converted_in_strips_to_the_same_levels(mode, monkeypatch):
    chance = np.random.default_rng(3).integers(0, 256, (1300, 1100, 4)).astype(np.uint8)
    whole = Image.fromarray(chance)
    if mode.startswith("P"):
        whole = whole.convert("RGB").quantize(16)
        if "opacity" in mode:
            whole.info["transparency"] = bytes(range(0, 256, 16))
    else:
        whole = whole.convert(mode)
    for factor in (1, 2, 3):
        monkeypatch.setattr("model.preprocess.images._STRIP", 1 << 30)
        at_once = _levels(whole, factor)
        monkeypatch.setattr("model.preprocess.images._STRIP", 10_000)
        for one, other in zip(at_once, _levels(whole, factor), strict=True):
            np.testing.assert_array_equal(one, other)
