"""The only place where a figure is rounded: for display, half up, once."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import lru_cache

# Larger figures are mistakes, and past what rounding can write down.
LARGEST = 1e12

# A weighted mean of two-decimal scores is off its decimal value by some 1e-14; nine further decimals put it back.
_GUARD_DECIMALS = 9


# One answer shows the same figures over and over, in sentences and in formulas.
@lru_cache(maxsize=4096)
def round_half_up(value: float, decimals: int = 2) -> Decimal:
    """Round half away from zero, seeing through binary representation.

    Parameters
    ----------
    value : float
        A finite figure, |value| < 1e12.
    decimals : int
        Decimals to keep.

    Returns
    -------
    Decimal
        With exactly `decimals` decimals; never a negative zero.

    Examples
    --------
    >>> round_half_up(93.755), round_half_up(86.705)
    (Decimal('93.76'), Decimal('86.71'))
    """
    exact = Decimal(value).quantize(Decimal(1).scaleb(-(decimals + _GUARD_DECIMALS)), ROUND_HALF_EVEN)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


def display(value: float, decimals: int = 2, *, signed: bool = False) -> str:
    """Write a figure as a reader sees it; `signed` puts a plus before a rise (zero stays bare)."""
    rounded = round_half_up(value, decimals)
    return f"+{rounded}" if signed and rounded > 0 else f"{rounded}"


def exact(value: float, decimals: int = 6) -> str:
    """Write a value with the decimals that matter, for a formula."""
    return display(value, decimals).rstrip("0").rstrip(".")
