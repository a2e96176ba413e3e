"""The command `convlens`, from its first moment; `python -m app` is the same."""

import signal


def main() -> None:
    """Run the command line; ctrl-C while it is being loaded is a quiet end."""
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    try:
        if listens:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    from app import cli

    if listens:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
