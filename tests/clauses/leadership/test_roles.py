"""Who answers for what: 5.3, what 5.1 wants of leaders, and the draft's 3.10 and 4.4.1."""

import pytest

from bartizan.ground.people.models import Assignment, Role, Sensitivity
from tests.cast import appoint

GIVEN, CONFORMITY, REPORTS = "2022:5.3-p1", "2022:5.3-a", "2022:5.3-b"
DIRECTED, BACKED, ONE_AIM = "2022:5.1-9", "2022:5.1-11", "2022:4.2.3.2-p1"
TRACED, WRITTEN, TOP = "dis:3.10-note", "dis:4.4.1-p2", "dis:4.4.1-a"


def change(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def role(who) -> Role:
    return who.assignments.get().role


def codes(found) -> list[tuple[str, str]]:
    """Assignments by who holds them, roles by their code."""
    value, short = found
    people = {str(a.pk): a.person.code for a in Assignment.objects.all()}
    return value, [(people.get(number, number), why) for number, why in short]


# -- 5.3: given out and taken on -----------------------------------------------------------------


def test_without_an_assignment_there_is_no_evidence(written, verdict):
    assert verdict(GIVEN) == ("no-evidence", [])
    Role.objects.create(code="guard", name="Guard", responsibilities="Keeps watch.")
    assert verdict(GIVEN) == ("no-evidence", [])


def test_roles_given_by_the_top_and_taken_on_conform(owner, manager, verdict):
    assert verdict(GIVEN) == ("conforming", [])


@pytest.mark.parametrize("why_vacant", ["never", "expired", "ahead", "left"])
def test_a_role_nobody_holds_falls_short(org, owner, manager, verdict, why_vacant):
    held = owner.assignments.get()
    match why_vacant:
        case "never":
            held.delete()
        case "expired":
            change(held, until=org.day(-1))
        case "ahead":
            change(held, since=org.day(1))
        case "left":
            change(owner, is_active=False)
    assert verdict(GIVEN) == (
        "nonconforming",
        [("security-manager", "Must be held, and nobody holds it.")],
    )
    change(Role.objects.get(code="security-manager"), is_required=False)
    assert verdict(GIVEN) == ("conforming", [])


def test_a_role_without_duties_or_powers_falls_short(owner, manager, verdict):
    change(role(owner), responsibilities="")
    assert verdict(GIVEN) == ("nonconforming", [("security-manager", "Names no duty.")])
    change(role(owner), responsibilities="Keeps watch.")
    role(owner).authorities.all().delete()
    assert verdict(GIVEN) == ("nonconforming", [("security-manager", "Carries no power.")])


@pytest.mark.parametrize("by", ["nobody", "another role", "the top of another day"])
def test_an_assignment_top_management_did_not_make_falls_short(org, owner, manager, verdict, by):
    match by:
        case "nobody":
            change(owner.assignments.get(), appointed_by=None, appointed_on=None)
        case "another role":
            change(owner.assignments.get(), appointed_by=owner)
        case "the top of another day":
            change(owner.assignments.get(), appointed_on=org.day(-401))
    assert codes(verdict(GIVEN)) == (
        "nonconforming",
        [("owner", "Was not made by top management.")],
    )


@pytest.mark.parametrize("days", [None, -11, 1])
def test_an_assignment_the_holder_did_not_accept_falls_short(org, owner, manager, verdict, days):
    change(role(owner), revised_on=org.day(-10))
    accepted = None if days is None else org.day(days)
    change(owner.assignments.get(), accepted_on=accepted)
    assert codes(verdict(GIVEN)) == (
        "nonconforming",
        [("owner", "Was not accepted by its holder since the duties last changed.")],
    )
    change(owner.assignments.get(), accepted_on=org.day(-10))
    assert verdict(GIVEN) == ("conforming", [])


# -- 5.3 a: conformity ---------------------------------------------------------------------------


def test_without_a_role_for_conformity_there_is_no_evidence(owner, verdict):
    assert verdict(CONFORMITY) == ("no-evidence", [])
    change(role(owner), upholds_conformity=True, is_retired=True)
    assert verdict(CONFORMITY) == ("no-evidence", [])


def test_a_holder_appointed_by_the_top_upholds_conformity(org, owner, verdict):
    change(role(owner), upholds_conformity=True)
    assert verdict(CONFORMITY) == ("conforming", [])


def test_a_lapsed_or_foreign_appointment_for_conformity_falls_short(org, owner, verdict):
    change(role(owner), upholds_conformity=True)
    change(owner.assignments.get(), appointed_by=owner)
    why = "Gives somebody the system's conformity, and was not made by top management."
    assert codes(verdict(CONFORMITY)) == ("nonconforming", [("owner", why)])
    change(owner.assignments.get(), until=org.day(-1))
    why = "Keeps the system conforming, and nobody holds it."
    assert verdict(CONFORMITY) == ("nonconforming", [("security-manager", why)])


def test_one_holder_of_several_roles_for_conformity_is_enough(owner, verdict):
    change(role(owner), upholds_conformity=True)
    Role.objects.create(
        code="second", name="Second", responsibilities="Helps.", upholds_conformity=True
    )
    assert verdict(CONFORMITY) == ("conforming", [])


# -- 5.3 b: reports ------------------------------------------------------------------------------


@pytest.fixture
def reporter(owner, declare):
    """The security manager reports every 90 days."""
    change(role(owner), reports_performance=True)
    declare("performance-report", 90)
    return owner


@pytest.fixture
def report(org, owner, manager):
    def made(days=-90, **fields):
        given = {"purpose": "report", "author": owner, "people": [manager]}
        return org.communication(days, **given | fields)

    return made


def test_without_a_reporting_role_or_a_declared_cadence_there_is_no_evidence(
    owner, report, declare, verdict
):
    report()
    change(role(owner), reports_performance=True)
    assert verdict(REPORTS) == ("no-evidence", [])
    change(role(owner), reports_performance=False)
    declare("performance-report", 90)
    assert verdict(REPORTS) == ("no-evidence", [])


def test_a_report_within_the_cadence_conforms(reporter, report, verdict):
    report()
    assert verdict(REPORTS) == ("conforming", [])


def test_a_report_to_the_role_at_the_top_conforms(reporter, report, manager, verdict):
    report(people=[], roles=[role(manager)])
    assert verdict(REPORTS) == ("conforming", [])


@pytest.mark.parametrize(
    "fields",
    [
        {"days": -91},
        {"purpose": "message"},
        {"people": []},
        {"direction": "inward"},
        {"status": "draft"},
        {"author": None},
    ],
)
def test_a_missing_report_falls_short(reporter, report, verdict, fields):
    report(**fields)
    why = "Is overdue with its report to top management."
    assert verdict(REPORTS) == ("nonconforming", [("security-manager", why)])


def test_a_report_to_or_by_others_is_none(org, reporter, report, auditor, verdict):
    report(people=[auditor])
    report(author=auditor)
    assert verdict(REPORTS)[0] == "nonconforming"


def test_whoever_took_over_lately_owes_no_report_yet(org, reporter, verdict):
    change(reporter.assignments.get(), since=org.day(-90))
    assert verdict(REPORTS) == ("conforming", [])
    change(reporter.assignments.get(), since=org.day(-91))
    assert verdict(REPORTS)[0] == "nonconforming"


def test_a_lapsed_or_foreign_appointment_for_reports_falls_short(org, reporter, report, verdict):
    report()
    change(reporter.assignments.get(), appointed_by=reporter)
    why = "Gives somebody the reports of performance, and was not made by top management."
    assert codes(verdict(REPORTS)) == ("nonconforming", [("owner", why)])
    change(reporter.assignments.get(), until=org.day(-1))
    why = "Reports performance to top management, and nobody holds it."
    assert verdict(REPORTS) == ("nonconforming", [("security-manager", why)])


# -- 5.1: directed and supported -----------------------------------------------------------------


@pytest.fixture
def briefed(org, owner, manager, declare):
    declare("role-briefing", 180)
    for assignment in Assignment.objects.all():
        change(assignment, briefed_on=org.day(-180), supported_on=org.day(-180))


def test_without_a_declared_interval_nobody_can_tell_who_was_directed(org, owner, verdict):
    change(owner.assignments.get(), briefed_on=org.day(-1), supported_on=org.day(-1))
    assert verdict(DIRECTED) == ("no-evidence", [])


def test_directed_and_supported_holders_conform_on_the_word_of_the_top(
    org, briefed, owner, verdict, confirm
):
    assert verdict(DIRECTED) == ("awaiting-attestation", [])
    made = confirm(DIRECTED, org.policy())
    assert verdict(DIRECTED) == ("conforming", [])
    change(made, attested_by=owner)
    assert verdict(DIRECTED) == ("awaiting-attestation", [])


@pytest.mark.parametrize(
    "column, why",
    [
        ("briefed_on", "Has a holder who was not directed within the declared interval."),
        ("supported_on", "Has a holder whom nobody supported within the declared interval."),
    ],
)
@pytest.mark.parametrize("days", [None, -181, 1])
def test_a_holder_left_alone_falls_short(org, briefed, owner, verdict, column, why, days):
    change(owner.assignments.get(), **{column: None if days is None else org.day(days)})
    assert codes(verdict(DIRECTED)) == ("nonconforming", [("owner", why)])


def test_a_vacant_role_cannot_be_directed(org, briefed, owner, verdict):
    change(owner.assignments.get(), until=org.day(-1))
    why = "Must be held, and nobody holds it."
    assert verdict(DIRECTED) == ("nonconforming", [("security-manager", why)])


# -- 5.1, 4.2.3.2: leaders -----------------------------------------------------------------------


@pytest.fixture
def leader(north, newcomer, manager):
    """Somebody leads the north depot."""

    def made(code="head", unit=north):
        who = newcomer(code, unit=unit)
        powers = "read * attest *"
        appoint(who, unit, f"{code}-of", powers, Sensitivity.INTERNAL, manager, is_leader=True)
        return who

    return made


def test_without_a_leader_there_is_no_evidence(owner, declare, verdict):
    declare("leadership-message", 90)
    assert verdict(BACKED) == ("no-evidence", [])
    assert verdict(ONE_AIM) == ("no-evidence", [])


def test_each_leader_stands_for_having_been_backed(org, leader, south, verdict, confirm):
    first, second = leader(), leader("chief", south)
    policy = org.policy()
    assert verdict(BACKED) == ("awaiting-attestation", [])
    change(confirm(BACKED, policy), attested_by=first)
    assert verdict(BACKED) == ("awaiting-attestation", [])
    last = confirm(BACKED, policy)
    change(last, attested_by=second)
    assert verdict(BACKED) == ("conforming", [])
    change(last, expires_on=org.day(0), attested_on=org.day(-9))
    assert verdict(BACKED) == ("awaiting-attestation", [])


def test_a_leader_without_powers_falls_short(leader, verdict):
    role(leader()).authorities.all().delete()
    assert verdict(BACKED) == ("nonconforming", [("head-of", "Leads a unit and carries no power.")])


def test_the_aim_is_passed_on_in_each_unit_by_word_or_by_message(
    org, leader, north, south, verdict, confirm, declare
):
    head, _chief = leader(), leader("chief", south)
    policy = org.policy()
    assert verdict(ONE_AIM) == ("no-evidence", [])
    declare("leadership-message", 90)
    assert verdict(ONE_AIM) == ("awaiting-attestation", [])
    change(confirm(ONE_AIM, policy), unit=south)
    assert verdict(ONE_AIM) == ("awaiting-attestation", [])
    message = org.communication(-90, author=head, units=[north])
    org.link(message, policy, "concerns")
    assert verdict(ONE_AIM) == ("conforming", [])
    org.revise(message, at=org.at(-91))
    assert verdict(ONE_AIM) == ("awaiting-attestation", [])


@pytest.mark.parametrize("spoiled", ["by another", "elsewhere", "of something else"])
def test_not_every_message_passes_the_policy_on(
    org, leader, north, south, owner, verdict, confirm, declare, spoiled
):
    declare("leadership-message", 90)
    head, policy = leader(), org.policy()
    confirm(ONE_AIM, policy)
    author = owner if spoiled == "by another" else head
    units = [south] if spoiled == "elsewhere" else [north.parent]
    message = org.communication(-1, author=author, units=units)
    if spoiled != "of something else":
        org.link(message, policy, "concerns")
    assert verdict(ONE_AIM) == ("awaiting-attestation", [])


# -- draft 3.10: traced to the top ---------------------------------------------------------------

BROKEN = "Does not lead up, role by role, to a named member of top management."


def test_without_a_delegation_there_is_no_evidence(owner, manager, verdict):
    assert verdict(TRACED) == ("no-evidence", [])


@pytest.fixture
def chain(owner, manager, colleague):
    """The dispatcher reports to the security manager, who reports to the director."""
    change(role(owner), reports_to=role(manager))
    change(role(colleague), reports_to=role(owner))


def test_roles_that_lead_up_to_the_top_conform_once_read(org, chain, verdict, confirm):
    assert verdict(TRACED) == ("awaiting-attestation", [])
    confirm(TRACED, org.policy())
    assert verdict(TRACED) == ("conforming", [])


def test_a_role_that_ends_below_the_top_falls_short(chain, auditor, owner, verdict):
    assert verdict(TRACED) == ("nonconforming", [("internal-auditor", BROKEN)])
    change(role(auditor), reports_to=role(owner))
    assert verdict(TRACED) == ("awaiting-attestation", [])


def test_a_vacant_or_retired_role_breaks_the_chain_below_it(org, chain, owner, verdict):
    held = owner.assignments.get()
    change(held, until=org.day(-1))
    assert verdict(TRACED) == ("nonconforming", [("dispatcher", BROKEN)])
    change(held, until=None)
    change(held.role, is_retired=True)
    assert verdict(TRACED) == ("nonconforming", [("dispatcher", BROKEN)])


def test_an_unnamed_top_breaks_every_chain(org, chain, manager, verdict):
    change(manager.assignments.get(), until=org.day(-1))
    assert verdict(TRACED) == (
        "nonconforming",
        [("director", BROKEN), ("dispatcher", BROKEN), ("security-manager", BROKEN)],
    )


def test_roles_that_report_in_a_circle_lead_nowhere(chain, owner, colleague, verdict):
    change(role(owner), reports_to=role(colleague))
    assert verdict(TRACED) == (
        "nonconforming",
        [("dispatcher", BROKEN), ("security-manager", BROKEN)],
    )


# -- draft 4.4.1 ---------------------------------------------------------------------------------


def test_without_a_description_there_is_no_evidence(owner, manager, verdict):
    Role.objects.update(responsibilities="")
    assert verdict(WRITTEN) == ("no-evidence", [])


def test_described_held_and_accepted_roles_conform(owner, manager, verdict):
    assert verdict(WRITTEN) == ("conforming", [])


def test_a_role_without_description_holder_or_acceptance_falls_short(org, owner, manager, verdict):
    change(role(owner), responsibilities="", is_required=False)
    assert verdict(WRITTEN) == (
        "nonconforming",
        [("security-manager", "Has no description of its duties.")],
    )
    change(role(owner), responsibilities="Keeps watch.")
    change(owner.assignments.get(), accepted_on=org.day(-1))
    assert codes(verdict(WRITTEN)) == (
        "nonconforming",
        [("owner", "Was not accepted by its holder since the role last changed.")],
    )
    change(role(owner), is_required=True)
    change(owner.assignments.get(), until=org.day(-1))
    assert verdict(WRITTEN) == (
        "nonconforming",
        [("security-manager", "Must be held, and nobody holds it.")],
    )


DUTIES = {f"answers_for_{duty}": True for duty in ("design", "upkeep", "documents", "improvement")}
PARTIAL = "Does not list all four duties for the system."
BELOW = "Is held by somebody who is not top management."


def test_without_an_appointment_for_the_system_there_is_no_evidence(owner, manager, verdict):
    assert verdict(TOP) == ("no-evidence", [])
    change(role(manager), **DUTIES)
    change(manager.assignments.get(), appointed_by=None, appointed_on=None)
    assert verdict(TOP) == ("no-evidence", [])


def test_a_top_manager_with_all_four_duties_conforms(owner, manager, verdict):
    change(role(manager), **DUTIES)
    change(role(owner), answers_for_upkeep=True)
    assert verdict(TOP) == ("conforming", [])


@pytest.mark.parametrize("duty", DUTIES)
def test_an_appointment_without_one_of_the_duties_falls_short(manager, verdict, duty):
    change(role(manager), **DUTIES | {duty: False})
    assert codes(verdict(TOP)) == ("nonconforming", [("manager", PARTIAL)])


def test_a_holder_below_the_top_falls_short(owner, manager, verdict):
    change(role(owner), **DUTIES)
    assert codes(verdict(TOP)) == ("nonconforming", [("owner", BELOW)])
    appoint(owner, owner.unit, "board", "read *", 3, manager, is_top_management=True)
    assert verdict(TOP) == ("conforming", [])


def test_the_draft_asks_that_the_top_reached_every_unit(
    org, manager, whole, north, declare, verdict, confirm
):
    item = "dis:4.4.1-g"
    message = {"purpose": "leadership", "author": manager}
    told = org.communication(-30, **message, units=[north])
    assert verdict(item) == ("no-evidence", [])
    declare("leadership-message", 30)
    assert verdict(item) == (
        "nonconforming",
        [("acme", "Got no message from top management within the declared interval.")],
    )
    told.units.set([whole])
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, told)
    assert verdict(item) == ("conforming", [])
    org.revise(told, at=org.at(-31))
    assert verdict(item)[0] == "nonconforming"
