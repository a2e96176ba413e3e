"""Files that would keep a decoder busy are judged by their parts before any of it is decoded."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from model.preprocess import ImageError, kind_of, preprocess_file
from model.preprocess.images import eight_bit
from model.preprocess.jpeg import trim_jpeg
from model.preprocess.png import trim_png
from model.preprocess.webp import trim_webp
from model.preprocess.weigh import is_large, sample
from tests.model.preprocess.pictures import encode, grey, seven

TRIM = {"PNG": trim_png, "JPEG": trim_jpeg, "WEBP": trim_webp}


def chunk(kind, body=b""):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(columns, rows, depth=8, colour=0, interlaced=0, before=b""):
    header = struct.pack(">IIBBBBB", columns, rows, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT") + chunk(b"IEND")


def inserted(whole, at, parts):
    return whole[:at] + parts + whole[at:]


def jpeg(**options):
    return encode(grey(1 - seven()), "JPEG", **options)


def with_scans_repeated(whole, times):
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * times + whole[-2:]


@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_that_repeats_its_scans_is_refused_before_it_is_decoded(progressive):
    whole = jpeg(progressive=progressive)
    with pytest.raises(ImageError, match=r"200×200 pixels too many times. Save it as an ordinary"):
        trim_jpeg(with_scans_repeated(whole, 200))
    assert not preprocess_file(whole).blank


def test_a_large_progressive_jpeg_may_visit_its_blocks_less_often():
    whole = encode(Image.new("L", (4000, 4000), 200), "JPEG", progressive=True)
    assert trim_jpeg(with_scans_repeated(whole, 10))
    small = with_scans_repeated(jpeg(progressive=True), 25)
    assert not preprocess_file(small).blank
    huge = whole.replace(struct.pack(">HH", 4000, 4000), struct.pack(">HH", 7000, 7000), 1)
    with pytest.raises(ImageError, match="too many times"):
        trim_jpeg(with_scans_repeated(huge, 20))


@pytest.mark.parametrize(
    ("whole", "at", "part"),
    [
        (jpeg(), 2, b"\xff\xe5\0\2"),
        (jpeg(), 2, b"\xff\xfe\0\4ab"),
        (jpeg(), 2, b"\xff\xe1\0\x0eExif\0\0MM\0*"),
        (jpeg(), 2, b"\xff\xdb\0\x43\0" + b"\1" * 64),
        (jpeg(), 2, b"\xff\xd8"),
        (encode(grey(1 - seven())), 33, chunk(b"teSt")),
        (encode(grey(1 - seven())), 33, chunk(b"IDAT")),
        (encode(grey(1 - seven()), "WEBP"), 12, b"teSt\0\0\0\0"),
    ],
)
def test_a_file_of_countless_parts_is_refused_whatever_the_parts(whole, at, part):
    with pytest.raises(ImageError, match=r"far too many .* Save or export it again"):
        preprocess_file(inserted(whole, at, part * 30_000))
    few = preprocess_file(inserted(whole, at, part * 3)) if part != b"\xff\xd8" else None
    assert few is None or few.pixels.any()


def test_fill_bytes_and_metadata_never_reach_the_decoder():
    plain = jpeg()
    padded = inserted(plain, 2, b"\xff" * 1_000_000)
    assert trim_jpeg(padded).data == trim_jpeg(plain).data
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000)))
    profile = chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(1_000_000)))
    whole = encode(grey(1 - seven()))
    assert trim_png(inserted(whole, 33, text * 50 + profile)).data == trim_png(whole).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "CMYK"])
def test_trimming_leaves_the_picture_as_it_is(kind, mode):
    if (mode in {"RGBA", "P"}) if kind == "JPEG" else (mode == "CMYK"):
        return  # there is no such file
    rng = np.random.default_rng(3)
    image = Image.fromarray(rng.integers(0, 256, (37, 61, 3), np.uint8)).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 6
    for options in ({}, {"progressive": True}, {"lossless": True}):
        data = encode(image, kind, exif=exif, icc_profile=b"x" * 5000, **options)
        trimmed = TRIM[kind](data)
        before, after = (Image.open(BytesIO(one)) for one in (data, trimmed.data))
        assert after.mode == before.mode
        assert (np.asarray(after) == np.asarray(before)).all()
        assert b"\x12\1" in trimmed.exif or b"\1\x12" in trimmed.exif


def test_pixels_in_many_chunks_are_one_picture():
    whole = encode(grey(1 - seven()))
    at = whole.index(b"IDAT") - 4
    (length,) = struct.unpack_from(">I", whole, at)
    body = whole[at + 8 : at + 8 + length]
    pieces = b"".join(chunk(b"IDAT", body[i : i + 7]) for i in range(0, length, 7))
    cut = whole[:at] + pieces + chunk(b"IEND")
    assert (preprocess_file(cut).pixels == preprocess_file(whole).pixels).all()


@pytest.mark.parametrize(
    ("data", "most"),
    [
        (png_of(8_000, 5_001), "40 million"),
        (png_of(8_000, 5_001, colour=2), "40 million"),
        (png_of(8_000, 5_000, colour=6), "30 million"),
        (png_of(8_000, 5_000, colour=3, before=chunk(b"tRNS", b"\0")), "30 million"),
        (png_of(5_000, 5_000, depth=16, colour=2), "20 million"),
        (png_of(8_000, 5_000, depth=16, colour=6), "15 million"),
        (png_of(8_000, 5_000, colour=2, interlaced=1), "26.6667 million"),
        (png_of(70_000, 500), "40 million"),
        (png_of(2**31 - 1, 2**31 - 1), "40 million"),
    ],
)
def test_what_would_unpack_to_too_much_is_refused_by_its_header_alone(data, most):
    with pytest.raises(ImageError, match=f"more than the {most} of a PNG .* scale it down"):
        preprocess_file(data)


def test_an_ordinary_jpeg_of_fifty_megapixels_is_read_and_a_larger_one_refused():
    whole = encode(Image.new("L", (10_000, 5_000), 200), "JPEG")
    assert preprocess_file(whole).blank
    more = whole.replace(struct.pack(">HH", 5_000, 10_000), struct.pack(">HH", 5_001, 10_000), 1)
    with pytest.raises(ImageError, match="10000×5001 pixels, more than the 50 million of a JPEG"):
        trim_jpeg(more)


def test_a_large_webp_is_refused():
    whole = encode(Image.new("L", (5_000, 4_100), 200), "WEBP", method=0)
    with pytest.raises(ImageError, match="5000×4100 pixels, more than the 20 million of a WebP"):
        trim_webp(whole)


def webp(**parts):
    chunks = b"".join(
        kind.encode() + struct.pack("<I", len(body)) + body for kind, body in parts.items()
    )
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def lossless(columns, rows, size):
    return b"\x2f" + struct.pack("<I", columns - 1 | rows - 1 << 14) + bytes(size)


LARGE = b"\0\0\0\0" + struct.pack("<I", 3_999)[:3] + struct.pack("<I", 2_999)[:3]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"VP8L": lossless(4_000, 2_501, 9)}, "4000×2501 .* the 10 million of a lossless WebP"),
        (
            {"VP8X": LARGE, "ALPH": b"\1"},
            "4000×3000 pixels, more than the 10 million of a lossless WebP",
        ),
        ({"VP8L": lossless(90, 90, 1_500_000)}, "or 1.5 MB where it keeps everything"),
        ({"ANMF": bytes(16) + b"VP8L" + bytes(1_500_000)}, "Save it as PNG or JPEG, or scale"),
        ({"ALPH": bytes(900_000), "VP8 ": bytes(2_000_000)}, "at most 4 MB, or 1.5 MB"),
        ({"VP8 ": bytes(4_000_002)}, "at most 4 MB, or 1.5 MB"),
    ],
)
def test_a_webp_may_describe_only_so_many_codes(parts, sentence):
    with pytest.raises(ImageError, match=sentence):
        preprocess_file(webp(**parts))


def test_what_a_webp_may_have_is_judged_by_its_kind():
    assert trim_webp(webp(VP8L=lossless(4_000, 2_500, 1_400_000)))
    assert trim_webp(webp(ALPH=bytes(400_000), **{"VP8 ": bytes(2_000_000)}))
    assert trim_webp(webp(ANMF=bytes(16) + b"VP8 " + bytes(3_000_000)))


@pytest.mark.parametrize(("low", "high"), [(0, 65_535), (300, 900), (65_000, 65_535), (7, 7)])
def test_sixteen_bits_become_eight_between_the_pictures_own_ends(low, high):
    levels = np.linspace(low, high, 64 * 64).round().astype(np.uint16).reshape(64, 64)
    every = eight_bit(Image.fromarray(levels))
    right = np.float32(255 / max(high - low, 1)) * (levels.astype(np.float32) - low)
    assert (np.asarray(every) == right.astype(np.uint8)).all()


def test_a_jpeg_of_a_rare_kind_is_refused_in_words():
    whole = bytearray(jpeg())
    whole[whole.index(b"\xff\xc0") + 1] = 0xC9
    with pytest.raises(ImageError, match="hardly any program reads"):
        preprocess_file(bytes(whole))


class EnoughError(Exception):
    pass


def test_decoding_can_be_ended_between_two_pieces():
    calls = []

    def twice():
        calls.append(None)
        if len(calls) > 20:
            raise EnoughError

    noise = np.random.default_rng(0).integers(0, 256, (900, 900, 3), np.uint8)
    for kind in ("PNG", "JPEG"):
        calls.clear()
        with pytest.raises(EnoughError):
            preprocess_file(encode(Image.fromarray(noise), kind, quality=100), between=twice)
        assert len(calls) == 21


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_glance_tells_large_pictures_from_small_ones(kind):
    assert not is_large(encode(Image.new("RGB", (1000, 1000)), kind))
    assert is_large(encode(Image.new("RGB", (3000, 1500)), kind))


def test_in_doubt_a_picture_is_large():
    assert is_large(inserted(jpeg(), 2, b"\xff" * 10))
    assert is_large(inserted(jpeg(), 2, b"\xff\xe5\0\2" * 100))
    assert is_large(bytes(3_000_000))
    assert not is_large(b"")
    assert is_large(encode(Image.new("RGBA", (3000, 1500)), "WEBP"))
    assert is_large(encode(Image.new("RGBA", (3000, 1500)), "WEBP", lossless=True))


def test_the_sample_is_an_ordinary_picture():
    assert 300_000 < len(sample()) < 700_000
    assert Image.open(BytesIO(sample())).size == (1000, 1000)


def ftyp(brand):
    return b"\0\0\0\x18ftyp" + brand + bytes(12)


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (encode(Image.new("L", (9, 9)), "GIF"), "GIF", "of the kind GIF; PNG, JPEG and WebP"),
        (encode(Image.new("L", (9, 9)), "TIFF"), "TIFF", "of the kind TIFF.* Save it as PNG"),
        (encode(Image.new("L", (9, 9)), "BMP"), "BMP", "of the kind BMP"),
        (ftyp(b"avif"), "AVIF", "of the kind AVIF"),
        (ftyp(b"heic"), "HEIC", "a HEIC picture, as iPhones take them. Save or share it as JPEG"),
        (ftyp(b"mif1"), "HEIC", "HEIC"),
        (ftyp(b"qt  "), "video", "a video"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF", "a PDF document. Save its page as a PNG"),
        (b'\x90\1\0\0\0\0\0\0{"__metadata__":{}}', "safetensors", "convlens --model FILE"),
        (b"PK\3\4" + bytes(30), "PyTorch archive", "weights of PyTorch"),
        (b"\x80\2}q\0", "pickle", "a Python pickle"),
        (b"\x08\x07\x12\x07pytorch", "ONNX", "ONNX"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer", "git lfs pull"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG", "of the kind SVG"),
        (b'<?xml version="1.0"?>\n<svg/>', "SVG", "of the kind SVG"),
        (b"<!DOCTYPE html><html>", "web page", "Save the picture that it shows"),
        ("Größe: 3\n".encode() * 200, "text", "a text, not a picture"),
        (b'{"layers": []}', "JSON", "a text, not a picture"),
        (b"GGUF" + bytes(100), "GGUF", "not a PNG, JPEG or WebP image. Save it as one of these"),
        (bytes(range(100, 256)), None, "not a PNG, JPEG or WebP image. Save it as one of these"),
    ],
)
def test_what_is_brought_is_named_by_its_first_bytes(data, kind, sentence):
    assert kind_of(data) == kind
    with pytest.raises(ImageError, match=sentence):
        preprocess_file(data)


@pytest.mark.parametrize("before", [0, 1, (1 << 15) - 1, 1 << 15, (1 << 15) + 1, 3 << 15])
def test_a_marker_is_found_wherever_the_pieces_meet_in_which_it_is_looked_for(before):
    whole = jpeg()
    assert trim_jpeg(inserted(whole, 2, b"\xff" * before)).data == trim_jpeg(whole).data
