"""The four corners as people type them: read leniently, refused with the right word."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import back_argument
from coach.domain import InputError
from coach.locate.turn import turned

GOOD = "188.8,111.4 439.2,106.2 447.8,411.4 198.9,422.5"


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        back_argument.parse(text)
    return caught.value.key


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(",", ", "),
        GOOD.replace(" ", ";"),
        "[[188.8, 111.4], [439.2, 106.2], [447.8, 411.4], [198.9, 422.5]]",
        "\t188.8 111.4 439.2 106.2 4.478e2 411.4 +198.9 422.5\n",
    ],
)
def test_forgives_how_points_are_separated(text: str) -> None:
    corners = back_argument.parse(text)
    assert corners.dtype == np.float64
    np.testing.assert_array_equal(corners, [[188.8, 111.4], [439.2, 106.2], [447.8, 411.4], [198.9, 422.5]])


COMMAS = GOOD.replace(",", ";").replace(".", ",")  # as an Indonesian keyboard has them


@pytest.mark.parametrize(
    "text", [COMMAS, COMMAS.replace(";", " "), COMMAS.replace(";", ","), COMMAS.replace(";", ", ")]
)
def test_understands_decimal_commas(text: str) -> None:
    np.testing.assert_array_equal(back_argument.parse(text), back_argument.parse(GOOD))


def test_commas_between_whole_numbers_separate_them() -> None:
    np.testing.assert_array_equal(back_argument.parse("189,111 439,106 448,411 199,422")[0], [189, 111])
    np.testing.assert_array_equal(back_argument.parse("189,111,439,106,448,411,199,422")[0], [189, 111])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2 3,4 5,6",
        GOOD + " 7",
        GOOD.replace("106.2", "nan"),
        GOOD.replace("106.2", "inf"),
        GOOD.replace("106.2", "1e999"),
        GOOD.replace("106.2", "1e7"),
        GOOD.replace("106.2", "10_6"),
        GOOD.replace("106.2", "a"),
        GOOD.replace("106.2", "١٠٦"),
    ],
)
def test_refuses_what_is_not_four_points(text: str) -> None:
    assert refused(text) == "back_malformed"


@pytest.mark.parametrize(
    "text",
    [
        "100,100 300,300 300,100 100,300",  # crossed
        "100,100 300,100 180,150 100,300",  # dented
        "100,100 200,100 300,100 400,100",  # on a line
    ],
)
def test_refuses_points_in_another_order(text: str) -> None:
    assert refused(text) == "back_crossed"


@pytest.mark.parametrize("quarter", range(4))
def test_a_back_may_lie_in_the_picture_by_any_turn_but_not_mirrored(quarter: int) -> None:
    corners = turned(back_argument.parse(GOOD), quarter, (640, 480))
    np.testing.assert_allclose(back_argument.parse(back_argument.format_corners(corners)), corners, atol=0.06)
    assert refused(back_argument.format_corners(corners[[1, 0, 3, 2]])) == "back_mirrored"


def test_of_a_mirrored_picture_either_left_is_understood() -> None:
    """Her own left and right, which lie exchanged in the picture, or those of who takes the picture for a plain one."""
    plain = back_argument.parse(GOOD)
    own = np.column_stack((640 - plain[:, 0], plain[:, 1]))
    for corners in (own, own[[1, 0, 3, 2]]):
        read = back_argument.parse(back_argument.format_corners(corners), mirrored=True)
        np.testing.assert_allclose(back_argument.unmirrored(read, 640), plain, atol=0.06)
    with pytest.raises(InputError):
        back_argument.parse("100,100 300,300 300,100 100,300", mirrored=True)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("100,100 139,100 139,140 100,140", False),
        ("100,100 141,100 141,141 100,141", True),
        ("100,100 119,100 119,900 100,900", False),
        ("100,100 100,100 300,300 100,300", False),
    ],
)
def test_refuses_a_quad_too_small_to_measure_by(text: str, fits: bool) -> None:
    if fits:
        assert back_argument.parse(text).shape == (4, 2)
    else:
        assert refused(text) == "back_tiny"


@pytest.mark.parametrize(
    ("corner", "place", "fits"),
    [
        (0, (-1, 100), False),
        (0, (0, 0), True),
        (1, (641, 100), False),
        (2, (600, 900), True),
        (3, (-600, 900), True),
        (3, (-641, 900), False),
        (2, (600, 961), False),
    ],
)
def test_only_the_lower_corners_may_lie_outside_the_picture(corner: int, place: tuple[int, int], fits: bool) -> None:
    corners = np.array([[100, 100], [500, 100], [500, 400], [100, 400]], dtype=np.float64)
    corners[corner] = place
    if fits:
        back_argument.check_corners(corners, (640, 480))
    else:
        with pytest.raises(InputError) as caught:
            back_argument.check_corners(corners, (640, 480))
        assert (caught.value.key, caught.value.values) == ("back_outside", {"width": 640, "height": 480})


@given(st.lists(st.tuples(st.integers(-90, 90), st.integers(-90, 90)), min_size=4, max_size=4))
def test_what_is_written_reads_back_the_same(offsets: list[tuple[int, int]]) -> None:
    square = np.array([[200, 200], [600, 200], [600, 600], [200, 600]], dtype=np.float64)
    corners = square + np.array(offsets) / 2
    np.testing.assert_array_equal(back_argument.parse(back_argument.format_corners(corners)), corners)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        usable = bool(np.isfinite(back_argument.parse(text)).all())
    except InputError as error:
        usable = error.key.startswith("back_")
    assert usable


@pytest.mark.parametrize(
    ("time", "from_s"), [("0:13", 13.0), ("13", 13.0), ("1:02,5", 62.5), ("90.25", 90.25), (" 1:00:01 ", 3601.0)]
)
def test_a_later_mark_has_a_time_as_players_show_it(time: str, from_s: float) -> None:
    (mark,) = back_argument.parse_later([(time, GOOD)])
    assert mark.from_s == from_s
    np.testing.assert_array_equal(mark.corners, back_argument.parse(GOOD))


def test_later_marks_are_in_order_of_time_and_each_time_is_there_once() -> None:
    assert [mark.from_s for mark in back_argument.parse_later([("2:00", GOOD), ("13", GOOD)])] == [13.0, 120.0]
    with pytest.raises(InputError) as caught:
        back_argument.parse_later([("0:13", GOOD), ("13", GOOD)])
    assert caught.value.key == "back_from_twice"


@pytest.mark.parametrize("time", ["", "0", "0:00", "-5", "0:61", "1:2:3:4", "abc", "nan", "1e3", "٣"])
def test_refuses_what_is_no_time_after_the_beginning(time: str) -> None:
    with pytest.raises(InputError) as caught:
        back_argument.parse_later([(time, GOOD)])
    assert caught.value.key == "back_from_time"


def test_refuses_a_later_mark_as_it_refuses_the_first() -> None:
    with pytest.raises(InputError) as caught:
        back_argument.parse_later([("0:13", "1,2 3,4")])
    assert caught.value.key == "back_malformed"
