"""Those who supply us know what we ask of them; what they provide is under control."""

import pytest

from bartizan.chain.models import Partner
from bartizan.ground.records.models import Link, Relation

TOLD, CONTROLLED = "dis:4.4.6-B.c", "2022:8.4-p6"


@pytest.fixture
def provision(good, desk):
    """Guards, what we ask of them, and the letter in which they were told."""
    made = good.provision(good.process(performer="external"))
    made.refresh_from_db()
    party = desk.party("Example Guards", partner=made.provider)
    letter = desk.communication("What we ask of you", parties=[party], told_version=made.version)
    Link.objects.create(source=letter, target=made, relation=Relation.CONCERNS)
    return made


def test_without_a_provision_there_is_no_evidence(written, verdict):
    assert verdict(TOLD) == ("no-evidence", [])
    assert verdict(CONTROLLED) == ("no-evidence", [])


def test_a_provider_who_was_told_conforms(provision, verdict):
    assert verdict(TOLD) == ("conforming", [])


def test_a_provider_of_whom_nothing_is_asked_falls_short(provision, good, verdict):
    other = good.partner(title="Unknown Haulage")
    why = "Supplies us, and nothing says what we ask of it."
    assert verdict(TOLD) == ("nonconforming", [(other.number, why)])


def test_nothing_is_asked_of_customers_and_of_those_who_no_longer_supply(provision, good, verdict):
    good.partner(title="A customer", relationship=Partner.Relationship.CUSTOMER)
    good.partner(title="Long gone", is_active=False)
    assert verdict(TOLD) == ("conforming", [])


def test_a_change_has_to_be_told_again(provision, verdict):
    provision.provider_duties = "Patrol every hour."
    provision.save()
    why = "Has requirements that the provider was not told of as they stand now."
    assert verdict(TOLD) == ("nonconforming", [(provision.number, why)])


def test_a_link_from_the_provision_to_the_letter_counts_as_well(provision, verdict):
    made_on_the_letter = provision.links_in.get()
    letter = made_on_the_letter.source
    made_on_the_letter.delete()
    assert verdict(TOLD)[0] == "nonconforming"
    Link.objects.create(source=provision, target=letter, relation=Relation.CONCERNS)
    assert verdict(TOLD) == ("conforming", [])


def test_what_was_told_to_somebody_else_was_not_told(provision, verdict, desk):
    provision.links_in.get().source.own.parties.set([desk.party("Somebody else")])
    assert verdict(TOLD)[0] == "nonconforming"


def test_a_controlled_provision_conforms_once_somebody_confirms_it(
    provision, good, verdict, confirm
):
    good.declare("control-check", 180)
    good.control(provision)
    assert verdict(CONTROLLED) == ("awaiting-attestation", [])
    confirm(CONTROLLED, provision)
    assert verdict(CONTROLLED) == ("conforming", [])


def test_a_provision_under_no_control_falls_short(provision, good, verdict):
    good.declare("control-check", 180)
    assert verdict(CONTROLLED) == ("nonconforming", [(provision.number, "Is under no control.")])


def test_a_check_that_is_overdue_or_failed_falls_short(provision, good, verdict):
    good.declare("control-check", 180)
    late = good.control(provision, last_checked=good.day(-200))
    failed = good.control(provision, result="failed")
    assert verdict(CONTROLLED) == (
        "nonconforming",
        [
            (late.number, "Was not checked inside its interval."),
            (failed.number, "Failed its last check, and no action has come of that."),
        ],
    )
