"""The camera, the meshes and the back's coordinates, without bodies and without OpenGL."""

from __future__ import annotations

import math

import numpy as np
import pytest

from samples.renderer import camera, mesh, pose, truth
from samples.renderer.back import BackFrame

CUBE = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
CORNERS = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])


def _frame() -> BackFrame:
    axes = (np.array([-1.0, 0.0, 0.0]), np.array([0.0, -1.0, 0.0]), np.array([0.0, 0.0, -1.0]))
    return BackFrame(np.array([0.17, 0.45, 0.0]), *axes, width=0.34, height=0.42)


def test_subdivided_cubes_are_rounder_and_face_outward() -> None:
    smooth = mesh.smooth(CUBE, 8, 2)
    vertices = smooth.vertices(CORNERS)
    distances = np.linalg.norm(vertices, axis=1)
    assert len(smooth.quads) == 96
    assert distances.max() - distances.min() < 0.2
    sign = np.sign(np.sum(smooth.normals(vertices) * vertices, axis=1))
    assert abs(sign.sum()) == len(vertices)


def test_subdivision_keeps_the_border_of_an_open_sheet() -> None:
    sheet = mesh.smooth(np.array([[0, 1, 2, 3]]), 4, 2)
    flat = sheet.vertices(np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]))
    assert np.allclose(flat[:, 2], 0.0)
    assert np.allclose(np.asarray(sheet.matrix.sum(axis=1)), 1.0)


def test_back_coordinates_go_there_and_back() -> None:
    frame = _frame()
    points = frame.at(np.array([0.0, 0.7]), np.array([1.0, -0.2]), np.array([0.0, 0.03]))
    assert np.allclose(frame.of(points), [[0.0, 1.0, 0.0], [0.7, -0.2, 0.03]])
    assert np.allclose(frame.of(frame.corners())[:, :2], [[0, 0], [1, 0], [1, 1], [0, 1]])


def test_her_left_is_at_the_pictures_left() -> None:
    frame = _frame()
    centre = frame.at(np.array(0.5), np.array(0.5), np.array(0.0))
    eye = camera.placed(centre, 0.0, 40.0, distance=0.8, hfov_deg=53.0, size=(640, 480))
    seen = eye.pixels(frame.corners())
    assert seen[0, 0] < seen[1, 0]
    assert seen[0, 1] < seen[3, 1]
    assert np.allclose(eye.pixels(centre[None])[0], [320.0, 240.0, 0.8])


def test_a_camera_from_her_right_stands_at_her_right() -> None:
    assert camera.direction(30.0, 0.0)[0] == pytest.approx(-0.5)


def test_clip_space_and_pixels_agree() -> None:
    eye = camera.placed(np.zeros(3), 20.0, 35.0, distance=0.9, hfov_deg=50.0, size=(640, 480))
    point = np.array([[0.1, -0.05, 0.2]])
    clip = eye.matrix @ np.append(point[0], 1.0)
    x, y, depth = eye.pixels(point)[0]
    assert clip[3] == pytest.approx(depth)
    assert (clip[0] / clip[3] + 1.0) * 320.0 == pytest.approx(x)
    assert (1.0 - clip[1] / clip[3]) * 240.0 == pytest.approx(y)
    assert camera.metres(np.array([(clip[2] / clip[3] + 1.0) / 2.0]))[0] == pytest.approx(depth)


def test_what_is_hidden_or_outside_is_not_visible() -> None:
    eye = camera.placed(np.zeros(3), 0.0, 0.0, distance=1.0, hfov_deg=50.0, size=(640, 480))
    points = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.2], [3.0, 0.0, 0.0], [0.0, 0.0, 0.02]])
    assert truth.visible(points, eye, np.full((240, 320), 1.0)) == 0.5


def test_turns_are_right_handed() -> None:
    turn = pose.about(np.array([0.0, 0.0, 1.0]), math.pi / 2)
    assert np.allclose(turn @ [1.0, 0.0, 0.0], [0.0, 1.0, 0.0])
    start, end = np.array([1.0, 2.0, 0.5]), np.array([-0.3, 0.2, 1.0])
    assert np.allclose(pose.aim(start, end) @ pose.unit(start), pose.unit(end))


def test_times_are_rounded_all_the_way_down() -> None:
    assert truth.rounded({"a": [{"b": 1.23456}], "c": "x", "d": 2}) == {"a": [{"b": 1.235}], "c": "x", "d": 2}


def test_between_segments_no_segment_runs() -> None:
    segments = [{"id": "heart", "start_s": 1.0, "end_s": 2.0}]
    assert [truth.segment_at(segments, time) for time in (0.5, 1.0, 2.0)] == [None, "heart", None]
