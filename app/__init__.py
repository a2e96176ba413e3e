"""The HTTP server and the command line of Convlens."""

__version__: str


def __getattr__(name: str) -> str:
    """Look the version up when somebody asks: a command is quicker at its first line so."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("convlens")
    except PackageNotFoundError:  # a checkout that nobody installed
        return "0.0.0"
