"""``make pictures``: the handbook's pictures, taken anew from the real pages with made-up sessions behind them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2
from playwright.sync_api import Page, sync_playwright

from tests.footage import ROOT
from tests.page.conftest import ARGUMENTS, CHROMIUM
from tests.page.fake_practice import served
from tests.page.trainer.made import office

PICTURES = ROOT / "docs" / "pictures"
SIZE = (1366, 768)


def take(page: Page, name: str, address: str, wait_for: str, lang: str) -> None:
    """One page in a language, as a small PNG of few colours."""
    page.goto(address)
    page.evaluate(f"localStorage.setItem('coach.lang', '{lang}')")
    page.goto(address)
    page.wait_for_selector(wait_for)
    page.wait_for_timeout(1500)
    file = PICTURES / f"{name}-{lang}.png"
    page.screenshot(path=str(file))
    image = cv2.imread(str(file))
    assert image is not None
    small = cv2.resize(image, (1024, 576), interpolation=cv2.INTER_AREA)
    file.unlink()
    cv2.imwrite(str(file.with_suffix(".webp")), small, [cv2.IMWRITE_WEBP_QUALITY, 80])


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="coach-pictures-") as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, headless=False)
        page = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}).new_page()
        for lang in ("id", "en"):
            with served(Path(folder) / f"practice-{lang}") as running:
                running.practice.show(lang=lang)
                take(page, "practise", running.address, "main h1", lang)
        with office(Path(folder) / "office") as (address, ids):
            for lang in ("id", "en"):
                take(page, "sessions", address, "tr[data-session]", lang)
                base = address.split("/?")[0]
                session = next(iter(ids.values()))
                take(page, "review", f"{base}/sessions/{session}", "main", lang)
        browser.close()


if __name__ == "__main__":
    main()
