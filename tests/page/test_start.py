"""A page that is opened while the server cannot answer yet."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from tests.page.fake_practice import Served


def test_the_page_waits_for_a_server_that_is_away_and_says_so(browser: Browser, server: Served) -> None:
    page = browser.new_page()
    asked: list[str] = []

    def drop(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) <= 3:  # as often as one question is asked again
            route.abort("connectionrefused")
        else:
            route.continue_()

    page.route("**/api/practise*", drop)
    page.goto(server.address)
    expect(page.locator("#waiting")).to_contain_text("coach belum menjawab")
    page.wait_for_selector(".shell")
    expect(page.locator("#waiting")).to_be_hidden()
    page.context.close()
