"""How much one account may press before it has to wait: asked before the database is."""

from collections import OrderedDict
from datetime import datetime

PRESSES = 20
"""May come at once; then one a second (the issue's figure)."""
REMEMBERED = 20_000
"""Accounts kept in mind; the one unheard of for longest is forgotten first, and would be full again anyway."""


class Flood:
    """One bucket an account, in memory alone: who presses how often is nobody's business."""

    def __init__(self, presses: int = PRESSES, a_second: float = 1.0) -> None:
        self._most, self._rate = float(presses), a_second
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def lets(self, account: str, at: datetime) -> bool:
        """Whether this press may pass; counts it if so."""
        left, since = self._left.pop(account, (self._most, at))
        left = min(self._most, left + max(0.0, (at - since).total_seconds()) * self._rate)
        passes = left >= 1
        self._left[account] = (left - 1 if passes else left, at)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return passes
