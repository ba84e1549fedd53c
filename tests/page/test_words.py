"""The page fills in sentences exactly as the program does."""

from __future__ import annotations

import itertools
import string

from coach.domain import Value
from coach.messages import LANGS, Catalogue, page_texts
from tests.page.conftest import Open

FILL = """async ([texts, values, decimal]) => {
  const { fill } = await import("/static/js/lib/words.js");
  return texts.map((text) => fill(text, values, decimal));
}"""
NUMBERS: tuple[Value, ...] = (0, 7, 2.25, 0.1234, 12.345, 66.66, 1234.5, 3.0)


def test_every_sentence_is_filled_in_as_the_program_does(visit: Open) -> None:
    here = visit()
    for lang, number in itertools.product(LANGS, NUMBERS):
        catalogue = Catalogue(lang)
        texts = {key: text for key, text in page_texts(lang).items() if key in catalogue}
        names = {name for text in texts.values() for _, name, _, _ in string.Formatter().parse(text) if name}
        values: dict[str, Value] = dict.fromkeys(names, number)
        filled = here.page.evaluate(FILL, [list(texts.values()), values, texts["decimal_sign"]])
        told = dict(zip(texts, filled, strict=True))
        assert {
            k: (told[k], catalogue.text(k, **values)) for k in texts if told[k] != catalogue.text(k, **values)
        } == {}


RANGE = """async () => {
  const { Words } = await import("/static/js/lib/words.js");
  const messages = { en: { often: "{low}–{high} times, {nobody}–" } };
  const words = new Words({ messages, protocol: { segments: [] } }, "en");
  return [words.t("often", { low: 5, high: 16 }), words.written({ text: { en: "3–4 s, 5 – 6" } })];
}"""


def test_a_range_is_not_broken_over_two_lines(visit: Open) -> None:
    assert visit().page.evaluate(RANGE) == ["5–\u206016 times, ––", "3–\u20604 s, 5 – 6"]
