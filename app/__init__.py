"""The HTTP server and the command line of Convlens."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("convlens")
except PackageNotFoundError:  # a checkout that nobody installed
    __version__ = "0.0.0"
