"""Documented information: classes, documents with their versions, where they are used."""

from bartizan.chain.models import NeededDocument, Process
from bartizan.exchange.demo.story import Story
from bartizan.ground.documents.models import (
    Acknowledgement,
    CoveredDuty,
    Distribution,
    Document,
    DocumentClass,
    DocumentVersion,
    PointOfUse,
    RetentionRule,
    RetrievalSample,
    SuitableForm,
)
from bartizan.ground.records.models import Relation

# name, title, value, integrity, measure, years, counts from, legal basis
CLASSES = (
    ("open", "Open information", "low", "normal", "Approval of each version", 5, "superseded", ""),
    ("working", "Working documents", "normal", "high", "Approval and SHA-256 of each version", 7, "superseded", "Tax and trade law: seven years"),
    ("guarded", "Guarded information", "high", "vital", "Approval, SHA-256 and signed trail", 10, "superseded", "Limitation of claims"),
)  # fmt: skip

FORMS = (
    ("staff", "text", "en", "electronic"), ("security", "text", "en", "electronic"),
    ("management", "text", "en", "electronic"), ("public", "text", "en", "electronic"),
    ("outside", "text", "en", "electronic"), ("contractors", "text", "en", "electronic"),
)  # fmt: skip

# document, item of the standard that calls for it
CALLED_FOR = {
    "policy-text": "2022:5.2.2-5",
    "scanning": "2022:4.2.2-c",
    "record-control": "2022:8.1-p2",
    "overview": "dis:4.4.4-c",
}

DUTIES = {
    "talking": (
        "to-employees", "from-employees", "to-contractors", "from-contractors", "to-parties",
        "from-parties", "content-inside", "timing-inside", "audience-inside", "means-inside",
        "content-outside", "timing-outside", "audience-outside", "means-outside",
        "media-spokesperson", "media-release", "media-strategy", "media-statements",
    ),
    "scanning": ("obligation-scan",),
    "risk-finding": ("risk-finding",),
    "record-control": (
        "records-identifying", "records-storing", "records-protecting", "records-retrieving",
        "records-keeping", "records-disposing",
    ),
}  # fmt: skip

# name, title, type, class, audience, owner, what its text says, age of the version in days
DOCUMENTS = (
    ("policy-text", "Security policy", "policy", "open", "staff", "m.okafor",
     "We move other people's goods. **Whoever entrusts them to us gets them back whole.**\n\n"
     "1. We meet the law, the rules and what we promised our customers.\n"
     "2. We get better every year, and measure it.\n"
     "3. People come before goods.\n"
     "4. Whoever reports something suspicious is thanked, never blamed.\n\n"
     "The policy is reviewed once a year, and within 60 days after we buy, merge or change what"
     " we do.", 200),
    ("visitor-extract", "Security policy for visitors and drivers", "policy", "open", "outside",
     "t.brouwer", "Show your papers, stay with your host, report what seems wrong to the gate.", 190),
    ("scanning", "Procedure: finding obligations", "procedure", "working", "management",
     "k.iversen", "Twice a year the compliance officer reads the sources on the list, notes what"
     " changed, and judges what applies.", 180),
    ("risk-finding", "Procedure: finding and rating risks", "procedure", "working", "management",
     "m.okafor", "Once a year, and ahead of every change, a team of people who know the place rates"
     " what may happen, by the approved method. Sources of warnings are read every month.", 175),
    ("talking", "Procedure: telling and being told", "procedure", "working", "staff",
     "n.visser", "Who says what to whom, by which channel, who releases it, and who speaks to the"
     " media.", 170),
    ("record-control", "Procedure: control of records", "procedure", "working", "management",
     "k.iversen", "How records are named, stored, protected, found, kept and disposed of.", 170),
    ("gate-procedure", "Procedure: gate control", "procedure", "working", "security",
     "t.brouwer", "Identity, pre-advice, seal, plate. No match, no entry. Call the shift leader.", 140),
    ("seal-procedure", "Procedure: seals", "procedure", "guarded", "security",
     "d.marsh", "Two people seal; the number is photographed; arrival compares.", 140),
    ("overview", "How the system fits together", "description", "working", "management",
     "m.okafor", "Processes, what they hand to each other, and where their documents are.", 120),
    ("customs-guide", "Authorised operator guidelines", "external", "working", "management",
     "k.iversen", "Kept for reference; the publisher's edition counts.", 150),
)  # fmt: skip

# process, name of the document as the process calls it, document
NEEDED = (
    ("gate", "Gate procedure", "gate-procedure"), ("seals", "Seal procedure", "seal-procedure"),
    ("obligations", "Scan procedure", "scanning"), ("policy-cycle", "Policy", "policy-text"),
    ("forwarding", "Policy", "policy-text"), ("line-haul", "Seal procedure", "seal-procedure"),
    ("guarding", "Gate procedure", "gate-procedure"), ("hosting", "Record control", "record-control"),
    ("screening", "Record control", "record-control"), ("context-review", "Overview", "overview"),
    ("planning-cycle", "Overview", "overview"), ("support-cycle", "Overview", "overview"),
    ("operations-control", "Overview", "overview"), ("evaluation-cycle", "Overview", "overview"),
    ("invoicing", "Record control", "record-control"),
)  # fmt: skip


def tell(story: Story) -> None:
    with story.told_by("k.iversen", "classes and rules of documented information"):
        for one in CLASSES:
            add_class(story, *one)
        for audience, form, language, medium in FORMS:
            SuitableForm.objects.create(
                audience=audience, format=form, language=language, medium=medium
            )
    with story.told_by("k.iversen", "the documents in force"):
        for document in DOCUMENTS:
            add_document(story, *document)
        supersede(story)
        for name, duties in DUTIES.items():
            for duty in duties:
                CoveredDuty.objects.create(
                    document=story[name], duty=duty, place=f"Chapter {len(duty) % 7 + 1}"
                )
        for process, name, called_for in NEEDED:
            NeededDocument.objects.create(
                process=Process.objects.get(pk=story[process].pk), name=name,
                document=story[called_for],
            )  # fmt: skip
    with story.told_by("t.brouwer", "where documents are used and who has read them"):
        use(story)
        acknowledge(story)
    with story.told_by("m.okafor", "the overview names the processes"):
        processes = [
            story[process] for process, _name, document in NEEDED if document == "overview"
        ]
        story.link(story["overview"], *processes, relation=Relation.CONCERNS)


def add_class(
    story: Story, name: str, title: str, value: str, integrity: str, measure: str, years: int,
    counts_from: str, basis: str,
) -> None:  # fmt: skip
    made = story.write(
        DocumentClass, title, name=f"class {name}", owner="k.iversen", value=value,
        integrity=integrity, integrity_measure=measure,
        access_rule="Read by whoever is cleared for it; written by its owner.",
        storage_rule="In this system; backed up every night.",
    )  # fmt: skip
    rule = story.write(
        RetentionRule, f"Keeping of {title.lower()}", owner="k.iversen", document_class=made,
        years=years, counts_from=counts_from, legal_basis=basis, disposal="Deleted by two people.",
    )  # fmt: skip
    story.approve(made, rule, by="r.achterberg")


def add_document(
    story: Story, name: str, title: str, kind: str, class_: str, audience: str, owner: str,
    body: str, age: int,
) -> None:  # fmt: skip
    external = kind == "external"
    document = story.write(
        Document, title, name=name, owner=owner, document_type=kind, audience=audience,
        reference=f"TML-{len(story.records) + 100}", document_class=story[f"class {class_}"],
        classified_by=story.people[owner], classified_on=story.ago(age),
        location="In this system", access_rule="Whoever is cleared for it.",
        fulfils=CALLED_FOR.get(name, ""),
        purpose=f"So that everybody concerned works from the same {title.lower()}.",
        source="World customs press (fictional)" if external else "",
        edition="2025" if external else "",
        edition_checked_on=story.ago(40) if external else None,
    )  # fmt: skip
    version = story.write(
        DocumentVersion, f"{title} 1", name=f"{name} version", owner=owner, document=document,
        label="1", body=body, format="text", language="en", medium="electronic",
        author=story.people[owner], reason="First edition.", effective_from=story.ago(age - 5),
        reviewed_by=story.people["m.okafor" if owner != "m.okafor" else "r.achterberg"],
        reviewed=age,
    )  # fmt: skip
    story.approve(document, version, by="h.lindqvist", days_ago=age - 2)
    RetrievalSample.objects.create(
        document=document, on=story.ago(30), by=story.people["g.santos"], was_found=True,
        was_readable=True,
    )  # fmt: skip


def supersede(story: Story) -> None:
    """The gate procedure has a second edition; the first was withdrawn in time."""
    old = story["gate-procedure version"]
    new = story.write(
        DocumentVersion, "Procedure: gate control 2", name="gate-procedure version 2",
        owner="t.brouwer", document=story["gate-procedure"], label="2", predecessor=old,
        body="Identity, pre-advice, seal, plate. No match, no entry. A second lane opens on Mondays.",
        format="text", language="en", medium="electronic", author=story.people["t.brouwer"],
        reason="A second lane on Monday mornings.", effective_from=story.ago(50),
        reviewed_by=story.people["m.okafor"], reviewed=55,
    )  # fmt: skip
    story.approve(new, days_ago=52)
    old.withdrawn_on, old.marked_obsolete_on = story.ago(48), story.ago(48)
    old.save(update_fields=["withdrawn_on", "marked_obsolete_on"])


def use(story: Story) -> None:
    """Gate and seal procedures hang where they are needed; one gate has the old sheet."""
    current = {
        "gate-procedure": "gate-procedure version 2",
        "seal-procedure": "seal-procedure version",
    }
    for place, owner, stale in (
        ("Gate, depot Venlo", "t.brouwer", False), ("Gate, depot Poznań", "s.nowak", True),
        ("Gate, depot Felixstowe", "d.marsh", False),
    ):  # fmt: skip
        for name, version in current.items():
            found = "gate-procedure version" if stale and name == "gate-procedure" else version
            story.write(
                PointOfUse, f"{story[name].title} at {place}", owner=owner, place=place,
                document=story[name], role=story.roles["depot-manager"], checked_on=story.ago(20),
                found_version=story[found], is_reachable=True,
            )  # fmt: skip


def acknowledge(story: Story) -> None:
    """Everybody got the policy; one person has not opened it yet. Others follow their role."""
    for name in ("policy-text", "visitor-extract"):
        Distribution.objects.create(
            document=story[name], unit=story.units["tidewater"], asks_acknowledgement=True
        )
    for name, *_rest in DOCUMENTS[2:]:
        Distribution.objects.create(document=story[name], role=story.roles["depot-manager"])
    version = story["policy-text version"]
    for code, person in story.people.items():
        Acknowledgement.objects.create(
            document_version=version, person=person, received_on=story.ago(190),
            acknowledged_on=story.ago(180) if code != "l.moreau" else None,
        )  # fmt: skip
