"""Large pictures are read in a process of their own, which lives as long as it is of use."""

import io
import os
import signal
import time
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image, ImageDraw
from threadpoolctl import threadpool_limits

from app.large_pictures import LargePictures
from app.refusals import RefusalError
from model.preprocess import preprocess_file
from tests.server import running

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="processes are counted as Linux tells them"
)
TRACE = "api/models/untrained/trace"
LARGE = (2600, 1700)


def picture(size=LARGE, kind="WEBP"):
    """A sheet with a slanted line on it."""
    sheet = Image.new("RGB", size, (235, 233, 225))
    across, down = size
    line = (across * 0.55, down * 0.2, across * 0.45, down * 0.8)
    ImageDraw.Draw(sheet).line(line, fill=(40, 40, 90), width=max(2, across // 40))
    file = io.BytesIO()
    sheet.save(file, kind)
    return file.getvalue()


def readers(process, but=()):
    """The processes that a process has started to read pictures, but those known already."""
    found = []
    for one in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(child) for child in one.read_text().split()]
    found = [one for one in found if "spawn_main" in Path(f"/proc/{one}/cmdline").read_text()]
    return [one for one in found if one not in but]


def gone(process):
    for _ in range(400):
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def post(server, data):
    return httpx.post(server.url + TRACE, content=data, trust_env=False, timeout=60)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_large_webp_is_read_elsewhere_in_one_process_that_ends_with_the_server(network_file, how):
    with running("--model", str(network_file)) as server:
        assert post(server, picture((900, 700))).status_code == 200
        assert readers(server.process.pid) == [], "a small picture needs none"
        assert post(server, picture()).status_code == 200
        (reader,) = readers(server.process.pid)
        assert os.getpriority(os.PRIO_PROCESS, reader) > os.getpriority(
            os.PRIO_PROCESS, server.process.pid
        )
        assert post(server, picture()).status_code == 200
        assert readers(server.process.pid) == [reader]
        server.stop(how)
        assert gone(reader)
        assert "Traceback" not in server.output


@pytest.fixture
def others():
    """Those that the application of other tests has started in this process."""
    return readers(os.getpid())


@pytest.fixture
def reading(others):
    pictures = LargePictures()
    yield pictures
    pictures.close()


def test_what_is_read_elsewhere_is_the_same_and_so_is_what_is_refused(reading):
    for center in (True, False):
        with threadpool_limits(1, user_api="blas"):  # as the server
            here = preprocess_file(picture(), center=center)
        np.testing.assert_array_equal(
            reading.read(preprocess_file, picture(), center=center).pixels, here.pixels
        )
        assert not here.blank
    with pytest.raises(RefusalError, match="more than the 20 million of a WebP"):
        reading.read(preprocess_file, picture((4500, 4500)))
    with pytest.raises(RefusalError, match="damaged or cut short"):
        reading.read(preprocess_file, picture()[:-3000])


def test_a_process_that_was_killed_is_replaced(reading, others):
    reading.read(preprocess_file, picture())
    (first,) = readers(os.getpid(), others)
    os.kill(first, signal.SIGKILL)
    assert not reading.read(preprocess_file, picture()).blank
    (second,) = readers(os.getpid(), others)
    assert second != first


def test_an_idle_process_ends_and_the_next_picture_starts_another(others):
    pictures = LargePictures(idle=0.2)
    for _ in range(2):
        assert not pictures.read(preprocess_file, picture()).blank
        (reader,) = readers(os.getpid(), others)
        assert gone(reader)
    pictures.close()


def test_nothing_is_read_once_the_server_stops(reading, others):
    reading.read(preprocess_file, picture())
    (reader,) = readers(os.getpid(), others)
    reading.close()
    assert gone(reader)
    with pytest.raises(RefusalError, match="is stopping"):
        reading.read(preprocess_file, picture())
