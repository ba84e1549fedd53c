"""``coach programme``: the roster, the training day, visits, certificates, and the file for the USB stick."""

from coach.commands.programme import carrying, certificates, days, mothers, papers, roster, visits
from coach.commands.programme.group import programme

__all__ = ["carrying", "certificates", "days", "mothers", "papers", "programme", "roster", "visits"]
