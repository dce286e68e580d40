"""Every kind of page in a real browser: for everybody, at every width, light and dark."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

AXE = (Path(settings.NPM_ROOT) / "axe-core" / "axe.min.js").read_text()
# WCAG 2.2 AA, as the manners of the product promise.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PAGES = {
    "home": "/",
    "my-work": "/my-work/",
    "requirements": "/requirements/",
    "requirement": "/requirements/2022:4.1-p1/",
    "search": "/search/?q=depot",
    "list": "/processes/",
    "filtered-list": "/context-issues/?q=the&status=active",
    "empty-list": "/actions/?q=nothingofthekind",
    "record": "/processes/PRC-0001/",
    "person": "/people/1/",
    "role": "/roles/1/",
    "document": "/document-versions/VER-0001/",
    "reading": "/read/VER-0001/",
    "new": "/context-issues/new/",
    "edit": "/context-issues/CTX-0001/edit/",
    "history": "/context-issues/CTX-0001/history/",
    "import": "/import/context-issues/",
    "chain-map": "/chain/map/?closed=PLC-0001&at=PLC-0002",
    "chain-graph": "/chain/graph/?colour=custody",
    "chain-table": "/chain/table/?closed=PLC-0001",
    "chain-weak-points": "/chain/weak-points/",
    "exposure": "/exposure/",
    "risk-matrix": "/risk-matrix/",
    "objective-board": "/objective-board/",
    "programme-timeline": "/programme-timeline/",
    "resource-gaps": "/resource-gaps/",
    "components": "/components/",
    "policy": "/policy/",
    "missing": "/context-issues/CTX-9999/",
    "api": "/api/",
}
OURS = [name for name in PAGES if name != "api"]  # the page of the API is drawn by Swagger UI

LOOKS = {
    "desk": ({"width": 1440, "height": 900}, "light"),
    "desk-dark": ({"width": 1440, "height": 900}, "dark"),
    "phone": ({"width": 390, "height": 844}, "light"),
    "narrow-dark": ({"width": 320, "height": 640}, "dark"),
}


def findings(page: Page) -> list[str]:
    """What axe objects to on the page that is open."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{one['id']}: {node['html'][:160]} {node['any'] and node['any'][0]['message']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", OURS)
def test_axe_finds_nothing(page: Page, complaints: list[str], name: str, look: str):
    size, scheme = LOOKS[look]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(PAGES[name])
    assert findings(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{wide} pixels do not fit"
    assert [one for one in complaints if "404" not in one] == []


def test_the_page_of_the_api_keeps_to_the_content_policy(page: Page, complaints: list[str]):
    page.goto(PAGES["api"])
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
