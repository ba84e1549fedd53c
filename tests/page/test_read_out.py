"""What a screen reader reads out by itself: what changes in a live region that was there before."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.page.conftest import Open, Visit
from tests.page.fake_practice import marking

# Writes down what changes in each live region; one that comes with its words is not read out.
LISTENING = """() => {
  const regions = [...document.querySelectorAll("[role=status], [role=alert], [aria-live]")];
  window.read = [];
  for (const region of regions) {
    new MutationObserver(() => window.read.push(region.textContent))
      .observe(region, { childList: true, characterData: true, subtree: true });
  }
}"""


def read(page: Page) -> list[str]:
    texts: list[str] = page.evaluate("window.read.splice(0)")
    return texts


def fade(here: Visit, fading: float) -> None:
    """Tells the state again, with something else that has changed."""
    here.show(fading=fading)
    here.until(lambda: bool(here.page.evaluate("window.__coach.state.fading") == fading), "it was not told")


def test_each_hint_is_read_out_once_and_what_only_encourages_is_not(visit: Open) -> None:
    here = visit(marking=marking(marked=True))
    here.practice.step("heart", count=3)
    page, line = here.page, here.page.locator(".voice")
    expect(line).to_have_text(here.text("follow_ghost"))
    page.evaluate(LISTENING)
    for key in ("hint_slower", "hint_same_size"):
        here.show(hint={"key": key, "values": {}, "segment": "heart"})
        expect(line).to_have_text(here.text(key))
        for fading in (0.2, 0.4):
            fade(here, fading)
        assert read(page) == [here.text(key)]
    here.show(hint=None)
    expect(line).to_have_text(here.text("follow_ghost"))
    assert read(page) == [""]
    here.show(unseen={"key": "unseen_dark", "since_s": 2.0})
    expect(line).to_have_text(here.text("unseen_dark"))
    assert read(page) == [here.text("unseen_dark")]


def test_a_refusal_is_read_out(visit: Open) -> None:
    here = visit(phase="setup")
    expect(here.page.locator("#mark-pose")).to_be_visible()
    here.page.evaluate(LISTENING)
    here.practice.refuse("mark_no_guess")
    expect(here.page.locator(".toast")).to_be_visible()
    assert read(here.page) == [here.text("mark_no_guess")]
