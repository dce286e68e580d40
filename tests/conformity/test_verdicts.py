"""What it takes to be met: every verdict, on a handful of real rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.context.models import ContextIssue
from bartizan.conformity.attestations import Attestations
from bartizan.conformity.judge import judge
from bartizan.conformity.models import Attestation
from bartizan.conformity.outcome import run
from bartizan.conformity.requirement import Attester, Confirmation, Modality, Requirement
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Action, Link, Relation, Status

CLAIM = Attestation.Claim


def external_issues():
    """External issues."""
    return ContextIssue.objects.live().filter(origin="external").order_by("number")


def internal_issues():
    """Internal issues."""
    return ContextIssue.objects.live().filter(origin="internal")


def issues_without_effect():
    """Names no effect on a result."""
    return ContextIssue.objects.live().filter(effect="").order_by("number")


def issues_past_review(day):
    """Is past its review, or was never given a review day."""
    return ContextIssue.objects.live().review_overdue(day)


def late_actions(day):
    """Is late."""
    return Action.objects.live().filter(done_on=None, due__lt=day)


@pytest.fixture
def issue(owner, whole):
    def made(title="Theft at rest stops", **fields):
        given = {"origin": "external", "effect": "More loss.", "owner": owner, "unit": whole}
        return ContextIssue.objects.create(title=title, description="Seen.", **(given | fields))

    return made


@pytest.fixture
def attest(manager, whole, today):
    """Somebody stands for an item, relying on records."""

    def made(*cited, by=manager, requirement="2022:4.1-p1", **fields):
        attestation = Attestation(
            title="Looked through",
            unit=whole,
            owner=by,
            requirement=requirement,
            statement="I went through the list with the depots.",
            attested_by=by,
            **{"attested_on": today, "expires_on": today + timedelta(days=365)} | fields,
        )
        attestation.full_clean()
        attestation.save()
        for record in cited:
            Link.objects.create(source=attestation, target=record, relation=Relation.CITES)
        return attestation

    return made


@pytest.fixture
def verdict(today):
    """The verdict on an item bound in this way."""

    def found(seen_by=None, day=today, **bindings):
        item = Requirement("2022:4.1-p1", "Issues", "The organization knows them.", **bindings)
        return judge(
            item, day, lambda check: run(check, day, seen_by), Attestations(day, seen_by), seen_by
        )

    return found


def said(verdict):
    return verdict.value.value, verdict.reason


def test_an_item_bound_to_nothing_is_not_assessed(verdict, issue):
    issue()
    assert said(verdict()) == (
        "not-assessed",
        "No check is bound to this item yet, so the records cannot tell.",
    )


def test_without_a_record_there_is_no_evidence(verdict, written):
    assert said(verdict(some_of=external_issues, none_of=issues_without_effect)) == (
        "no-evidence",
        "There are no external issues.",
    )


def test_none_of_several_kinds_of_evidence_is_no_evidence_either(verdict, written):
    assert said(verdict(some_of=[external_issues, internal_issues])) == (
        "no-evidence",
        "There are no external issues or internal issues.",
    )


def test_drafts_and_retired_records_are_no_evidence(verdict, issue):
    issue(status=Status.DRAFT)
    retire(issue(), "No longer so.")
    assert verdict(some_of=external_issues).value == "no-evidence"


def test_records_of_which_none_falls_short_conform(verdict, issue):
    first, second = issue(), issue()
    found = verdict(some_of=external_issues, none_of=issues_without_effect)
    assert said(found) == (
        "conforming",
        "2 external issues are on record, and none falls short.",
    )
    assert found.evidence_records() == [first, second]
    assert found.evidence_records(first=1) == [first]
    assert found.shortfall_records() == []


def test_a_single_record_is_spoken_of_in_the_singular(verdict, issue):
    issue()
    assert verdict(some_of=external_issues).reason == (
        "1 context issue is on record, and nothing about it falls short."
    )


def test_one_record_that_falls_short_is_a_nonconformity_that_says_of_how_many(verdict, issue):
    issue()
    wrong = issue(effect="")
    found = verdict(some_of=external_issues, none_of=issues_without_effect)
    assert said(found) == (
        "nonconforming",
        "1 of 2 external issues names no effect on a result.",
    )
    assert found.shortfall_records() == [(wrong, "Names no effect on a result.")]
    assert not found.observation


def test_several_that_fall_short_are_spoken_of_in_the_plural(verdict, issue, today):
    issue(review_due=today + timedelta(days=1))
    issue(review_due=today)
    issue(effect="", review_due=today - timedelta(days=1))
    issue(effect="")
    found = verdict(some_of=external_issues, none_of=[issues_without_effect, issues_past_review])
    assert found.reason == (
        "2 of 4 external issues name no effect on a result. "
        "1 of 4 external issues is past its review. "
        "1 of 4 external issues was never given a review day."
    )
    assert found.shortfall_count == len(found.shortfall_records()) == 4


def test_what_cannot_be_put_in_the_plural_is_said_of_each(verdict, issue):
    def issues_not_what_they_say():
        """Is not what it says it is."""
        return issues_without_effect()

    issue(effect="")
    bound = {"some_of": external_issues, "none_of": issues_not_what_they_say}
    assert verdict(**bound).reason == "1 context issue is not what it says it is."
    issue(effect="")
    issue()
    assert verdict(**bound).reason == (
        "2 of 3 external issues fall short: each is not what it says it is."
    )


def test_when_all_fall_short_the_reason_says_so(verdict, issue):
    issue(effect="")
    issue(effect="")
    assert verdict(some_of=external_issues, none_of=issues_without_effect).reason == (
        "All 2 external issues name no effect on a result."
    )


def test_what_falls_short_outside_the_evidence_is_not_counted_against_it(verdict, issue):
    issue()
    issue(origin="internal", effect="")
    assert verdict(some_of=external_issues, none_of=issues_without_effect).reason == (
        "1 context issue names no effect on a result."
    )


def test_what_is_needed_and_missing_falls_short_without_a_record(verdict, issue):
    issue()
    found = verdict(some_of=external_issues, needs=internal_issues)
    assert said(found) == ("nonconforming", "There are no internal issues.")
    assert found.shortfall_records() == [(None, "There are no internal issues.")]


def test_what_is_needed_is_evidence_too(verdict, issue):
    outside, inside = issue(), issue(origin="internal")
    found = verdict(needs=[external_issues, internal_issues])
    assert said(found) == ("conforming", "The records asked for are there, and none falls short.")
    assert found.evidence_records() == [outside, inside]


def test_when_nothing_needed_is_there_it_is_no_evidence(verdict, written):
    assert verdict(needs=[external_issues, internal_issues]).value == "no-evidence"


def test_a_missed_recommendation_is_an_observation(verdict, issue):
    issue(effect="")
    bound = {"some_of": external_issues, "none_of": issues_without_effect}
    found = verdict(modality=Modality.SHOULD, **bound)
    assert (found.value, found.observation) == ("nonconforming", True)


def test_the_day_asked_for_decides_what_is_overdue(verdict, issue, today):
    issue(review_due=today)
    bound = {"some_of": external_issues, "none_of": issues_past_review}
    assert verdict(**bound).value == "conforming"
    item = Requirement("2022:4.1-p1", "Issues", "Known.", **bound)
    tomorrow = today + timedelta(days=1)
    later = judge(item, tomorrow, lambda check: run(check, tomorrow), Attestations(tomorrow))
    assert later.value == "nonconforming"


# -- what a person stands for ----------------------------------------------------------------------

MIXED = {
    "some_of": external_issues,
    "none_of": issues_without_effect,
    "attested": Confirmation("a person who knows confirms that nothing is missing"),
}


def test_what_a_person_must_confirm_awaits_their_word(verdict, issue):
    issue()
    assert said(verdict(**MIXED)) == (
        "awaiting-attestation",
        "1 context issue is on record, and nothing about it falls short. "
        "Still to come: a person who knows confirms that nothing is missing.",
    )


def test_with_their_word_it_conforms(verdict, issue, attest, settings):
    attested = attest(issue(), attested_on="2026-03-03", expires_on="2126-03-03")
    found = verdict(**MIXED)
    assert said(found) == (
        "conforming",
        "1 context issue is on record, and nothing about it falls short. "
        "Manager confirmed it on 3 Mar 2026.",
    )
    assert found.attestation.pk == attested.pk


def test_nobody_can_confirm_away_what_falls_short(verdict, issue, attest):
    attest(issue())
    issue(effect="")
    assert verdict(**MIXED).value == "nonconforming"


def test_a_confirmation_of_another_item_does_not_count(verdict, issue, attest):
    attest(issue(), requirement="2022:4.1-p2")
    assert verdict(**MIXED).value == "awaiting-attestation"


def test_an_attestation_that_cites_nothing_does_not_count(verdict, issue, attest):
    issue()
    attest()
    found = verdict(**MIXED)
    assert found.value == "awaiting-attestation"
    assert found.objections == ["it cites no record"]


def test_an_attestation_ends_on_the_day_it_expires(verdict, issue, attest, today):
    attest(issue(), attested_on=today - timedelta(days=30), expires_on=today + timedelta(days=1))
    assert verdict(**MIXED).value == "conforming"
    Attestation.objects.update(expires_on=today)
    assert verdict(**MIXED).value == "awaiting-attestation"


def test_an_expired_attestation_says_so(verdict, issue, attest):
    attest(issue(), attested_on="2025-03-03", expires_on="2026-03-03")
    assert verdict(**MIXED).reason.endswith(
        "What Manager stated on 3 Mar 2025 does not count: it expired on 3 Mar 2026."
    )


def test_an_attestation_of_a_later_day_does_not_count_yet(verdict, issue, attest, today):
    attest(issue())
    yesterday = today - timedelta(days=1)
    assert verdict(**MIXED).value == "conforming"
    assert verdict(**MIXED, day=yesterday).value == "awaiting-attestation"


def test_one_retired_record_among_those_cited_undoes_the_attestation(verdict, issue, attest):
    kept, gone = issue(), issue()
    attest(kept, gone)
    assert verdict(**MIXED).value == "conforming"
    retire(gone, "No longer so.")
    found = verdict(**MIXED)
    assert found.value == "awaiting-attestation"
    assert found.objections == [f"{gone.number} is retired"]


def test_a_retired_attestation_counts_for_nothing(verdict, issue, attest):
    retire(attest(issue()), "Withdrawn.")
    assert verdict(**MIXED).value == "awaiting-attestation"


def test_a_draft_of_an_attestation_counts_for_nothing(verdict, issue, attest):
    attest(issue(), status=Status.DRAFT)
    assert verdict(**MIXED).objections == ["it is a draft"]


def test_top_management_has_to_say_it_itself_where_that_is_asked(verdict, issue, attest, owner):
    by_the_top = MIXED | {
        "attested": Confirmation("the top stands for it", Attester.TOP_MANAGEMENT)
    }
    attest(record := issue(), by=owner)
    found = verdict(**by_the_top)
    assert found.value == "awaiting-attestation"
    assert found.objections == ["it was not made by a member of top management"]
    attest(record)
    assert verdict(**by_the_top).value == "conforming"


def test_the_owner_of_what_is_cited_is_no_second_pair_of_eyes(verdict, issue, attest, owner):
    by_another = MIXED | {"attested": Confirmation("another agrees", Attester.NOT_THE_OWNER)}
    attest(record := issue(owner=owner), by=owner)
    assert verdict(**by_another).value == "awaiting-attestation"
    attest(record)
    assert verdict(**by_another).value == "conforming"


def test_a_judgement_has_to_cite_what_it_judges(verdict, issue, attest):
    judged = {
        "attested": Confirmation("the top judges it", judged=True),
        "cites": [external_issues, internal_issues],
    }
    outside, inside = issue(), issue(origin="internal")
    attest(outside)
    assert verdict(**judged).value == "awaiting-attestation"
    attest(outside, inside)
    found = verdict(**judged)
    assert said(found) == ("conforming", found.reason)
    assert found.reason.startswith("Manager confirmed it on ")


def test_someone_without_the_authority_cannot_attest(issue, attest, colleague):
    with pytest.raises(Exception, match="no authority to attest"):
        attest(issue(), by=colleague)


def test_a_word_of_somebody_who_has_left_stands_and_is_read_in(issue, attest, manager, today):
    """Who may attest is asked of the day it was done, so a workbook outlives those who signed."""
    given = attest(issue(), attested_on=today - timedelta(days=30))
    manager.assignments.update(until=today - timedelta(days=10))
    manager.is_active = False
    manager.save()
    given.refresh_from_db()
    given.full_clean()
    given.attested_on = today - timedelta(days=5)
    with pytest.raises(ValidationError, match="no authority to attest"):
        given.full_clean()


def test_only_items_of_the_standard_can_be_attested(issue, attest):
    with pytest.raises(Exception, match="no item of this name"):
        attest(issue(), requirement="2022:99.9")


# -- what only arises when something happens -------------------------------------------------------

CONDITIONAL = {"only_when": external_issues, "none_of": issues_without_effect}


def absence(attest, *cited, **fields):
    """A statement that nothing occurred, made as if the item asked for it only then."""
    attestation = attest(*cited, **fields)
    Attestation.objects.filter(pk=attestation.pk).update(
        claim=CLAIM.DID_NOT_ARISE, since="2025-01-01"
    )


def test_an_empty_register_is_no_evidence_that_nothing_occurred(verdict, written):
    assert said(verdict(**CONDITIONAL)) == (
        "no-evidence",
        "There are no external issues. Nobody stands for this not having occurred.",
    )


def test_with_a_statement_behind_it_the_item_does_not_apply(verdict, issue, attest):
    absence(attest, issue(origin="internal"), attested_on="2026-03-03", expires_on="2126-03-03")
    assert said(verdict(**CONDITIONAL)) == (
        "not-applicable",
        "Manager stated on 3 Mar 2026 that it did not arise since 1 Jan 2025.",
    )


def test_a_lapsed_statement_leaves_no_evidence(verdict, issue, attest):
    absence(attest, issue(origin="internal"), attested_on="2025-03-03", expires_on="2026-03-03")
    found = verdict(**CONDITIONAL)
    assert (found.value, found.objections) == ("no-evidence", ["it expired on 3 Mar 2026"])


def test_a_confirmation_is_no_statement_that_nothing_occurred(verdict, issue, attest):
    attest(issue(origin="internal"))
    assert verdict(**CONDITIONAL).value == "no-evidence"


def test_what_did_occur_is_judged_whatever_was_stated(verdict, issue, attest):
    wrong = issue(effect="")
    absence(attest, wrong)
    found = verdict(**CONDITIONAL)
    assert found.value == "nonconforming"
    assert found.shortfall_records() == [(wrong, "Names no effect on a result.")]


def test_what_is_asked_of_everybody_cannot_be_stated_away(issue, attest):
    with pytest.raises(Exception, match="asked of everybody"):
        attest(issue(), claim=CLAIM.DID_NOT_ARISE, since="2025-01-01")


# -- as a person sees the organization -------------------------------------------------------------


def test_records_hidden_from_a_person_do_not_exist_for_them(
    verdict, issue, owner, colleague, north, south
):
    issue(unit=north, owner=None)
    issue(unit=south, owner=None, effect="")
    bound = {"some_of": external_issues, "none_of": issues_without_effect}
    assert verdict(seen_by=owner, **bound).value == "nonconforming"
    found = verdict(seen_by=colleague, **bound)
    assert (found.value, found.evidence_count) == ("conforming", 1)


def test_a_link_to_a_hidden_record_does_not_exist_either(
    verdict, issue, owner, colleague, north, south
):
    def issues_bearing_on_nothing():
        """Bears on nothing."""
        return external_issues().not_linked_to(ContextIssue)

    seen, hidden = issue(unit=north), issue(unit=south, origin="internal")
    Link.objects.create(source=seen, target=hidden)
    bound = {"some_of": external_issues, "none_of": issues_bearing_on_nothing}
    assert verdict(seen_by=owner, **bound).value == "conforming"
    assert verdict(seen_by=colleague, **bound).value == "nonconforming"
    Link.objects.all().delete()
    assert verdict(seen_by=owner, **bound).value == "nonconforming"
    assert verdict(seen_by=colleague, **bound).value == "nonconforming"


def test_somebody_without_any_role_sees_no_evidence_of_anything(verdict, issue, stranger):
    issue()
    assert verdict(seen_by=stranger, some_of=external_issues).value == "no-evidence"


def test_evidence_is_as_fresh_as_its_newest_and_as_stale_as_its_oldest_record(verdict, issue):
    first, second = issue(), issue()
    assert verdict(some_of=external_issues).freshness == (first.changed_at, second.changed_at)
    assert verdict(some_of=internal_issues).freshness is None
