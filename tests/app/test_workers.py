"""Work keeps neither the event loop nor drawings waiting: told by order of events, no clock."""

import asyncio
import threading

import pytest

from app.reading import Answer
from tests.app.drawings import SEVEN, TRACE, png

PATIENCE = 10  # seconds until a test that would otherwise hang gives up


@pytest.fixture
def held(monkeypatch):
    """Readings of images wait until they are released, and say whether they were in time."""
    release = threading.Event()

    def read(question, served):
        if question.content_type == "application/json":
            return Answer(b"drawing", "")
        return Answer(b"released" if release.wait(PATIENCE) else b"gave up", "")

    monkeypatch.setattr("app.routes.trace.read", read)
    yield release
    release.set()


def while_images_are_read(local, held, other):
    """Start as many images as there are threads for them and more, then do something else."""

    async def both():
        headers = {"content-type": "image/png"}
        sent = [local.client.post(TRACE, content=png(), headers=headers) for _ in range(20)]
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
