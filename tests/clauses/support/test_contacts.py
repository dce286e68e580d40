"""Those concerned are told of obligations, and one is in touch with the parties that matter."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bartizan.clauses.support.models import Communication
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

TELLING = pytest.mark.parametrize("item", ["2022:4.2.2-d", "dis:4.3.2-p2"])


@pytest.fixture
def tell(good):
    """Something said to parties and units so many days ago, about a record."""

    def told(about, days_ago, parties=(), units=(), **fields) -> Communication:
        noon = timezone.make_aware(datetime.combine(good.day(-days_ago), time(12)))
        made = good.record(
            Communication, "A word", **({"gist": "What is new.", "at": noon} | fields)
        )
        made.parties.set(parties)
        made.units.set(units)
        if about:
            good.link(made, about, Relation.CONCERNS)
        return made

    return told


def test_nothing_was_said_on_a_day_to_come(tell):
    tell(None, 0)
    with pytest.raises(ValidationError, match="This day has not come yet"):
        tell(None, -1)


# -- obligations passed on (4.2.2-d, and 4.3.2-p2 of the draft) ----------------------------------


@TELLING
def test_without_audience_and_communication_there_is_no_evidence(good, verdict, tell, item):
    good.obligation(revised_on=good.day(-60))
    tell(good.issue(), 5)
    assert verdict(item) == ("no-evidence", [])


@TELLING
def test_an_audience_told_only_before_the_last_change_falls_short(good, verdict, tell, north, item):
    party = good.party()
    to_party = good.obligation(revised_on=good.day(-60))
    to_party.audience_parties.add(party)
    tell(to_party, 61, parties=[party])
    to_unit = good.obligation(revised_on=good.day(-60))
    to_unit.audience_units.add(north)
    tell(to_unit, 61, units=[north])
    assert verdict(item) == (
        "nonconforming",
        [
            (
                to_party.number,
                "Was not passed on to every interested party named since it last changed.",
            ),
            (
                to_unit.number,
                "Was not passed on to the people of every unit named since it last changed.",
            ),
        ],
    )


@TELLING
@pytest.mark.parametrize(
    "spoilt", ["other party", "other subject", "received", "in preparation", "retired"]
)
def test_only_what_was_sent_to_the_party_about_the_obligation_tells_it(
    good, verdict, tell, item, spoilt
):
    party, other = good.party(), good.party()
    heard = good.obligation()
    heard.audience_parties.add(other)
    tell(heard, 5, parties=[other])
    obligation = good.obligation()
    obligation.audience_parties.add(party)
    told = tell(
        heard if spoilt == "other subject" else obligation,
        5,
        parties=[other if spoilt == "other party" else party],
        direction="inward" if spoilt == "received" else "outward",
    )
    if spoilt == "in preparation":
        Communication.objects.filter(pk=told.pk).update(at=None)
    if spoilt == "retired":
        retire(told, "Sent by mistake.")
    why = "Was not passed on to every interested party named since it last changed."
    assert verdict(item) == ("nonconforming", [(obligation.number, why)])


@TELLING
def test_a_unit_is_told_through_the_whole_but_not_through_its_neighbour(
    good, verdict, tell, whole, north, south, item
):
    obligation = good.obligation()
    obligation.audience_units.add(north)
    tell(obligation, 5, units=[south])
    why = "Was not passed on to the people of every unit named since it last changed."
    assert verdict(item) == ("nonconforming", [(obligation.number, why)])
    tell(obligation, 5, units=[whole])
    assert verdict(item) == ("conforming", [])


@TELLING
def test_a_link_from_the_obligation_to_the_message_counts_as_well(good, verdict, tell, north, item):
    party = good.party()
    obligation = good.obligation()
    obligation.audience_parties.add(party)
    obligation.audience_units.add(north)
    told = tell(None, 5, parties=[party], units=[north])
    assert verdict(item)[0] == ("nonconforming" if item.startswith("2022") else "no-evidence")
    good.link(obligation, told, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@TELLING
def test_an_obligation_that_names_nobody_says_why(good, verdict, tell, item):
    party = good.party()
    told = good.obligation()
    told.audience_parties.add(party)
    tell(told, 60, parties=[party])
    good.obligation(no_audience_reason="Of interest to the security manager alone.")
    good.obligation(applicability="undecided")
    assert verdict(item) == ("conforming", [])
    wrong = good.obligation()
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Names nobody who has to know of it, and does not say why.")],
    )


def test_a_named_audience_that_nobody_told_is_no_evidence_in_the_draft(good, verdict):
    obligation = good.obligation()
    obligation.audience_parties.add(good.party())
    assert verdict("2022:4.2.2-d")[0] == "nonconforming"
    assert verdict("dis:4.3.2-p2") == ("no-evidence", [])


# -- relationships (4.2.3.9) ---------------------------------------------------------------------


def test_parties_without_owner_and_cadence_are_no_evidence_of_care(good, verdict):
    good.party(owner=None, contact_cadence_days=None)
    good.party(is_relevant=False)
    assert verdict("2022:4.2.3.9") == ("no-evidence", [])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"owner": None}, "Has nobody who looks after the relationship."),
        ({"contact_cadence_days": None}, "Does not say how often one is in touch."),
        ({"contact_cadence_days": 4}, "Was not in touch within the days set for it."),
    ],
)
def test_a_relationship_nobody_looks_after_is_noted(good, verdict, tell, spoilt, why):
    wrong = good.party(**spoilt)
    tell(None, 5, parties=[wrong])
    assert verdict("2022:4.2.3.9") == ("nonconforming", [(wrong.number, why)])


def test_a_party_never_in_touch_is_noted(good, verdict, tell):
    wrong = good.party()
    ahead = tell(None, 5, parties=[wrong])
    Communication.objects.filter(pk=ahead.pk).update(at=ahead.at + timedelta(days=10))
    retire(tell(None, 5, parties=[wrong]), "Another party.")
    assert verdict("2022:4.2.3.9") == (
        "nonconforming",
        [(wrong.number, "Was not in touch within the days set for it.")],
    )


@pytest.mark.parametrize("direction", ["inward", "outward"])
def test_contact_on_the_last_day_of_the_cadence_is_in_time(good, verdict, tell, confirm, direction):
    party = good.party(contact_cadence_days=5)
    tell(None, 50, parties=[party])
    tell(None, 5, parties=[party], direction=direction)
    good.party(is_relevant=False, contact_cadence_days=None)
    assert verdict("2022:4.2.3.9") == ("awaiting-attestation", [])
    confirm("2022:4.2.3.9", party)
    assert verdict("2022:4.2.3.9") == ("conforming", [])
