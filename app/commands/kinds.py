"""How the commands' help is written: a flag takes no value, and none is asked for."""

from typing import Any

from typer.core import TyperCommand, TyperGroup


def _flags_alone(parameters: list[Any]) -> list[Any]:
    """Take the "<bool>" away that would stand behind each flag, --help among them."""
    for one in parameters:
        if getattr(one, "is_flag", False):
            one.metavar = ""
    return parameters


class Command(TyperCommand):
    """A command of `convlens`."""

    def get_params(self, ctx: Any) -> list[Any]:
        """List arguments and options as the help shows them."""
        return _flags_alone(super().get_params(ctx))


class Group(TyperGroup):
    """`convlens` itself."""

    def get_params(self, ctx: Any) -> list[Any]:
        """List the options as the help shows them."""
        return _flags_alone(super().get_params(ctx))
