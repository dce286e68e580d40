"""The scope: what it lists, what it considered, who can read it (4.3); clause 1 of the draft."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.ground.people.models import Authority, Sensitivity
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation
from tests.cast import appoint

UNAPPROVED = "Is not approved as it stands now."
EVERY_SCOPE_ITEM = pytest.mark.parametrize(
    "item", ["2022:4.3-p1", "2022:4.3-p2", "dis:4.1-p3", "dis:4.4.4-b"]
)


@pytest.fixture
def scope(good, whole):
    """An approved scope that lists one of each."""
    made = good.scope()
    good.element(made, process=good.process())
    good.element(made, place=good.place())
    good.element(made, part=whole)
    good.element(made, segment="Example Port to our depot, our custody")
    good.approve(made, good.day(-5))
    return made


@EVERY_SCOPE_ITEM
def test_without_a_scope_in_force_there_is_no_evidence(good, verdict, item):
    good.scope(status="draft")
    retire(good.scope(), "Replaced.")
    assert verdict(item) == ("no-evidence", [])


@EVERY_SCOPE_ITEM
def test_a_scope_nobody_approved_falls_short(good, verdict, scope, item):
    scope.approvals.all().delete()
    assert verdict(item) == ("nonconforming", [(scope.number, UNAPPROVED)])


@EVERY_SCOPE_ITEM
def test_a_scope_changed_since_its_approval_falls_short(good, verdict, scope, item):
    scope.coverage = "Carriage alone."
    scope.save()
    assert verdict(item) == ("nonconforming", [(scope.number, UNAPPROVED)])


@pytest.mark.parametrize("item", ["2022:4.3-p2", "dis:4.1-p3", "dis:4.4.4-b"])
def test_two_scopes_in_force_are_one_too_many(good, verdict, scope, item):
    other = good.scope()
    good.approve(other)
    assert verdict(item) == (
        "nonconforming",
        [
            (other.number, "Is not the only scope in force."),
            (scope.number, "Is not the only scope in force."),
        ],
    )


# -- what it lists (4.3-p1, and 4.1-p3 of the draft) ---------------------------------------------


def test_a_scope_lists_sites_units_processes_and_segments(good, verdict):
    good.approve(good.scope())
    assert verdict("2022:4.3-p1") == (
        "nonconforming",
        [
            ("", "There are no sites that the scope lists."),
            ("", "There are no units that the scope lists."),
            ("", "There are no processes that the scope lists."),
            ("", "There are no segments of the supply chain that the scope lists."),
        ],
    )
    assert verdict("dis:4.1-p3") == (
        "nonconforming",
        [("", "There are no elements in the scope.")],
    )


def test_what_is_retired_from_a_scope_is_listed_nowhere(good, verdict, scope):
    process, place = (scope.elements.get(**{f"{n}__isnull": False}) for n in ("process", "place"))
    retire(process, "Looked at again.")
    retire(place, "Looked at again.")
    good.approve(scope.__class__.objects.get())
    assert verdict("2022:4.3-p1") == (
        "nonconforming",
        [
            ("", "There are no sites that the scope lists."),
            ("", "There are no processes that the scope lists."),
            (place.place.number, "Is neither in the scope nor out of it."),
            (process.process.number, "Is neither in the scope nor out of it."),
        ],
    )


def test_every_place_and_process_in_force_is_in_or_out(good, verdict, scope):
    place, process = good.place(), good.process()
    retire(good.process(), "Given up.")
    good.place(is_active=False)
    assert verdict("2022:4.3-p1") == (
        "nonconforming",
        [
            (place.number, "Is neither in the scope nor out of it."),
            (process.number, "Is neither in the scope nor out of it."),
        ],
    )


def test_an_exclusion_has_a_reason(good, verdict, scope):
    wrong = good.element(scope, place=good.place(), inclusion="out")
    good.approve(scope)
    assert verdict("2022:4.3-p1") == (
        "nonconforming",
        [(wrong.number, "Is left out of the scope without a reason.")],
    )


@pytest.mark.parametrize("item", ["2022:4.3-p1", "dis:4.1-p3"])
def test_a_scope_that_lists_everything_conforms(good, verdict, confirm, scope, item):
    good.element(scope, place=good.place(), inclusion="out", reason="Sold in spring.")
    good.approve(scope)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, scope)
    assert verdict(item) == ("conforming", [])


# -- elements ------------------------------------------------------------------------------------


def test_an_element_is_called_after_what_it_is_about(good, scope, whole):
    assert [element.title for element in scope.elements.order_by("pk")] == [
        "Sealing trailers",
        "Example depot",
        "Acme Freight",
        "Example Port to our depot, our custody",
    ]


@pytest.mark.parametrize("change", ["add", "edit", "retire"])
def test_a_changed_element_undoes_the_approval(good, scope, change):
    element = scope.elements.first()
    if change == "add":
        good.element(scope, place=good.place())
    elif change == "edit":
        element.reason = "Because."
        element.save()
    else:
        retire(element, "Looked at again.")
    scope.refresh_from_db()
    assert (scope.version, scope.approval.version) == (2, 1)


def test_a_reviewed_element_leaves_the_approval_as_it_is(good, scope):
    element = scope.elements.first()
    element.reviewed_on = good.today
    element.save(update_fields=["reviewed_on", "review_due"])
    scope.refresh_from_db()
    assert scope.version == 1


def test_an_element_is_exactly_one_thing(good, scope):
    for subject in ({}, {"place": good.place(), "process": good.process()}):
        with pytest.raises(ValidationError) as refused:
            good.element(scope, **subject)
        assert refused.value.messages == [
            "Name exactly one: a process, a place, a part of the organization or a segment."
        ]


def test_nothing_is_listed_twice(good, scope):
    with pytest.raises(ValidationError) as refused:
        good.element(scope, place=scope.elements.get(place__isnull=False).place, inclusion="out")
    assert refused.value.messages == ["The scope lists this already: change that element."]


# -- what it considered (4.3-1, 4.3-2) -----------------------------------------------------------


def test_a_scope_without_links_shows_no_consideration(good, verdict, scope):
    good.link(scope, good.issue(), Relation.CONCERNS)
    good.requirement()
    good.obligation()
    assert verdict("2022:4.3-1") == ("no-evidence", [])
    assert verdict("2022:4.3-2") == ("no-evidence", [])


def test_an_issue_known_at_approval_is_considered_with_a_note(good, verdict, scope):
    good.link(scope, good.issue(), Relation.CONSIDERS, note="Depots are in.")
    unlinked, noteless = good.issue(identified_on=good.day(-5)), good.issue()
    good.link(scope, noteless, Relation.CONSIDERS)
    assert verdict("2022:4.3-1") == (
        "nonconforming",
        [
            (
                unlinked.number,
                "Was known when the scope was approved, but is not considered in it.",
            ),
            (
                noteless.number,
                "Is considered in the scope without a note on what follows from it.",
            ),
        ],
    )


def test_what_only_an_earlier_scope_considered_is_not_considered(good, verdict, scope):
    earlier = good.scope()
    issue = good.issue()
    good.link(earlier, issue, Relation.CONSIDERS, note="Depots are in.")
    retire(earlier, "Replaced.")
    assert verdict("2022:4.3-1") == ("no-evidence", [])


@pytest.mark.parametrize("item", ["2022:4.3-1", "2022:4.3-2"])
def test_consideration_by_a_scope_nobody_approved_falls_short(good, verdict, scope, item):
    good.link(scope, good.issue(), Relation.CONSIDERS, note="Depots are in.")
    good.link(scope, good.obligation(), Relation.CONSIDERS)
    scope.approvals.all().delete()
    assert verdict(item) == ("nonconforming", [(scope.number, UNAPPROVED)])


def test_issues_considered_or_later_than_the_approval_or_irrelevant_conform(good, verdict, scope):
    good.link(scope, good.issue(), Relation.CONSIDERS, note="Depots are in.")
    good.issue(is_relevant=False, irrelevance_reason="We have no ships.")
    good.issue(identified_on=good.day(-4))
    retire(good.issue(), "Over.")
    assert verdict("2022:4.3-1") == ("conforming", [])


def test_adopted_requirements_and_applicable_obligations_are_considered(good, verdict, scope):
    good.link(scope, good.requirement(), Relation.CONSIDERS)
    requirement, obligation = good.requirement(), good.obligation()
    why = "Was known when the scope was approved, but is not considered in it."
    assert verdict("2022:4.3-2") == (
        "nonconforming",
        [(requirement.number, why), (obligation.number, why)],
    )


def test_what_is_refused_inapplicable_or_later_need_not_be_considered(good, verdict, scope):
    good.link(scope, good.requirement(), Relation.CONSIDERS)
    good.link(scope, good.obligation(), Relation.CONSIDERS)
    good.requirement(decision="not-adopted", decision_reason="Too far.")
    good.requirement(identified_on=good.day(-4))
    good.obligation(applicability="does-not", applicability_reason="We have no ships.")
    good.obligation(identified_on=good.day(-4))
    assert verdict("2022:4.3-2") == ("conforming", [])


# -- documented and available (4.3-p2, and 4.4.4-b of the draft) ---------------------------------


def test_a_scope_that_names_no_audience_falls_short(good, verdict, scope):
    scope.audience.clear()
    assert verdict("2022:4.3-p2") == (
        "nonconforming",
        [(scope.number, "Names nobody who has to be able to read it.")],
    )


HIDDEN = "Is hidden from somebody who has to be able to read it."


def test_an_audience_cleared_too_low_cannot_read_it(good, verdict, scope, colleague):
    scope.sensitivity = Sensitivity.CONFIDENTIAL
    scope.save()
    good.approve(scope)
    made = appoint(colleague, good.owner.unit, "clerk", "read *", Sensitivity.INTERNAL)
    colleague.assignments.exclude(pk=made.pk).update(until=good.day(-1))
    scope.audience.set([made.role])
    assert verdict("2022:4.3-p2") == ("nonconforming", [(scope.number, HIDDEN)])


def test_an_audience_in_another_part_of_the_organization_cannot_read_it(
    good, verdict, scope, colleague
):
    scope.audience.add(colleague.assignments.get().role)
    assert verdict("2022:4.3-p2") == ("nonconforming", [(scope.number, HIDDEN)])


def test_an_audience_without_the_authority_cannot_read_it(good, verdict, scope, auditor):
    role = auditor.assignments.get().role
    scope.audience.add(role)
    Authority.objects.filter(role=role).update(over="support")
    assert verdict("2022:4.3-p2") == ("nonconforming", [(scope.number, HIDDEN)])


def test_a_scope_that_nobody_owns_is_hidden_like_any_other(good, verdict, scope, colleague):
    scope.owner = None
    scope.save()
    good.approve(scope)
    assert verdict("2022:4.3-p2") == ("conforming", [])
    scope.audience.add(colleague.assignments.get().role)
    assert verdict("2022:4.3-p2") == ("nonconforming", [(scope.number, HIDDEN)])


def test_who_deputizes_for_somebody_who_reads_it_can_read_it(
    good, verdict, scope, colleague, auditor
):
    scope.audience.add(colleague.assignments.get().role)
    assert verdict("2022:4.3-p2") == ("nonconforming", [(scope.number, HIDDEN)])
    auditor.assignments.update(deputy=colleague)
    assert verdict("2022:4.3-p2") == ("conforming", [])


def test_a_second_role_that_reads_it_is_enough(good, verdict, scope, colleague):
    scope.audience.add(colleague.assignments.get().role)
    appoint(colleague, good.owner.unit, "clerk", "read scope", Sensitivity.INTERNAL)
    assert verdict("2022:4.3-p2") == ("conforming", [])


def test_a_scope_its_audience_can_read_conforms(good, verdict, scope, auditor):
    scope.audience.add(auditor.assignments.get().role)
    assert verdict("2022:4.3-p2") == ("conforming", [])


@pytest.mark.parametrize(
    "spoilt, why",
    [
        ({"owner": None}, "Has nobody who answers for it."),
        ({"review_due": None}, "Was never given a review day."),
    ],
)
def test_a_scope_out_of_control_falls_short_in_the_draft(good, verdict, spoilt, why):
    wrong = good.scope(**spoilt)
    good.approve(wrong)
    assert verdict("dis:4.4.4-b") == ("nonconforming", [(wrong.number, why)])


def test_an_approved_scope_under_control_conforms_in_the_draft(good, verdict, scope):
    assert verdict("dis:4.4.4-b") == ("conforming", [])


# -- other parts of the business (draft, 1) ------------------------------------------------------


def test_without_a_list_of_business_functions_there_is_no_evidence(good, verdict):
    assert verdict("dis:1") == ("no-evidence", [])


def test_a_function_without_verdict_or_link_into_the_scope_is_noted(good, verdict, scope):
    undecided, unlinked, astray = good.function(bearing=""), good.function(), good.function()
    outside = good.place()
    good.element(scope, place=outside, inclusion="out", reason="Sold in spring.")
    good.approve(scope)
    good.link(astray, outside, Relation.CONCERNS)
    why = "Bears on security, but is linked to no process and no place in the scope."
    value, short = verdict("dis:1")
    assert value == "nonconforming"
    assert short[0] == (undecided.number, "Does not say whether it bears on security.")
    assert sorted(short[1:]) == [(unlinked.number, why), (astray.number, why)]


def test_functions_linked_into_the_scope_or_without_bearing_conform(good, verdict, scope):
    process = scope.elements.get(process__isnull=False).process
    place = scope.elements.get(place__isnull=False).place
    good.link(good.function(), process, Relation.CONCERNS)
    good.link(place, good.function(), Relation.CONCERNS)
    good.function(bearing="no")
    assert verdict("dis:1") == ("conforming", [])
