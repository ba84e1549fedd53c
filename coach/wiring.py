"""Joins the edges to the core. The only place that knows both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import numpy as np

from coach import __version__, names
from coach.back_argument import placed
from coach.capture import jpeg, mend, shown
from coach.capture.heap import frugal
from coach.capture.video import VideoFile, open_video
from coach.capture.writer import VideoWriter, check_writable
from coach.detect.back import BackFollower
from coach.detect.flow import OpticalFlow
from coach.detect.hands import MediaPipeHands
from coach.detect.pose import guess_back
from coach.domain import (
    HANDS,
    BackInfo,
    BackMark,
    Bools,
    Floats,
    Frame,
    Hand,
    HandObservation,
    HandTrack,
    Image,
    InputError,
    ItemScore,
    Moved,
    PracticeInfo,
    Reason,
    SegmentMatch,
    Session,
    TrackChunk,
    TrackingInfo,
    VideoInfo,
)
from coach.locate.drawn import drawn
from coach.locate.following import MarkedFollowing
from coach.locate.pace import Pace
from coach.locate.plane import to_back
from coach.pipeline import Watching
from coach.protocol import Protocol
from coach.recording import Recorder
from coach.score import film as films
from coach.score.evidence import Visibility
from coach.score.moved import unplaced
from coach.score.scope import chosen, narrowed, practised
from coach.score.session import read
from coach.score.verdict import conclude
from coach.summary import wording
from coach.summary.overlay import caption, draw

Progress = Callable[[float, float | None], None]

WATCHING = 0.85  # of the work, where an overlay is drawn afterwards
GUESS_EVERY_S, GUESS_PICTURES = 2.0, 10  # what the guess at the back looks at
BLACK = 6.0  # of 255: the mean of a picture in which nothing can be seen
CHUNK_S = 1.0  # of tracks that are kept together
BLACK_EVERY = 15  # frames between looks at the brightness


@dataclass(slots=True)
class Kept:
    """What the store keeps of a reviewed video, beside its result."""

    corners: Floats = field(default_factory=lambda: np.zeros((4, 2)))  # px of the frames
    size: tuple[int, int] = (0, 0)  # (width, height) px of the frames
    chunks: list[TrackChunk] = field(default_factory=list)
    made: str = ""  # when it was filmed, ISO text; empty where the film does not say
    later: tuple[BackMark, ...] = ()  # the back from later times on, px of the frames

    def take(self, recorder: Recorder) -> None:
        chunk = recorder.take()
        if chunk is not None:
            self.chunks.append(chunk)


def review(
    path: str,
    protocol: Protocol,
    corners: Floats | None,
    overlay: str | None,
    progress: Progress,
    lang: Literal["id", "en"] = "id",
    kept: Kept | None = None,
    film: str | None = None,
    parts: Sequence[str] = (),
    mirrored: bool = False,
    thorough: bool = False,
    pillow: bool = False,
    later: Sequence[BackMark] = (),
) -> Session:
    """Reviews one video.

    :param corners: (4, 2) px of the video's own picture, or None for a guess
    :param overlay: where to write the video with what was seen drawn on it, or None
    :param lang: of the segments' names in the overlay
    :param progress: told the time done and the video's length, in seconds
    :param kept: takes what the store keeps of it, if it is to be kept
    :param film: where to write the video as browsers play it, upright and with its own times, or None
    :param parts: ids of the protocol's parts that are rated; all of them where none is named
    :param mirrored: the video shows a mirror's picture; all is seen, told and drawn in the picture mirrored back
    :param thorough: every picture is looked at, not only as many as a reading needs (:mod:`coach.locate.pace`)
    :param pillow: what is massaged is a pillow: flat, where a back is not (:mod:`coach.locate.relief`)
    :param later: where the back is from later times on, in their order; px as ``corners`` has them
    :raises InputError: for a video, a back or an output that cannot be used
    """
    frugal()
    chosen(parts, protocol)
    if overlay is not None:
        check_writable(overlay)
    with open_video(path, mirrored) as video:
        back = _back(video, corners, later)
        share = 1.0 if overlay is None else WATCHING
        pace = None if thorough else Pace()
        watching, moved = _watch(video, back, _part(progress, 0.0, share), kept, film, pace, pillow)
        tracks = watching.tracks()
        session = _session(video, _scaled(back, 1.0 / video.scale), tracks, protocol, parts, moved)
        if overlay is not None:
            titles = {s.id: getattr(s.title, lang) for s in protocol.segments}
            _draw(video, overlay, session, tracks, watching, titles, _part(progress, share, 1.0))
    return session


def look_again(
    film: str, back: BackInfo, size: tuple[int, int], from_s: float, progress: Progress
) -> tuple[list[TrackChunk], tuple[Moved, ...]]:
    """Looks at a kept film from a time on, by other marks: what is seen, and when the camera was moved since.

    :param back: px of pictures of this (width, height); one of its later marks holds from that time on
    :raises InputError: video_…, back_from_late
    """
    frugal()
    kept = Kept()
    with open_video(film) as video:
        _check_time(video, BackMark(from_s, back.corners_px), video.duration_s)
        by = video.size[0] / size[0]
        _, moved = _watch(video, _scaled(back, by), progress, kept, None, Pace(), pillow=False, from_s=from_s)
    return [_sized(chunk, 1.0 / by) for chunk in kept.chunks], moved


def _sized(chunk: TrackChunk, by: float) -> TrackChunk:
    """What was seen in pictures of another size."""
    if by == 1.0:
        return chunk
    there = np.diag((by, by, 1.0))
    motions = there @ chunk.motions @ np.linalg.inv(there)
    return replace(chunk, motions=motions, landmarks=chunk.landmarks * by)


def picture(path: str, at_s: float) -> tuple[Image, float]:
    """The picture (height, width, 3) RGB at a time, or the last one, and its px over those of the video's own picture.

    :raises InputError: for a video that cannot be used
    """
    with open_video(path) as video:
        for frame in video.frames():
            image = frame.image
            if frame.time_s >= at_s:
                break
        return image, video.scale


def film_facts(path: str) -> tuple[tuple[int, int], float | None, str]:
    """(width, height) px of the picture that a player shows; its length in s, and when it was filmed.

    :raises InputError: for a video that cannot be used
    """
    with open_video(path) as video:
        return video.picture_size, video.duration_s, video.made


def guess(path: str) -> tuple[Floats | None, tuple[int, int]]:
    """Where the back seems to be, (4, 2) px of pictures of a (width, height) px; None where that is not sure.

    :raises InputError: for a video that cannot be used
    """
    with open_video(path) as video:
        return _guess(video), video.size


def shown_times(film: str) -> list[float]:
    """When a kept film's pictures are shown, s from the first. Raises InputError video_…"""
    return shown.times(film)


def shown_picture(film: str, at_s: float, widest: int) -> tuple[bytes, float]:
    """(JPEG, its time in s) of the picture that a player shows at a time. Raises InputError video_…"""
    image, time_s = shown.picture_at(film, at_s)
    return jpeg.encode(image, widest)[0], time_s


def mended(part: Path) -> bool | None:
    """Makes a film whose writing was broken off one that plays; False where nothing of it does.

    None where it is written still: then it was left alone. Raises OSError where it cannot be read or cut.
    """
    return mend.mend(part)


def _part(progress: Progress, start: float, end: float) -> Progress:
    """Tells of one part of the work as a share of the whole."""

    def tell(done_s: float, duration_s: float | None) -> None:
        progress(done_s if duration_s is None else start * duration_s + (end - start) * done_s, duration_s)

    return tell


def _back(video: VideoFile, corners: Floats | None, later: Sequence[BackMark]) -> BackInfo:
    """Where the back is, in px of the frames."""
    for mark in later:
        _check_time(video, mark, video.duration_s)
    since = [BackMark(mark.from_s, placed(mark.corners, video.picture_size, video.mirrored)) for mark in later]
    if corners is not None:
        given = placed(corners, video.picture_size, video.mirrored)
        return _scaled(BackInfo("given", given, tuple(since)), video.scale)
    guess = _guess(video)
    if guess is None:
        raise InputError("back_missing", path=video.path)
    return BackInfo("pose", guess, _scaled(BackInfo("", guess, tuple(since)), video.scale).later)


def _scaled(back: BackInfo, by: float) -> BackInfo:
    later = tuple(BackMark(mark.from_s, mark.corners * by) for mark in back.later)
    return BackInfo(back.source, back.corners_px * by, later)


def _check_time(video: VideoFile, mark: BackMark, lasts_s: float | None) -> None:
    """:raises InputError: back_from_late"""
    if lasts_s is not None and mark.from_s >= lasts_s:
        at, lasts = (wording.time(time_s) for time_s in (mark.from_s, lasts_s))
        raise InputError("back_from_late", path=video.path, at=at, lasts=lasts)


def _guess(video: VideoFile) -> Floats | None:
    pictures: list[Frame] = []
    hands: list[HandObservation] = []
    with MediaPipeHands(still=True) as finder:
        for frame in video.frames():
            if frame.time_s >= GUESS_EVERY_S * len(pictures):
                pictures.append(frame)
                hands.extend(finder.find(frame))
            if len(pictures) == GUESS_PICTURES:
                break
    return guess_back(pictures, hands)


def _watch(
    video: VideoFile,
    back: BackInfo,
    progress: Progress,
    kept: Kept | None,
    film: str | None,
    pace: Pace | None,
    pillow: bool,
    from_s: float = 0.0,
) -> tuple[Watching, tuple[Moved, ...]]:
    """Looks at the pictures that are due by a pace (None: at all of them); a film is written with all.

    :param back: px of the frames
    :param from_s: what was before is not looked at, nor written

    Returns what was seen, and when the camera was moved.
    """
    brightest, number = 0.0, 0
    with MediaPipeHands() as finder, ExitStack() as writing:
        sink = None if film is None else writing.enter_context(VideoWriter(film, video.size))
        follower = MarkedFollowing(back.corners_px, back.later, BackFollower)
        recorder = Recorder(finder, OpticalFlow(), follower)
        watching = Watching(recorder, recorder, recorder, back.corners_px, video.size, pillow)
        for frame in video.frames():
            if frame.time_s < from_s:
                continue
            if sink is not None:
                sink.write(frame.image, frame.time_s)
            if pace is not None and not pace.due(frame.time_s):
                continue
            if kept is not None and recorder.waiting_s >= CHUNK_S:
                kept.take(recorder)
            if number % BLACK_EVERY == 0:
                brightest = max(brightest, float(frame.image[::8, ::8].mean()))
                progress(frame.time_s, video.duration_s)
            found = watching.step(frame)
            if pace is not None:
                pace.saw(frame.time_s, found)
            number += 1
        if brightest < BLACK:
            raise InputError("video_black", path=video.path)
        for mark in follower.waiting:  # a film may be shorter than it says
            _check_time(video, mark, video.last_s)
    if kept is not None:
        kept.corners, kept.later, kept.size, kept.made = back.corners_px, back.later, video.size, video.made
        kept.take(recorder)
    return watching, follower.moved


def _session(
    video: VideoFile,
    back: BackInfo,
    tracks: dict[Hand, HandTrack],
    protocol: Protocol,
    parts: Sequence[str],
    moved: tuple[Moved, ...],
) -> Session:
    time_s = tracks["left"].time_s
    lost = films.holes(time_s)
    about = VideoInfo(names.told(video.path), video.count, video.last_s, video.truncated, lost, moved)
    return session(about, back, tracks, read(tracks, protocol, parts), protocol, parts=parts)


def session(
    video: VideoInfo,
    back: BackInfo,
    tracks: dict[Hand, HandTrack],
    reading: tuple[tuple[SegmentMatch, ...], tuple[ItemScore, ...], Visibility],
    protocol: Protocol,
    practice: PracticeInfo | None = None,
    parts: Sequence[str] = (),
) -> Session:
    """A session from its tracks and what :func:`coach.score.session.read` made of them.

    :param practice: of live practice: where just one segment was practised nothing else is told of, and what was not
        reached before a stop for pain was not left out
    :param parts: ids of the protocol's parts that are rated; all of them where none is named
    :raises InputError: part_missing
    """
    found, items, sight = reading
    whole = () if practice is None else practised(practice.segments, protocol)
    parts = parts or whole
    scope = chosen(parts, protocol)
    items = narrowed(items, protocol, scope)
    live = practice is not None
    partly = practice is not None and (practice.pain == "ended" or (practice.segment is not None and not whole))
    filmed = films.Filmed(video, tracks, found, live=live, partly=partly)
    flaw = films.flaw(filmed, protocol, scope, given=live or bool(parts))
    items = unplaced(films.unrated(items, flaw), found, video.moved)
    if practice is not None and practice.segment is not None:
        found = tuple(match for match in found if match.segment_id in practice.segments)
        items = items if whole else tuple(item for item in items if item.segment_id in practice.segments)
    if practice is not None and (practice.segment is None or whole) and practice.pain == "ended":
        items = _reached(found, items, protocol)
    total, verdict = conclude(items, protocol, flaw, practice)
    return Session(
        video=video,
        back=back,
        tracking=_tracking(tracks, sight),
        protocol_id=protocol.id,
        protocol_version=protocol.version,
        protocol_digest=protocol.digest,
        software=f"coach {__version__}",
        segments=found,
        items=items,
        total=total,
        practice=practice,
        verdict=verdict,
        scope=scope,
        named=bool(parts),
    )


def _reached(
    found: tuple[SegmentMatch, ...], items: tuple[ItemScore, ...], protocol: Protocol
) -> tuple[ItemScore, ...]:
    """The items; those of the segments after the last one that was done are not rated."""
    last = max((protocol.rank[match.segment_id] for match in found), default=-1)
    return tuple(
        replace(item, points=None, status="not_applicable", evidence=(), reason=Reason("not_reached"))
        if item.segment_id is not None and protocol.rank[item.segment_id] > last
        else item
        for item in items
    )


def _tracking(tracks: dict[Hand, HandTrack], sight: Visibility) -> TrackingInfo:
    hands = np.sum([tracks[hand].seen for hand in HANDS], axis=0)
    known: Bools = np.logical_or.reduce([~sight.seen[hand] & _between(sight.seen[hand]) for hand in HANDS])
    step = float(sight.time_s[1] - sight.time_s[0]) if len(sight.time_s) > 1 else 0.0
    none, one, two = (int(np.sum(hands == n)) for n in range(3))
    return TrackingInfo(len(tracks["left"].time_s), none, one, two, float(known.sum()) * step)


def _between(seen: Bools) -> Bools:
    """From the first sighting to the last: before and after, the hand was not there yet or no more."""
    forward = np.logical_or.accumulate(seen)
    backward = np.logical_or.accumulate(seen[::-1])[::-1]
    between: Bools = forward & backward
    return between


def _draw(
    video: VideoFile,
    path: str,
    session: Session,
    tracks: dict[Hand, HandTrack],
    watching: Watching,
    titles: Mapping[str, str],
    progress: Progress,
) -> None:
    """Goes through the video again, now that the whole of it is understood."""
    planes, time_s = watching.planes(), np.array(watching.time_s)
    apart_s = float(np.diff(time_s).max(initial=0.0))
    with VideoWriter(path, video.size) as sink:
        for frame in video.frames():
            if frame.time_s - time_s[-1] > apart_s:
                break
            progress(frame.time_s, video.duration_s)
            near, hands = drawn(tracks, planes, frame.time_s)
            corners = to_back(watching.corners, watching.motions[near])
            sink.write(draw(frame.image, hands, corners, caption(session, frame.time_s, titles)), frame.time_s)
