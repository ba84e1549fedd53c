"""What Windows refuses while another program looks into a file: to remove it, or to put another in its place.

A virus scanner or the index of the search opens whatever was just written, for some hundredths of a second. Elsewhere
nobody's looking keeps a file where it is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

REFUSES = os.name == "nt"
_TRIES, _WAIT_S = 20, 0.1


def patiently(work: Callable[[], object]) -> None:
    """Does what moves or removes files; where another program looks into one, again and again for two seconds.

    :param work: may have been done in part when it is done again
    :raises OSError: as the work; PermissionError where it was refused to the end
    """
    for _ in range(_TRIES if REFUSES else 0):
        try:
            work()
        except PermissionError:
            time.sleep(_WAIT_S)
        else:
            return
    work()
