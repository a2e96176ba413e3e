"""Sets of images as routes list them, and MNIST on its way here."""

import json
import threading
from typing import Final

from app import data_sets
from app.refusals import RefusalError
from app.runs import schemas
from app.runs.locks import Lock
from app.training_settings import Training
from model.data.download import download
from model.data.errors import MnistError
from model.data.folders import cache_folder
from model.data.sets import Found
from model.whole_file import write_whole

FETCHED: Final = "mnist"
_STEP: Final = 250_000  # bytes between two words about how far it is


class Data:
    """Which sets are here; and one thread that fetches MNIST, for all workers together."""

    def __init__(self, settings: Training) -> None:
        self._settings = settings

    def listed(self) -> schemas.DataList:
        """List all sets, right or wrong."""
        found = data_sets.sets(self._settings.data).values()
        return schemas.DataList(sets=tuple(map(self._said, found)), fetch=self.fetch_now())

    def fetch_now(self) -> schemas.DataFetch:
        """Say how far MNIST is that is being fetched."""
        place = cache_folder().parent
        try:
            said = json.loads((place / "fetch.json").read_bytes())
            now = schemas.DataFetch(**said)
        except (OSError, ValueError, TypeError):
            return schemas.DataFetch()
        lock = Lock(place / "fetch.lock")
        if now.state == "running" and lock.take():
            lock.let_go()
            sentence = "It was broken off. Fetch it again; files that are whole are kept."
            return now.model_copy(update={"state": "failed", "sentence": sentence})
        return now

    def fetch(self, id: str) -> schemas.DataFetch:
        """Begin to fetch a set, if nobody fetches it already."""
        if id != FETCHED:
            raise RefusalError("not-fetched", {"sets": (FETCHED,)})
        place = cache_folder().parent
        lock = Lock(place / "fetch.lock")
        try:
            place.mkdir(parents=True, exist_ok=True)
            if lock.take(patience=0.5):
                _say(schemas.DataFetch(state="running"))
                threading.Thread(target=_fetch, args=(lock,), name="fetching", daemon=True).start()
        except OSError as error:
            lock.let_go()
            why = error.strerror or type(error).__name__
            raise RefusalError("sets-unwritable", {"why": why}) from error
        return self.fetch_now()

    def _said(self, one: Found) -> schemas.DataSet:
        has = one.set
        return schemas.DataSet(
            id=one.id,
            title=one.title,
            classes=has.classes if has else (),
            images=schemas.DataPart(train=has.counts["train"], test=has.counts["test"])
            if has
            else None,
            strokes=bool(has and has.strokes),
            transposed=bool(has and has.transposed),
            problem=data_sets.without_paths(one.problem, self._settings.data),
        )


def _fetch(lock: Lock) -> None:
    told = 0

    def progress(file: str, done: int, total: int) -> None:
        nonlocal told
        if done < told or done - told >= _STEP or done == total:
            told = done
            _say(schemas.DataFetch(state="running", file=file, done=done, total=total))

    try:
        download(cache_folder(), progress)
        _say(schemas.DataFetch(state="done"))
    except MnistError as error:
        sentence = str(error).replace(str(cache_folder()), "its folder")
        _say(schemas.DataFetch(state="failed", sentence=sentence))
    finally:
        lock.let_go()


def _say(now: schemas.DataFetch) -> None:
    write_whole(cache_folder().parent / "fetch.json", now.model_dump_json().encode())
