"""Observations → tracklets: unbroken stretches of one hand, whichever hand that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot

from coach.domain import Floats, HandObservation
from coach.locate.hygiene import Seen, look, plausible
from coach.locate.scale import Scale

# In palm lengths. A hand does at most about 12 palms a second (2 cycles a second at a radius of a palm); what is
# farther off is another hand or a ghost.
STEP = 1.0
SPEED = 12.0
FAR = 1.5  # and never farther than this, however long it was unseen
PREDICT_S = 0.15  # for so long a lost hand is expected to go on as it went
BRIDGE_S = 0.7  # flow carries a hand for so long (its error then is 0.08 palms); longer is unseen
# A hand that presses is often lost for as long as it does; flow knows that it is still there. Nothing is gained on
# rendered development sessions beyond half a palm from where it was detected, nor beyond a press's length.
STAYS, STAYS_S = 0.5, 3.0
GONE_S = 0.5  # a hand that comes back later begins a new tracklet: whose it is, is for its whole course to tell
BESIDE = 1.6  # palms: two hands nearer than this may have been taken for one
HANDS = 2  # at most in a picture
# Palms from the wrist of a hand that is seen, on its arm's side: a hand lost there is behind that arm. Flow would go on
# with the arm. A wrist is bent too often for the arm's direction to tell more than the side.
HIDES = 1.5
PAIRED, OF_PROVEN = 10.0, 3.0  # palms that a pair is worth, and one with a tracklet that is believed besides
PROVEN = 3  # detections before a tracklet is believed: most ghosts do not last


@dataclass(slots=True, eq=False)
class Tracklet:
    """One hand while it could be followed."""

    frames: list[int] = field(default_factory=list)
    time_s: list[float] = field(default_factory=list)
    landmarks: list[Floats] = field(default_factory=list)  # each (21, 2) px
    bridged: list[bool] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    detections: int = 0
    detected: Seen | None = None  # when it was last detected, not bridged
    velocity: tuple[float, float] = (0.0, 0.0)  # px a second
    heir: bool = False  # goes on with a hand that was believed already, or began beside it and may be that hand

    def add(self, frame: int, seen: Seen) -> None:
        observation = seen.observation
        if self.seen and not observation.bridged:
            gap = max(observation.time_s - self.time_s[-1], 1e-3)
            last = self.seen[-1]
            self.velocity = (seen.x - last.x) / gap, (seen.y - last.y) / gap
        self.frames.append(frame)
        self.time_s.append(observation.time_s)
        self.landmarks.append(observation.landmarks)
        self.bridged.append(observation.bridged)
        self.seen.append(seen)
        if not observation.bridged:
            self.detections += 1
            self.detected = seen

    def split(self) -> Tracklet:
        """Gives up the last sighting, which begins a new tracklet."""
        rest = Tracklet(heir=True)
        rest.add(self.frames.pop(), self.seen.pop())
        rest.velocity = self.velocity
        self.time_s.pop()
        self.landmarks.pop()
        self.bridged.pop()
        return rest

    def may_be_bridged(self, now_s: float, others: int) -> bool:
        """Whether flow may carry it on: for a short time, or longer while it stays where it was detected last.

        :param others: how many hands that are believed are detected elsewhere; beside two there is no third
        """
        if self.detected is None or others >= HANDS:
            return False
        since_s = now_s - self.detected.observation.time_s
        if since_s <= BRIDGE_S:
            return True
        last, there = self.seen[-1], self.detected
        return since_s <= STAYS_S and hypot(last.x - there.x, last.y - there.y) <= STAYS * there.palm

    @property
    def proven(self) -> bool:
        return self.detections >= PROVEN

    def distance(self, hand: Seen) -> float:
        """From where the hand is expected, in palm lengths; inf where it cannot have got there."""
        last = self.seen[-1]
        gap = hand.observation.time_s - self.time_s[-1]
        ahead = min(gap, PREDICT_S)
        x, y = last.x + self.velocity[0] * ahead, last.y + self.velocity[1] * ahead
        palm = max(last.palm, hand.palm)
        away = min(hypot(hand.x - x, hand.y - y), hypot(hand.x - last.x, hand.y - last.y)) / palm
        if away > min(max(STEP, SPEED * gap), FAR):
            return float("inf")
        turned = hypot(hand.back_x - last.back_x, hand.back_y - last.back_y)
        return away + 0.5 * turned


@dataclass(slots=True)
class Tracker:
    """Folds the observations of frame after frame into tracklets."""

    live: list[Tracklet] = field(default_factory=list)
    done: list[Tracklet] = field(default_factory=list)

    def step(self, frame: int, time_s: float, found: Sequence[HandObservation], back_width: Scale) -> list[Tracklet]:
        """Takes one frame; returns the tracklets that were lost in it and may be bridged by flow."""
        hands = plausible(found, back_width)
        self._retire(time_s)
        pairs = _assign(self.live, hands)
        taken = set()
        for tracklet, hand in pairs:
            tracklet.add(frame, hand)
            taken.add(id(hand))
        met = {id(tracklet) for tracklet, _ in pairs}
        lost = [t for t in self.live if id(t) not in met]
        for hand in hands:
            if id(hand) not in taken:
                self._begin(frame, hand)
        others = sum(t.proven or t.heir for t in self.live if t.frames[-1] == frame)
        return [t for t in lost if t.proven and t.frames[-1] == frame - 1 and t.may_be_bridged(time_s, others)]

    def _begin(self, frame: int, hand: Seen) -> None:
        """A hand that comes out from beside another may be either of the two, so both begin anew.

        Either is believed as the one was: else the other hand, lost meanwhile, would take its place.
        """
        fresh = Tracklet()
        for tracklet in tuple(self.live):
            last = tracklet.seen[-1]
            beside = hypot(last.x - hand.x, last.y - hand.y) < BESIDE * hand.palm
            if tracklet.proven and tracklet.frames[-1] == frame and len(tracklet.frames) > 1 and beside:
                self.live.append(tracklet.split())
                self.live.remove(tracklet)
                self.done.append(tracklet)
                fresh.heir = True
        fresh.add(frame, hand)
        self.live.append(fresh)

    def bridge(self, tracklet: Tracklet, frame: int, time_s: float, landmarks: Floats) -> None:
        """Goes on with a lost hand where flow carried it, unless another hand is there or its arm hides it."""
        hand = look(HandObservation(time_s, landmarks, tracklet.seen[-1].observation.confidence, bridged=True))
        for other in self.live:
            if other is not tracklet and other.frames[-1] == frame:
                near = other.seen[-1]
                if hypot(near.x - hand.x, near.y - hand.y) < 0.6 * hand.palm or _behind_arm(hand, near):
                    return
        tracklet.add(frame, hand)

    def part(self) -> None:
        """No hand is followed on: what comes now is another picture."""
        self.done += self.live
        self.live = []

    def tracklets(self) -> list[Tracklet]:
        """All that lasted long enough to be believed, in order of their start."""
        return sorted((t for t in (*self.done, *self.live) if t.proven), key=lambda t: t.time_s[0])

    def _retire(self, time_s: float) -> None:
        kept: list[Tracklet] = []
        for tracklet in self.live:
            patience = GONE_S if tracklet.proven else 0.3
            (kept if time_s - tracklet.time_s[-1] <= patience else self.done).append(tracklet)
        self.live = kept


def _behind_arm(hand: Seen, other: Seen) -> bool:
    """Whether a lost hand's place is where the wrist and arm of a hand that is detected are: that hides it."""
    if other.observation.bridged:
        return False
    wrist_x, wrist_y = other.observation.landmarks[0].tolist()
    away_x, away_y = hand.x - wrist_x, hand.y - wrist_y
    towards_arm = away_x * other.back_x + away_y * other.back_y > 0.0
    return towards_arm and hypot(away_x, away_y) < HIDES * other.palm


def _assign(live: list[Tracklet], hands: list[Seen]) -> list[tuple[Tracklet, Seen]]:
    """The pairing with the most pairs, then with proven tracklets, then with the smallest distance."""
    if not live or not hands:
        return []
    costs = [[min(t.distance(h) - PAIRED - OF_PROVEN * (t.proven or t.heir), 0.0) for t in live] for h in hands]
    return [(live[column], hands[row]) for row, column in cheapest(costs)[1]]


def cheapest(costs: list[list[float]], row: int = 0, taken: int = 0) -> tuple[float, list[tuple[int, int]]]:
    """The pairing of rows and columns with the lowest sum, in which only pairs below zero are made.

    All are tried: there are two hands or three, and hardly more that are near each. SciPy's solver would bring 24 MB.

    :param row: the first that is still without its column
    :param taken: the columns that are not, a bit each
    :returns: (the sum, (row, column) of each pair)
    """
    if row == len(costs):
        return 0.0, []
    best = cheapest(costs, row + 1, taken)
    for column, cost in enumerate(costs[row]):
        if cost < 0.0 and not taken >> column & 1:
            rest, pairs = cheapest(costs, row + 1, taken | 1 << column)
            if rest + cost < best[0]:
                best = rest + cost, [(row, column), *pairs]
    return best
