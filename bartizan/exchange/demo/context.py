"""Clause 4: what surrounds the company, who has a stake in it, what the system covers."""

from bartizan.clauses.context.models import (
    ContextIssue,
    ExternalProvision,
    InterestedParty,
    Obligation,
    ObligationScan,
    PartyRequirement,
    PrincipleReview,
    ProvisionControl,
    Scope,
    ScopeElement,
)
from bartizan.exchange.demo.chain import PARTNERS, PLACES, PROCESSES
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Action, Relation

RESULT_LOSS = "Goods arrive complete"
RESULT_PEOPLE = "People come home unharmed"
RESULT_TRUST = "Authorities and customers trust our declarations"

# name, title, origin, topic, direction, result, effect, owner
ISSUES = (
    ("theft", "Cargo theft at motorway stops in the west of Germany", "external", "society", "hinders", RESULT_LOSS,
     "Open parking areas are no longer safe at night; the line haul needs guarded stops.", "j.vandaele"),
    ("climate", "Heavier summer storms and low water on the Rhine", "external", "climate", "hinders", RESULT_LOSS,
     "Barges are replaced by lorries at short notice, with drivers we do not know.", "w.dekker"),
    ("border", "Border checks at Dover change without notice", "external", "politics", "hinders", RESULT_TRUST,
     "Queues of several hours leave loaded trailers standing unguarded.", "d.marsh"),
    ("customs-law", "New customs data rules for sea freight", "external", "law", "both", RESULT_TRUST,
     "More data in advance: more work, and earlier warning of what is odd.", "k.iversen"),
    ("cyber", "Phishing aimed at freight exchanges", "external", "technology", "hinders", RESULT_LOSS,
     "A hijacked account can redirect a load: fake carriers have tried twice.", "k.iversen"),
    ("pharma", "Customers move medicines from air to road", "external", "economy", "both", RESULT_LOSS,
     "Loads are worth ten times as much, and so is the interest of thieves.", "p.leclerc"),
    ("chain-demand", "Customers pass their security rules down the chain", "external", "supply-chain", "helps", RESULT_TRUST,
     "One questionnaire a week; who answers well wins tenders.", "p.leclerc"),
    ("turnover", "One in five drivers is new each year", "internal", "resources", "hinders", RESULT_LOSS,
     "Routine takes months to grow; screening must not be skipped in the peak.", "j.vandaele"),
    ("culture", "Depots help each other out", "internal", "culture", "helps", RESULT_PEOPLE,
     "What one depot learns about a trick, the others know the same evening.", "s.nowak"),
    ("old-gate", "The gate at Venlo dates from 1998", "internal", "technology", "hinders", RESULT_LOSS,
     "It opens for thirty seconds: two vehicles can pass on one check.", "t.brouwer"),
    ("growth", "The board wants pharma to be a third of revenue", "internal", "governance", "both", RESULT_LOSS,
     "More value on each trailer; money for better equipment.", "r.achterberg"),
)  # fmt: skip

# name, title, category, relevance, owner, cadence, contact
PARTIES = (
    ("customs", "Customs authorities", "authority", "Grant and withdraw our status as authorised operator.", "k.iversen", 180),
    ("police", "Police at our depots", "authority", "First to come in an emergency; know who steals.", "m.okafor", 180),
    ("pharma-customers", "Pharma customers", "customer", "Set the highest demands on custody.", "p.leclerc", 90),
    ("retail-customers", "Retail customers", "customer", "Most of the volume; want calm and low prices.", "n.visser", 180),
    ("staff", "Employees and their council", "workforce", "See first what is wrong; bear the risk.", "g.santos", 90),
    ("carriers", "Subcontracted carriers", "supplier", "Have our customers' goods in their hands.", "j.vandaele", 90),
    ("insurer", "Cargo insurer", "finance", "Pays for losses, and asks how they came about.", "r.achterberg", 365),
    ("neighbours", "Neighbours of the depot Venlo", "neighbour", "See strangers at night; suffer from alarms.", "t.brouwer", 365),
    ("ambulance", "Fire and rescue services", "emergency", "Must find the gate and know what is stored.", "d.marsh", 365),
)  # fmt: skip

# name, party, title, nature, binding, decision, monitor, link
REQUIREMENTS = (
    ("authorised", "customs", "Keep the conditions of an authorised operator", "need", True, "adopted", "k.iversen", "obligations"),
    ("advance-data", "customs", "Complete data before arrival", "need", True, "adopted", "a.farouk", "forwarding"),
    ("quick-report", "police", "Report thefts within two hours", "expectation", False, "adopted", "m.okafor", "operations-control"),
    ("custody", "pharma-customers", "Unbroken custody with sealed hand-overs", "need", True, "adopted", "d.marsh", "seals"),
    ("two-drivers", "pharma-customers", "Two drivers on each high-value load", "expectation", False, "not-adopted", "p.leclerc", ""),
    ("price", "retail-customers", "No surcharge for ordinary security", "expectation", False, "adopted", "n.visser", "forwarding"),
    ("safe-stops", "staff", "Guarded parking on night runs", "expectation", False, "adopted", "j.vandaele", "line-haul"),
    ("fair-screening", "staff", "Screening that respects privacy", "need", True, "adopted", "k.iversen", "screening"),
    ("clear-rules", "carriers", "One set of security rules, in their language", "expectation", False, "adopted", "j.vandaele", "line-haul"),
    ("loss-figures", "insurer", "Loss figures every quarter", "need", True, "adopted", "r.achterberg", "evaluation-cycle"),
    ("night-calm", "neighbours", "No false alarms at night", "expectation", False, "adopted", "t.brouwer", "guarding"),
    ("site-plans", "ambulance", "Current plans at the gate", "need", True, "adopted", "d.marsh", "gate"),
)  # fmt: skip

# name, title, nature, reference, jurisdiction, how it applies, audience, process
OBLIGATIONS = (
    ("ucc", "Union Customs Code: authorised economic operators", "law", "Regulation (EU) 952/2013", "EU", "Our status depends on it: access control, partners, staff.", "customs", "obligations"),
    ("isps", "Ship and port facility security", "regulation", "Regulation (EC) 725/2004", "EU", "Drivers follow the port's rules at every terminal.", "carriers", "forwarding"),
    ("gdpr", "Protection of personal data", "law", "Regulation (EU) 2016/679", "EU", "Screening and cameras: purpose, period, access.", "staff", "screening"),
    ("guarding-law", "Licences of guarding companies", "law", "National acts of NL, PL and UK", "NL, PL, UK", "Only licensed guards; copies are on file.", "police", "guarding"),
    ("seals-standard", "High-security seals on containers", "voluntary", "ISO 17712", "world", "Every export container gets an H-class seal.", "customs", "seals"),
    ("driver-hours", "Driving and rest times", "regulation", "Regulation (EC) 561/2006", "EU", "Stops are planned where they are guarded.", "carriers", "line-haul"),
    ("pharma-gdp", "Good distribution practice for medicines", "contract", "Annex C of the Solvei contract", "EU", "Custody records and two-person hand-overs.", "pharma-customers", "seals"),
    ("nis2", "Security of network and information systems", "law", "Directive (EU) 2022/2555", "EU", "As a mid-size transport undertaking we report incidents.", "customs", "hosting"),
    ("insurance-terms", "Security terms of the cargo policy", "contract", "Policy schedule 4", "NL", "Alarm and guards wherever goods stay over night.", "insurer", "guarding"),
    ("air-cargo", "Air cargo security", "regulation", "Regulation (EU) 2015/1998", "EU", "", "", ""),
)  # fmt: skip

PROVISIONS = (
    ("line-haul", "kestrel", "Full loads between Venlo and Poznań by night", "head-of-department", 40),
    ("guarding", "ironbridge", "Guards at Felixstowe from 20:00 to 06:00", "depot-manager", 60),
    ("hosting", "cobalt", "Operation of the transport system", "head-of-department", 210),
)  # fmt: skip

PRINCIPLES = {
    "leadership": ("The board opens every quarterly meeting with security.", "policy-cycle"),
    "processes": ("Fifteen processes hand over to each other and are run by criteria.", "operations-control"),
    "customized": ("High value gets seals and pairs of eyes; cheap goods get neither.", "planning-cycle"),
    "people": ("Depot staff wrote the gate procedure themselves.", "gate"),
    "integrated": ("Quality, safety and security share audits and documents.", "evaluation-cycle"),
    "dynamic": ("Tricks met at one depot change the rules of all within days.", "context-review"),
    "culture": ("Nobody was ever blamed for a false alarm.", "screening"),
    "relationships": ("Carriers and customers meet us once a quarter.", "forwarding"),
}  # fmt: skip


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "the review of the context in spring"):
        for name, title, origin, topic, direction, result, effect, owner in ISSUES:
            story.write(
                ContextIssue, title, name=f"issue {name}", owner=owner, origin=origin, topic=topic,
                direction=direction, affected_result=result, effect=effect,
                identified_on=story.ago(300), description=f"{effect} Known from our own incidents.",
                again=-12 if name == "border" else 200,
            )  # fmt: skip
        for party in PARTIES:
            add_party(story, *party)
        for requirement in REQUIREMENTS:
            add_requirement(story, *requirement)
        tie_nodes(story)
    with story.told_by("k.iversen", "the scan of obligations"):
        scan(story)
        for obligation in OBLIGATIONS:
            add_obligation(story, *obligation)
    with story.told_by("r.achterberg", "what is outside hands, and under whose control"):
        for number, provision in enumerate(PROVISIONS):
            add_provision(story, number, *provision)
    with story.told_by("m.okafor", "the scope, weighed against issues and requirements"):
        add_scope(story)
        add_principles(story)


def add_party(
    story: Story, name: str, title: str, category: str, relevance: str, owner: str, cadence: int
) -> None:
    story.write(
        InterestedParty, title, name=f"party {name}", owner=owner, category=category,
        relevance=relevance, contact_cadence_days=cadence,
        contact=f"{title}, through {story.people[owner].name}",
    )  # fmt: skip


def add_requirement(
    story: Story, name: str, party: str, title: str, nature: str, binding: bool, decision: str,
    monitor: str, process: str,
) -> None:  # fmt: skip
    made = story.write(
        PartyRequirement, title, name=f"requirement {name}", owner=monitor,
        party=story[f"party {party}"], nature=nature, is_binding=binding, description=f"{title}.",
        identified_on=story.ago(300), decision=decision, decided_by=story.people["r.achterberg"],
        decided_on=story.ago(290), monitored_by=story.people[monitor], last_checked=story.ago(70),
        decision_reason="" if decision == "adopted" else "Paid for by no customer so far.",
    )  # fmt: skip
    if process:
        story.link(story[process], made)
    if name == "safe-stops":
        made.gap, made.gap_noted_on = "Two runs a week still stop at an open area.", story.ago(70)
        made.save(update_fields=["gap", "gap_noted_on"])
        action = story.write(
            Action, "Book guarded parking for the Friday runs", owner="j.vandaele", source=made,
            description="Contract with the guarded area near Hanover.", due=story.ahead(25),
            success_measure="No stop at an open area for four weeks.",
        )  # fmt: skip
        story.link(action, story["line-haul"])


def tie_nodes(story: Story) -> None:
    """What each place and partner brings with it; two of them ask for nothing."""
    for name, *_rest in PLACES:
        issue = "border" if name in ("dover", "calais") else "theft"
        story.link(story[f"issue {issue}"], story[name], relation=Relation.CONCERNS)
    for name, *_rest in PARTNERS:
        story.link(story["issue chain-demand"], story[name], relation=Relation.CONCERNS)


def scan(story: Story) -> None:
    for days in (250, 75):
        story.write(
            ObligationScan, f"Scan of obligations, {story.ago(days):%B %Y}", owner="k.iversen",
            procedure=story["scanning"], carried_out_on=story.ago(days), again=None, reviewed=None,
            sources="Official journals of the EU, NL, PL and UK; letters of the association",
            findings="One new directive, two changed annexes.",
        )  # fmt: skip


def add_obligation(
    story: Story, name: str, title: str, nature: str, reference: str, jurisdiction: str,
    application: str, audience: str, process: str,
) -> None:  # fmt: skip
    applies = bool(application)
    made = story.write(
        Obligation, title, name=f"obligation {name}", owner="k.iversen", nature=nature,
        source_reference=reference, jurisdiction=jurisdiction,
        source_link=f"https://law.example/{name}", application=application,
        identified_on=story.ago(600), revised_on=story.ago(120),
        applicability="applies" if applies else "does-not",
        applicability_reason="" if applies else "We hand over at the airport's fence.",
        assessed_on=story.ago(75), last_checked=story.ago(75),
        source_changed_on=story.ago(20) if name == "nis2" else None,
    )  # fmt: skip
    if applies:
        made.audience_parties.add(story[f"party {audience}"])
        story.link(story[process], made)


def add_provision(
    story: Story, number: int, process: str, partner: str, covers: str, role: str, checked: int
) -> None:
    made = story.write(
        ExternalProvision, f"{story[process].title} by {story[partner].title}",
        name=f"provision {process}", owner="r.achterberg", process=story[process],
        provider=story[partner], covers=covers, accountable_role=story.roles[role],
        provider_duties="Licensed, screened people; reports every month; right to audit.",
    )  # fmt: skip
    story.write(
        ProvisionControl, f"Security audit of {story[partner].title}", owner="m.okafor",
        provision=made, control_kind="audit", description="Half a day on site, by our list.",
        last_checked=story.ago(checked), result="passed", next_check=story.ago(checked - 180),
    )  # fmt: skip
    if number == 0:
        story.link(made, story["issue theft"], relation=Relation.ANSWERS)


def add_scope(story: Story) -> None:
    scope = story.write(
        Scope, "Scope of the security management system", name="scope", owner="m.okafor",
        purpose="We move goods between Asia, the continent and Britain for other companies.",
        intended_results=f"{RESULT_LOSS}.\n{RESULT_PEOPLE}.\n{RESULT_TRUST}.",
        coverage="All depots and offices, all transport under our orders, from hand-over by the"
        " shipper to proof of delivery.",
        available_at="On the intranet and on request",
    )  # fmt: skip
    scope.audience.set([story.roles["member"], story.roles["depot-manager"]])
    for name, *_rest in PLACES:
        add_element(story, scope, story[name].title, place=story[name])
    for name, *_rest in PROCESSES:
        outside = name == "invoicing"
        add_element(
            story, scope, story[name].title, process=story[name],
            inclusion="out" if outside else "in",
            reason="Touches neither goods nor access." if outside else "",
        )  # fmt: skip
    for code, unit in story.units.items():
        if code != "tidewater":
            add_element(story, scope, unit.name, part=unit)
    add_element(story, scope, "Transport under our orders by carriers", segment="Carriers")
    considered = [
        r for n, r in story.records.items() if n.split(" ")[0] in ("issue", "requirement")
    ]
    applying = [
        r for n, r in story.records.items()
        if n.startswith("obligation ") and r.applicability == "applies"
    ]  # fmt: skip
    note = "Weighed: what it bears on lies inside the scope."
    story.link(scope, *considered, *applying, relation=Relation.CONSIDERS, note=note)
    story.approve(scope, days_ago=60)


def add_element(story: Story, scope: Scope, title: str, **about) -> None:
    story.write(
        ScopeElement, title, owner="m.okafor", scope=scope,
        **{"inclusion": "in", "reason": ""} | about,
    )  # fmt: skip


def add_principles(story: Story) -> None:
    for principle, (application, record) in PRINCIPLES.items():
        made = story.write(
            PrincipleReview, f"Principle: {principle}", name=f"principle {principle}",
            owner="r.achterberg", principle=principle, application=application, rating=3,
            to_improve="Ask the carriers, too.",
        )  # fmt: skip
        story.link(made, story[record], relation=Relation.CITES)
