"""Risks: rated by the method, resting on what is known, decided on, taken on (6.1.2, 8.3)."""

from math import inf, nan

import pytest
from django.core.exceptions import ValidationError

from bartizan.chain.models import NeededDocument
from bartizan.clauses.planning.catalogue import catalogue, missing, take_over
from bartizan.clauses.planning.models import (
    InformationSource,
    Origin,
    PlanningNote,
    Risk,
    RiskAcceptance,
    RiskMethod,
    Threat,
    Vulnerability,
)
from bartizan.ground.documents.models import CoveredDuty, Duty
from bartizan.ground.people.models import Assignment, Sensitivity
from bartizan.ground.records.life import retire
from bartizan.ground.records.models import Relation, Status
from tests.cast import appoint, person
from tests.clauses.planning.conftest import MATRIX

# -- what follows from a rating ------------------------------------------------------------------


def test_the_worst_impact_decides_and_the_method_gives_the_level(rating):
    risk = rating.risk(
        likelihood=2, impact_people=1, impact_assets=3, inherent_likelihood=3, inherent_impact=3,
        target_likelihood=1, target_impact=2,
    )  # fmt: skip
    assert (risk.impact, risk.level, risk.level_word) == (3, 3, "High")
    assert (risk.inherent_level, risk.target_level) == (3, 1)
    assert (risk.rated_version, risk.method) == (1, rating.in_use)


def test_a_page_says_what_each_step_is_called_until_the_method_calls_it_otherwise(rating, client):
    risk = rating.risk(inherent_likelihood=3, inherent_impact=3)
    client.force_login(risk.owner)

    def said():
        sections = client.get(risk.get_absolute_url()).context_data["sections"]
        return {field["name"]: field["value"] for one in sections for field in one["fields"]}

    names = ["likelihood", "impact_people", "impact_law", "impact", "level", "inherent_level"]
    assert [said()[name] for name in names] == [
        "2. Possible", "2. Serious", "", "2", "2. Medium", "3. High",
    ]  # fmt: skip
    method = rating.in_use
    method.levels = method.levels.replace("watched", "looked at")
    method.save()
    assert [said()[name] for name in names] == ["2", "2", "", "2", "2", "3"]


@pytest.mark.parametrize("blank", ["likelihood", "impact_people", "impact_assets"])
def test_a_rating_with_a_blank_gives_no_level(rating, blank):
    risk = rating.risk(**{blank: None})
    assert (risk.level, risk.level_word) == (None, "")


def test_another_rating_is_one_of_today_under_the_method_of_today(rating):
    risk = rating.risk()
    method = rating.in_use
    method.levels = method.levels.replace("watched", "looked at")
    method.save()
    risk = Risk.objects.get()
    risk.basis = "Three cases."
    risk.save()
    assert (risk.rated_on, risk.rated_version) == (rating.day(-30), 1)
    risk.likelihood = 3
    risk.save()
    assert (risk.rated_on, risk.rated_version, risk.level_word) == (rating.day(0), 2, "High")


def test_a_rating_off_the_scale_is_refused(rating):
    with pytest.raises(ValidationError) as refused:
        rating.risk(likelihood=4, target_impact=5)
    assert refused.value.message_dict == {
        "likelihood": ["The scale of the method goes from 1 to 3."],
        "target_impact": ["The scale of the method goes from 1 to 3."],
    }


FREQUENCY = "How often a year: more than 0, at most 1,000."
LOSS = "The low end of the loss is more than nothing and less than the high end."
IN_FULL = "Give how often it happens and both ends of the loss, or none of the three."


@pytest.mark.parametrize(
    "given, field, why",
    [
        ((0.5, 1000, None), "__all__", IN_FULL),
        ((None, 1000, 2000), "__all__", IN_FULL),
        ((0, 1000, 2000), "__all__", FREQUENCY),
        ((-1.0, 1000, 2000), "__all__", FREQUENCY),
        ((1001, 1000, 2000), "__all__", FREQUENCY),
        ((0.5, 2000, 1000), "__all__", LOSS),
        ((0.5, 1000, 1000), "__all__", LOSS),
        ((0.5, 0, 1000), "__all__", LOSS),
        ((0.5, 1000, 10**15 + 1), "__all__", LOSS),
        ((nan, 1000, 2000), "frequency", "This is no number one can calculate with."),
        ((inf, 1000, 2000), "frequency", "This is no number one can calculate with."),
    ],
)
def test_figures_one_cannot_calculate_with_are_refused(rating, given, field, why):
    frequency, low, high = given
    with pytest.raises(ValidationError) as refused:
        rating.risk(frequency=frequency, loss_low=low, loss_high=high)
    assert refused.value.message_dict[field] == [why]


def test_figures_one_can_calculate_with_are_kept(rating):
    risk = rating.risk(frequency=0.2, loss_low=10_000, loss_high=250_000)
    assert (risk.frequency, risk.loss_low, risk.loss_high) == (0.2, 10_000, 250_000)


# -- 8.3 b, draft 4.3.1: analysed and evaluated --------------------------------------------------

UNRATED = "Has no level: its likelihood or one of its impacts is not rated."


def test_nothing_rated_is_no_analysis(rating, verdict):
    rating.risk(likelihood=None)
    rating.risk(status="draft")
    for item in ("2022:8.3-b", "dis:4.3.1-p4", "dis:4.3.1-C.c"):
        assert verdict(item) == ("no-evidence", []), item


def test_rated_risks_with_their_basis_conform(rating, verdict):
    rating.risk()
    for item in ("2022:8.3-b", "dis:4.3.1-p4", "dis:4.3.1-C.c"):
        assert verdict(item) == ("conforming", []), item


def test_blank_inputs_fall_short(rating, verdict):
    rating.risk()
    unrated = rating.risk(impact_assets=None)
    groundless = rating.risk(basis="")
    assert verdict("2022:8.3-b") == (
        "nonconforming",
        [
            (unrated.number, UNRATED),
            (groundless.number, "Does not say what its rating rests on."),
        ],
    )
    assert verdict("dis:4.3.1-p4") == (
        "nonconforming",
        [(unrated.number, "Is not rated for likelihood and for every dimension of impact.")],
    )


def test_a_level_that_the_method_does_not_give_falls_short(rating, verdict):
    rating.risk()
    other = rating.risk(likelihood=1, impact_people=1)
    short = [(other.number, "Has a level that the method does not give it.")]
    Risk.objects.filter(pk=other.pk).update(level=2)
    assert verdict("2022:8.3-b") == ("nonconforming", short)
    Risk.objects.get(pk=other.pk).save()
    assert verdict("2022:8.3-b") == ("conforming", [])
    RiskMethod.objects.update(matrix=MATRIX.replace("Low", "Medium"))
    assert verdict("2022:8.3-b") == ("nonconforming", short)


# -- 8.3 c: decided on, and taken on -------------------------------------------------------------

NOT_TAKEN_ON = (
    "Lies above the appetite, is to be accepted, and nobody entitled has taken it on until now."
)
HIGH = {"likelihood": 3, "impact_people": 3, "decision": "accept"}


def test_without_a_decision_there_is_no_evidence(rating, verdict):
    rating.risk(decision="", decided_on=None)
    assert verdict("2022:8.3-c") == ("no-evidence", [])


def test_an_undecided_risk_falls_short(rating, verdict):
    rating.risk()
    open_ = rating.risk(decision="", decided_on=None)
    short = [(open_.number, "Has no decision: avoid, reduce, share or accept.")]
    assert verdict("2022:8.3-c") == ("nonconforming", short)
    assert verdict("dis:4.3.1-C.c") == ("nonconforming", short)


def test_a_decision_says_what_was_decided(rating):
    with pytest.raises(ValidationError, match=r"Say what was decided\."):
        rating.risk(decision="")


@pytest.mark.parametrize("who", ["auditor", "nobody", "too early", "undated"])
def test_a_decision_by_somebody_not_entitled_falls_short(rating, verdict, auditor, manager, who):
    by = {"auditor": auditor, "nobody": None}.get(who, manager)
    on = {"too early": rating.day(-500), "undated": None}.get(who, rating.day(-3))
    wrong = rating.risk(decided_by=by, decided_on=on)
    assert verdict("2022:8.3-c") == (
        "nonconforming",
        [(wrong.number, "Was decided by nobody who was entitled to on that day.")],
    )


def test_what_lies_above_the_appetite_is_taken_on_or_falls_short(rating, verdict):
    rating.risk(decision="accept")  # within the appetite: the decision is enough
    risk = rating.risk(**HIGH)
    assert verdict("2022:8.3-c") == ("nonconforming", [(risk.number, NOT_TAKEN_ON)])
    rating.acceptance(risk)
    assert verdict("2022:8.3-c") == ("conforming", [])


@pytest.mark.parametrize("why", ["expired", "not yet", "retired", "outgrown", "power lost"])
def test_an_acceptance_that_does_not_hold_counts_for_nothing(rating, verdict, manager, why):
    risk = rating.risk(**HIGH)
    taken_on = rating.acceptance(risk)
    change = {
        "expired": {"accepted_on": rating.day(-9), "expires_on": rating.day(0)},
        "not yet": {"accepted_on": rating.day(1)},
        "outgrown": {"level": 2},
        "power lost": {},
        "retired": {},
    }[why]
    RiskAcceptance.objects.update(**change or {"reason": "Still."})
    if why == "retired":
        retire(taken_on, "Over.")
    if why == "power lost":
        Assignment.objects.filter(person=manager).update(until=rating.day(-6))
    short = [(number, reason) for number, reason in verdict("2022:8.3-c")[1]]
    assert short[-1] == (risk.number, NOT_TAKEN_ON)


def test_an_acceptance_keeps_what_the_risk_was(rating, owner, whole):
    risk = rating.risk(**HIGH)
    taken_on = rating.acceptance(risk, accepted_on=rating.day(0))
    risk.likelihood = 1
    risk.save()
    taken_on.conditions = "No medicines."
    taken_on.save()
    kept = RiskAcceptance.objects.get()
    assert (kept.risk_version, kept.level, kept.level_word, kept.likelihood, kept.impact) == (
        1, 3, "High", 3, 3,
    )  # fmt: skip


def test_an_acceptance_names_the_entry_of_the_state_taken_on(rating, good):
    risk = rating.risk(**HIGH)
    assert rating.acceptance(risk).entry is None  # the act that made the risk still goes on


def test_nobody_takes_on_a_risk_without_the_power_to(rating, auditor):
    with pytest.raises(ValidationError) as refused:
        rating.acceptance(rating.risk(), by=auditor)
    assert refused.value.messages == ["This person has no authority to approve this risk."]


def test_an_acceptance_of_the_past_needed_the_power_of_then(rating, manager):
    risk = rating.risk(**HIGH)
    taken_on = rating.acceptance(risk, accepted_on=rating.day(-30))
    manager.assignments.update(until=rating.day(-10))
    told = RiskAcceptance.objects.get(pk=taken_on.pk)
    told.full_clean()
    told.accepted_on = rating.day(-5)
    with pytest.raises(ValidationError, match="no authority to approve this risk"):
        told.full_clean()


def test_an_acceptance_ends(rating):
    with pytest.raises(ValidationError, match="It expires after the day on which it was given"):
        rating.acceptance(rating.risk(), expires_on=rating.day(-5))


def test_whoever_writes_an_acceptance_is_who_accepts(rating, manager, whole, sign_in):
    writer = person("deputy", whole)
    appoint(writer, whole, "deputy", "read * attest * approve *", Sensitivity.RESTRICTED)
    risk = rating.risk(**HIGH)
    given = {
        "title": "Taken on", "risk": risk.number, "reason": "Cheap.", "unit": whole.pk,
        "accepted_on": rating.day(0), "expires_on": rating.day(30), "sensitivity": 1,
        "accepted_by": manager.pk, "level": 1,
    }  # fmt: skip
    answer = sign_in(writer).post("/risk-acceptances/new/", given)
    assert answer.status_code == 302, answer.context_data["form"].errors
    kept = RiskAcceptance.objects.get()
    assert (kept.accepted_by, kept.level, kept.level_word) == (writer, 3, "High")


def test_a_writer_without_the_power_is_told_so_on_the_form(rating, whole, sign_in):
    writer = person("deputy", whole)
    appoint(writer, whole, "deputy", "read * attest *", Sensitivity.RESTRICTED)
    risk = rating.risk(**HIGH)
    given = {
        "title": "Taken on", "risk": risk.number, "reason": "Cheap.", "unit": whole.pk,
        "accepted_on": rating.day(0), "expires_on": rating.day(30), "sensitivity": 1,
    }  # fmt: skip
    answer = sign_in(writer).post("/risk-acceptances/new/", given)
    assert (answer.status_code, answer.context_data["form"].non_field_errors()) == (
        422,
        ["This person has no authority to approve this risk."],
    )


# -- 6.1.2 e: what is known ----------------------------------------------------------------------

NO_THREAT = "Names no threat that counts."
NO_WEAKNESS = "Names no vulnerability that counts."
STALE = {
    "old": "Rests on what was known too long ago.",
    "undated": "Rests on what is known of no day.",
    "from nowhere": "Rests on what is known from nowhere.",
    "source gone": "Rests on what is known from nowhere.",
}


def test_without_threats_and_weaknesses_nothing_is_known(rating, verdict):
    rating.assessment()
    assert verdict("2022:6.1.2-e") == ("no-evidence", [])


def test_threats_that_no_risk_uses_are_not_used(rating, verdict):
    rating.assessment()
    rating.threat()
    assert verdict("2022:6.1.2-e") == (
        "nonconforming",
        [("", "There are no risks of the latest assessment.")],
    )


def test_a_risk_cites_a_threat_and_a_weakness(rating, verdict, confirm):
    made = rating.assessment()
    risk = rating.risk(assessment=made)
    bare = rating.risk(assessment=made, threat=None)
    idle = rating.risk(assessment=made, vulnerability=rating.weakness(status="draft"))
    assert verdict("2022:6.1.2-e") == (
        "nonconforming",
        [(idle.number, NO_WEAKNESS), (bare.number, NO_THREAT)],
    )
    retire(bare, "Twice.")
    retire(idle, "Twice.")
    confirm("2022:6.1.2-e", risk)
    assert verdict("2022:6.1.2-e") == ("conforming", [])


@pytest.mark.parametrize("of", [Threat, Vulnerability])
@pytest.mark.parametrize("why", STALE)
def test_stale_information_falls_short(rating, verdict, of, why):
    risk = rating.risk(assessment=rating.assessment())
    if why == "source gone":
        InformationSource.objects.update(status=Status.RETIRED, retired_on=rating.day(-1))
    change = {
        "old": {"known_on": rating.day(-181)},
        "undated": {"known_on": None},
        "from nowhere": {"learned_from": None},
    }
    if why in change:
        of.objects.update(**change[why])
    assert verdict("2022:6.1.2-e") == ("nonconforming", [(risk.number, STALE[why])])


def test_sources_are_asked_in_time_and_yield_something(rating, verdict, confirm):
    item = "dis:4.3.1-C.b"
    assert verdict(item) == ("no-evidence", [])
    rating.threat()
    late = rating.source(last_asked=rating.day(-31))
    never = rating.source(last_asked=None)
    asked = "Was not asked within the days set for it."
    silent = "Is a source that no dated threat or vulnerability comes from."
    assert verdict(item) == (
        "nonconforming",
        [
            (never.number, asked),
            (late.number, asked),
            (never.number, silent),
            (late.number, silent),
        ],
    )
    for source in (late, never):
        retire(source, "Closed.")
    confirm(item, Threat.objects.get())
    assert verdict(item) == ("conforming", [])


# -- the catalogue -------------------------------------------------------------------------------


def test_the_catalogue_covers_every_source_and_reads_well():
    rows = catalogue()
    assert {row["origin"] for row in rows} == set(Origin)
    assert len({row["entry"] for row in rows}) == len(rows) >= 40
    assert [row for row in rows if not all(row.values())] == []


def test_what_is_taken_from_the_catalogue_is_a_draft_and_comes_once(whole, owner, verdict):
    made = take_over(whole, owner)
    assert len(made) == len(catalogue())
    assert {threat.status for threat in made} == {Status.DRAFT}
    retire(made[0], "Not here.")
    assert (missing(), take_over(whole, owner)) == ([], [])
    assert verdict("2022:6.1.2-e") == ("no-evidence", [])


# -- 6.1.2 f: suppliers that depend on each other ------------------------------------------------

UNEXAMINED = (
    "Was not looked at: neither end has a risk of this source, nor a reason why there is none."
)


def test_without_a_map_of_dependencies_there_is_no_evidence(good, verdict):
    good.partner()
    good.place().dependencies.create(on_partner=good.partner())
    assert verdict("2022:6.1.2-f") == ("no-evidence", [])


def test_dependencies_and_shared_suppliers_are_answered_by_risks(rating, good, verdict, confirm):
    item = "2022:6.1.2-f"
    made = rating.assessment()
    one, two, mill = (good.partner(title=name) for name in ("One", "Two", "Mill"))
    one.dependencies.create(on_partner=mill)
    assert verdict(item)[0] == "nonconforming"
    assert [why for _number, why in verdict(item)[1]] == [UNEXAMINED]
    rating.nothing(made, "suppliers", partner=one)
    assert verdict(item) == ("awaiting-attestation", [])
    two.dependencies.create(on_partner=mill)
    rating.nothing(made, "suppliers", partner=two)
    shared = "Stands behind several partners, and no risk names it."
    assert verdict(item) == ("nonconforming", [(mill.number, shared)])
    risk = rating.risk(origin="suppliers", partner=mill)
    confirm(item, risk)
    assert verdict(item) == ("conforming", [])


# -- where the results go ------------------------------------------------------------------------


@pytest.mark.parametrize("item", ["2022:6.1.3-a", "dis:4.3.1-B.g", "dis:4.4.1-h"])
def test_top_risks_go_to_the_risk_management_of_the_whole(rating, verdict, item):
    rating.risk()
    assert verdict(item) == ("no-evidence", [])
    passed_on = rating.risk(likelihood=3, impact_people=3, passed_on=rating.day(-30))
    kept = rating.risk(likelihood=3, impact_people=3)
    short = "Is one of the top, and was not passed on since it was rated."
    assert verdict(item) == ("nonconforming", [(kept.number, short)])
    Risk.objects.filter(pk=kept.pk).update(passed_on=rating.day(-29))
    assert verdict(item) == ("conforming", [])
    Risk.objects.filter(pk=passed_on.pk).update(passed_on=rating.day(-31))
    assert verdict(item) == ("nonconforming", [(passed_on.number, short)])


def test_what_is_written_down_of_risks_is_kept_current(rating, verdict):
    item = "dis:4.3.1-p5"
    rating.risk(status="draft")
    assert verdict(item) == ("no-evidence", [])
    rating.risk()
    assert verdict(item) == ("conforming", [])
    late = rating.risk(review_due=rating.day(-1))
    short = "Is past its review."
    assert verdict(item) == ("nonconforming", [(late.number, short)])


def test_obligations_say_how_they_bear_on_risks(rating, good, verdict, confirm):
    item = "dis:4.3.2-b"
    bare = good.obligation()
    assert verdict(item) == ("no-evidence", [])
    told = good.obligation(application="From the first kilogram on.")
    loose = "Is tied to no risk, and no note says that none arises from it."
    assert verdict(item) == (
        "nonconforming",
        [
            (bare.number, "Does not say how it applies."),
            (told.number, loose),
            (bare.number, loose),
        ],
    )
    retire(bare, "Repealed.")
    good.link(rating.risk(), told, Relation.CONCERNS)
    other = good.obligation(application="Nothing to do.")
    good.record(PlanningNote, "None arises", obligation=other, reason="No goods of that sort.")
    confirm(item, told)
    assert verdict(item) == ("conforming", [])


def test_actions_out_of_risks_are_in_time_and_judged(rating, good, owner, verdict):
    item = "dis:4.3.1-C.d"
    risk = rating.risk()
    good.action(good.issue(), due=good.day(-3))
    assert verdict(item) == ("no-evidence", [])
    good.action(risk)
    assert verdict(item) == ("conforming", [])
    done = {"done_on": good.day(-2), "outcome": "The gate closes."}
    late = good.action(risk, due=good.day(-1))
    unjudged = good.action(risk, due=good.day(-1), **done)
    after = good.action(risk, due=good.day(-3), effect_verified_on=good.day(-1), **done)
    assert verdict(item) == (
        "nonconforming",
        [
            (late.number, "Is not done, and its day has passed."),
            (after.number, "Was done after its day."),
            (unjudged.number, "Is done, and nobody has said whether it helped."),
        ],
    )


def test_a_process_with_a_top_risk_has_its_documents(rating, good, verdict, confirm):
    item = "dis:4.4.4-e"
    process = good.process()
    top = {"likelihood": 3, "impact_people": 3}
    rating.risk(process=process)
    need = NeededDocument.objects.create(process=process, name="Gate log")
    assert verdict(item) == ("no-evidence", [])
    rating.risk(process=process, **top)
    bare = good.process(title="Loading")
    rating.risk(process=bare, **top)
    unsettled = "Bears a top risk, and it is not settled which documents it needs."
    missing = "Bears a top risk, and a document it needs is missing."
    short = [(bare.number, unsettled), (process.number, missing)]
    assert verdict(item) == ("nonconforming", short)
    document = good.procedure()
    version = good.version(document)
    good.approve(version)
    for one in (process, bare):
        NeededDocument.objects.filter(process=one).delete()
        NeededDocument.objects.create(process=one, name="Gate log", document=document)
    assert need.name == "Gate log"
    confirm(item, process)
    assert verdict(item) == ("conforming", [])


def test_upstream_every_node_has_a_threat_evaluated_in_time(rating, good, verdict, confirm):
    item = "dis:4.4.6-B.b.1"
    good.place()
    assert verdict(item) == ("no-evidence", [])
    partner, port = good.partner(), good.place(position="upstream")
    short = "Has no threat that was evaluated within the interval."
    rating.risk(partner=partner, rated_on=rating.day(-366))
    rating.risk(place=port, threat=None)
    assert verdict(item) == ("nonconforming", [(port.number, short), (partner.number, short)])
    rating.risk(partner=partner, place=port)
    confirm(item, port)
    assert verdict(item) == ("conforming", [])


def test_threats_and_weaknesses_are_analysed_node_by_node(rating, good, verdict, confirm):
    item = "2022:8.5.1-p1"
    rating.assessment(done_on=rating.day(-10))
    place = good.place()
    rating.risk(threat=None)
    assert verdict(item) == ("no-evidence", [])
    rating.risk()
    assert verdict(item) == (
        "nonconforming",
        [
            (
                "",
                f"There are no current procedures on “{Duty.RISK_FINDING.label}”.",
            ),
            (place.number, "Has no dated threat and no dated vulnerability."),
        ],
    )
    procedure = good.procedure()
    good.approve(good.version(procedure))
    CoveredDuty.objects.create(document=procedure, duty=Duty.RISK_FINDING)
    risk = rating.risk(place=place)
    confirm(item, risk)
    assert verdict(item) == ("conforming", [])
