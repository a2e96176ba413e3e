"""One feed for all who read a run along: no line twice, none missing, whoever is slow."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.runs import stream
from app.runs.folder import Run
from app.runs.stream import NEAR, Readers, Stream
from model.whole_file import write_whole

Create = Callable[..., Run]


class Reader:
    """Reads along as fast as it is let: `open` says whether it takes anything."""

    def __init__(self, run: Run, readers: Readers, first: int = 0) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.text = b""
        self.task = asyncio.create_task(
            Stream(run, first, readers)({"state": {}}, self._receive, self._send)
        )

    async def _receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def _send(self, message: Any) -> None:
        await self.open.wait()
        self.text += message.get("body", b"")

    @property
    def lines(self) -> list[tuple[int, int]]:
        """The id of each line that came, and what it says."""
        events = [one.split(b"\n") for one in self.text.split(b"\n\n") if one.startswith(b"id")]
        return [(int(id[4:]), json.loads(data[6:])["step"]) for id, _, data in events]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.lines) < count:
                await asyncio.sleep(0.005)


def write(run: Run, first: int, until: int) -> None:
    with run.metrics.open("ab") as file:
        for step in range(first, until):
            file.write(b'{"step":%d}\n' % step)


@pytest.fixture
def run(create: Create, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(stream, "POLL", 0.01)
    run = create()
    run.change(state="running")
    return run


def test_whoever_joins_and_whenever_nobody_misses_a_line_nor_has_one_twice(run: Run) -> None:
    async def story() -> None:
        readers = Readers()
        write(run, 0, 3)
        early = Reader(run, readers)
        await early.until(3)
        write(run, 3, 5)
        late, later = Reader(run, readers), Reader(run, readers, 4)
        await early.until(5)
        write(run, 5, 6)
        with run.metrics.open("ab") as file:
            file.write(b'{"step":')  # half of one
        for one in (early, late):
            await one.until(6)
            assert one.lines == [(k, k) for k in range(6)]
        await later.until(2)
        assert later.lines == [(4, 4), (5, 5)]
        with run.metrics.open("ab") as file:
            file.write(b"6}\n")
        run.change(state="finished")
        for one in (early, late, later):
            await asyncio.wait_for(one.task, 20)
            assert one.lines[-1] == (6, 6)
            assert one.text.rpartition(b"event: ")[2].startswith(
                b'status\ndata: {"state": "finished'
            )
        assert not readers.full
        assert not readers._feeds

    asyncio.run(story())


def test_one_that_does_not_read_holds_nobody_up_and_finds_its_place_again(run: Run) -> None:
    async def story() -> None:
        readers = Readers()
        slow, quick = Reader(run, readers), Reader(run, readers)
        write(run, 0, 2)
        await slow.until(2)
        slow.open.clear()
        for first in range(2, 3 * NEAR, 100):
            write(run, first, first + 100)
            await quick.until(first + 100)
        assert sum(map(len, readers._feeds[run.id]._last)) < 100 * NEAR
        slow.open.set()
        await slow.until(len(quick.lines))
        assert slow.lines == quick.lines == [(k, k) for k in range(len(quick.lines))]
        for one in (slow, quick):
            one.task.cancel()

    asyncio.run(story())


def test_one_that_reads_no_more_is_let_go(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "_PATIENCE", 0.1)

    async def story() -> None:
        readers = Readers()
        silent = Reader(run, readers)
        await asyncio.sleep(0.05)
        silent.open.clear()
        await asyncio.sleep(0.2)
        assert not silent.task.done()  # there is nothing that it does not take
        write(run, 0, 1)
        await asyncio.wait_for(silent.task, 20)
        assert silent.lines == []
        assert not readers._feeds

    asyncio.run(story())


def test_a_run_that_is_deleted_ends_with_what_was_known_of_it(run: Run) -> None:
    async def story() -> None:
        run.change(step=7)
        readers = Readers()
        reader = Reader(run, readers)
        await asyncio.sleep(0.05)
        run.path.rename(run.path.with_name(".gone"))
        await asyncio.wait_for(reader.task, 20)
        said = reader.text.split(b"event: status\ndata: ")[1:]
        assert [json.loads(one)["step"] for one in said] == [7]

    asyncio.run(story())


@pytest.mark.parametrize("left", [20, 2 * NEAR])
def test_a_run_that_goes_back_to_an_earlier_state_gives_each_line_once(run: Run, left: int) -> None:
    async def story() -> None:
        readers = Readers()
        write(run, 0, 3 * NEAR)
        early = Reader(run, readers)
        await early.until(3 * NEAR)
        write_whole(run.metrics, b"".join(b'{"step":%d}\n' % k for k in range(left)))
        late = Reader(run, readers)
        await late.until(left)
        for first in range(left, 4 * NEAR, NEAR):
            write(run, first, min(first + NEAR, 4 * NEAR))
            run.change(step=first)
            await asyncio.sleep(0.03)
        for one in (early, late):
            await one.until(4 * NEAR)
            assert one.lines == [(k, k) for k in range(4 * NEAR)]
            one.task.cancel()

    asyncio.run(story())


def test_a_run_is_looked_up_once_for_all_who_read_it_along(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []
    look = stream.Feed.look
    monkeypatch.setattr(stream.Feed, "look", lambda feed: (looks.append(1), look(feed)))

    async def story() -> None:
        readers = Readers()
        many = [Reader(run, readers) for _ in range(20)]
        await asyncio.sleep(0.2)
        before, seen = len(looks), many[0].text
        await asyncio.sleep(0.2)
        assert len(looks) - before <= 21  # every hundredth of a second
        assert [one.text for one in many] == [seen] * 20  # nothing new is nothing sent
        run.change(step=1)
        await asyncio.sleep(0.1)
        assert all(one.text != seen for one in many)
        for one in many:
            one.task.cancel()

    asyncio.run(story())
