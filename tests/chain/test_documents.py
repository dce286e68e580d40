"""The documents of processes against 7.5.1 b, and 4.4.4 c and 4.4.6 B a of the draft."""

from datetime import timedelta

import pytest

from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.records.life import approve, retire
from bartizan.ground.records.models import Relation

DAY = timedelta(days=1)


@pytest.fixture
def document(make, manager, today):
    """A document whose first version is in force."""

    def made(title="Sealing procedure", kind="procedure", **fields) -> Document:
        due = {"reviewed_on": today - 30 * DAY, "review_due": today + 30 * DAY}
        document = make(Document, title=title, document_type=kind, **due | fields)
        text = {"label": "1", "body": "Seal it.", "effective_from": today - 30 * DAY}
        approve(make(DocumentVersion, title=f"{title} 1", document=document, **text), manager)
        return document

    return made


# -- 7.5.1 b: what the organization itself finds needful -------------------------------------------


@pytest.fixture
def settled(process, document, today):
    """A process whose owner settled that it needs one document, which is there."""
    sealing = process(documents_decided_on=today)
    sealing.needed_documents.create(name="How to seal", document=document())
    return sealing


def test_without_a_decision_nobody_can_tell_which_documents_are_needed(verdict, process):
    process()
    assert verdict("2022:7.5.1-b") == (
        "no-evidence",
        "There are no processes whose owner settled which documents they need.",
    )


def test_settled_needs_that_are_met_conform_on_somebodys_word(verdict, settled, confirm):
    assert verdict("2022:7.5.1-b")[0] == "awaiting-attestation"
    confirm("2022:7.5.1-b", settled)
    assert verdict("2022:7.5.1-b")[0] == "conforming"


def test_a_process_without_a_decision_falls_short(verdict, settled, process):
    process("Night transit")
    assert verdict("2022:7.5.1-b") == (
        "nonconforming",
        "1 process has no decision of its owner on the documents it needs.",
    )


MISSING = ("nonconforming", "1 process needs a document that is missing.")
LACKING = ("nonconforming", "1 process needs a document that is not in force.")


def test_a_need_that_nothing_meets_falls_short(verdict, settled):
    settled.needed_documents.create(name="Seal log")
    assert verdict("2022:7.5.1-b") == MISSING


def test_a_document_taken_out_of_force_meets_no_need(verdict, settled):
    retire(settled.needed_documents.get().document, "No longer used.")
    assert verdict("2022:7.5.1-b") == LACKING


def test_a_document_without_an_approved_version_meets_no_need(verdict, settled):
    version = settled.needed_documents.get().document.versions.get()
    version.body = "Seal it twice."
    version.save()
    assert verdict("2022:7.5.1-b") == LACKING


@pytest.mark.parametrize("review_due", [-DAY, None])
def test_a_needed_document_past_its_review_falls_short(verdict, settled, today, review_due):
    needed = settled.needed_documents.get().document
    needed.review_due = review_due and today + review_due
    needed.save()
    assert verdict("2022:7.5.1-b") == (
        "nonconforming",
        "1 process needs a document that is past its review.",
    )


# -- draft, 4.4.6 B a: written procedures where they are needed ------------------------------------


@pytest.fixture
def proceduralized(process, document):
    """A process for which a written procedure is needed, and there."""
    sealing = process(procedure_need="needed")
    sealing.needed_documents.create(name="How to seal", document=document())
    return sealing


def test_without_a_decision_nobody_can_tell_whether_procedures_are_needed(verdict, process):
    process()
    assert verdict("dis:4.4.6-B.a") == (
        "no-evidence",
        "There are no processes for which it is decided whether they need a written procedure.",
    )


def test_procedures_where_they_are_needed_conform_on_somebodys_word(
    verdict, proceduralized, process, confirm
):
    process("Key handling", procedure_need="not-needed")
    assert verdict("dis:4.4.6-B.a")[0] == "awaiting-attestation"
    confirm("dis:4.4.6-B.a", proceduralized)
    assert verdict("dis:4.4.6-B.a")[0] == "conforming"


def test_a_process_nobody_decided_on_falls_short(verdict, proceduralized, process):
    process("Key handling")
    assert verdict("dis:4.4.6-B.a") == (
        "nonconforming",
        "1 process has no decision on whether it needs a written procedure.",
    )


def test_a_needed_procedure_that_is_not_there_falls_short(verdict, process, document):
    form = process(procedure_need="needed").needed_documents
    form.create(name="Seal log", document=document("Seal log", kind="form"))
    assert verdict("dis:4.4.6-B.a") == (
        "nonconforming",
        "1 process needs a written procedure and lists none that is in force.",
    )


def test_a_needed_procedure_past_its_review_falls_short(verdict, proceduralized, today):
    procedure = proceduralized.needed_documents.get().document
    procedure.review_due = today - DAY
    procedure.save()
    assert verdict("dis:4.4.6-B.a") == (
        "nonconforming",
        "1 process needs a written procedure, and the one it lists is past its review.",
    )


# -- draft, 4.4.4 c: the system is described -------------------------------------------------------


def test_without_a_description_linked_to_processes_there_is_no_evidence(
    verdict, process, document, link
):
    link(document(kind="form"), process(), Relation.CONCERNS)
    assert verdict("dis:4.4.4-c") == (
        "no-evidence",
        "There are no descriptions of the system in force that are linked to its processes.",
    )


def test_a_description_of_every_process_conforms_on_somebodys_word(
    verdict, process, document, link, confirm
):
    sealing, manual = process(), document("Handbook", kind="description")
    link(manual, sealing, Relation.CONCERNS)
    assert verdict("dis:4.4.4-c")[0] == "awaiting-attestation"
    confirm("dis:4.4.4-c", manual)
    assert verdict("dis:4.4.4-c")[0] == "conforming"


def test_a_process_that_no_description_names_falls_short(verdict, process, document, link):
    link(document("Handbook", kind="description"), process(), Relation.CONCERNS)
    process("Night transit")
    assert verdict("dis:4.4.4-c") == (
        "nonconforming",
        "1 process is named by no description of the system in force.",
    )


def test_a_description_of_what_is_gone_falls_short(verdict, process, document, link):
    manual, gone = document("Handbook", kind="description"), process("Yard patrol")
    for one in (process(), gone):
        link(manual, one, Relation.CONCERNS)
    retire(gone, "Given up.")
    assert verdict("dis:4.4.4-c") == (
        "nonconforming",
        "1 document names a process that is not in force.",
    )
