"""Quad meshes: one step of Catmull–Clark as a sparse matrix, triangles, normals.

A subdivision is linear in the vertices, so a matrix made once turns every later pose into its smooth surface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from samples.renderer.human import Bools, Floats, Ints

Matrix: TypeAlias = sparse.csr_matrix


@dataclass(frozen=True, slots=True)
class Smooth:
    """A surface that follows its control points: `matrix @ control` are its vertices."""

    matrix: Matrix  # (n, control points)
    quads: Ints  # (f, 4)
    gather: Matrix  # (n, f) sums the faces' normals at each vertex

    def vertices(self, control: Floats) -> Floats:
        """(n, 3) the surface's vertices."""
        return np.asarray(self.matrix @ control)

    def normals(self, vertices: Floats) -> Floats:
        """(n, 3) unit normals, weighted by area."""
        a, b, c, d = (vertices[self.quads[:, corner]] for corner in range(4))
        total = np.asarray(self.gather @ np.cross(c - a, d - b))
        return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def subset(quads: Ints, keep: Bools) -> tuple[Ints, Ints]:
    """The faces whose corners are all kept, renumbered, and the kept vertices' old numbers."""
    chosen = quads[keep[quads].all(axis=1)]
    used = np.unique(chosen)
    renumber = np.full(len(keep), -1)
    renumber[used] = np.arange(len(used))
    return renumber[chosen], used


def smooth(quads: Ints, count: int, levels: int) -> Smooth:
    """Catmull–Clark, `levels` times, of a mesh with `count` control points."""
    matrix: Matrix = sparse.identity(count, format="csr")
    for _ in range(levels):
        step, quads = _catmull_clark(quads, matrix.shape[0])
        matrix = (step @ matrix).tocsr()
    faces = len(quads)
    rows, columns = quads.ravel(), np.repeat(np.arange(faces), 4)
    gather = sparse.csr_matrix((np.ones(rows.size), (rows, columns)), shape=(matrix.shape[0], faces))
    return Smooth(matrix, quads, gather)


def triangles(quads: Ints) -> Ints:
    """(2f, 3) the quads' triangles."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _catmull_clark(quads: Ints, count: int) -> tuple[Matrix, Ints]:
    faces = len(quads)
    corners = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    ends, of_corner = np.unique(np.sort(corners, axis=1), axis=0, return_inverse=True)
    of_corner = of_corner.reshape(faces, 4)
    edges = len(ends)
    face_of = _matrix(np.repeat(np.arange(faces), 4), quads.ravel(), 0.25, (faces, count))
    touching = _matrix(of_corner.ravel(), np.repeat(np.arange(faces), 4), 1.0, (edges, faces))
    middle = _matrix(np.repeat(np.arange(edges), 2), ends.ravel(), 0.5, (edges, count))
    inner = np.asarray(touching.sum(axis=1)).ravel() == 2
    edge_points = _rows(np.where(inner, 0.5, 1.0)) @ middle + _rows(np.where(inner, 0.25, 0.0)) @ touching @ face_of
    return _stacked(_vertex_points(quads, ends, inner, middle=middle, face_of=face_of), edge_points, face_of), _split(
        quads, of_corner, count, edges
    )


def _vertex_points(quads: Ints, ends: Ints, inner: Bools, *, middle: Matrix, face_of: Matrix) -> Matrix:
    faces, edges, count = len(quads), len(ends), middle.shape[1]
    at_face = _matrix(quads.ravel(), np.repeat(np.arange(faces), 4), 1.0, (count, faces))
    at_edge = _matrix(ends.ravel(), np.repeat(np.arange(edges), 2), 1.0, (count, edges))
    valence = np.maximum(np.asarray(at_edge.sum(axis=1)).ravel(), 1.0)
    number = np.maximum(np.asarray(at_face.sum(axis=1)).ravel(), 1.0)
    border = np.asarray(at_edge @ (~inner).astype(float)).ravel() > 0
    inside = (
        _rows(1.0 / (valence * number)) @ at_face @ face_of
        + _rows(2.0 / valence**2) @ at_edge @ middle
        + _rows((valence - 3.0) / valence)
    )
    at_border = at_edge @ _rows((~inner).astype(float))
    rim = np.maximum(np.asarray(at_border.sum(axis=1)).ravel(), 1.0)
    outside = _rows(0.5 / rim) @ at_border @ middle + _rows(np.full(count, 0.5))
    blended: Matrix = _rows((~border).astype(float)) @ inside + _rows(border.astype(float)) @ outside
    return blended


def _split(quads: Ints, of_corner: Ints, count: int, edges: int) -> Ints:
    centre = count + edges + np.arange(len(quads))
    parts = [
        np.stack([quads[:, k], count + of_corner[:, k], centre, count + of_corner[:, (k + 3) % 4]], axis=1)
        for k in range(4)
    ]
    return np.concatenate(parts)


def _stacked(*parts: Matrix) -> Matrix:
    return sparse.vstack(parts).tocsr()


def _rows(values: Floats) -> Matrix:
    return sparse.diags(values).tocsr()


def _matrix(rows: Ints, columns: Ints, value: float, shape: tuple[int, int]) -> Matrix:
    return sparse.csr_matrix((np.full(len(rows), value), (rows, columns)), shape=shape)
