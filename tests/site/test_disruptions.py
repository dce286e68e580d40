"""What stops when something fails: tried on the map, kept with the chain as it stood, repeated."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.frozen import as_data, from_data
from bartizan.chain.models import Dependency, Place
from bartizan.chain.what_if import chain_of_today
from bartizan.clauses.operation.exposure import disruptions
from bartizan.clauses.operation.exposure.keeping import read
from bartizan.clauses.operation.models import Closure, DisruptionAnalysis
from bartizan.clauses.operation.templatetags.exposure import if_one_fails
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records import files, life


@pytest.fixture
def kept(chain, owner) -> DisruptionAnalysis:
    """Twelve days without those who track the lorries."""
    return disruptions.keep_closure(owner, [chain.tracker], 12)


def result_of(analysis: DisruptionAnalysis) -> dict:
    return read(analysis.result_sha256)


def lines(analysis: DisruptionAnalysis, kind: str) -> list[tuple]:
    return [(row["title"], row["start"], row["end"]) for row in result_of(analysis)[kind]]


# -- what is kept ---------------------------------------------------------------------------------


def test_it_tells_what_stops_from_when_until_when_and_what_is_lost(kept):
    # Without tracking the haulier stands still after 2 days; the lamps last for 4 more.
    assert lines(kept, "partners") == [("Osprey Road Lines", 2, 12)]
    assert lines(kept, "flows") == [("Lamps", 6, 12)]
    assert lines(kept, "places") == []
    told = result_of(kept)
    assert told["values"] == {"EUR": 5_000_000}
    assert told["lost"] == {"EUR": round(5_000_000 / 365 * 6, 2)}


def test_a_chain_survives_being_told_as_data(chain, owner):
    whole = chain_of_today(owner)
    assert from_data(as_data(whole)) == whole


def test_it_is_asked_again_of_the_chain_as_it_was(kept, chain):
    Dependency.objects.all().delete()
    assert disruptions.repeat(kept)


def test_another_result_is_noticed(kept):
    kept.result_sha256 = kept.inputs_sha256
    assert not disruptions.repeat(kept)


def test_it_is_computed_once_and_its_question_stands(kept, owner, chain):
    with pytest.raises(life.Refused, match="computed already"):
        disruptions.compute(kept, owner)
    kept.days = 30
    with pytest.raises(ValidationError, match="computed already"):
        kept.full_clean()
    with pytest.raises(ValidationError, match="computed already"):
        Closure(analysis=kept, place=chain.depot).full_clean()


def test_it_is_as_secret_as_the_chain_it_was_asked_of(chain, owner):
    chain.depot.sensitivity = Sensitivity.CONFIDENTIAL
    chain.depot.save()
    made = disruptions.keep_closure(owner, [chain.tracker], None)
    assert (made.sensitivity, made.unit) == (Sensitivity.CONFIDENTIAL, chain.depot.unit)


# -- what is refused ------------------------------------------------------------------------------


@pytest.fixture
def asked(make) -> DisruptionAnalysis:
    return make(DisruptionAnalysis, "What if?", days=30)


def test_nothing_closed_is_nothing_to_compute(asked, chain, owner):
    with pytest.raises(life.Refused, match="Nothing is closed"):
        disruptions.compute(asked, owner)


def test_what_is_not_in_use_is_named(asked, chain, owner):
    Place.objects.filter(pk=chain.shop.pk).update(is_active=False)
    Closure.objects.create(analysis=asked, place=chain.shop)
    with pytest.raises(life.Refused, match=f"{chain.shop.number} is not in use"):
        disruptions.compute(asked, owner)


def test_what_one_may_not_see_is_not_named(asked, chain, colleague, owner):
    Place.objects.filter(pk=chain.shop.pk).update(sensitivity=Sensitivity.RESTRICTED)
    Closure.objects.create(analysis=asked, place=chain.shop)
    with pytest.raises(life.Refused) as refusal:
        disruptions.compute(asked, colleague)
    assert chain.shop.number not in str(refusal.value)


@pytest.mark.parametrize("days", ["0", "-3", "36501", "soon", "9" * 5000])
def test_a_length_that_is_none_is_refused_and_nothing_is_written(chain, owner, sign_in, days):
    given = {"closed": [chain.depot.number], "days": days}
    answer = sign_in(owner).post("/disruption-analyses/keep/", given, follow=True)
    assert answer.redirect_chain == [("/chain/map/", 302)]
    assert DisruptionAnalysis.objects.count() == 0
    assert sign_in(owner).get("/chain/map/", given).status_code == 200


# -- the pages ------------------------------------------------------------------------------------


def test_what_was_tried_on_the_map_is_kept(chain, owner, sign_in):
    browser = sign_in(owner)
    page = browser.get("/chain/map/", {"closed": chain.tracker.number, "days": 12}).content.decode()
    assert f'name="closed" value="{chain.tracker.number}"' in page
    given = {"closed": [chain.tracker.number], "days": "12"}
    answer = browser.post("/disruption-analyses/keep/", given, follow=True)
    [made] = DisruptionAnalysis.objects.all()
    assert answer.redirect_chain == [(made.get_absolute_url(), 302)]
    assert (made.title, made.days, made.is_computed) == ("Without Lark Tracking", 12, True)
    assert "Lamps" in answer.content.decode()


def test_one_is_asked_by_hand(asked, chain, owner, sign_in):
    Closure.objects.create(analysis=asked, place=chain.depot)
    browser = sign_in(owner)
    assert "Not computed yet" in browser.get(asked.get_absolute_url()).content.decode()
    page = browser.post(f"{asked.get_absolute_url()}compute/", follow=True).content.decode()
    assert ("Lamps" in page, "Not computed yet" in page) == (True, False)


def test_who_may_only_read_keeps_nothing(chain, auditor, sign_in):
    browser = sign_in(auditor)
    given = {"closed": [chain.depot.number], "days": ""}
    assert browser.post("/disruption-analyses/keep/", given).status_code == 403
    page = browser.get("/chain/map/", {"closed": chain.depot.number}).content.decode()
    assert "/disruption-analyses/keep/" not in page


def test_what_became_secret_is_counted_and_not_named(kept, chain, auditor, sign_in):
    page = sign_in(auditor).get(kept.get_absolute_url()).content.decode()
    assert ("Osprey Road Lines" in page, "Not shown to you" in page) == (True, False)
    type(chain.haulier).objects.filter(pk=chain.haulier.pk).update(
        sensitivity=Sensitivity.RESTRICTED
    )
    page = sign_in(auditor).get(kept.get_absolute_url()).content.decode()
    assert ("Osprey Road Lines" in page, "Not shown to you" in page) == (False, True)


def test_it_comes_as_a_table(kept, owner, stranger, sign_in):
    address = f"{kept.get_absolute_url()}stops.csv"
    rows = csv.DictReader(io.StringIO(sign_in(owner).get(address).content.decode("utf-8-sig")))
    assert [(row["kind"], row["title"], row["from_day"]) for row in rows] == [
        ("flows", "Lamps", "6.0"),
        ("partners", "Osprey Road Lines", "2.0"),
        ("legs", "Alder plant – Depot Venlo", "2.0"),
        ("legs", "Shop Lille – Depot Venlo", "2.0"),
    ]
    assert sign_in(stranger).get(address).status_code == 404


def test_a_missing_file_is_said(kept, owner, sign_in):
    files.stored(kept.result_sha256).unlink()
    page = sign_in(owner).get(kept.get_absolute_url())
    assert (page.status_code, "missing" in page.content.decode()) == (200, True)
    assert sign_in(owner).get(f"{kept.get_absolute_url()}stops.csv").status_code == 404


def test_the_exposure_page_tells_whose_loss_stops_most(chain, owner):
    told = [(one["node"].title, one["value"], one["flows"]) for one in if_one_fails(owner)]
    assert ("Depot Venlo", 5_000_000, 1) in told
    assert len(told) == 5
