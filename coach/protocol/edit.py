"""Changing numbers in a protocol file while its comments and its layout stay as a trainer wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import tomlkit
from tomlkit.items import InlineTable

from coach.protocol.check import ProtocolError, check

if TYPE_CHECKING:
    from coach.demonstrate.proposal import Proposal

Change: TypeAlias = tuple[Sequence[str | int], Any]  # where in the file, and the new value


def edited(data: bytes, changes: Sequence[Change], name: str = "") -> bytes:
    """The protocol file with other values.

    :param changes: a place such as ("segments", "heart", "tempo", "shortest_s") and the value; a list of tables is
        entered by an id or a number
    :param name: of the file, for the complaint
    :raises ProtocolError: protocol_bad, where the changed file would not pass ``coach protocols check``
    """
    document = tomlkit.parse(data.decode("utf-8"))
    change(document, changes)
    made = tomlkit.dumps(document).encode("utf-8")
    if problems := check(made):
        raise ProtocolError(name, problems)
    return made


def change(document: tomlkit.TOMLDocument, changes: Sequence[Change]) -> None:
    """Puts other values into a file of this kind; whether they are good ones is not looked at."""
    for place, value in changes:
        inside: Any = document
        for step in place[:-1]:
            inside = _entered(inside, step)
        _put(inside, place[-1], value)


def _entered(inside: Any, step: str | int) -> Any:
    if isinstance(step, str) and not isinstance(inside, Mapping):
        return next(one for one in inside if one.get("id") == step)
    if isinstance(step, str) and step not in inside:
        inside[step] = tomlkit.inline_table()
    return inside[step]


def _put(inside: Any, key: str | int, value: Any) -> None:
    """A value of its own type; a comment behind the old one stays."""
    new = tomlkit.item(_plain(value))
    if isinstance(inside, InlineTable) or key not in inside:
        container: Any = inside
        container[key] = new
        return
    trivia = inside.item(key).trivia if hasattr(inside, "item") else inside[key].trivia
    inside[key] = new
    new.trivia.comment, new.trivia.comment_ws = trivia.comment, trivia.comment_ws


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update({key: _plain(inner) for key, inner in value.items()})
        return table
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def changes_of(proposal: Proposal) -> list[Change]:
    """A demonstration's proposal as changes of the protocol file."""
    segment = ("segments", proposal.segment)
    found: list[Change] = []
    if proposal.path is not None:
        found.append(((*segment, "path"), [list(place) for place in proposal.path]))
    if proposal.centre is not None and proposal.radii is not None:
        found.append(((*segment, "circle"), {"centre": list(proposal.centre), "radii": list(proposal.radii)}))
    if proposal.corridor is not None:
        found.append(((*segment, "corridor"), proposal.corridor))
    if proposal.reach is not None:
        found.append(((*segment, "reach"), list(proposal.reach)))
    if proposal.shortest_s is not None and proposal.longest_s is not None:
        found.append(
            ((*segment, "tempo"), {"shortest_s": proposal.shortest_s, "longest_s": proposal.longest_s}),
        )
    for name, point in proposal.points.items():
        found.append(((*segment, "hold", "points", name, "at"), list(point.at)))
        found.append(((*segment, "hold", "points", name, "tolerance"), point.tolerance))
    held = {"long_enough_s": proposal.long_enough_s, "short_from_s": proposal.short_from_s}
    return found + [((*segment, "hold", name), value) for name, value in held.items() if value is not None]
