"""Every kind of page in a real browser: for everybody, at every width, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

AXE = (Path(settings.NPM_ROOT) / "axe-core" / "axe.min.js").read_text()
# WCAG 2.2 AA, as the manners of the product promise.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PAGES = {
    "home": "/",
    "due": "/due/?what=actions",
    "my-work": "/my-work/",
    "requirements": "/requirements/",
    "requirement": "/requirements/2022:4.1-p1/",
    "requirement-of-long-names": "/requirements/2022:6.1.2-f/",
    "requirement-without-records": "/requirements/2022:4.2.3.6-p1/",
    "held-back": "/requirements/held-back/partners/PTR-0040/",
    "search": "/search/?q=depot",
    "list": "/processes/",
    "filtered-list": "/context-issues/?q=the&status=active",
    "empty-list": "/actions/?q=nothingofthekind",
    "record": "/processes/PRC-0001/",
    "person": "/people/1/",
    "role": "/roles/1/",
    "document": "/document-versions/VER-0001/",
    "reading": "/read/VER-0001/",
    "look-of-a-list": "/context-issues/look/",
    "several": "/process-runs/several/?field=owner",
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
    "password": "/password/",
    "second-factor": "/second-factor/",
    "sessions": "/sessions/",
    "policy": "/policy/",
    "missing": "/context-issues/CTX-9999/",
}

# A page is opened light, and looked at again in the dark and at the width given there.
LOOKS = {
    "desk": ({"width": 1440, "height": 900}, {"width": 1440, "height": 900}),
    "phone": ({"width": 390, "height": 844}, {"width": 320, "height": 640}),
}
# What axe finds in order it describes as fully as what it objects to, element by element: telling
# all of it takes several times as long as looking.
OBJECTIONS = """async rules => {
    const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
    return found.violations;
}"""


@pytest.fixture(scope="module")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One browser for all looks: what a page has loaded, the next need not load again."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


def findings(page: Page) -> list[str]:
    """What axe objects to on the page that is open, and by how much it is too wide."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    found = [
        f"{one['id']}: {node['html'][:160]} {node['any'] and node['any'][0]['message']}"
        for one in page.evaluate(OBJECTIONS, RULES)
        for node in one["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *([f"{wide} pixels do not fit"] if wide > 0 else [])]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, complaints: list[str], name: str, look: str):
    size, in_the_dark = LOOKS[look]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(PAGES[name])
    if page.locator("#chain").count():  # a drawing, and the answer beside it, come by themselves
        page.wait_for_selector("#chain[data-ready=yes]")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(in_the_dark)
    assert findings(page) == []
    assert [one for one in complaints if "404" not in one] == []


@pytest.mark.parametrize("width", [1280, 1024, 768, 390, 360, 320])
def test_every_verdict_of_every_clause_fits_on_the_screen(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/")
    table = page.locator("table.figures")
    edge = page.evaluate("document.documentElement.clientWidth")
    boxes = [cell.bounding_box() for cell in table.locator("tr > :last-child").all()]
    ends = [box["x"] + box["width"] for box in boxes]
    assert len(ends) == 9  # the headings, seven clauses, all of them
    assert max(ends) <= edge
    beyond = "one => one.parentElement.scrollWidth - one.parentElement.clientWidth"
    assert table.evaluate(beyond) == 0
    assert table.get_by_role("link", name="4 Context", exact=False).count() == 1
