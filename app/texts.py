"""What a visitor reads, from the catalogue of the page's language in static/text/."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from app.assets import Assets
from app.numbers import grouped

LANGUAGE: Final = "en"
"""Of all pages; static/text/ and static/js/text/ have its messages and its sentences."""

Message = str | Mapping[str, str]
"""One text, or one for each plural form."""

_GAP: Final = re.compile(r"\{(\w+)\}")
_NOT_TOLD: Final = (
    *("refusal.", "help.", "term.", "bench.", "quiz.", "item.", "learning.", "training."),
    *("mistakes.", "history.", "handwriting.", "card.", "lessons.", "pages.", "problem."),
)


class Texts:
    """
    The messages of one language.

    Parameters
    ----------
    messages : Mapping of str to Message
        By key.
    """

    def __init__(self, messages: Mapping[str, Message]) -> None:
        self.messages = messages
        self.for_the_page = self.told()
        """
        All that its modules say, but for the words of refusals: a page asks for those when it
        meets one, and for the entries of the glossary when it is opened. The help, the cards and
        the bar of pages are said by templates, and other pages have words of their own: what a
        page is told stays in its memory.
        """

    def told(self, *more: str) -> dict[str, Message]:
        """Give what the modules of all pages say, and what begins with one of these."""
        return {
            key: one
            for key, one in self.messages.items()
            if key.startswith(more) or not key.startswith(_NOT_TOLD)
        }

    def say(self, key: str, **parameters: Any) -> str:
        """
        Fill the gaps of a message. `count` chooses a plural form, as the page itself does.

        Raises
        ------
        KeyError
            Where one of its gaps is given nothing; a key without a message stands for itself.
        """
        message = self.messages.get(key, key)
        if not isinstance(message, str):
            one = parameters["count"] == 1 and "one" in message
            message = message["one" if one else "other"]
        gaps = {
            name: grouped(one) if name == "count" and isinstance(one, int) else one
            for name, one in parameters.items()
        }
        return _GAP.sub(lambda gap: str(gaps[gap[1]]), message)


def texts(assets: Assets) -> Texts:
    """The messages as they are now, in the language of all pages."""
    content = assets.contents.get(f"text/{LANGUAGE}.json")
    return _read(content.body if content else b"{}")


@lru_cache(maxsize=4)
def _read(body: bytes) -> Texts:
    return Texts(json.loads(body))
