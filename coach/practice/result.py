"""What a practice came to: the same report as a review's, with what to tell the person in both languages."""

from __future__ import annotations

from typing import Any

from coach import wiring
from coach.domain import BackInfo, Moved, PracticeInfo, Session, VideoInfo
from coach.messages import LANGS, Catalogue
from coach.practice.reader import Whole
from coach.protocol import Protocol
from coach.score import step
from coach.summary import wording
from coach.summary.feedback import Advice, improvement, strength
from coach.summary.report import report

LIVE = "live"  # stands where a review has the video's path


def session(
    whole: Whole, protocol: Protocol, back: BackInfo, about: PracticeInfo, moved: tuple[Moved, ...] = ()
) -> Session:
    """A practice as a session.

    :param moved: when the camera was moved
    """
    time_s = whole.tracks["left"].time_s
    length_s = float(time_s[-1] - time_s[0]) if len(time_s) else 0.0
    video = VideoInfo(LIVE, len(time_s), length_s, moved=moved)
    return wiring.session(video, back, whole.tracks, whole.found, protocol, about)


def seen(made: Session) -> bool:
    """Whether there was ever a hand in the picture: else nothing was practised before the camera."""
    return made.tracking.frames_1_hand + made.tracking.frames_2_hands > 0


def feedback(made: Session, protocol: Protocol) -> dict[str, Any]:
    """One strength, and the one thing to practise first."""
    return {
        "strength": _advice(strength(made.items, protocol), protocol),
        "improve": _advice(improvement(made.items, protocol), protocol),
    }


def _advice(advice: Advice, protocol: Protocol) -> dict[str, Any]:
    segment = None if advice.item is None else advice.item.segment_id
    return {
        "key": advice.key,
        "segment": segment,
        "item": None if advice.item is None else advice.item.item_id,
        "values": dict(advice.reason.values),
        "text": {lang: wording.advice(advice, protocol, Catalogue(lang)) for lang in LANGS},
    }


def shown(made: Session, protocol: Protocol) -> dict[str, Any]:
    """The report as the page gets it: each item with its sentence in both languages, and the feedback."""
    told = report(made)
    for item, entry in zip(made.items, told["items"], strict=True):
        entry["text"] = {lang: wording.reason(item, protocol, Catalogue(lang)) for lang in LANGS}
    words = {
        "text": {lang: wording.why(made.verdict, protocol, Catalogue(lang)) for lang in LANGS},
        "scope": {lang: wording.rated_parts(made, protocol, Catalogue(lang)) for lang in LANGS},
    }
    told["verdict"] = told["verdict"] | words
    return told | {"steps": step.states(made.items), "feedback": feedback(made, protocol)}
