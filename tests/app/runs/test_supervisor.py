"""Who begins when: places, and trainings that an earlier server left behind."""

import time
from collections.abc import Callable

from app.runs.folder import Run, Runs
from app.runs.locks import Lock
from app.runs.supervisor import Supervisor
from tests.app.runs.test_trainer import until


def test_a_training_that_an_earlier_server_left_has_its_place_until_it_has_kept_all(
    runs: Runs, create: Callable[..., Run]
) -> None:
    first, second = create({"epochs": 900}), create()
    left = Lock(first.lock)
    assert left.take()
    with Supervisor(runs, 1):
        time.sleep(1.2)  # two looks
        assert not second.worked_on
        left.let_go()
        until(lambda: first.status.step > 0)
        assert (second.status.state, second.status.step) == ("waiting", 0)
