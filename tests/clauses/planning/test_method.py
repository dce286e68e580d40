"""How risks are rated: the language of scales, one approved method, its versions (8.3, 4.2.3)."""

import pytest
from django.core.exceptions import ValidationError

from bartizan.clauses.planning.models import RiskMethod
from bartizan.clauses.planning.scales import read_matrix, read_scale
from bartizan.ground.records.models import Relation
from tests.clauses.leadership.conftest import Organization
from tests.clauses.planning.conftest import LEVELS, MATRIX, THREE

COUNTED = "\n".join(f"{rank}. Word {rank}: when" for rank in range(1, 9))


# -- scales, levels, matrix ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, why",
    [
        (
            "1. Rare: a\n3. Likely: b\n4. Often: c",
            "The scale has a hole: step 2 is missing before step 3.",
        ),
        (
            "1. Rare: a\n3. Likely: b\n2. Often: c",
            "The steps of a scale stand in order, each once: 3 does not.",
        ),
        ("1. Rare: a\n2. Likely: b", "A scale has three to seven steps; this one has 2."),
        (COUNTED, "A scale has three to seven steps; this one has 8."),
        ("1. Rare: a\n2. rare: b\n3. Often: c", "Two steps of this scale have the same word."),
        (
            "Rare\n2. Likely: b\n3. Often: c",
            "“Rare” is no step: write its number, its word and when it is chosen.",
        ),
    ],
    ids=["hole", "disorder", "too short", "too long", "twice", "no number"],
)
def test_a_scale_that_cannot_be_used_is_refused_in_words(text, why):
    with pytest.raises(ValidationError) as refused:
        read_scale(text)
    assert refused.value.messages == [why]


@pytest.mark.parametrize("size", range(3, 8))
def test_scales_of_three_to_seven_steps_are_read(size):
    steps = read_scale("\n".join(COUNTED.splitlines()[:size]))
    assert [step.rank for step in steps] == list(range(1, size + 1))
    assert steps[0] == (1, "Word 1", "when")


@pytest.mark.parametrize(
    "text, why",
    [
        (
            "Medium | High | High\nLow | Medium\nLow | Low | Medium",
            "“Low | Medium” has 2 cells; the scales of impact have 3 steps.",
        ),
        (
            "Medium | High | High\nLow | Low | Medium",
            "The matrix has 2 lines; the scale of likelihood has 3 steps.",
        ),
        (
            "Medium | High | Huge\nLow | Medium | High\nLow | Low | Medium",
            "“Huge” is none of the levels.",
        ),
        (
            "Low | High | High\nMedium | Medium | High\nLow | Low | Medium",
            "In one place the level falls although likelihood or impact grows.",
        ),
        (
            "Medium | High | High\nLow | Medium | Low\nLow | Low | Medium",
            "In one place the level falls although likelihood or impact grows.",
        ),
    ],
    ids=["narrow", "flat", "unknown", "falls upwards", "falls rightwards"],
)
def test_a_matrix_that_does_not_fit_is_refused_in_words(text, why):
    with pytest.raises(ValidationError) as refused:
        read_matrix(text, read_scale(LEVELS), 3, 3)
    assert refused.value.messages == [why]


def test_the_matrix_is_read_as_it_is_drawn(rating):
    method = rating.method()
    assert method.grid == ((1, 1, 2), (1, 2, 3), (2, 3, 3))
    assert [str(method.level(*cell)) for cell in [(1, 1), (1, 3), (3, 1), (3, 3)]] == [
        "1. Low", "2. Medium", "2. Medium", "3. High",
    ]  # fmt: skip
    assert [method.level(None, 1), method.level(4, 1), method.level(1, 4)] == [None] * 3


@pytest.mark.parametrize(
    "spoilt, field, why",
    [
        ({"likelihood_scale": "1. Rare: a"}, "likelihood_scale", "A scale has three to seven"),
        ({"assets_scale": COUNTED[:60]}, "assets_scale", "All scales of impact have the same"),
        ({"matrix": "Low | Low | Low"}, "matrix", "The matrix has 1 lines"),
        ({"levels": LEVELS.replace("High", "Huge")}, "matrix", "“High” is none of the levels."),
        ({"appetite": 4, "report_from": 4}, "appetite", "There is no level of this number."),
        ({"report_from": 1}, "__all__", "What is passed on lies at the appetite or above it"),
    ],
)
def test_a_method_names_the_field_that_is_wrong(rating, spoilt, field, why):
    with pytest.raises(ValidationError) as refused:
        rating.method(**spoilt)
    [said] = refused.value.message_dict[field]
    assert said.startswith(why)


def test_people_are_always_rated_and_the_other_dimensions_where_they_have_a_scale(rating):
    assert rating.method().dimensions == ["people", "assets"]
    with pytest.raises(ValidationError) as refused:
        rating.method(people_scale="")
    assert refused.value.message_dict == {"people_scale": ["This field cannot be blank."]}


# -- versions ------------------------------------------------------------------------------------


def test_other_words_leave_ratings_as_they_are_and_another_scale_starts_anew(rating):
    method, made = rating.in_use, rating.assessment()
    risk = rating.risk(assessment=made)
    method.fit = "Three depots now."
    method.save()
    assert (method.version, method.rates_since) == (2, 1)
    method.likelihood_scale = THREE.replace("hardly ever", "once in ten years")
    method.save()
    assert (method.version, method.rates_since) == (3, 3)
    made, risk = type(made).objects.get(), type(risk).objects.get()
    assert (made.under_earlier_method, risk.under_earlier_method) == (True, True)
    assert made.made_under == "version 1: made under an earlier method"
    assert rating.assessment().made_under == "version 3"


def test_a_change_of_the_scales_undoes_the_approval_and_dates_what_was_rated_before(
    rating, good, verdict
):
    rating.risk(assessment=rating.assessment())
    method = RiskMethod.objects.get()
    method.matrix = MATRIX.replace("Low | Low | Medium", "Low | Low | High")
    method.save()
    made = method.assessments.get()
    assert verdict("2022:8.3-p1") == (
        "nonconforming",
        [
            ("", "There are no approved risk methods."),
            (method.number, "Is not approved as it stands now."),
            (
                made.number,
                "Was made by another method than the approved one."
                " Was made by an earlier version of the method.",
            ),
        ],
    )
    good.approve(method)
    assert verdict("2022:8.3-p1") == (
        "nonconforming",
        [
            (
                made.number,
                "Was made by an earlier version of the method.",
            )
        ],
    )


# -- 8.3: one process, followed ------------------------------------------------------------------


def test_without_a_method_there_is_no_process_of_rating(rating, verdict):
    rating.method(status="draft")
    assert verdict("2022:8.3-p1")[0] == "nonconforming"
    RiskMethod.objects.update(status="retired", retired_on="2020-01-01")
    assert verdict("2022:8.3-p1") == ("no-evidence", [])


def test_an_overdue_assessment_breaks_the_process(rating, verdict):
    made = rating.assessment(started_on=rating.day(-400), done_on=rating.day(-366))
    assert verdict("2022:8.3-p1") == (
        "nonconforming",
        [
            (
                made.number,
                "Is older than the method allows, and no newer one covers the whole system.",
            )
        ],
    )


def test_an_approved_method_that_was_followed_in_time_conforms(rating, verdict, confirm):
    made = rating.assessment(done_on=rating.day(-10))
    assert verdict("2022:8.3-p1") == ("awaiting-attestation", [])
    confirm("2022:8.3-p1", made)
    assert verdict("2022:8.3-p1") == ("conforming", [])


# -- draft: laid down, and fitting ---------------------------------------------------------------


def test_a_method_that_nobody_wrote_down_is_no_evidence(verdict, written):
    assert verdict("dis:4.3.1-C.a") == ("no-evidence", [])
    assert verdict("dis:4.3.1-p3") == ("no-evidence", [])


@pytest.mark.parametrize(
    "blank, what",
    [("scope", "what it is for"), ("nature", "how it works"), ("timing", "when it is used")],
)
def test_a_method_lays_down_scope_nature_and_timing(rating, verdict, blank, what):
    rating.assessment()
    RiskMethod.objects.update(**{blank: ""})
    assert verdict("dis:4.3.1-C.a") == (
        "nonconforming",
        [
            (
                RiskMethod.objects.get().number,
                f"Does not lay down {what}.",
            )
        ],
    )


def test_a_method_used_only_after_events_does_not_act_ahead(rating, verdict, confirm):
    rating.assessment(occasion="event")
    assert verdict("dis:4.3.1-C.a") == (
        "nonconforming",
        [
            (
                "",
                "There are no assessments within the interval that were started by schedule or"
                " ahead of a change.",
            )
        ],
    )
    made = rating.assessment(occasion="change", is_overall=False)
    confirm("dis:4.3.1-C.a", made)
    assert verdict("dis:4.3.1-C.a") == ("conforming", [])


def test_a_method_says_why_it_fits_and_was_looked_at_since_the_scope_changed(
    rating, good, verdict, confirm
):
    method = rating.method(fit="", reviewed_on=good.day(-30))
    good.approve(good.scope(), good.day(-29))
    assert verdict("dis:4.3.1-p3") == (
        "nonconforming",
        [
            (method.number, "Does not say why it fits the kind and size of operations."),
            (method.number, "Was not looked at since the scope last changed."),
        ],
    )
    RiskMethod.objects.update(fit="Small.", reviewed_on=good.day(-28))
    assert verdict("dis:4.3.1-p3") == ("awaiting-attestation", [])
    confirm("dis:4.3.1-p3", method)
    assert verdict("dis:4.3.1-p3") == ("conforming", [])


# -- 4.2.3.6: risk of the whole organization -----------------------------------------------------


def test_risk_of_the_whole_organization_is_tied_to_ours(rating, verdict, confirm):
    item = "2022:4.2.3.6-p2"
    method = rating.method()
    assert verdict(item) == ("no-evidence", [])
    RiskMethod.objects.update(enterprise_source="Risk list of the board")
    assert verdict(item) == (
        "nonconforming",
        [
            (
                method.number,
                "Does not say how its scale relates to that of the whole organization.",
            ),
            (method.number, "Has no risk that is tied to one of the whole organization."),
        ],
    )
    RiskMethod.objects.update(enterprise_mapping="High is red.")
    risk = rating.risk(passed_on=rating.day(-1))
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, risk)
    assert verdict(item) == ("conforming", [])


# -- 4.2.3.3: comparable results -----------------------------------------------------------------


def test_scores_of_one_version_of_one_method_compare(rating, good, verdict, confirm):
    item = "2022:4.2.3.3"
    assert verdict(item) == ("no-evidence", [])
    first = good.process(inputs="Order", outputs="Goods")
    second = good.process(title="Gate", inputs="Vehicle", outputs="Vehicle")
    good.link(first, second)
    risk = rating.risk()
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, first)
    assert verdict(item) == ("conforming", [])
    type(risk).objects.update(rated_version=0)
    assert verdict(item) == (
        "nonconforming",
        [
            (
                risk.number,
                "Is rated by an earlier version of the method.",
            )
        ],
    )


def test_an_orphaned_process_has_no_comparable_results(rating, good, verdict):
    rating.method()
    orphan = good.process(inputs="", outputs="")
    assert verdict("2022:4.2.3.3") == (
        "nonconforming",
        [
            (orphan.number, "Does not say what it needs. Does not say what it hands on."),
            (orphan.number, "Has no link to another process in force."),
        ],
    )


# -- draft, 4.2: the policy fits the method and the threats --------------------------------------


def test_the_policy_cites_the_method_and_was_reviewed_since_it_changed(
    rating, good, owner, manager, today, verdict, confirm
):
    item = "dis:4.2-c"
    policy = Organization(owner, manager, today).policy()
    method = rating.method()
    assert verdict(item) == ("no-evidence", [])
    good.link(policy, method, Relation.CITES)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, policy)
    assert verdict(item) == ("conforming", [])
    method.approvals.update(on=rating.day(-29))  # the policy was reviewed the day before
    assert verdict(item) == (
        "nonconforming",
        [(policy.number, "Was not reviewed since the risk method was last changed.")],
    )


def test_top_management_stands_for_the_policy_by_policy_threats_and_scope(
    rating, good, owner, manager, today, verdict, confirm
):
    item = "dis:4.2-d"
    assert verdict(item) == ("no-evidence", [])
    policy = Organization(owner, manager, today).policy()
    assert verdict(item) == (
        "nonconforming",
        [("", "There are no threats."), ("", "There are no approved scopes.")],
    )
    threat, scope = rating.threat(), good.scope()
    good.approve(scope)
    confirm(item, policy, scope)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, policy, scope, threat)
    assert verdict(item) == ("conforming", [])
