"""Makes the spoken prompts: ``coach/web/voices/{id,en}/*.ogg``, one short clip for each thing the coach says.

    python tools/make_voices.py [--protocol NAME|FILE …] [--test NAME|FILE …] [--to FOLDER]

Needs espeak-ng (``sudo apt install espeak-ng``). What is said comes from the message catalogues and the protocol's
titles, so run it again after a change of either; a test compares. For a protocol of one's own, ``--to`` is the folder
``clips`` in coach's data folder, where a trainer's own recordings lie as well. The statements of the knowledge test
are in ``statements/`` of either folder, named by what they say: one that was changed has none until it is spoken anew.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import subprocess
import sys
import wave
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import av
import numpy as np
from numpy.typing import NDArray

from coach.instruments import TestSheet
from coach.instruments import files as instrument_files
from coach.messages import LANGS, Lang
from coach.protocol import files as protocol_files
from coach.web.spoken import clips, statement

TESTS = ("oxytocin_knowledge",)  # the knowledge tests
TAUGHT = ("oxytocin", "back_massage_short")  # the protocols that come with their voices
BANK = Path(__file__).resolve().parents[1] / "coach" / "web" / "voices"
VOICES: Mapping[Lang, str] = MappingProxyType({"id": "id+f2", "en": "en-us+f2"})
WORDS_PER_MINUTE = 138  # slow: the hearer is busy with her hands
RATE = 24_000  # Hz, one that Opus knows
BITS = 24_000  # a second
LOUDEST = 0.9  # of what fits
SILENT = 0.01  # of the loudest: cut off at both ends
MARGIN_S = 0.04

# espeak-ng's Indonesian says the pepet (the e of "kecil") as é wherever the stress falls on it. These words say it
# right, in espeak's own sounds: @ is the pepet, E the é.
PEPET: Mapping[str, str] = MappingProxyType(
    {
        "6": "@n'am",
        "belas": "b@l'as",
        "belum": "b@l'um",
        "berhenti": "b@Rh@nt'i",
        "besar": "b@s'aR",
        "betul": "b@t'ul",
        "cemas": "tS@m'as",
        "demam": "d@m'am",
        "dengan": "d@N'an",
        "depan": "d@p'an",
        "detik": "d@t'ik",
        "diberi": "dib@R2'i",
        "ditekan": "dit@k'an",
        "eksklusif": "Ekskl'usif",
        "empat": "@mp'at",
        "enam": "@n'am",
        "gelap": "g@l'ap",
        "geser": "g'EsER",
        "jeda": "dZ@d'a",
        "jepit": "dZ@p'it",
        "kecil": "k@tS'il",
        "lebih": "l@b'ih",
        "leher": "l'EhER",
        "lengan": "l@N'an",
        "love": "l'af",
        "memar": "m@m'aR",
        "menetes": "m@n'EtEs",
        "mengerut": "m@N@R2'ut",
        "nyeri": "n^@R2'i",
        "pelan": "p@l'an",
        "perlu": "p@Rl'u",
        "sebelas": "s@b@l'as",
        "sebelum": "s@b@l'um",
        "sedang": "s@d'aN",
        "segera": "s@g@R2'a",
        "selesaikan": "s@lEs'aIkan",
        "sentuh": "s@nt'uh",
        "setengah": "s@t@N'ah",
        "tekan": "t@k'an",
        "tenang": "t@n'aN",
        "tengah": "t@N'ah",
    }
)


def spelled(text: str, lang: Lang) -> str:
    """The text as espeak-ng is to read it."""
    if lang != "id":
        return text
    return re.sub(
        r"[A-Za-z]+|\d+", lambda word: f"[[{PEPET[w]}]]" if (w := word.group().lower()) in PEPET else word.group(), text
    )


def speak(text: str, lang: Lang) -> NDArray[np.float32]:
    """(n,) the sentence at :data:`RATE`, without the silence around it, as loud as all others."""
    command = ["espeak-ng", "-v", VOICES[lang], "-s", str(WORDS_PER_MINUTE), "--stdout", spelled(text, lang)]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(said)) as file:
        rate = file.getframerate()
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(sound) > SILENT * np.abs(sound).max())
    margin = int(MARGIN_S * rate)
    sound = sound[max(0, loud[0] - margin) : loud[-1] + margin]
    times = np.arange(int(len(sound) * RATE / rate)) / RATE
    resampled = np.interp(times, np.arange(len(sound)) / rate, sound) * LOUDEST / np.abs(sound).max()
    return np.asarray(resampled, np.float32)


def write(sound: NDArray[np.float32], path: Path) -> None:
    """Writes Opus in Ogg."""
    with av.open(str(path), "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE, options={"application": "voip"})
        stream.layout = "mono"
        stream.bit_rate = BITS
        frame = av.AudioFrame.from_ndarray(sound[None, :], format="flt", layout="mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def speak_all(texts: Mapping[str, str], lang: Lang, folder: Path, *, whole: bool) -> None:
    """Writes a clip for each text, and what they say.

    :param whole: nothing else belongs into the folder
    """
    folder.mkdir(parents=True, exist_ok=True)
    for clip, text in texts.items():
        write(speak(text, lang), folder / f"{clip}.ogg")
    if whole:
        for old in set(folder.glob("*.ogg")) - {folder / f"{clip}.ogg" for clip in texts}:
            old.unlink()
    said = json.dumps(dict(texts), ensure_ascii=False, indent=1) + "\n"
    (folder / "said.json").write_text(said, encoding="utf-8")
    size = sum(file.stat().st_size for file in folder.glob("*.ogg"))
    print(f"{folder}: {len(texts)} clips, {size / 1000:.0f} kB", file=sys.stderr)


def statements(names: Iterable[str], lang: Lang) -> Mapping[str, str]:
    """Clip → the statement, of all the tests."""
    sheets = [sheet for sheet in map(instrument_files.load, names) if isinstance(sheet, TestSheet)]
    texts = [one.text.en if lang == "en" else one.text.id for sheet in sheets for one in sheet.statements]
    return {statement(text): text for text in texts}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--protocol", nargs="+", default=TAUGHT)
    parser.add_argument("--to", type=Path, default=BANK)
    parser.add_argument("--test", nargs="*", default=TESTS)
    options = parser.parse_args()
    protocols = [protocol_files.load(name) for name in options.protocol]
    for lang in LANGS:
        texts = {clip: text for protocol in protocols for clip, text in clips(protocol, lang).items()}
        speak_all(texts, lang, options.to / lang, whole=options.to == BANK)
        tests = statements(options.test, lang)
        speak_all(tests, lang, options.to / "statements" / lang, whole=options.to == BANK)
    return 0


if __name__ == "__main__":
    sys.exit(main())
