from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True, scope="session")
def one_thread_of_blas() -> Iterator[None]:
    """As every command has it: on matrices this small more threads only wait for each other."""
    with threadpool_limits(1, user_api="blas"):
        yield
