"""What the standard calls for in writing is there, item by item."""

import pytest

from bartizan.ground.documents.checks.required import CALLED_FOR, CALLED_FOR_BY_DRAFT

LISTS = [("2022:7.5.1-a", CALLED_FOR), ("dis:4.4.4-d", CALLED_FOR_BY_DRAFT)]


@pytest.fixture(params=LISTS, ids=["2022", "draft"])
def called_for(request, library):
    """An item, what it calls for, and a library that holds all of it."""
    item, list_ = request.param
    for id in list_:
        library.version(library.document(f"About {id}", fulfils=id))
    return item, list_


@pytest.mark.parametrize("item", [item for item, _list in LISTS])
def test_without_a_document_that_says_what_it_fulfils_there_is_no_evidence(item, library, verdict):
    library.version(library.document("About something else"))
    assert verdict(item) == ("no-evidence", [])


def test_a_document_for_each_conforms(called_for, verdict):
    assert verdict(called_for[0]) == ("conforming", [])


def test_one_that_is_missing_is_named(called_for, library, verdict):
    item, list_ = called_for
    gone, subject = next(iter(list_.items()))
    document = library.document_on(gone)
    document.fulfils = ""
    document.save(update_fields=["fulfils"])
    why = f"There are no documents in force on {subject}, as {gone} calls for."
    assert verdict(item) == ("nonconforming", [("", why)])


def test_one_without_an_approved_version_is_as_good_as_missing(called_for, library, verdict):
    item, list_ = called_for
    document = library.document_on(next(iter(list_)))
    document.versions.get().approvals.all().delete()
    assert verdict(item)[0] == "nonconforming"
