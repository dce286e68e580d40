"""What people do most, done in a real browser from beginning to end."""

import re

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def issue(page: Page) -> str:
    """A context issue of this test alone; the address of its page."""
    page.goto("/context-issues/new/")
    fill_in(page, "Fog on the river")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/context-issues/CTX-\d+/$"))
    return page.url


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_label("Origin").select_option("external")
    page.get_by_label("Topic").select_option("society")
    page.get_by_label("What the circumstance is").fill("Ferries stand still for days.")


def test_a_missing_record_is_written_attested_and_turns_the_verdict(page: Page):
    """From home to an item without evidence, its first record, a person's word: it conforms."""
    item = "2022:4.2.3.6-p1"
    page.goto("/")
    page.get_by_role("link", name="Requirements", exact=True).first.click()
    page.get_by_role("link", name=item).first.click()
    verdict = page.locator("main .head .state").first
    expect(verdict).not_to_contain_text("Conforms")
    page.get_by_role("link", name="Write the first other management system").first.click()
    page.get_by_label("Title", exact=True).fill("Quality")
    page.get_by_label("Why it stands alone").fill("It was built by another company.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/other-management-systems/OMS-0001/")
    page.goto(f"/requirements/{item}/")
    page.get_by_label("What you looked at and what you stand for").fill("I read both manuals.")
    page.get_by_label("Records you rely on").fill("OMS-0001")
    page.get_by_role("button", name="Attest").click()
    expect(page.locator("main .head .state").first).to_have_text("Conforms")
    expect(page.get_by_text("I read both manuals.")).to_be_visible()


def test_the_page_of_a_record_says_what_the_record_holds_back_and_leads_there(page: Page):
    page.goto("/context-issues/CTX-0003/")
    held_back = page.get_by_role("region", name="Requirements this record holds back")
    expect(held_back).to_contain_text("Is past its review.")
    held_back.get_by_role("link").first.click()
    page.wait_for_url("**/requirements/2022:4.1-p1/")
    expect(page.locator("main")).to_contain_text("CTX-0003")


def test_a_list_is_searched_while_typing_and_the_address_says_so(page: Page):
    page.goto("/processes/")
    rows = page.locator("table.ledger tbody tr")
    all_of_them = rows.count()
    page.get_by_role("searchbox", name="Search in this register").fill("dri")
    page.wait_for_url("**/processes/?q=dri*")
    expect(page.locator("#tally")).to_contain_text("found")
    assert 0 < rows.count() < all_of_them
    page.reload()
    expect(page.get_by_role("searchbox", name="Search in this register")).to_have_value("dri")


def test_what_the_page_does_not_wait_for_is_counted_once_it_is_shown(page: Page):
    page.goto("/legs/")
    counted = page.locator("#tally").inner_text().split()[0]
    first_line = page.locator("#sentence").inner_text()
    with page.expect_response("**/legs/tally/?q=leg*"):
        page.get_by_role("searchbox", name="Search in this register").fill("leg")
    expect(page.locator("#tally")).to_have_text(f"{counted} found · show all")
    expect(page.locator("#sentence")).to_have_text(first_line)
    assert page.url.endswith("/legs/?q=leg")
    assert int(counted) > 60


def test_a_list_is_sorted_and_stays_sorted_when_filtered(page: Page):
    page.goto("/context-issues/")
    page.get_by_role("link", name="Title").click()
    page.wait_for_url("**sort=title*")
    titles = page.locator("tbody td.is-title").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)
    page.get_by_role("searchbox", name="Search in this register").fill("the")
    page.wait_for_url(re.compile(r"q=the"))
    assert "sort=title" in page.url


def test_a_list_is_shown_as_one_likes_and_kept_like_that_under_a_name(page: Page):
    """A column more, words to find, a name for it all; then away and back by that name."""
    page.goto("/context-issues/")
    headings = page.locator("thead th")
    usual = headings.all_inner_texts()
    page.get_by_text("View", exact=True).click()
    page.get_by_role("checkbox", name="Sensitivity").check()
    expect(headings).to_have_text([*usual, "Sensitivity"], ignore_case=True)
    expect(page.get_by_role("checkbox", name="Sensitivity")).to_be_checked()
    page.keyboard.press("Escape")
    page.get_by_role("searchbox", name="Search in this register").fill("the")
    page.wait_for_url(re.compile(r"q=the.*columns=sensitivity"))
    kept = page.url
    page.get_by_text("View", exact=True).click()
    page.get_by_label("Name of the view").fill("The secret ones")
    page.get_by_label("Name of the view").press("Enter")
    expect(page.get_by_text("Kept: The secret ones.")).to_be_visible()
    page.goto("/context-issues/")
    page.get_by_text("View", exact=True).click()
    page.get_by_role("link", name="The secret ones").click()
    page.wait_for_url(kept)
    expect(headings.last).to_have_text("Sensitivity", ignore_case=True)
    page.get_by_text("View", exact=True).click()
    page.get_by_role("button", name="Forget The secret ones").click()
    expect(page.get_by_text("The secret ones")).to_have_count(0)


def test_several_records_are_changed_together_and_one_not_ticked_stays(page: Page, issue: str):
    page.goto("/context-issues/?q=Fog")
    page.get_by_role("link", name="Change several of these").click()
    page.get_by_role("link", name="Topic").click()
    page.get_by_label("Topic").select_option("economy")
    everything = page.get_by_role("checkbox", name="All of them")
    everything.uncheck()
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("Tick at least one record.")).to_be_visible()
    page.locator("tbody input").first.check()
    expect(everything).to_be_checked(checked=page.locator("tbody input").count() == 1)
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("One record changed.")).to_be_visible()
    page.wait_for_url("**/context-issues/?q=Fog")
    expect(page.locator("tbody tr").first).to_contain_text("Economy and markets")


def test_pages_of_a_list_follow_each_other_and_back(page: Page):
    page.goto("/communications/")
    first = page.locator("tbody th").first.inner_text()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**at=*")
    expect(page.locator("tbody th").first).not_to_have_text(first)
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("tbody th").first).to_have_text(first)


def test_a_row_leads_to_its_record_wherever_one_clicks(page: Page):
    page.goto("/context-issues/")
    page.locator("tbody tr").first.locator("td").last.click()
    page.wait_for_url(re.compile(r"/context-issues/CTX-\d+/$"))


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(page: Page):
    page.goto("/context-issues/new/")
    fill_in(page, "Fog")
    page.get_by_label("Topic").select_option("")
    page.get_by_role("button", name="Save").click()
    field = page.get_by_label("Topic")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".field.wrong .errorlist")).to_have_text("This field is required.")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Fog")


def test_an_edit_shows_as_a_difference_with_its_reason(page: Page, issue: str):
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("What the circumstance is").fill("Ferries stand still for weeks.")
    page.get_by_label("Why this change?").fill("The winter was longer.")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(issue)
    page.get_by_role("link", name="All", exact=True).click()
    newest = page.locator("article.change").first
    expect(newest.locator("del")).to_contain_text("days")
    expect(newest.locator("ins")).to_contain_text("weeks")
    expect(newest.locator("q")).to_have_text("The winter was longer.")


def test_a_stale_edit_shows_both_versions_and_stores_on_the_second_try(page: Page, issue: str):
    page.goto(f"{issue}edit/")
    other = page.context.new_page()
    other.goto(f"{issue}edit/")
    other.get_by_label("Title", exact=True).fill("Fog, theirs")
    other.get_by_role("button", name="Save").click()
    other.wait_for_url(issue)
    page.get_by_label("Title", exact=True).fill("Fog, mine")
    page.get_by_role("button", name="Save").click()
    both = page.locator("table.versus tbody tr")
    expect(both.locator("td")).to_have_text(["Fog, theirs", "Fog, mine"])
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(issue)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fog, mine")


def test_what_was_typed_is_there_again_until_it_is_stored(page: Page, issue: str):
    page.goto(f"{issue}edit/")
    page.get_by_label("What the circumstance is").fill("Half a sentence")
    page.goto("/")
    page.goto(f"{issue}edit/")
    expect(page.get_by_text("What you typed here before is back.")).to_be_visible()
    expect(page.get_by_label("What the circumstance is")).to_have_value("Half a sentence")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(issue)
    page.goto(f"{issue}edit/")
    expect(page.get_by_text("What you typed here before is back.")).to_be_hidden()


def test_a_lapsed_session_leads_to_signing_in_and_keeps_what_was_typed(page: Page, issue: str):
    page.goto(f"{issue}edit/")
    page.get_by_label("What the circumstance is").fill("Half a sentence")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in/**")
    page.context.add_cookies(cookies)
    page.goto(f"{issue}edit/")
    expect(page.get_by_label("What the circumstance is")).to_have_value("Half a sentence")


def test_what_was_typed_goes_when_one_signs_out(browser: Browser, server: list[str], base_url: str):
    context = browser.new_context(base_url=base_url, locale="en-GB")
    page = context.new_page()
    page.goto(server[2])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto("/context-issues/new/")
    page.get_by_label("Title").fill("Half a title")
    mine = "Object.keys(sessionStorage).filter(key => key.startsWith('draft:'))"
    [kept] = page.evaluate(mine)
    assert kept.endswith(":/context-issues/new/")
    page.goto("/my-work/")
    page.get_by_role("banner").locator("summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    assert page.evaluate(mine) == []
    context.close()


def test_a_part_is_added_from_the_page_of_its_record_and_leads_back(page: Page):
    page.goto("/processes/PRC-0001/")
    section = page.get_by_role("region", name="Criteria", exact=True)
    section.get_by_role("link", name="Add").click()
    expect(page.get_by_label("Process", exact=True)).to_have_value("PRC-0001")


def test_the_keyboard_is_enough_to_find_and_open_a_record(page: Page):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("CTX-0001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/context-issues/CTX-0001/")
    page.keyboard.press("e")
    page.wait_for_url("**/edit/")
    page.goto("/context-issues/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/context-issues/CTX-\d+/$"))


def test_a_retired_record_is_asked_why_and_leaves_the_list(page: Page, issue: str):
    page.get_by_label("More to do here").click()
    page.get_by_role("button", name="Retire…").click()
    page.get_by_label("Why is it retired?").fill("It has cleared.")
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_text("It has cleared.").first).to_be_visible()
    page.goto("/context-issues/")
    number = issue.rstrip("/").rpartition("/")[2]
    expect(page.get_by_role("link", name=number, exact=True)).to_have_count(0)


def test_a_number_is_suggested_while_one_types_a_name(page: Page, issue: str):
    page.get_by_text("Link a record").click()
    page.get_by_label("Number of the other record").press_sequentially("fog")
    page.locator("datalist option").first.wait_for(state="attached")
    assert "Fog on the river" in page.locator("datalist option").first.get_attribute("label")


def test_on_a_phone_the_navigation_opens_and_closes(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    side = page.get_by_role("navigation", name="Management system")
    expect(side).to_be_hidden()
    page.locator("[popovertarget=side]").first.click()
    expect(side).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).to_be_hidden()


def test_a_depot_is_closed_on_the_map_and_the_address_carries_it_to_the_graph(page: Page):
    """By keyboard alone from there to the record of what one stands on."""
    page.goto("/chain/map/")
    page.locator("#chain[data-ready=yes]").wait_for()
    page.get_by_label("Place or partner to close").fill("depot venlo")
    page.get_by_role("button", name="Close", exact=True).click()
    page.wait_for_url("**/chain/map/?closed=PLC-0001")
    stops = page.locator("[data-sentence]")
    expect(stops).to_contain_text("It stops")
    said = stops.inner_text()
    page.get_by_role("link", name="Graph", exact=True).click()
    page.wait_for_url("**/chain/graph/?closed=PLC-0001")
    page.locator("#chain[data-ready=yes]").wait_for()
    expect(stops).to_have_text(said)
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    title = page.locator("[data-facts] h2").inner_text()
    page.wait_for_url("**at=P*")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_one_entry_of_the_key_is_looked_at_alone(page: Page):
    page.goto("/chain/graph/?colour=custody")
    ours = page.get_by_role("button", name="We ourselves")
    ours.click()
    page.wait_for_url("**show=ours*")
    expect(ours).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("#tally")).to_contain_text("We ourselves")
    assert set(page.locator("td[data-label=Custody]").all_inner_texts()) == {"We ourselves"}


def test_somebody_new_chooses_a_password_sets_up_a_second_factor_and_signs_in_by_both(
    server: list[str], browser: Browser, base_url: str
):
    password, context = "a kettle of herring", browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto(server[1])
    page.get_by_role("button", name="Sign in").click()
    page.goto("/password/")
    for label in ("New password", "New password confirmation"):
        page.get_by_label(label, exact=True).fill(password)
    email = page.locator("main input[name=username]").input_value()
    page.get_by_role("button", name="Set password").click()
    page.goto("/second-factor/")
    expect(page.get_by_role("img", name="QR code for the app")).to_be_visible()
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Set up").click()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 8
    context.clear_cookies()
    page.goto("/my-work/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("textbox", name="Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/my-work/")
    page.goto("/second-factor/")
    expect(page.get_by_text("7 recovery codes are left.")).to_be_visible()
    context.close()
