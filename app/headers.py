"""The headers that bind a browser, on every answer."""

from collections.abc import Sequence
from typing import Final

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",  # no page here has a form that is sent anywhere
    )
)

Headers = tuple[tuple[bytes, bytes], ...]


def security(ancestors: Sequence[str] = ()) -> Headers:
    """Make them, for pages that those of our own origin and of `ancestors` may show in a frame."""
    policy = " ".join((f"{_POLICY}; frame-ancestors 'self'", *ancestors))
    return (
        (b"content-security-policy", policy.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    )


SECURITY: Final = security()
