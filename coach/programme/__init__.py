"""The programme around the massage: who took part in what, from the first test to the certificate.

Everything is an :class:`~coach.programme.entry.Entry` that is appended and never changed; what is so now is a fold over
all of them (:mod:`coach.programme.state`), so that laptops that never meet can be joined in any order.
"""

from coach.programme.bodies import BODIES, Body
from coach.programme.entry import Entry, EntryError, checked, entry
from coach.programme.state import Held, State, fold

__all__ = ["BODIES", "Body", "Entry", "EntryError", "Held", "State", "checked", "entry", "fold"]
