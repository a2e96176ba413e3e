"""Numbers as text, by the rules of the page's own `static/js/text/`, for what the server writes."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_THIN: Final = "\u202f"  # narrow no-break space
_MINUS: Final = "\u2212"
_LAST: Final = Decimal("0.01")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
HUGE: Final = 1e15  # from here on decimals say nothing: numbers are written with an exponent


def grouped(value: int) -> str:
    """Write a whole number with its thousands apart: "48 120"."""
    return f"{value:,}".replace(",", _THIN)


def percent(share: float) -> str:
    """Write a share of 0 to 1 in hundredths: "99.63 %"; all and nothing only where they are.

    What would round to one of them is told by a bound: "> 99.99 %", "< 0.01 %".
    """
    shown = Decimal(100 * share).quantize(_LAST, ROUND_HALF_UP)
    if share in (0, 1):
        return f"{shown:.0f}{_THIN}%"
    if shown == 0:
        return f"<{_THIN}{_LAST}{_THIN}%"
    if shown == 100:
        return f">{_THIN}{100 - _LAST}{_THIN}%"
    return f"{shown}{_THIN}%"


def rounded_size(value: float, decimals: int) -> Decimal:
    """Round a number without its sign as the page does: exactly, half of the last place up."""
    return Decimal(abs(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: float, decimals: int) -> str:
    """Write a number with a true minus, and never "−0.0"; "1.000×10²⁶", "∞", and "–" for NaN."""
    size = abs(float(value))
    if math.isnan(size):
        return "–"
    sign = _MINUS if value < 0 else ""
    if size == math.inf:
        return f"{sign}∞"
    if size >= HUGE:
        mantissa, exponent = f"{size:.3e}".split("e+")
        return f"{sign}{mantissa}×10{exponent.translate(_RAISED)}"
    shown = rounded_size(value, decimals)
    return f"{sign if shown else ''}{shown}"
