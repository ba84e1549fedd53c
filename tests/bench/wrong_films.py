"""Films that show no whole massage: whatever is wrong with them, none may get a score.

``python -m tests.bench.wrong_films [MORE.mp4 …]`` makes them from a rendered sample and prints what each comes to;
films of other motions can be named beside them. Exit code 1 where one got a score.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from coach import back_argument, wiring
from coach.domain import Floats, InputError
from coach.protocol import files

SAMPLE = Path(__file__).parents[2] / "samples" / "d03.mp4"
RATE = 15  # of the sample

Pictures = Callable[[int, int], bool]  # number of a picture, of how many: whether it stays


def cut(target: Path, keep: Pictures, black: bool = False, rate: int = RATE) -> Path:
    """The sample with fewer pictures, each at its own time, or as a black film."""
    with av.open(str(SAMPLE)) as film:
        pictures = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    height, width = pictures[0].shape[:2]
    with av.open(str(target), "w") as out:
        stream = out.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for k, picture in enumerate(pictures):
            if keep(k, len(pictures)):
                shown = np.zeros_like(picture) if black else picture
                frame = av.VideoFrame.from_ndarray(shown, format="rgb24")
                frame.pts, frame.time_base = round(1000 * k / RATE), Fraction(1, 1000)
                out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return target


def damaged(target: Path, first: float, last: float) -> Path:
    """The sample with zeros from one share of its bytes to another."""
    data = bytearray(SAMPLE.read_bytes())
    begin, end = int(first * len(data)), int(last * len(data))
    data[begin:end] = bytes(end - begin)
    target.write_bytes(data)
    return target


def truncated(target: Path, share: float) -> Path:
    target.write_bytes(SAMPLE.read_bytes()[: int(share * SAMPLE.stat().st_size)])
    return target


def films(folder: Path) -> dict[str, Path]:
    """The films by what is wrong with them."""
    return {
        "one second": cut(folder / "second.mp4", lambda k, _: k < RATE),
        "two pictures": cut(folder / "two.mp4", lambda k, _: k < 2),
        "first tenth": cut(folder / "tenth.mp4", lambda k, n: k < n // 10),
        "black": cut(folder / "black.mp4", lambda k, n: k < n // 4, black=True),
        "3 a second": cut(folder / "slow.mp4", lambda k, _: k % 5 == 0),
        "5 a second": cut(folder / "slower.mp4", lambda k, _: k % 3 == 0),
        "a hole of nine seconds": cut(folder / "hole.mp4", lambda k, _: not 22 * RATE <= k < 31 * RATE),
        "zeroed in the middle": damaged(folder / "zeroed.mp4", 0.4, 0.55),
        "cut off in the middle": truncated(folder / "half.mp4", 0.5),
        "one part alone": SAMPLE,
    }


def judged(film: Path, corners: Floats) -> tuple[str, float | None, str]:
    """(state or the refusal's key, percent, the reason's key and values)"""
    try:
        made = wiring.review(str(film), files.load("oxytocin"), corners, None, lambda *_: None)
    except InputError as refused:
        return refused.key, None, ""
    reason = made.verdict.reason
    about = f"{reason.key} {dict(reason.values)} lasts {made.video.duration_s:.1f} s, lost {made.video.damaged}"
    return made.verdict.state, made.total.percent, about


def main(more: list[str]) -> int:
    corners = back_argument.parse(SAMPLE.with_suffix(".back").read_text().strip())
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        asked = films(Path(folder)) | {Path(name).stem: Path(name) for name in more}
        for name, film in asked.items():
            state, percent, about = judged(film, corners)
            bad += percent is not None
            print(f"{name:26}{state:14}{'–' if percent is None else percent:>6}  {about}", flush=True)
    print(f"{bad} of {len(asked)} films got a score")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
