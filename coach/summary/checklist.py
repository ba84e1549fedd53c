"""The daftar tilik as text: parts, steps, items with 0, 1 or 2, and the nilai, as people know it on paper."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from coach.domain import ItemScore, Session, Span
from coach.messages import Catalogue
from coach.protocol import Protocol, Segment
from coach.score.scope import OUT, by_part, listed
from coach.summary import wording
from coach.summary.feedback import improvement, strength

WIDTH = 100  # characters: fits a page and a small laptop
_BOXES = "[ ] 0  [ ] 1  [ ] 2"
_MOST_TIMES = 2  # more would push the remark off the page
_UNRATED = (
    "status_not_visible",
    "status_either",
    "status_manual",
    "status_not_applicable",
    "status_not_reached",
    "status_unjudged",
)
_STYLES = {"status_right": "green"} | dict.fromkeys(_UNRATED, "dim")
_FLAW_WORDS = {
    "not_done": "status_skipped",
    "count_few": "status_few",
    "count_partial": "status_few",
    "count_side": "status_few",
    "tempo_fast": "status_fast",
    "duration_short": "status_short",
}


def print_checklist(session: Session, protocol: Protocol, catalogue: Catalogue, stream: TextIO | None = None) -> None:
    """Prints the checklist, 100 characters wide; colours only on a terminal.

    :param stream: where to; standard output if None
    """
    console = Console(file=stream, width=WIDTH, highlight=False, emoji=False)
    sheet = checklist(session, protocol, catalogue)
    if console.is_terminal:
        console.print(sheet)
        return
    with console.capture() as captured:
        console.print(sheet)
    console.file.write("".join(line.rstrip() + "\n" for line in captured.get().splitlines()))


def plain(session: Session, protocol: Protocol, catalogue: Catalogue) -> str:
    """The checklist as plain text without colours."""
    stream = io.StringIO()
    print_checklist(session, protocol, catalogue, stream)
    return stream.getvalue()


def checklist(session: Session, protocol: Protocol, catalogue: Catalogue) -> RenderableType:
    """The whole sheet."""
    return Group(
        *_header(session, protocol, catalogue),
        *_manual("before", protocol, catalogue),
        *_parts(session, protocol, catalogue),
        *_manual("during", protocol, catalogue),
        *_manual("after", protocol, catalogue),
        *_outcomes(protocol, catalogue),
        *_total(session, protocol, catalogue),
        *_feedback(session, protocol, catalogue),
    )


def _header(session: Session, protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    video, tracking = session.video, session.tracking
    yield Text(catalogue.text("sheet_title", title=wording.title(protocol.title, catalogue)), style="bold")
    yield Text(catalogue.text("sheet_version", id=session.protocol_id, version=session.protocol_version))
    yield Text(catalogue.text("sheet_video", path=video.path))
    yield Text(catalogue.text("sheet_duration", time=wording.time(video.duration_s)))
    for lost in video.damaged:
        stretch = {"start": wording.time(lost.start_s), "end": wording.time(lost.end_s)}
        yield Text(catalogue.text("sheet_damaged", **stretch), style="yellow")
    for told in wording.moved(session, catalogue):
        yield Text(told, style="yellow")
    if video.truncated:
        yield Text(catalogue.text("sheet_truncated"), style="yellow")
    frames = max(1, tracking.frames) / 100
    shares = {"two": tracking.frames_2_hands, "one": tracking.frames_1_hand, "none": tracking.frames_0_hands}
    yield Text(catalogue.text("sheet_tracking", **{name: count / frames for name, count in shares.items()}))
    if tracking.unseen_s >= 0.5:
        yield Text(catalogue.text("sheet_unseen", unseen_s=tracking.unseen_s))
    yield Text()


def _heading(text: str) -> RenderableType:
    return Text(text.upper(), style="bold underline")


def _parts(session: Session, protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    for part, segments in by_part(listed(session.items, protocol), protocol):
        yield _heading(wording.title(part.title, catalogue))
        yield _columns(catalogue)
        for segment in segments:
            yield _title_line(segment, session, catalogue)
            yield Padding(_segment(segment, session, protocol, catalogue), (0, 0, 1, 0))


def _table() -> Table:
    table = Table(box=None, width=WIDTH, pad_edge=False, show_header=False)
    table.add_column(width=19)
    table.add_column(width=6, justify="center")
    table.add_column(width=21)
    table.add_column(ratio=1)
    table.add_column(width=12, justify="right")
    return table


def _columns(catalogue: Catalogue) -> RenderableType:
    table = _table()
    table.add_row(*(catalogue.text(f"column_{name}") for name in ("step", "points", "result", "remark", "look")))
    return Group(Padding(table, (0, 0), style="dim"), Rule(style="dim"))


def _title_line(segment: Segment, session: Session, catalogue: Catalogue) -> RenderableType:
    """The step's title, and when it was done."""
    table = Table(box=None, width=WIDTH, pad_edge=False, show_header=False)
    table.add_column(ratio=1)
    table.add_column(width=12, justify="right")
    done = [match.span for match in session.segments if match.segment_id == segment.id]
    in_time = sorted(done, key=lambda stretch: stretch.start_s)
    table.add_row(Text(wording.title(segment.title, catalogue), style="bold"), _times(in_time, catalogue))
    return table


def _segment(segment: Segment, session: Session, protocol: Protocol, catalogue: Catalogue) -> RenderableType:
    """A line for each of the step's items; a remark is not said twice in a row."""
    table = _table()
    said = ""
    for item in session.items:
        if item.segment_id != segment.id:
            continue
        remark, word = wording.reason(item, protocol, catalogue), _word(item)
        table.add_row(
            Padding(Text(catalogue.text(f"kind_{item.kind}")), (0, 0, 0, 2)),
            "–" if item.points is None else str(item.points),
            Text(catalogue.text(word), style=_STYLES.get(word, "yellow")),
            Text("" if remark == said else remark),
            _times(item.evidence, catalogue) if _flawed(item) else "",
        )
        said = remark
    return table


def _flawed(item: ItemScore) -> bool:
    return item.status == "not_visible" or (item.points is not None and item.points < item.max_points)


def _word(item: ItemScore) -> str:
    """The catalogue's key of the item's result in one or two words."""
    if item.status != "scored":
        return wording.status(item)
    return _FLAW_WORDS.get(item.reason.key, "status_improve") if _flawed(item) else "status_right"


def _times(spans: Sequence[Span], catalogue: Catalogue) -> str:
    shown = [wording.span(span) for span in spans[:_MOST_TIMES]]
    if len(spans) > _MOST_TIMES:
        shown.append(catalogue.text("more_times", count=len(spans) - _MOST_TIMES))
    return "\n".join(shown)


def _manual(when: str, protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    """What no camera sees, with empty boxes to tick."""
    items = [item for item in protocol.manual if item.when == when]
    if items:
        yield _heading(f"{catalogue.text(f'when_{when}')} – {catalogue.text('column_manual')}")
        yield _boxes([wording.title(item.title, catalogue) for item in items], _BOXES)


def _outcomes(protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    if protocol.outcomes:
        yield _heading(catalogue.text("outcomes_title"))
        titles = [wording.title(outcome.title, catalogue) for outcome in protocol.outcomes]
        yield _boxes(titles, catalogue.text("outcome_boxes"))


def _boxes(titles: Sequence[str], boxes: str) -> RenderableType:
    table = Table(box=None, width=WIDTH, pad_edge=False, show_header=False)
    table.add_column(ratio=1)
    table.add_column(width=len(_BOXES), no_wrap=True)
    for text in titles:
        table.add_row(Padding(Text(text), (0, 0, 0, 2)), Text(boxes))
    return Padding(table, (0, 0, 1, 0))


def _total(session: Session, protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    total = session.total
    word = wording.state(session.verdict.state, catalogue).upper()
    if total.percent is None:
        yield Text(word, style="bold")
    else:
        score = catalogue.text("score_line", percent=total.percent, points=total.points, max_points=total.max_points)
        mark = catalogue.text("score_mark", mark=protocol.scoring.pass_mark)
        yield Text(f"{score} – {word} ({mark})", style="bold green" if total.passed else "bold yellow")
    yield Text(wording.why(session.verdict, protocol, catalogue))
    if only := wording.rated_parts(session, protocol, catalogue):
        yield Text(only)
    if left_out := _left_out(session.items, catalogue):
        yield Text(left_out)
    yield Text()


def _left_out(items: Sequence[ItemScore], catalogue: Catalogue) -> str:
    """How many items the score leaves out, and why."""
    counts = Counter(item.status for item in items if item.status != "scored" and item.reason.key != OUT)
    parts = [
        catalogue.text(f"left_out_{status}", count=counts[status])
        for status in ("manual", "not_visible", "not_applicable")
        if counts[status]
    ]
    return catalogue.text("left_out_line", total=counts.total(), parts=", ".join(parts)) if parts else ""


def _feedback(session: Session, protocol: Protocol, catalogue: Catalogue) -> Iterator[RenderableType]:
    for label, about in (("strength", strength), ("improve", improvement)):
        if about is improvement and not wording.advised(session.practice):
            continue
        line = Text(catalogue.text(f"{label}_label"), style="bold")
        said = wording.advice(about(session.items, protocol), protocol, catalogue)
        yield line.append(f" {said}", style="not bold")
