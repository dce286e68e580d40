"""Pages: what a document says now, who is to read it, and who says that they have."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bartizan.ground.documents.models import Distribution, DocumentVersion
from bartizan.ground.documents.reading import readable
from bartizan.ground.people.models import Person, Sensitivity
from bartizan.ground.records import life
from bartizan.ground.records.display import rich


@pytest.fixture
def version(library):
    return library.version(library.document(), body="Visitors **sign in**.<script>1</script>")


@pytest.mark.parametrize(
    "slug",
    [
        "documents",
        "document-versions",
        "covered-duties",
        "document-classes",
        "suitable-forms",
        "distribution-lists",
        "acknowledgements",
        "points-of-use",
        "retrieval-samples",
        "retention-rules",
        "disposals",
    ],
)
def test_every_register_opens_and_has_a_form(slug, owner, sign_in):
    client = sign_in(owner)
    assert [client.get(f"/{slug}/{page}").status_code for page in ("", "new/")] == [200, 200]


def test_a_document_shows_its_current_text_and_no_markup_of_its_author(version, owner, sign_in):
    page = sign_in(owner).get(f"/documents/{version.document.number}/").content.decode()
    assert "<p>Visitors <strong>sign in</strong>." in page
    assert "<script>1" not in page


@pytest.mark.parametrize(
    "link,led",
    [
        ("https://example.org/x", ["https://example.org/x"]),
        ("/processes/", ["/processes/"]),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        ("vbscript:x", []),
    ],
)
def test_a_link_in_a_text_leads_to_pages_alone(link, led):
    drawn = rich(f"[there]({link}) <a href='javascript:alert(1)'>here</a>")
    assert re.findall(r'<a href="([^"]*)"', drawn) == led
    assert drawn.count("<a ") == len(led)


def test_a_document_does_not_show_a_text_its_reader_is_not_cleared_for(library, auditor, sign_in):
    version = library.version(library.document(), sensitivity=Sensitivity.RESTRICTED)
    page = sign_in(auditor).get(f"/documents/{version.document.number}/").content.decode()
    assert "No version is in effect" in page
    assert "Every visitor signs in." not in page
    assert sign_in(auditor).get(f"/read/{version.number}/").status_code == 404


def test_an_approved_version_takes_over_on_its_day(library, version, owner, sign_in):
    second = library.version(
        version.document, "2", predecessor=version, effective_from=library.day(1), body="New."
    )
    in_force = version.document.versions.in_force(library.today)
    assert in_force.get() == version
    second.effective_from = library.today
    second.save(update_fields=["effective_from"])
    assert in_force.all().get() == second
    old = sign_in(owner).get(f"/read/{version.number}/").content.decode()
    assert "This is not the current version" in old


def test_a_version_is_called_after_its_document(library, owner, sign_in):
    document = library.document()
    data = {"document": document.number, "label": "1", "body": "Text.", "sensitivity": "1"}
    data |= {"owner": owner.pk, "unit": owner.unit_id}
    answer = sign_in(owner).post("/document-versions/new/", data)
    assert answer.status_code == 302, answer.context_data["form"].errors
    assert DocumentVersion.objects.get().title == "Visitors at the depots 1"


def test_a_version_replaces_one_of_the_same_document(library, version, owner, sign_in):
    other = library.document("Other")
    data = {"document": other.number, "label": "2", "sensitivity": "1", "unit": owner.unit_id}
    answer = sign_in(owner).post("/document-versions/new/", data | {"predecessor": version.number})
    assert answer.context_data["form"].errors == {
        "predecessor": ["That is a version of another document."]
    }


def test_a_distribution_is_to_one_unit_role_or_person(library, owner, north, sign_in):
    data = {"document": library.document().number, "unit": north.pk, "person": owner.pk}
    answer = sign_in(owner).post("/distribution-lists/new/", data)
    assert answer.context_data["form"].non_field_errors() == [
        "Name a unit, a role or a person: one of them."
    ]


# -- reading ---------------------------------------------------------------------------------------


def test_what_is_distributed_to_nobody_is_nobodys_business(version, stranger, sign_in):
    assert sign_in(stranger).get(f"/read/{version.number}/").status_code == 404


@pytest.mark.parametrize("way", ["unit", "unit above", "role", "person"])
def test_whoever_is_on_the_list_reads_and_acknowledges(
    way, version, colleague, north, today, sign_in
):
    colleague.assignments.get().role.authorities.all().delete()
    to = {
        "unit": {"unit": north},
        "unit above": {"unit": north.parent},
        "role": {"role": colleague.assignments.get().role},
        "person": {"person": colleague},
    }
    Distribution.objects.create(document=version.document, **to[way])
    client = sign_in(colleague)
    assert client.get(f"/read/{version.number}/").context_data["waits"] is True
    client.post(f"/read/{version.number}/acknowledge/")
    client.post(f"/read/{version.number}/acknowledge/")
    done = version.acknowledgements.values_list("person", "received_on", "acknowledged_on")
    assert list(done) == [(colleague.pk, today, today)]
    assert client.get(f"/read/{version.number}/").context_data["waits"] is False
    assert client.get(f"/document-versions/{version.number}/").status_code == 404


def test_the_list_of_one_unit_is_not_that_of_another(version, colleague, south, sign_in):
    colleague.assignments.get().role.authorities.all().delete()
    Distribution.objects.create(document=version.document, unit=south)
    assert sign_in(colleague).get(f"/read/{version.number}/").status_code == 404
    assert sign_in(colleague).post(f"/read/{version.number}/acknowledge/").status_code == 404


def test_the_list_opens_nothing_beyond_a_clearance(library, stranger, sign_in):
    version = library.version(library.document(), sensitivity=Sensitivity.CONFIDENTIAL)
    Distribution.objects.create(document=version.document, person=stranger)
    assert sign_in(stranger).get(f"/read/{version.number}/").status_code == 404


def test_a_document_that_becomes_secret_takes_its_versions_along(
    library, version, stranger, manager, sign_in
):
    document = version.document
    Distribution.objects.create(document=document, person=stranger)
    assert sign_in(stranger).get(f"/read/{version.number}/").status_code == 200
    approved = version.version
    document.sensitivity = Sensitivity.CONFIDENTIAL
    document.save()
    version.refresh_from_db()
    assert (version.sensitivity, version.version) == (Sensitivity.CONFIDENTIAL, approved)
    assert sign_in(stranger).get(f"/read/{version.number}/").status_code == 404
    later = library.version(document, "2", predecessor=version, effective_from=library.day(-5))
    assert later.sensitivity == Sensitivity.CONFIDENTIAL


def test_an_old_version_is_not_for_reading_any_more(library, version, stranger, sign_in):
    Distribution.objects.create(document=version.document, person=stranger)
    library.version(version.document, "2", predecessor=version, effective_from=library.day(-5))
    assert sign_in(stranger).get(f"/read/{version.number}/").status_code == 404


def test_whoever_only_sees_the_record_has_nothing_to_acknowledge(version, auditor, sign_in):
    client = sign_in(auditor)
    assert client.get(f"/read/{version.number}/").context_data["waits"] is False
    assert client.post(f"/read/{version.number}/acknowledge/").status_code == 404


def test_a_file_of_a_version_comes_to_whoever_may_read_it(
    version, owner, stranger, colleague, sign_in
):
    life.attach(version, owner, SimpleUploadedFile("visitors.txt", b"Sign in."))
    [kept] = version.attachments.all()
    address = f"/read/{version.number}/files/{kept.sha256}/"
    assert sign_in(stranger).get(address).status_code == 404
    Distribution.objects.create(document=version.document, person=stranger)
    answer = sign_in(stranger).get(address)
    assert b"".join(answer.streaming_content) == b"Sign in."
    assert answer.headers["Content-Disposition"] == 'attachment; filename="visitors.txt"'
    assert sign_in(stranger).get(f"/read/{version.number}/files/{'0' * 64}/").status_code == 404


def test_what_is_to_be_read_stands_in_my_work_until_it_is(version, stranger, sign_in):
    lists = Distribution.objects.create(document=version.document, person=stranger)
    client = sign_in(stranger)

    def waiting():
        groups = client.get("/my-work/").context_data["groups"]
        return [item.number for group in groups for item in group["items"]]

    assert waiting() == [version.number]
    lists.asks_acknowledgement = False
    lists.save()
    assert waiting() == []
    lists.asks_acknowledgement = True
    lists.save()
    client.post(f"/read/{version.number}/acknowledge/")
    assert waiting() == []


# -- handing out -----------------------------------------------------------------------------------


def test_a_version_is_handed_out_to_everybody_on_the_list_once(
    version, owner, manager, colleague, stranger, today, sign_in
):
    stranger.is_active = False
    stranger.save()
    Distribution.objects.create(document=version.document, unit=owner.unit)
    client = sign_in(owner)
    page = client.get(f"/document-versions/{version.number}/").content.decode()
    assert "Hand out to 3" in page
    client.post(f"/read/{version.number}/hand-out/")
    client.post(f"/read/{version.number}/hand-out/")
    got = version.acknowledgements.order_by("person__code")
    assert list(got.values_list("person__code", "received_on", "acknowledged_on")) == [
        ("colleague", today, None),
        ("manager", today, None),
        ("owner", today, None),
    ]
    page = client.get(f"/documents/{version.document.number}/").content.decode()
    assert "0 of 3 have acknowledged this version." in page


def test_a_version_is_handed_out_to_nobody_who_is_not_cleared_for_it(
    version, owner, colleague, stranger, today, sign_in
):
    people = [owner, colleague, stranger]
    for person in people:
        Distribution.objects.create(document=version.document, person=person)
    colleague.assignments.update(clearance=Sensitivity.PUBLIC)
    stranger.engagement = Person.Engagement.OUTSIDER
    stranger.save()
    client, received = sign_in(owner), []
    for level in (Sensitivity.CONFIDENTIAL, Sensitivity.INTERNAL, Sensitivity.PUBLIC):
        DocumentVersion.objects.filter(pk=version.pk).update(sensitivity=level)
        page = client.get(f"/document-versions/{version.number}/").content.decode()
        assert "Hand out to 1" in page  # the others have it, or may not read it
        client.post(f"/read/{version.number}/hand-out/")
        received.append({given.person for given in version.acknowledgements.all()})
        assert received[-1] == {one for one in people if readable(one, today).exists()}
    assert received == [{owner}, {owner, colleague}, {owner, colleague, stranger}]


def test_an_unapproved_version_is_not_handed_out(library, owner, sign_in):
    version = library.version(library.document(), approved=None)
    Distribution.objects.create(document=version.document, person=owner)
    sign_in(owner).post(f"/read/{version.number}/hand-out/")
    assert not version.acknowledgements.exists()


def test_who_may_not_write_a_version_may_not_hand_it_out(version, auditor, stranger, sign_in):
    Distribution.objects.create(document=version.document, person=auditor)
    assert sign_in(auditor).post(f"/read/{version.number}/hand-out/").status_code == 403
    assert sign_in(stranger).post(f"/read/{version.number}/hand-out/").status_code == 404
    assert not version.acknowledgements.exists()
