"""The command `convlens`, from its first moment; `python -m app` is the same."""

import signal
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Run the command line; ctrl-C while it is being loaded is a quiet end."""
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if listens:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    _check_that_model_is_ours()
    from app import cli

    if listens:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


def _check_that_model_is_ours() -> None:
    """A file of somebody's own that is called model.py would be imported in our engine's place."""
    ours = Path(__file__).resolve().parents[1] / "model" / "__init__.py"
    found = find_spec("model")
    if found is None or found.origin is None or Path(found.origin).resolve() != ours:
        where = (found.origin or "a folder called model") if found else "nothing"
        raise SystemExit(
            f"Python finds {where} where Convlens's own package model belongs. Give that file or "
            "folder another name, or run the command in another folder."
        )


if __name__ == "__main__":
    main()
