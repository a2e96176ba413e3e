"""Work keeps neither the event loop nor drawings waiting: told by order of events, no clock."""

import asyncio
import threading
from collections import Counter

import pytest

from app.asking import Answer
from app.patience import Patience
from app.refusals import RefusalError
from tests.app.drawings import SEVEN, TRACE, png
from tests.app.test_refusals import assert_problem

PATIENCE = 10  # seconds until a test that would otherwise hang gives up


@pytest.fixture
def held(monkeypatch):
    """Readings of images wait until they are released, and say whether they were in time."""
    release = threading.Event()

    def answer(posted, questions, catalogue, **more):
        if posted.content_type == "application/json":
            return Answer(b"drawing", "", "", ())
        return Answer(b"released" if release.wait(PATIENCE) else b"gave up", "", "", ())

    monkeypatch.setattr("app.asking.answer", answer)
    yield release
    release.set()


def while_images_are_read(local, held, other):
    """Start as many images as may wait for their thread, then do something else."""

    async def both():
        headers = {"content-type": "image/png"}
        sent = [local.client.post(TRACE, content=png(), headers=headers) for _ in range(16)]
        images = asyncio.gather(*sent)
        await asyncio.sleep(0)
        answer = await other()
        held.set()
        return answer, await images

    answer, images = local.run(both())
    assert {image.content for image in images} == {b"released"}
    return answer


def test_the_event_loop_answers_others_while_threads_are_busy(local, held):
    answer = while_images_are_read(local, held, lambda: local.client.get("/healthz"))
    assert answer.status_code == 200


def test_a_drawing_does_not_wait_for_images(local, held):
    answer = while_images_are_read(local, held, lambda: local.client.post(TRACE, json=SEVEN))
    assert answer.content == b"drawing"


def test_a_small_picture_does_not_wait_for_large_ones(local, monkeypatch):
    release, large, small = threading.Event(), png((3000, 1500)), png()

    def read(posted, questions, catalogue, **more):
        if posted.body == small:
            release.set()
            return Answer(b"small", "", "", ())
        return Answer(b"large" if release.wait(PATIENCE) else b"waited for in vain", "", "", ())

    monkeypatch.setattr("app.asking.answer", read)

    async def both():
        sent = [large, large, large, small]
        return await asyncio.gather(*[local.client.post(TRACE, content=one) for one in sent])

    answers = [answer.content for answer in local.run(both())]
    assert answers == [b"large", b"large", b"large", b"small"]


def test_a_picture_that_takes_too_much_work_is_refused(local, monkeypatch):
    assert local.post(TRACE, content=png()).status_code == 200
    monkeypatch.setattr("app.patience._GLANCE", 0)
    monkeypatch.setattr("app.patience._seconds", lambda _: 0)
    problem = assert_problem(local.post(TRACE, content=png()), 422)
    assert "too much work to unpack. Save it anew as PNG or JPEG, or scale it" in problem.detail


def test_what_a_picture_may_cost_is_many_samples_none_of_which_decides_alone(monkeypatch):
    times, spent = [], iter([0, 0.5, 0.5, 9, 9, 61, 61])
    monkeypatch.setattr("app.patience.time.thread_time", lambda: next(spent))
    monkeypatch.setattr("app.patience._seconds", lambda _: times.pop())
    between = Patience().watch()
    times.extend([0.1, 0.1, 0.1, 0, 99])  # one was disturbed, one is too good to be true
    between()
    between()  # after half a second: six are allowed
    times.extend([1, 1, 1, 0, 0])  # the machine has become slower
    between()  # after nine: sixty are
    times.extend([1, 1, 1, 1, 1])
    with pytest.raises(RefusalError, match="too much work"):
        between()
    assert not times


def test_a_picture_is_let_go_when_the_server_stops():
    patience = Patience()
    between = patience.watch()
    between()
    patience.stop()
    with pytest.raises(RefusalError, match="is stopping"):
        between()


def test_what_cannot_be_answered_soon_is_refused_at_once_and_later_answered(local, held):
    async def crowd():
        headers = {"content-type": "image/png"}
        sent = [local.client.post(TRACE, content=png(), headers=headers) for _ in range(30)]
        images = asyncio.gather(*sent)
        drawing = await local.client.post(TRACE, json=SEVEN)
        held.set()
        return drawing, await images

    drawing, images = local.run(crowd())
    assert drawing.content == b"drawing", "photographs do not crowd out drawings"
    refused = [one for one in images if one.status_code == 503]
    assert len(refused) == 14
    for one in refused:
        assert one.headers["retry-after"] == "1"
        assert_problem(one, 503)
    assert local.post(TRACE, json=SEVEN).content == b"drawing"


def test_of_many_drawings_at_once_so_many_are_answered_as_may_wait(local):
    async def crowd():
        # The transport of these tests lets each go as far as it comes before the next begins.
        sent = [local.client.post(TRACE, json=SEVEN) for _ in range(300)]
        return await asyncio.gather(*sent)

    answers = local.run(crowd())
    counts = Counter(one.status_code for one in answers)
    assert set(counts) == {200, 503}
    assert counts[200] >= 128
    for one in answers:
        assert "content-security-policy" in one.headers
        if one.status_code == 503:
            assert one.headers["retry-after"] == "1"
            assert_problem(one, 503)
    assert local.post(TRACE, json=SEVEN).status_code == 200


def test_a_drawing_that_takes_long_is_no_task_for_the_event_loop(local, monkeypatch):
    """Large bodies, many points, large networks: told by the thread that works on them."""
    threads = []

    def read(posted, questions, catalogue, **more):
        threads.append(threading.current_thread().name.partition("_")[0])
        return Answer(b"", "", "", ())

    monkeypatch.setattr("app.asking.answer", read)
    many = {"strokes": [{"points": [[0.5, 0.5]] * 5_000}]}
    local.post(TRACE, json=SEVEN)
    local.post(TRACE, json=many)
    local.post(TRACE, json=SEVEN, headers={"accept": "application/json"})
    local.post(TRACE, content=png(), headers={"content-type": "image/png"})
    local.post(TRACE, content=png((3000, 1500)), headers={"content-type": "image/png"})
    for name in ("edits", "\\u0065dits"):
        body = f'{{"strokes": [], "{name}": []}}'
        local.post(TRACE, content=body, headers={"content-type": "application/json"})
    first, *others = threads
    assert first == "MainThread"
    assert others == ["drawing", "drawing", "image", "large image", "drawing", "drawing"]
