"""Changes to the system are planned before they are made (6.3)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.planning.models import Reassignment
from bartizan.ground.people.models import Role
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation
from tests.cast import appoint
from tests.clauses.planned import Plans

ITEMS = ("2022:6.3-p1", "2022:6.3-a", "2022:6.3-b", "2022:6.3-c", "2022:6.3-d")
UNPLANNED = "Was changed without a change approved before."


@pytest.fixture
def plans(owner, manager, today) -> Plans:
    Role.objects.update(revised_on=today.replace(year=today.year - 1))
    return Plans(owner, manager, today)


@pytest.fixture
def change(plans):
    """A change approved and begun, and the process it concerns."""
    made = plans.system_change()
    plans.approve(made, plans.day(-50))
    plans.link(made, plans.process(revised_on=plans.day(-20)), Relation.CONCERNS)
    return made


def test_where_nothing_is_there_no_item_has_evidence(plans, verdict):
    plans.system_change(status="draft")
    plans.process(revised_on=plans.day(-1))
    assert {item: verdict(item) for item in ITEMS} == {item: ("no-evidence", []) for item in ITEMS}


def test_a_change_thought_through_conforms(change, verdict, confirm):
    confirm("2022:6.3-b", change)
    assert {item: verdict(item) for item in ITEMS} == {item: ("conforming", []) for item in ITEMS}


@pytest.mark.parametrize(
    "field, item, why",
    [
        ("purpose", "2022:6.3-a", "Does not say what it is for."),
        ("consequences", "2022:6.3-a", "Does not say what may follow from it."),
        ("integrity", "2022:6.3-b", "Does not say how the system stays whole."),
        ("resources", "2022:6.3-c", "Does not say what it takes."),
        (
            "effect_on_roles",
            "2022:6.3-d",
            "Does not say who gains or loses duties and powers.",
        ),
    ],
)
def test_a_change_that_was_not_thought_through_falls_short(
    plans, change, verdict, field, item, why
):
    plans.change_it(change, **{field: ""})
    assert verdict(item) == ("nonconforming", [(change.number, why)])


# -- p1: nothing changes without one -------------------------------------------------------------


def test_a_change_is_approved_before_it_takes_effect(plans, change, verdict):
    change.approvals.update(on=plans.day(-19))
    why = "Has taken effect without an approval before it."
    assert (change.number, why) in verdict("2022:6.3-p1")[1]


def test_a_change_that_nobody_approved_begins_for_nobody(plans, change, verdict):
    change.approvals.all().delete()
    why = "Has begun, and nobody approved what it is for and what follows."
    assert verdict("2022:6.3-a") == ("nonconforming", [(change.number, why)])


def test_a_process_revised_since_change_control_began_was_planned(plans, change, verdict):
    plans.process(revised_on=plans.day(-51))
    unplanned = plans.process(revised_on=plans.day(-10))
    assert verdict("2022:6.3-p1") == ("nonconforming", [(unplanned.number, UNPLANNED)])
    plans.link(change, unplanned, Relation.CONCERNS)
    assert verdict("2022:6.3-p1") == ("conforming", [])


def test_a_completed_change_covers_nothing_that_comes_later(plans, change, verdict):
    plans.change_it(change, done_on=plans.day(-15), outcome="As planned.")
    change.approvals.update(on=plans.day(-50))
    later = plans.process(revised_on=plans.day(-10))
    plans.link(change, later, Relation.CONCERNS)
    assert verdict("2022:6.3-p1") == ("nonconforming", [(later.number, UNPLANNED)])


def test_policy_scope_roles_and_plans_change_by_plan_too(plans, change, verdict):
    policy = plans.policy(revised_on=plans.day(-10))
    scope = plans.scope()
    for record in (policy, scope):
        plans.approve(record, plans.day(-5))
    role = plans.role
    Role.objects.filter(pk=role.pk).update(revised_on=plans.day(-10))
    plan = plans.procedure(document_type="plan")
    version = plans.version(plan, effective_from=plans.day(-10))
    plans.approve(version, plans.day(-12))
    value, reasons = verdict("2022:6.3-p1")
    assert (value, reasons) == (
        "nonconforming",
        [
            (policy.number, UNPLANNED),
            (scope.number, UNPLANNED),
            (str(role.code), UNPLANNED),
            (version.number, "Has taken effect without a change approved before."),
        ],
    )
    for record in (policy, scope, plan):
        plans.link(change, record, Relation.CONCERNS)
    change.roles.add(role)
    assert verdict("2022:6.3-p1") == ("conforming", [])


# -- b, c, d -------------------------------------------------------------------------------------


def test_a_change_lists_what_it_affects(plans, change, verdict):
    change.links_out.all().delete()
    why = "Lists nothing that it affects."
    assert verdict("2022:6.3-b") == ("nonconforming", [(change.number, why)])
    change.roles.add(plans.role)
    assert verdict("2022:6.3-b") == ("awaiting-attestation", [])


def test_a_completed_change_leaves_no_broken_link(plans, change, verdict):
    process, gone = change.links_out.get().target, plans.process()
    plans.link(process, gone, Relation.FEEDS)
    retire(gone, "Given up.")
    assert verdict("2022:6.3-b") == ("awaiting-attestation", [])
    plans.change_it(change, done_on=plans.day(-5), outcome="As planned.")
    why = "Has left a link to something that is no longer in force."
    assert verdict("2022:6.3-b") == ("nonconforming", [(change.number, why)])


def test_means_are_granted_before_it_starts(plans, change, verdict):
    plans.change_it(change, needs_means=True)
    need = plans.need(change)
    grant = plans.grant(need, days=-29)
    why = "Takes means that were not granted before it started."
    assert verdict("2022:6.3-c") == ("nonconforming", [(change.number, why)])
    grant.granted_on = plans.day(-30)
    grant.save()
    assert verdict("2022:6.3-c") == ("conforming", [])


def test_whoever_was_named_holds_the_role_on_the_day(plans, change, verdict, stranger, whole):
    other = appoint(stranger, whole, "gate-supervisor", "read *", 1)
    other.since = plans.day(-10)
    other.save()
    named = Reassignment.objects.create(change=change, role=other.role, person=stranger)
    value, reasons = verdict("2022:6.3-d")
    why = "Was to be there when the change took effect, and is not."
    assert (value, [reason for _name, reason in reasons]) == ("nonconforming", [why])
    other.since = plans.day(-20)
    other.save()
    assert verdict("2022:6.3-d") == ("conforming", [])
    assert str(named) == f"{change.number}: Gate-Supervisor, Stranger"


# -- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, words",
    [
        (
            {"risk_check": "", "risk_checked_by": None, "risk_checked_on": None},
            "It can't have begun before somebody checked the risks it brings.",
        ),
        (
            {"begun_on": -61},
            "It can't have begun before somebody checked the risks it brings.",
        ),
        ({"risk_check": ""}, "Say which risks it brings, who looked, and when."),
        ({"done_on": -5}, "What is completed has begun, and says what came of it."),
    ],
)
def test_a_change_does_not_begin_before_its_risk_check(plans, fields, words):
    fields = {k: plans.day(v) if isinstance(v, int) else v for k, v in fields.items()}
    with pytest.raises(ValidationError) as refused:
        plans.system_change(**fields)
    assert refused.value.messages == [words]
