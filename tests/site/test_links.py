"""What a page offers a reader can be opened: nobody is led to a refusal or into an error."""

import re
from html.parser import HTMLParser

import pytest

from bartizan.ground.people.models import Person


class Links(HTMLParser):
    """The addresses within the site that a page links to, but for files, which stand elsewhere."""

    def __init__(self, page: str, text: str) -> None:
        super().__init__()
        self.page, self.found = page, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        address = (dict(attrs).get("href") or "").partition("#")[0] if tag == "a" else ""
        if address.startswith("?"):
            address = self.page.partition("?")[0] + address
        if address.startswith("/") and not address.startswith("/files/"):
            self.found.append(address)


def shape(address: str) -> str:
    """What an address has in common with others of its sort."""
    return re.sub(r"[A-Z]{3}-\d+|\d+", "N", address.partition("?")[0])


@pytest.mark.sqlite  # who is shown what does not depend on the engine, and it takes its time
@pytest.mark.parametrize("code", ["c-adeyemi", "t-brouwer"])  # reads alone; writes in one depot
def test_every_link_opens_for_whoever_it_is_shown_to(demo, sign_in, code):
    browser, refused = sign_in(Person.objects.get(code=code)), []
    waiting, seen = [("/", "")], set()
    while waiting:
        address, page = waiting.pop()
        if shape(address) in seen:
            continue
        seen.add(shape(address))
        answer = browser.get(address)
        if answer.status_code >= 400:
            refused.append(f"{address} from {page}: {answer.status_code}")
        elif answer.status_code >= 300:
            waiting.append((answer["Location"], page))
        elif answer["Content-Type"].startswith("text/html"):
            links = Links(address, answer.content.decode()).found
            waiting += [(link, address) for link in links]
    assert refused == []
    assert len(seen) > 100
