"""7.5.3: documents are where they are needed, under review, and gone when their time is over."""

import pytest

from bartizan.ground.documents.models import Acknowledgement, Disposal
from bartizan.ground.records.models import Link

AT_HAND = ["2022:7.5.3-a", "dis:4.4.5-c"]
REVIEWED = ["2022:7.5.3-c", "dis:4.4.5-b"]
WITHDRAWN = ["2022:7.5.3-d", "dis:4.4.5-d"]
ARCHIVED = ["2022:7.5.3-e", "dis:4.4.5-e"]


@pytest.fixture
def version(library):
    return library.version(library.document())


# -- at hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", AT_HAND)
def test_without_points_of_use_there_is_no_evidence(item, version, verdict):
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", AT_HAND)
def test_the_current_version_at_hand_conforms_once_somebody_saw_it(
    item, library, version, verdict, confirm
):
    place = library.point_of_use(version)
    assert verdict(item) == ("awaiting-attestation", [])
    confirm(item, place)
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", AT_HAND)
@pytest.mark.parametrize("spoil", ["old", "none", "unapproved", "never checked"])
def test_a_place_without_the_current_version_falls_short(item, spoil, library, version, verdict):
    wrong = {
        "old": {"found_version": version},
        "none": {"found_version": None},
        "unapproved": {},
        "never checked": {"checked_on": None, "found_version": None},
    }
    place = library.point_of_use(version, **wrong[spoil])
    if spoil == "old":
        library.version(version.document, "2", predecessor=version, effective_from=library.day(-5))
    if spoil == "unapproved":
        version.approvals.all().delete()
    why = "Did not hold the current version at the last check."
    assert verdict(item) == ("nonconforming", [(place.number, why)])


@pytest.mark.parametrize("wrong", [{"is_reachable": False}, {"role": None}])
def test_a_document_nobody_there_can_reach_falls_short(wrong, library, version, verdict):
    place = library.point_of_use(version, **wrong)
    why = "Was not within reach of a role that works there."
    assert verdict("2022:7.5.3-a") == ("nonconforming", [(place.number, why)])


# -- reviewed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("item", REVIEWED)
def test_without_a_day_of_review_there_is_no_evidence(item, library, verdict):
    library.version(library.document(review_due=None))
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", REVIEWED)
def test_documents_reviewed_in_time_and_approved_by_the_entitled_conform(item, version, verdict):
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", REVIEWED)
@pytest.mark.parametrize("spoil", ["overdue", "never", "no day"])
def test_a_document_past_its_review_falls_short(item, spoil, library, version, verdict):
    wrong, why = {
        "overdue": ({"review_due": library.day(-1)}, "Is past its review."),
        "never": ({"reviewed_on": None}, "Was never reviewed."),
        "no day": ({"review_due": None}, "Was never given a review day."),
    }[spoil]
    short = library.document("Late", **wrong)
    library.version(short)
    assert verdict(item) == ("nonconforming", [(short.number, why)])


@pytest.mark.parametrize("item", REVIEWED)
@pytest.mark.parametrize("spoil", ["unapproved", "not entitled"])
def test_a_document_nobody_entitled_approved_falls_short(item, spoil, library, auditor, verdict):
    version = library.version(library.document(), approved=None)
    if spoil == "not entitled":
        library.approve(version, by=auditor)
    why = "Has no current version approved by somebody entitled to approve it."
    assert verdict(item) == ("nonconforming", [(version.document.number, why)])


# -- obsolete --------------------------------------------------------------------------------------


@pytest.fixture
def within_a_week(declare):
    declare("obsolete-withdrawal", 7)


@pytest.fixture
def old(library, version, within_a_week):
    """A version that another replaced 30 days ago."""
    library.version(
        version.document, "2", predecessor=version, effective_from=library.day(-30), approved=-35
    )
    return version


@pytest.mark.parametrize("item", WITHDRAWN)
def test_without_superseded_versions_there_is_no_evidence(item, version, within_a_week, verdict):
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", WITHDRAWN)
@pytest.mark.parametrize("way", ["withdrawn_on", "marked_obsolete_on"])
def test_old_versions_withdrawn_or_marked_conform(item, way, library, old, verdict):
    setattr(old, way, library.day(-25))
    old.save(update_fields=[way])
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", WITHDRAWN)
def test_a_version_just_replaced_has_time_to_be_withdrawn(item, library, old, verdict):
    old.withdrawn_on = library.day(-25)
    old.save(update_fields=["withdrawn_on"])
    second = old.document.versions.get(label="2")
    library.version(
        old.document, "3", predecessor=second, effective_from=library.day(-7), approved=-9
    )
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", WITHDRAWN)
def test_an_old_version_still_about_falls_short(item, old, verdict):
    why = "Is superseded and was neither withdrawn nor marked obsolete in time."
    assert verdict(item) == ("nonconforming", [(old.number, why)])


@pytest.mark.parametrize("item", WITHDRAWN)
def test_an_old_version_on_the_counter_falls_short(item, library, old, verdict):
    old.withdrawn_on = library.day(-5)
    old.save(update_fields=["withdrawn_on"])
    place = library.point_of_use(old, checked_on=library.day(-10))
    why = "Holds a version that should have been withdrawn from there."
    assert verdict(item) == ("nonconforming", [(place.number, why)])


@pytest.mark.parametrize("item", WITHDRAWN)
def test_an_old_version_handed_out_after_its_withdrawal_falls_short(item, library, old, verdict):
    old.withdrawn_on = library.day(-25)
    old.save(update_fields=["withdrawn_on"])
    Acknowledgement.objects.create(
        document_version=old, person=library.author, received_on=library.day(-24)
    )
    assert verdict(item) == (
        "nonconforming",
        [(old.number, "Was in use after it had been withdrawn.")],
    )


def test_an_unapproved_version_replaces_nothing(library, version, within_a_week):
    library.version(
        version.document,
        "2",
        predecessor=version,
        effective_from=library.day(-30),
        approved=None,
    )
    assert version.document.versions.in_force(library.today).get() == version


# -- archived --------------------------------------------------------------------------------------


@pytest.fixture
def archived(library):
    def made(**fields):
        given = {
            "archived_on": library.day(-90),
            "archive_purpose": "knowledge",
            "archive_mark": "ARCHIVE stamped on each page",
            "kept_until": library.day(900),
        }
        return library.document("Gate log of the old yard", **(given | fields))

    return made


@pytest.mark.parametrize("item", ARCHIVED)
def test_without_archived_documents_there_is_no_evidence(item, version, verdict):
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", ARCHIVED)
def test_archived_documents_that_say_why_and_how_long_conform(item, archived, verdict):
    archived()
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", ARCHIVED)
@pytest.mark.parametrize(
    "blank, why",
    [
        ("archive_purpose", "Does not say why it is kept."),
        ("archive_mark", "Is not marked as archived."),
    ],
)
def test_an_archived_document_without_purpose_or_mark_falls_short(
    item, blank, why, archived, verdict
):
    short = archived(**{blank: ""})
    assert verdict(item) == ("nonconforming", [(short.number, why)])


def test_an_archived_document_kept_for_ever_falls_short(archived, verdict):
    short = archived(kept_until=None)
    why = "Does not say until when it is kept."
    assert verdict("2022:7.5.3-e") == ("nonconforming", [(short.number, why)])
    assert verdict("dis:4.4.5-e") == ("conforming", [])


# -- distribution, access, retrieval ---------------------------------------------------------------


@pytest.fixture
def every_year(declare):
    declare("retrieval-sample", 365)


def test_without_documents_or_an_interval_nothing_is_managed(library, verdict, declare):
    assert verdict("2022:7.5.3-1") == ("no-evidence", [])
    library.distribute(library.document())
    assert verdict("2022:7.5.3-1") == ("no-evidence", [])


def test_documents_that_reach_their_readers_and_come_when_asked_for_conform(
    library, every_year, verdict
):
    document = library.document()
    library.distribute(document)
    library.try_out(document, -20, was_found=False)
    library.try_out(document)
    of_its_class = library.document("Ruled by its class", access_rule="")
    library.distribute(of_its_class)
    assert verdict("2022:7.5.3-1") == ("conforming", [])


@pytest.mark.parametrize(
    "spoil, why",
    [
        ("nobody", "Has no distribution list."),
        ("no place", "Does not say where it is kept."),
        ("no rule", "Has no access rule."),
        ("lost", "Was not found when it was last asked for."),
        ("illegible", "Could not be read when it was last asked for."),
    ],
)
def test_a_document_that_is_not_managed_falls_short(spoil, why, library, every_year, verdict):
    fine = library.document("Fine")
    library.distribute(fine)
    library.try_out(fine)
    wrong = {
        "no place": {"location": ""},
        "no rule": {
            "access_rule": "",
            "document_class": library.document_class(title="Bare", access_rule=""),
        },
    }
    short = library.document("Short", **wrong.get(spoil, {}))
    if spoil != "nobody":
        library.distribute(short)
    tried = {"lost": {"was_found": False}, "illegible": {"was_readable": False}}
    library.try_out(short, **tried.get(spoil, {}))
    assert verdict("2022:7.5.3-1") == ("nonconforming", [(short.number, why)])


def test_without_a_trial_in_the_interval_retrieval_falls_short(library, every_year, verdict):
    document = library.document()
    library.distribute(document)
    library.try_out(document, -400)
    why = "There are no documents retrieved on trial within the declared interval."
    assert verdict("2022:7.5.3-1") == ("nonconforming", [("", why)])


# -- changes ---------------------------------------------------------------------------------------


def test_without_versions_there_is_no_history(library, verdict):
    library.document()
    assert verdict("2022:7.5.3-3") == ("no-evidence", [])


def test_an_unbroken_line_of_approved_versions_conforms(library, version, verdict):
    second = library.version(
        version.document, "2", predecessor=version, effective_from=library.day(-30)
    )
    library.version(version.document, "3", predecessor=second, effective_from=library.day(-5))
    assert verdict("2022:7.5.3-3") == ("conforming", [])


@pytest.mark.parametrize(
    "wrong, why",
    [
        ({"author": None}, "Does not say who wrote it."),
        ({"reason": ""}, "Does not say why it was written."),
        ({"predecessor": None}, "Does not name the version that it replaced."),
        ({"approved": None}, "Came into effect although nobody approved it."),
    ],
)
def test_a_change_out_of_control_falls_short(wrong, why, library, version, verdict):
    given = {"predecessor": version, "effective_from": library.day(-30)}
    second = library.version(version.document, "2", **(given | wrong))
    assert verdict("2022:7.5.3-3") == ("nonconforming", [(second.number, why)])


def test_a_gap_in_the_line_falls_short(library, version, verdict):
    library.version(version.document, "2", predecessor=version, effective_from=library.day(-30))
    third = library.version(
        version.document, "3", predecessor=version, effective_from=library.day(-5)
    )
    why = "Does not name the version that it replaced."
    assert verdict("2022:7.5.3-3") == ("nonconforming", [(third.number, why)])


def test_a_silent_edit_falls_short(version, verdict):
    version.body = "Visitors need not sign in."
    version.save()
    why = "Was edited after it had been approved."
    assert verdict("2022:7.5.3-3") == ("nonconforming", [(version.number, why)])


# -- how long --------------------------------------------------------------------------------------


def test_without_a_rule_nothing_is_retained(library, verdict):
    library.document()
    assert verdict("2022:7.5.3-4") == ("no-evidence", [])


@pytest.fixture
def ruled(library):
    return library.retention_rule(library.document_class())


def test_what_is_disposed_of_in_time_or_held_conforms(library, ruled, verdict):
    gone = library.document("Gone", kept_until=library.day(-10))
    Disposal.objects.create(document=gone, on=library.day(-9), by=library.owner, method="Shredded.")
    library.document(
        "Held",
        kept_until=library.day(-10),
        on_hold_since=library.day(-20),
        hold_reason="An inquiry is open.",
    )
    library.document("Kept", kept_until=library.day(10))
    assert verdict("2022:7.5.3-4") == ("conforming", [])


def test_a_class_without_a_rule_falls_short(library, ruled, verdict):
    bare = library.document_class(title="Bare")
    assert verdict("2022:7.5.3-4") == (
        "nonconforming",
        [(bare.number, "Has no retention rule.")],
    )


def test_a_document_kept_past_its_end_falls_short(library, ruled, verdict):
    late = library.document("Late", kept_until=library.day(-1))
    why = "Is kept past its end without a hold."
    assert verdict("2022:7.5.3-4") == ("nonconforming", [(late.number, why)])


@pytest.mark.parametrize("held", [False, True])
def test_a_document_destroyed_too_early_falls_short(held, library, ruled, verdict):
    hold = {"on_hold_since": library.day(-20), "hold_reason": "An inquiry."} if held else {}
    gone = library.document("Gone", kept_until=library.day(-15 if held else 10), **hold)
    Disposal.objects.create(document=gone, on=library.day(-9), by=library.owner, method="Erased.")
    why = f"Was disposed of {'while it was on hold' if held else 'before its end'}."
    assert verdict("2022:7.5.3-4") == ("nonconforming", [(gone.number, why)])


# -- from outside ----------------------------------------------------------------------------------


@pytest.fixture
def outside(library, declare):
    declare("edition-check", 180)

    def made(**fields):
        given = {
            "document_type": "external",
            "source": "Example Standards Body",
            "edition": "2019",
            "edition_checked_on": library.day(-100),
        }
        return library.document("Seals: classes", **(given | fields))

    return made


def test_without_outside_documents_there_is_no_evidence(outside, version, verdict):
    assert verdict("2022:7.5.3-p1") == ("no-evidence", [])


def test_outside_documents_followed_for_new_editions_conform(outside, verdict):
    outside()
    assert verdict("2022:7.5.3-p1") == ("conforming", [])


@pytest.mark.parametrize(
    "wrong, why",
    [
        ({"source": ""}, "Does not say who issued it."),
        ({"edition": ""}, "Does not say which edition is in use."),
        ({"owner": None}, "Has nobody who answers for it."),
        ({"edition_checked_on": None}, "Was not checked for a newer edition within the declared"),
        ({"edition_checked_on": -181}, "Was not checked for a newer edition within the declared"),
        ({"newer_edition": "2025"}, "Is used in an edition that a newer one has replaced."),
    ],
)
def test_an_outside_document_out_of_control_falls_short(wrong, why, outside, library, verdict):
    if wrong.get("edition_checked_on"):
        wrong = {"edition_checked_on": library.day(wrong["edition_checked_on"])}
    short = outside(**wrong)
    value, [(number, said)] = verdict("2022:7.5.3-p1")
    assert (value, number, said.removesuffix(" interval.")) == ("nonconforming", short.number, why)


# -- draft 4.5.4: records --------------------------------------------------------------------------


@pytest.fixture
def gate_log(library, every_year):
    """A record that came from somewhere, and opened when it was last tried."""
    source, made = library.document("Source"), library.document("Gate log", document_type="record")
    Link.objects.create(source=made, target=source)
    library.try_out(made)
    return made


def test_without_records_nothing_is_legible(library, every_year, verdict):
    library.document()
    assert verdict("dis:4.5.4-p3") == ("no-evidence", [])


def test_records_with_reference_and_source_that_open_conform(gate_log, verdict):
    assert verdict("dis:4.5.4-p3") == ("conforming", [])


def test_records_nobody_tried_to_read_fall_short(gate_log, verdict):
    gate_log.samples.all().delete()
    why = "There are no records read on trial within the declared interval."
    assert verdict("dis:4.5.4-p3") == ("nonconforming", [("", why)])


def test_a_record_that_leads_nowhere_falls_short(gate_log, library, verdict):
    short = library.document("Loose sheet", document_type="record", reference="")
    library.try_out(short, was_readable=False)
    assert verdict("dis:4.5.4-p3") == (
        "nonconforming",
        [
            (short.number, "Has no reference."),
            (short.number, "Is linked to nothing that it came from."),
            (short.number, "Could not be read when it was last asked for."),
        ],
    )
