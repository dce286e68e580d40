"""7.5.1 and 7.5.2: documents are classified, identified, suitable, reviewed and approved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.records.models import Record, Status

SCHEME = ["2022:7.5.1-p3", "dis:4.4.4-p1"]


@pytest.fixture
def grace(declare):
    declare("classification-grace", 14)


def long_there(document: Document) -> Document:
    Record.objects.filter(pk=document.pk).update(created_at=timezone.now() - timedelta(days=60))
    return document


@pytest.mark.parametrize("item", SCHEME)
def test_without_a_scheme_nothing_is_classified(item, library, grace, verdict):
    library.document(document_class=library.make_unapproved_class())
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", SCHEME)
def test_without_a_declared_grace_there_is_no_evidence(item, library, verdict):
    library.document()
    assert verdict(item) == ("no-evidence", [])


@pytest.mark.parametrize("item", SCHEME)
def test_documents_their_owner_classified_conform(item, library, grace, verdict):
    long_there(library.document())
    assert verdict(item) == ("conforming", [])


@pytest.mark.parametrize("item", SCHEME)
@pytest.mark.parametrize("spoil", ["no class", "nobody", "another", "retired class"])
def test_a_document_its_owner_did_not_classify_falls_short(
    item, spoil, library, grace, manager, verdict
):
    library.document_class(title="Public")
    retired = library.document_class(title="Old", status=Status.DRAFT)
    wrong = {
        "no class": {"document_class": None},
        "nobody": {"classified_by": None, "classified_on": None},
        "another": {"classified_by": manager},
        "retired class": {"document_class": retired},
    }
    short = long_there(library.document(**wrong[spoil]))
    why = "Was not given a class of the scheme by its owner in time."
    assert verdict(item) == ("nonconforming", [(short.number, why)])


def test_a_new_document_has_time_to_be_classified(library, grace, verdict):
    library.document_class()
    library.document(document_class=None, classified_by=None, classified_on=None)
    assert verdict("2022:7.5.1-p3") == ("conforming", [])


def test_without_documents_nothing_is_identified(verdict, library):
    assert verdict("2022:7.5.2-1") == ("no-evidence", [])


def test_documents_with_reference_title_author_date_and_version_are_identified(library, verdict):
    library.version(library.document())
    library.document("Border guide", document_type="external", source="Customs", edition="4")
    assert verdict("2022:7.5.2-1") == ("conforming", [])


def test_what_is_not_identified_falls_short(library, verdict):
    bare = library.document("Bare", reference="")
    library.version(bare)
    one, two = library.document("One", reference="A 1"), library.document("Two", reference="A 1")
    library.version(one), library.version(two)
    empty = library.document("Empty")
    anonymous = library.version(library.document("Anonymous"), author=None)
    undated = library.version(library.document("Undated"), effective_from=None)
    doubled = "Has a reference that another document has too."
    value, short = verdict("2022:7.5.2-1")
    assert value == "nonconforming"
    assert sorted(short) == sorted(
        [
            (bare.number, "Has no reference."),
            (one.number, doubled),
            (two.number, doubled),
            (empty.number, "Has no version."),
            (anonymous.number, "Does not say who wrote it."),
            (undated.number, "Does not say since when it counts."),
        ]
    )


def test_a_retired_document_keeps_no_reference_from_its_successor(library, verdict):
    library.document("Old", reference="A 1", status="retired", retired_on=library.today)
    library.version(library.document("New", reference="A 1"))
    assert verdict("2022:7.5.2-1") == ("conforming", [])


def test_without_a_current_version_no_form_is_suitable(library, verdict):
    library.form()
    library.version(library.document(), approved=None)
    assert verdict("2022:7.5.2-2") == ("no-evidence", [])


def test_a_version_in_a_listed_form_that_opens_conforms(library, verdict):
    library.form()
    version = library.version(library.document())
    library.try_out(version.document, -20, was_readable=False)
    library.try_out(version.document, -10)
    assert verdict("2022:7.5.2-2") == ("conforming", [])


@pytest.mark.parametrize("wrong", [{"format": "pdf"}, {"language": "pl"}, {"medium": "both"}])
def test_a_version_off_the_list_falls_short(wrong, library, verdict):
    library.form()
    version = library.version(library.document(), **wrong)
    why = "Is in a format, language or medium that is not on the list for its audience."
    assert verdict("2022:7.5.2-2") == ("nonconforming", [(version.number, why)])


def test_the_list_of_another_audience_does_not_help(library, verdict):
    library.form(audience="public")
    assert library.version(library.document())
    assert verdict("2022:7.5.2-2")[0] == "nonconforming"


def test_a_version_without_text_or_file_falls_short(library, verdict):
    library.form()
    version = library.version(library.document(), body="")
    why = "Holds neither a text nor a file."
    assert verdict("2022:7.5.2-2") == ("nonconforming", [(version.number, why)])


def test_a_file_is_as_good_as_a_text(library, verdict):
    library.form()
    version = library.version(library.document(), body="")
    version.attachments.create(name="v.txt", sha256="0" * 64, size=1, added_by=library.owner)
    assert verdict("2022:7.5.2-2") == ("conforming", [])


def test_a_document_that_did_not_open_when_last_tried_falls_short(library, verdict):
    library.form()
    version = library.version(library.document())
    library.try_out(version.document, -20)
    library.try_out(version.document, -10, was_readable=False)
    why = "Could not be opened and read when it was last tried."
    assert verdict("2022:7.5.2-2") == ("nonconforming", [(version.document.number, why)])


def test_without_an_approval_there_is_no_evidence(library, verdict):
    library.version(library.document(), approved=None)
    assert verdict("2022:7.5.2-3") == ("no-evidence", [])


def test_a_version_reviewed_and_approved_by_others_before_it_counts_conforms(library, verdict):
    library.version(library.document())
    assert verdict("2022:7.5.2-3") == ("conforming", [])


def test_a_version_that_does_not_count_yet_needs_no_approval_yet(library, verdict):
    library.version(library.document())
    library.version(library.document("Other"), approved=None, effective_from=library.day(5))
    assert verdict("2022:7.5.2-3") == ("conforming", [])


@pytest.mark.parametrize("spoil", ["nobody", "the author", "too late", "not entitled", "cleared"])
def test_a_version_without_a_proper_review_falls_short(spoil, library, auditor, colleague, verdict):
    wrong = {
        "nobody": {"reviewed_by": None},
        "the author": {"author": library.owner},
        "too late": {"reviewed_on": library.day(-40)},
        "not entitled": {"reviewed_by": auditor},
        "cleared": {"reviewed_by": colleague, "author": auditor, "sensitivity": 3},
    }
    version = library.version(library.document(), **wrong[spoil])
    why = "Was not reviewed, before it came into effect, by somebody entitled who did not write it."
    assert verdict("2022:7.5.2-3") == ("nonconforming", [(version.number, why)])


def test_whoever_is_entitled_elsewhere_is_not_entitled_here(library, colleague, south, verdict):
    version = library.version(
        library.document(), unit=south, reviewed_by=colleague, author=library.manager, approved=None
    )
    library.approve(version, by=library.owner)
    assert [number for number, _ in verdict("2022:7.5.2-3")[1]] == [version.number]


@pytest.mark.parametrize("spoil", ["nobody", "the author", "too late", "not entitled", "edited"])
def test_a_version_without_a_proper_approval_falls_short(spoil, library, auditor, verdict):
    library.version(library.document("Approved as it should be"))
    version = library.version(library.document(), approved=None)
    match spoil:
        case "the author":
            DocumentVersion.objects.filter(pk=version.pk).update(author=library.manager)
            library.approve(version)
        case "too late":
            library.approve(version, on=library.day(-40))
        case "not entitled":
            library.approve(version, by=auditor)
        case "edited":
            library.approve(version)
            version.body = "Visitors need not sign in."
            version.save()
    why = "Was not approved, before it came into effect, by somebody entitled who did not write it."
    assert verdict("2022:7.5.2-3") == ("nonconforming", [(version.number, why)])


def test_an_authority_of_then_counts_although_it_has_ended(library, manager, verdict):
    library.version(library.document())
    manager.assignments.update(until=library.day(-5))
    assert verdict("2022:7.5.2-3") == ("conforming", [])
