"""What every test may ask for: MNIST and pen strokes, where they lie beside the checkout."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def _folder_or_skip(folder: Path, what: str) -> Path:
    if not folder.is_dir():
        pytest.skip(
            f"{what} is not here; put it in {folder.name}/ of ../shared beside the checkout"
        )
    return folder


@pytest.fixture(scope="session")
def mnist_folder() -> Path:
    """The folder with the four IDX files: CONVLENS_DATA, else ../shared/mnist."""
    named = os.environ.get("CONVLENS_DATA")
    return _folder_or_skip(Path(named) if named else SHARED / "mnist", "MNIST")


@pytest.fixture(scope="session")
def strokes_folder() -> Path:
    """The folder with digits as pen strokes, for development only."""
    return _folder_or_skip(SHARED / "strokes", "the folder of pen strokes")


@pytest.fixture(scope="session")
def cases_folder() -> Path:
    """The folder with pictures that people brought."""
    return _folder_or_skip(SHARED / "measured" / "cases", "the folder of pictures")


@pytest.fixture(scope="session", autouse=True)
def runs_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep trainings of tests out of the folder where whoever runs them keeps their own."""
    os.environ["CONVLENS_RUNS"] = str(tmp_path_factory.mktemp("runs"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A skip is a failure where everything must run (CONVLENS_NO_SKIP=1, as in .ci/run)."""
    report = yield
    expected = hasattr(report, "wasxfail")
    if report.skipped and not expected and os.environ.get("CONVLENS_NO_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped, but CONVLENS_NO_SKIP=1 allows no skip: {report.longrepr}"
    return report
