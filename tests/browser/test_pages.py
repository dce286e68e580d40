"""What holds for pages in a real browser, whatever is done on them."""

from playwright.sync_api import Page

from tests.browser.test_looks import findings


def test_the_page_of_the_api_keeps_to_the_content_policy(page: Page, complaints: list[str]):
    page.goto("/api/")
    # Swagger UI draws what is in sight: the first of the registers.
    page.locator("[data-path='/api/acknowledgements/']").first.wait_for()
    assert [one for one in complaints if "Content Security Policy" in one] == []


def test_the_page_of_signing_in_is_for_everybody(page: Page, complaints: list[str]):
    page.context.clear_cookies()
    page.goto("/sign-in/")
    assert findings(page) == []
    assert complaints == []


def test_nothing_is_loaded_from_elsewhere(page: Page, base_url: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/processes/", "/processes/PRC-0001/", "/context-issues/new/"):
        page.goto(address)
    strange = [url for url in asked if not url.startswith((base_url, "data:"))]
    assert strange == []


def test_a_desk_shows_twenty_rows_at_once(page: Page):
    page.goto("/communications/")
    rows = page.locator("table.ledger tbody tr")
    seen = sum(rows.nth(n).bounding_box()["y"] < 900 for n in range(rows.count()))
    assert seen >= 20
