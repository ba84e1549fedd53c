"""A number painted into a picture, that survives the JPEG and can be read off the page's canvas."""

from __future__ import annotations

import numpy as np

from coach.domain import Image

BITS = 12
CELL = 16  # px: a JPEG's block is 8, so each cell has its own

# Reads it again in a browser: the canvas shows the picture `scale` times as large.
READ = """
(canvas, width) => {
  const scale = canvas.width / width, pen = canvas.getContext("2d");
  let number = 0;
  for (let bit = 0; bit < %d; bit += 1) {
    const at = Math.round((bit + 0.5) * %d * scale);
    const level = pen.getImageData(at, Math.round(%d / 2 * scale), 1, 1).data[1];
    number += level > 128 ? 2 ** bit : 0;
  }
  return number;
}
""" % (BITS, CELL, CELL)  # noqa: UP031  the braces are JavaScript's


def paint(image: Image, number: int) -> Image:
    """The picture (height, width, 3) with the number in its upper left corner, white for 1 and black for 0."""
    painted = image.copy()
    for bit in range(BITS):
        painted[:CELL, bit * CELL : (bit + 1) * CELL] = 255 * (number >> bit & 1)
    return painted


def scan(image: Image) -> int:
    """The number in a picture."""
    levels = image[CELL // 2, CELL // 2 : BITS * CELL : CELL, 1]
    return int(np.sum((levels > 128) * 2 ** np.arange(BITS)))
