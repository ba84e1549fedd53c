"""The back's motion in the picture: followed where it moves, none where it does not, the hands left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import cv2
import numpy as np
import pytest

from coach.detect.back import BackFollower
from coach.domain import Floats, Frame, HandObservation, Image

SIZE = (640, 480)  # px
CORNERS = np.array([[200.0, 120.0], [440.0, 115.0], [450.0, 400.0], [195.0, 405.0]])
WIDTH = 240.0  # px, of the back
MIDDLE = np.array([320.0, 260.0])
FPS = 15.0
# A body's outline in the rectangle: shoulders that slope, a waist.
RIGHT = np.array([(360, 90), (370, 125), (440, 150), (460, 230), (405, 240), (395, 330), (420, 420)], dtype=np.float64)
BODY = np.concatenate((RIGHT, RIGHT[::-1] * (-1, 1) + (640, 0)))
# A hand around (0, 0) px: wrist below, middle knuckle above, four fingers upwards.
SHAPE = np.array(
    [(0, 30), (-18, 22), (-28, 10), (-34, 0), (-40, -8)]
    + [(x, y - lift) for x, lift in ((-16, 0), (0, 5), (14, 0), (26, -8)) for y in (-28, -45, -58, -70)],
    dtype=np.float64,
)
Motion = Callable[[float], Floats]


def speckle(seed: int, size: tuple[int, int], low: float, high: float) -> Image:
    rough = np.random.default_rng(seed).normal(0.0, 1.0, (size[1], size[0], 1))
    smooth = cv2.GaussianBlur(rough, (0, 0), 3.0)
    spread = (smooth - smooth.min()) / (smooth.max() - smooth.min())
    return np.repeat((low + (high - low) * spread)[..., None].reshape(size[1], size[0], 1), 3, axis=2).astype(np.uint8)


BACK, ROOM, SKIN = speckle(1, SIZE, 90, 220), speckle(2, SIZE, 0, 120), speckle(3, SIZE, 40, 200)


def shifted(x: float, y: float, turn_deg: float = 0.0, size: float = 1.0) -> Floats:
    """(3, 3) px: turned and resized around the middle of the back, then shifted."""
    angle = np.radians(turn_deg)
    turn = size * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = np.eye(3)
    matrix[:2, :2] = turn
    matrix[:2, 2] = MIDDLE - turn @ MIDDLE + (x, y)
    return matrix


def picture(motion: Floats, hands: list[Floats], whole: bool) -> Image:
    """The textured back under its motion before a room that moves only with the camera, hands on top."""
    moved = cv2.warpAffine(BACK, motion[:2], SIZE, borderMode=cv2.BORDER_REFLECT)
    room = cv2.warpAffine(ROOM, motion[:2], SIZE, borderMode=cv2.BORDER_REFLECT) if whole else ROOM
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillConvexPoly(mask, np.round(at(CORNERS, motion)).astype(np.int32), 1)
    image = np.asarray(cv2.copyTo(moved, mask, room.copy()), dtype=np.uint8)
    for hand in hands:
        shape = np.zeros_like(mask)
        cv2.fillConvexPoly(shape, cv2.convexHull(hand.astype(np.float32)).astype(np.int32), 1)
        arm = hand[0] + (hand[0] - hand[9]) * 3
        cv2.line(shape, np.round(hand[0]).astype(int).tolist(), np.round(arm).astype(int).tolist(), 1, 40)
        # the hand's own skin moves with it
        offset = np.array([[1.0, 0, hand[9, 0] - MIDDLE[0]], [0, 1.0, hand[9, 1] - MIDDLE[1]]])
        skin = cv2.warpAffine(SKIN, offset, SIZE, borderMode=cv2.BORDER_WRAP)
        image = np.asarray(cv2.copyTo(skin, shape, image), dtype=np.uint8)
    return noisy(image, motion)


def noisy(image: Image, motion: Floats) -> Image:
    """With the sensor's noise, 2 grey levels, another one in each place of the back."""
    cv2.setRNGSeed(int(abs(motion).sum() * 1e6) % 2**31)
    noise = np.empty(image.shape, np.int16)
    cv2.randn(noise, np.zeros(3), np.full(3, 2.0))
    return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), dtype=np.uint8)


def at(points: Floats, motion: Floats) -> Floats:
    ones = np.column_stack((points, np.ones(len(points)))) @ motion.T
    moved: Floats = ones[:, :2] / ones[:, 2:]
    return moved


def strokes(time_s: float) -> list[Floats]:
    """Two hands that stroke up and down the back."""
    y = 250 + 70 * np.sin(2 * np.pi * time_s / 2.5)
    return [SHAPE + np.array((x, y)) for x in (275.0, 365.0)]


def smooth(motion: Floats, hands: list[Floats]) -> Image:
    """A body without any texture, narrower than the back's rectangle, before a room that stays where it is."""
    image, mask = ROOM.copy(), np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillPoly(mask, [np.round(at(BODY, motion)).astype(np.int32)], 1)
    image[mask > 0] = (190, 140, 110)
    for hand in hands:
        cv2.fillConvexPoly(image, cv2.convexHull(hand.astype(np.float32)).astype(np.int32), (150, 100, 70))
    return noisy(np.asarray(cv2.GaussianBlur(image, (0, 0), 1.5), dtype=np.uint8), motion)


def dimmed(motion: Floats, hands: list[Floats]) -> Image:
    """The lamp goes down to a half, the farther the body has swayed and the lower the hands are."""
    bright = 1.0 - 0.5 * np.clip((hands[0][9, 1] - 135) / 140 + abs(motion[0, 2] - motion[1, 2]) / 100, 0.0, 1.0)
    return np.asarray(picture(motion, hands, whole=False) * bright, dtype=np.uint8)


def errors(
    motion: Motion,
    hands: Callable[[float], list[Floats]],
    whole: bool = False,
    paint: Callable[[Floats, list[Floats]], Image] | None = None,
) -> Iterator[float]:
    """Frame by frame how far the worst corner is off, in widths of the back."""
    follower = BackFollower(CORNERS)
    for index in range(int(6 * FPS)):
        time_s = index / FPS
        true, shown = motion(time_s), hands(time_s)
        frame = Frame(index, time_s, picture(true, shown, whole) if paint is None else paint(true, shown))
        found = follower.watch(frame, [HandObservation(time_s, h, 0.9) for h in shown])
        yield float(np.hypot(*(at(CORNERS, found) - at(CORNERS, true)).T).max()) / WIDTH


def sway(time_s: float) -> Floats:
    part = np.sin(2 * np.pi * time_s / 5.0)
    return shifted(18.0 * part, 7.0 * part, 2.5 * part)


def lean(time_s: float) -> Floats:
    part = min(1.0, time_s / 4.0)
    return shifted(0.0, 12.0 * part, 0.0, 1.0 + 0.08 * part)


def nudge(time_s: float) -> Floats:
    """The camera is pushed within a third of a second."""
    part = float(np.clip((time_s - 2.0) / 0.33, 0.0, 1.0))
    return shifted(16.0 * part, -9.0 * part, 1.5 * part)


@pytest.mark.parametrize(
    ("motion", "whole"), [(sway, False), (lean, False), (nudge, True)], ids=["sway", "lean", "nudge"]
)
def test_follows_a_back_that_moves_under_working_hands(motion: Motion, whole: bool) -> None:
    off = np.array(list(errors(motion, strokes, whole=whole)))
    assert np.median(off) < 0.01
    assert off[-15:].max() < 0.02
    moving = 0.02 if motion is not nudge else 0.09  # a push is noticed at the next look, 0.12 s later
    assert off.max() < moving


def test_a_still_back_under_working_hands_stays_exactly_where_it_was() -> None:
    assert max(errors(lambda _: np.eye(3), strokes)) == 0.0


def test_a_back_that_stays_still_is_looked_at_half_as_often_until_it_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    follower, looks = BackFollower(CORNERS), []
    before, after = (picture(motion, [], whole=False) for motion in (np.eye(3), shifted(12.0, 6.0)))
    small = follower._small

    def looked(image: Image) -> Image:
        looks.append(time_s)
        return small(image)

    monkeypatch.setattr(follower, "_small", looked)
    for index in range(int(9 * FPS)):
        time_s = index / FPS
        follower.watch(Frame(index, time_s, after if time_s > 6.0 else before), [])
    second = np.bincount(np.array(looks).astype(int), minlength=9)
    assert second[:3].min() >= 7  # every other picture of 15
    assert second[4:6].max() == 5
    assert second[7:9].min() >= 7


@cache
def under_large_hands() -> tuple[Floats, Floats]:
    """(n,) each: how far the worst corner of a still back is off, in its widths, where the hands were found and where
    nobody found them. For six seconds two cover most of the features and move slowly down together; then they leave."""
    told, untold, off = BackFollower(CORNERS), BackFollower(CORNERS), []
    still = picture(np.eye(3), [], whole=False)
    for index in range(int(9 * FPS)):
        time_s = index / FPS
        hands = [2.0 * SHAPE + np.array((x, 200.0 + 9.0 * time_s)) for x in (260.0, 385.0)] if time_s < 6.0 else []
        frame = Frame(index, time_s, picture(np.eye(3), hands, whole=False) if hands else still)
        found = [told.watch(frame, [HandObservation(time_s, h, 0.9) for h in hands]), untold.watch(frame, [])]
        off.append([float(np.hypot(*(at(CORNERS, motion) - CORNERS).T).max()) / WIDTH for motion in found])
    masked, bare = np.array(off).T
    return masked, bare


def test_hands_that_cover_most_of_the_back_do_not_carry_it_away() -> None:
    masked, bare = under_large_hands()
    assert masked.max() < 0.01
    # Without the mask they shake it: else this test would prove nothing.
    assert bare.max() > 0.015


def test_hands_that_nobody_found_hardly_carry_it_away() -> None:
    """Pixels over which something else moves are trusted less and less, and a motion has to fit better than none."""
    assert under_large_hands()[1].max() < 0.03


def test_a_back_that_was_carried_away_is_found_again() -> None:
    """Hands that nobody found cover most of it, slide down and leave: what they took along does not stay."""
    assert under_large_hands()[1][-1] < 0.01


def test_a_back_that_shows_nothing_is_taken_as_still() -> None:
    follower = BackFollower(CORNERS)
    plain = np.full((SIZE[1], SIZE[0], 3), 150, np.uint8)
    for index in range(30):
        np.testing.assert_array_equal(follower.watch(Frame(index, index / FPS, plain), []), np.eye(3))


@pytest.mark.parametrize("first", [lambda: picture(np.eye(3), [], whole=False), lambda: smooth(np.eye(3), [])])
@pytest.mark.parametrize("what", ["coat", "lamp"])
def test_where_the_back_cannot_be_seen_it_stays_where_it_was(first: Callable[[], Image], what: str) -> None:
    """Somebody walks past the camera in a patterned coat; the lamp goes out."""
    follower, coat = BackFollower(CORNERS), speckle(50, (2 * SIZE[0], SIZE[1]), 0, 255)
    lit = first()
    dark = (lit * 0.05).astype(np.uint8)
    for index in range(60):
        image = lit
        if index >= 30:
            image = coat[:, 10 * (index - 30) :][:, : SIZE[0]] if what == "coat" else dark
        found = follower.watch(Frame(index, index / FPS, image), [])
        assert np.hypot(*(at(CORNERS, found) - CORNERS).T).max() < 0.01 * WIDTH, index


def test_a_cut_to_another_scene_does_not_throw_the_back_about() -> None:
    follower, found, still = BackFollower(CORNERS), np.eye(3), picture(np.eye(3), [], whole=False)
    for index in range(60):
        image = still if index < 30 else speckle(50 + index, SIZE, 0, 255)
        found = follower.watch(Frame(index, index / FPS, image), [])
    assert np.hypot(*(at(CORNERS, found) - CORNERS).T).max() < 0.05 * WIDTH


def test_the_motion_is_the_same_for_a_larger_picture_of_the_same() -> None:
    small, large = BackFollower(CORNERS), BackFollower(CORNERS * 2)
    for index in range(45):
        time_s = index / FPS
        image = picture(sway(time_s), [], whole=False)
        double = np.repeat(np.repeat(image, 2, axis=0), 2, axis=1)
        one, other = small.watch(Frame(index, time_s, image), []), large.watch(Frame(index, time_s, double), [])
    assert np.hypot(*(at(CORNERS, one) * 2 - at(CORNERS * 2, other)).T).max() < 0.02 * 2 * WIDTH
    assert np.hypot(*(at(CORNERS, one) - CORNERS).T).max() > 0.03 * WIDTH


def test_smooth_skin_is_followed_by_its_outline_and_not_by_the_room_beside_it() -> None:
    off = np.array(list(errors(sway, strokes, paint=smooth)))
    assert np.median(off) < 0.015
    assert off.max() < 0.04
    assert max(errors(lambda _: np.eye(3), strokes, paint=smooth)) < 0.01


def test_light_that_changes_moves_nothing_and_hides_no_motion() -> None:
    assert max(errors(lambda _: np.eye(3), strokes, paint=dimmed)) < 0.01
    assert np.median(list(errors(sway, strokes, paint=dimmed))) < 0.015


def test_a_camera_that_is_pushed_far_at_once_is_followed() -> None:
    follower, far = BackFollower(CORNERS), shifted(90.0, -55.0, 3.0)
    before, after = (picture(motion, [], whole=True) for motion in (np.eye(3), far))
    for index in range(30):
        found = follower.watch(Frame(index, index / FPS, after if index >= 10 else before), [])
    assert np.hypot(*(at(CORNERS, found) - at(CORNERS, far)).T).max() < 0.02 * WIDTH


def test_where_the_first_pictures_tell_nothing_a_later_one_is_the_first() -> None:
    follower = BackFollower(CORNERS)
    black = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    for index in range(60):
        time_s = index / FPS
        motion = sway(max(0.0, time_s - 1.0)) if time_s > 0.7 else np.eye(3)
        found = follower.watch(Frame(index, time_s, black if time_s < 0.5 else picture(motion, [], whole=False)), [])
    assert np.hypot(*(at(CORNERS, found) - at(CORNERS, motion)).T).max() < 0.02 * WIDTH
    assert np.hypot(*(at(CORNERS, motion) - CORNERS).T).max() > 0.05 * WIDTH
