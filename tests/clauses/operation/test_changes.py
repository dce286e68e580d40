"""New and revised arrangements, and whether their risks were weighed before (8.4, draft 4.4.6)."""

import pytest

from bartizan.clauses.leadership.models import BusinessChange
from bartizan.clauses.planning.models import EquipmentClass, Objective, Reassignment
from bartizan.ground.people.models import Assignment, Role
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation

WEIGHED = pytest.mark.parametrize("item", ["2022:8.4-p3", "dis:4.4.6-p2"])
ROLES = pytest.mark.parametrize("item", ["2022:8.4-a", "dis:4.4.6-C.a"])
AIMS = pytest.mark.parametrize("item", ["2022:8.4-c", "dis:4.4.6-C.b"])
WORK = pytest.mark.parametrize("item", ["2022:8.4-d", "dis:4.4.6-C.c"])
THINGS = pytest.mark.parametrize("item", ["2022:8.4-e", "dis:4.4.6-C.d"])
OTHERS = pytest.mark.parametrize("item", ["2022:8.4-f", "dis:4.4.6-C.e"])
CONTROLLED = "2022:8.4-p4"

UNCHECKED = {"risk_check": "", "risk_checked_by": None, "risk_checked_on": None}
REVISED = "Was set up or revised in the last year without a change whose risks were checked before."


@pytest.fixture
def settled(whole, today, good):
    """All roles are as they were two years ago, and held since then."""
    Role.objects.update(revised_on=good.day(-700))
    Assignment.objects.update(since=good.day(-700))


# -- risks weighed before (8.4) ------------------------------------------------------------------


@WEIGHED
def test_without_a_change_there_is_no_evidence(watch, verdict, item):
    retire(watch.change(), "Given up.")
    assert verdict(item) == ("no-evidence", [])
    assert verdict(CONTROLLED) == ("no-evidence", [])


@WEIGHED
@pytest.mark.parametrize("spoilt", [UNCHECKED, {"risk_checked_on": -10, "effective_on": -10}])
def test_the_risks_of_a_change_are_checked_before_its_day(watch, verdict, item, spoilt):
    watch.change()
    days = {n: watch.day(v) if isinstance(v, int) else v for n, v in spoilt.items()}
    wrong = watch.change(**days)
    assert verdict(item) == (
        "nonconforming",
        [(wrong.number, "Has no check of its risks from before the day on which it takes effect.")],
    )


@WEIGHED
def test_changes_weighed_before_they_take_effect_conform(watch, verdict, item):
    watch.change()
    watch.change(effective_on=watch.day(-39))
    assert verdict(item) == ("conforming", [])


# -- assess, approve, begin, sign off (8.4) ------------------------------------------------------

UNAPPROVED = (
    "Was begun without approval by somebody other than its owner after its risks were checked."
)


def test_a_change_is_approved_between_its_check_and_its_beginning(watch, verdict, good, owner):
    watch.change(begun_on=watch.day(-35))
    early = watch.change(begun_on=watch.day(-36))
    by_owner = watch.change(begun_on=watch.day(-30))
    by_owner.approvals.update(by=owner)
    assert verdict(CONTROLLED) == (
        "nonconforming",
        [(by_owner.number, UNAPPROVED), (early.number, UNAPPROVED)],
    )


def test_a_change_whose_day_has_come_was_begun(watch, verdict):
    watch.change(effective_on=watch.today)
    wrong = watch.change(effective_on=watch.day(-1))
    why = "Was to take effect on a day that has passed, and nothing says that it was begun."
    assert verdict(CONTROLLED) == ("nonconforming", [(wrong.number, why)])


def test_what_came_of_a_change_is_signed_off_by_another(watch, verdict, good):
    change = watch.change(begun_on=watch.day(-30))
    change.done_on, change.outcome = watch.day(-5), "Forty places a night."
    change.save()
    why = "Is completed, but nobody other than its owner has signed off what came of it."
    good.approve(change, watch.day(-6))
    assert verdict(CONTROLLED) == ("nonconforming", [(change.number, why)])
    change.approvals.filter(version=change.version).update(on=watch.day(-5))
    assert verdict(CONTROLLED) == ("conforming", [])


# -- structure and roles (8.4 a) -----------------------------------------------------------------


@ROLES
def test_without_roles_there_is_no_evidence(watch, verdict, item):
    Role.objects.update(is_retired=True)
    assert verdict(item) == ("no-evidence", [])


@ROLES
def test_a_role_revised_without_a_change_falls_short(watch, verdict, settled, item):
    role = Role.objects.get(code="security-manager")
    role.revised_on = watch.day(-20)
    role.save()
    watch.change().roles.add(Role.objects.get(code="director"))
    watch.change(risk_checked_on=watch.day(-19)).roles.add(role)
    watch.change(begun_on=watch.day(-34), done_on=watch.day(-21), outcome="Done.").roles.add(role)
    assert verdict(item) == ("nonconforming", [("security-manager", REVISED)])
    watch.change().roles.add(role)
    assert verdict(item) == ("conforming", [])


@ROLES
def test_a_takeover_is_weighed_before(watch, verdict, settled, good, item):
    given = {"nature": "merger", "description": "Two depots.", "took_effect_on": watch.day(-20)}
    merger = good.record(BusinessChange, "Merger", **given)
    assert verdict(item) == (
        "nonconforming",
        [
            (
                merger.number,
                "Came into effect in the last year without a change whose risks were checked"
                " before.",
            )
        ],
    )
    good.link(watch.change(), merger, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@ROLES
def test_roles_as_they_were_a_year_ago_conform(watch, verdict, settled, item):
    Role.objects.update(revised_on=watch.day(-365))
    assert verdict(item) == ("conforming", [])


# -- policy, objectives, targets, programmes (8.4 c) ---------------------------------------------


@pytest.fixture
def objective(watch, good):
    """An objective as it was first approved."""
    made = good.record(Objective, "Half the thefts", description="Half as many as last year.")
    return watch.approved(made, watch.day(-200))


@AIMS
def test_without_policy_and_objectives_there_is_no_evidence(verdict, written, today, item):
    assert verdict(item) == ("no-evidence", [])


@AIMS
def test_an_objective_revised_without_a_change_falls_short(watch, verdict, good, objective, item):
    assert verdict(item) == ("conforming", [])
    objective.description = "A third of last year's."
    objective.save()
    assert verdict(item)[0] == "no-evidence"  # nobody has approved it anew
    good.approve(objective, watch.day(-20))
    why = "Was revised in the last year without a change whose risks were checked before."
    assert verdict(item) == ("nonconforming", [(objective.number, why)])
    good.link(watch.change(), objective, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@AIMS
def test_what_was_revised_more_than_a_year_ago_is_not_asked(watch, verdict, good, objective, item):
    objective.description = "A third of last year's."
    objective.save()
    good.approve(objective, watch.day(-365))
    assert verdict(item) == ("conforming", [])


# -- processes and procedures (8.4 d) ------------------------------------------------------------


@WORK
def test_without_a_process_there_is_no_evidence(verdict, written, today, item):
    assert verdict(item) == ("no-evidence", [])


@WORK
def test_a_process_revised_without_a_change_falls_short(watch, verdict, good, item):
    good.process(revised_on=watch.day(-365))
    process = good.process(revised_on=watch.day(-20))
    assert verdict(item) == ("nonconforming", [(process.number, REVISED)])
    good.link(process, watch.change(), Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@WORK
@pytest.mark.parametrize("linked", ["version", "document"])
def test_a_new_text_of_a_procedure_is_weighed_before(watch, verdict, good, item, linked):
    good.process(revised_on=watch.day(-400))
    procedure = good.procedure()
    version = watch.approved(good.version(procedure, effective_from=watch.day(-20)))
    other = good.procedure(document_type="description")
    watch.approved(good.version(other, effective_from=watch.day(-20)))
    why = "Came into effect in the last year without a change whose risks were checked before."
    assert verdict(item) == ("nonconforming", [(version.number, why)])
    target = version if linked == "version" else procedure
    good.link(watch.change(), target, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


# -- infrastructure and equipment (8.4 e) --------------------------------------------------------


@THINGS
def test_without_first_days_there_is_no_evidence(watch, verdict, good, item):
    good.place()
    good.place(under_own_control=False, active_since=watch.day(-10))
    assert verdict(item) == ("no-evidence", [])


@THINGS
def test_a_new_site_and_new_equipment_are_weighed_before(watch, verdict, good, item):
    site = good.place(active_since=watch.day(-20))
    cameras = good.record(
        EquipmentClass, "Cameras", description="All of them.", in_service_since=watch.day(-20)
    )
    assert verdict(item) == (
        "nonconforming",
        [
            (
                site.number,
                "Came into use in the last year without a change whose risks were checked before.",
            ),
            (
                cameras.number,
                "Came into service in the last year without a change whose risks were checked"
                " before.",
            ),
        ],
    )
    change = watch.change()
    good.link(change, site, Relation.CONCERNS)
    good.link(change, cameras, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@THINGS
def test_old_sites_conform(watch, verdict, good, item):
    good.place(active_since=watch.day(-365))
    assert verdict(item) == ("conforming", [])


# -- contractors, suppliers, personnel (8.4 f) ---------------------------------------------------


@OTHERS
def test_without_a_provider_with_a_first_day_there_is_no_evidence(watch, verdict, good, item):
    good.partner()
    good.partner(relationship="customer", active_since=watch.day(-10))
    assert verdict(item) == ("no-evidence", [])


@OTHERS
def test_a_new_provider_is_weighed_before(watch, verdict, good, settled, item):
    by_change = good.partner(active_since=watch.day(-20))
    by_assessment = good.partner(active_since=watch.day(-20))
    why = "Was taken on in the last year, and nobody had weighed the risks of that before."
    good.link(watch.assessment(done_on=watch.day(-19)), by_change, Relation.CONCERNS)
    assert verdict(item) == (
        "nonconforming",
        [(by_assessment.number, why), (by_change.number, why)],
    )
    good.link(watch.assessment(), by_assessment, Relation.CONCERNS)
    good.link(watch.change(), by_change, Relation.CONCERNS)
    assert verdict(item) == ("conforming", [])


@OTHERS
def test_somebody_new_in_a_sensitive_role_is_weighed_before(watch, verdict, good, settled, item):
    good.partner(active_since=watch.day(-400))
    assignment = good.manager.assignments.get()
    assignment.since = watch.day(-20)
    assignment.save()
    why = "Got a sensitive role in the last year, and nobody had weighed the risks before."
    assert verdict(item) == ("nonconforming", [(str(assignment.pk), why)])
    change = watch.change()
    Reassignment.objects.create(change=change, role=assignment.role, person=assignment.person)
    assert verdict(item) == ("conforming", [])
