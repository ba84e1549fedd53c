"""Records a session until it is killed; says on its standard output what the store has promised to keep."""

from __future__ import annotations

import itertools
import sys

from coach.store import open_store
from tests.store.made import chunk, new, result

if __name__ == "__main__":
    with open_store(sys.argv[1]) as store:
        finished = store.add(new(kader="K01"), result(), tracks=[chunk(0)])
        print("finished", finished, flush=True)
        with store.recording(new(kader="K02")) as recording:
            print("recording", recording.id, flush=True)
            for number in itertools.count():
                recording.append(chunk(number))
                print("chunk", number, flush=True)
                store.correct(finished, {"do": "note", "at_s": number, "text": str(number)}, "T1")
                print("note", number, flush=True)
