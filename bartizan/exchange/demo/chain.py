"""Where goods pass and who handles them; what is done, by which criteria, and how the runs went."""

from decimal import Decimal
from typing import Any

from bartizan.chain.models import (
    BusinessFunction,
    Criterion,
    CriterionResult,
    DeliveredClause,
    Partner,
    Place,
    Process,
    ProcessRun,
)
from bartizan.exchange.demo import network
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Action, Relation

# name, title, use, position, locode, country, latitude, longitude, level, own control, owner
PLACES = (
    ("venlo", "Depot Venlo", "depot", "own", "NLVEN", "NL", "51.3704", "6.1724", "high", True, "t.brouwer"),
    ("poznan", "Depot Poznań", "depot", "own", "PLPOZ", "PL", "52.4064", "16.9252", "raised", True, "s.nowak"),
    ("felixstowe", "Depot Felixstowe", "warehouse", "own", "GBFXT", "GB", "51.9617", "1.3513", "high", True, "d.marsh"),
    ("office", "Head office Rotterdam", "office", "own", "NLRTM", "NL", "51.9225", "4.4792", "basic", True, "k.iversen"),
    ("maasvlakte", "Container terminal Maasvlakte", "terminal", "upstream", "NLRTM", "NL", "51.9500", "4.0500", "high", False, "a.farouk"),
    ("antwerp", "Container terminal Antwerp", "terminal", "upstream", "BEANR", "BE", "51.2602", "4.4000", "high", False, "a.farouk"),
    ("hamburg", "Container terminal Hamburg", "terminal", "upstream", "DEHAM", "DE", "53.5403", "9.9800", "high", False, "l.moreau"),
    ("gdansk", "Container terminal Gdańsk", "terminal", "upstream", "PLGDN", "PL", "54.3960", "18.7040", "raised", False, "l.moreau"),
    ("le-havre", "Container terminal Le Havre", "terminal", "upstream", "FRLEH", "FR", "49.4850", "0.1660", "raised", False, "l.moreau"),
    ("dover", "Border crossing Dover", "border", "downstream", "GBDVR", "GB", "51.1279", "1.3134", "raised", False, "j.vandaele"),
    ("calais", "Border crossing Calais", "border", "downstream", "FRCQF", "FR", "50.9513", "1.8587", "raised", False, "j.vandaele"),
    ("duisburg", "Rail terminal Duisburg", "terminal", "upstream", "DEDUI", "DE", "51.4344", "6.7623", "basic", False, "w.dekker"),
    *network.PLACES,
)  # fmt: skip

# name, title, relationship, position, country, supplies, level, owner
PARTNERS = (
    ("kestrel", "Kestrel Haulage (fictional)", "carrier", "own", "NL", "Full loads Venlo–Poznań", "high", "j.vandaele"),
    ("brightwater", "Brightwater Trucking (fictional)", "carrier", "own", "GB", "Deliveries in England", "raised", "d.marsh"),
    ("slupsk", "Północ Transport (fictional)", "carrier", "downstream", "PL", "Deliveries in Poland", "raised", "s.nowak"),
    ("halcyon", "Halcyon Line (fictional)", "carrier", "upstream", "DK", "Sea freight from Asia", "high", "a.farouk"),
    ("ironbridge", "Ironbridge Guarding (fictional)", "service", "beside", "GB", "Guards at Felixstowe", "high", "d.marsh"),
    ("veilig", "Veiligheidsdienst Maas (fictional)", "service", "beside", "NL", "Guards at Venlo, alarm centre", "high", "t.brouwer"),
    ("lumen", "Lumen Track (fictional)", "service", "beside", "DE", "Vehicle tracking", "raised", "k.iversen"),
    ("cobalt", "Cobalt Cloud (fictional)", "service", "beside", "IE", "Hosting of the transport system", "high", "k.iversen"),
    ("arden", "Arden Instruments (fictional)", "customer", "downstream", "GB", "", "high", "p.leclerc"),
    ("solvei", "Solvei Pharma (fictional)", "customer", "downstream", "DE", "", "high", "p.leclerc"),
    ("mirador", "Mirador Home (fictional)", "customer", "downstream", "FR", "", "basic", "n.visser"),
    ("shenmark", "Shenmark Components (fictional)", "supplier", "upstream", "CN", "Parts for Arden", "raised", "a.farouk"),
    ("customs-broker", "Delta Customs Agents (fictional)", "service", "beside", "NL", "Customs declarations", "raised", "a.farouk"),
    *network.PARTNERS,
)  # fmt: skip

# name, title, owner, cadence, performer, core, marks, clauses, inputs, outputs
PROCESSES = (
    ("forwarding", "Order to delivery", "j.vandaele", 7, "internal", True, "chain policy", (), "Transport order", "Delivered goods, proof of delivery"),
    ("gate", "Gate control at depots", "t.brouwer", 7, "internal", True, "chain policy law", (), "Arriving vehicle, pre-advice", "Admitted or refused vehicle"),
    ("line-haul", "Line haul Venlo–Poznań", "j.vandaele", 7, "external", True, "chain", (), "Sealed trailer", "Sealed trailer at the other depot"),
    ("seals", "Sealing and seal checks", "d.marsh", 7, "internal", True, "chain law", (), "Loaded container", "Sealed container, seal record"),
    ("guarding", "Guarding of depots at night", "d.marsh", 30, "external", False, "chain policy", (), "Guard order", "Guard report"),
    ("hosting", "Hosting of the transport system", "k.iversen", 30, "external", False, "policy", (), "Service order", "Available system"),
    ("screening", "Screening of staff and drivers", "k.iversen", 30, "internal", False, "law policy", (), "Applicant", "Cleared or refused person"),
    ("obligations", "Scan of obligations", "k.iversen", 180, "internal", False, "law system", ("4.2",), "Official journals, association letters", "Updated register of obligations"),
    ("context-review", "Review of the context", "m.okafor", 180, "internal", False, "system", ("4.1", "4.3", "4.4"), "News, audits, incidents", "Updated context and scope"),
    ("policy-cycle", "Policy and roles", "r.achterberg", 365, "internal", False, "policy system", ("5.1", "5.2", "5.3"), "Board decisions", "Policy, appointments"),
    ("planning-cycle", "Risk and objective planning", "m.okafor", 180, "internal", False, "objectives system", ("6.1", "6.2", "6.3", "8.3"), "Context, incidents", "Risks, objectives, changes"),
    ("support-cycle", "Resources, competence, documents", "k.iversen", 180, "internal", False, "system", ("7.1", "7.2", "7.3", "7.4", "7.5"), "Needs", "Means, trained people, documents"),
    ("operations-control", "Control of security operations", "m.okafor", 30, "internal", False, "system chain", ("8.1", "8.2", "8.4", "8.5", "8.6"), "Plans, criteria", "Controlled processes"),
    ("evaluation-cycle", "Measuring, auditing, reviewing", "g.santos", 180, "internal", False, "system", ("9.1", "9.2", "9.3", "10.1", "10.2"), "Readings, findings", "Review decisions, corrective actions"),
    ("invoicing", "Invoicing", "g.santos", 30, "internal", True, "", (), "Proof of delivery", "Invoice"),
)  # fmt: skip

# process, criterion, rule, upper limit, unit
CRITERIA = (
    ("forwarding", "Loss and damage", "Claims per 1,000 consignments stay under 2", "2", "per 1,000"),
    ("forwarding", "On time", "At least 95 of 100 deliveries are on time", None, ""),
    ("gate", "Identity", "Every driver's identity and pre-advice are checked", None, ""),
    ("gate", "Waiting", "Vehicles wait at most 20 minutes", "20", "minutes"),
    ("line-haul", "Stops", "Stops only at guarded parking", None, ""),
    ("seals", "Seal record", "Number on arrival equals number on departure", None, ""),
    ("guarding", "Rounds", "Four rounds a night are logged", None, ""),
    ("hosting", "Availability", "At least 99.8 % of the month", None, ""),
    ("screening", "Completeness", "Nobody starts before the screening is complete", None, ""),
    ("obligations", "Coverage", "All sources on the list were read", None, ""),
    ("context-review", "Coverage", "Every issue and party was looked at", None, ""),
    ("policy-cycle", "Coverage", "Policy and all roles were looked at", None, ""),
    ("planning-cycle", "Coverage", "Every risk above the appetite has a decision", None, ""),
    ("support-cycle", "Coverage", "Every gap has an action", None, ""),
    ("operations-control", "Coverage", "Every core process ran by its criteria", None, ""),
    ("evaluation-cycle", "Coverage", "All planned audits took place", None, ""),
    ("invoicing", "Basis", "No invoice without proof of delivery", None, ""),
)  # fmt: skip

INTERACTIONS = (
    ("forwarding", "gate"), ("gate", "seals"), ("seals", "line-haul"), ("line-haul", "gate"),
    ("forwarding", "invoicing"), ("guarding", "gate"), ("hosting", "forwarding"),
    ("screening", "gate"), ("obligations", "context-review"), ("context-review", "planning-cycle"),
    ("policy-cycle", "planning-cycle"), ("planning-cycle", "operations-control"),
    ("support-cycle", "operations-control"), ("operations-control", "forwarding"),
    ("operations-control", "evaluation-cycle"), ("evaluation-cycle", "context-review"),
)  # fmt: skip

MARKS = {
    "policy": "serves_policy", "law": "serves_law", "objectives": "serves_objectives",
    "system": "delivers_system", "chain": "serves_chain",
}  # fmt: skip

FUNCTIONS = (
    ("Transport planning", "yes", "Routes decide where goods stand still.", "forwarding"),
    ("Warehousing", "yes", "Goods rest here longest.", "gate"),
    ("Purchasing", "yes", "Carriers and guards are chosen here.", "guarding"),
    ("Marketing", "no", "Handles no goods and no customer data.", ""),
)


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "the map of the chain, drawn with the depot managers"):
        for place in PLACES:
            add_place(story, *place)
        for partner in PARTNERS:
            add_partner(story, *partner)
    with story.told_by("m.okafor", "processes and their criteria"):
        for process in PROCESSES:
            add_process(story, *process)
        for source, target in INTERACTIONS:
            story.link(story[source], story[target], relation=Relation.FEEDS)
        for criterion in CRITERIA:
            add_criterion(story, *criterion)
        story.approve(story["invoicing"], by="g.santos")
        serve_nodes(story)
        add_functions(story)
    with story.told_by("j.vandaele", "runs on record"):
        for process in PROCESSES:
            run(story, process[0], process[3], process[2])


def add_place(
    story: Story, name: str, title: str, use: str, position: str, locode: str, country: str,
    latitude: str, longitude: str, level: str, own: bool, owner: str,
) -> None:  # fmt: skip
    story.write(
        Place, title, name=name, owner=owner, use=use, position=position, locode=locode,
        country=country, latitude=Decimal(latitude), longitude=Decimal(longitude),
        security_level=level, under_own_control=own, active_since=story.ago(2000),
    )  # fmt: skip


def add_partner(
    story: Story, name: str, title: str, relationship: str, position: str, country: str,
    supplies: str, level: str, owner: str,
) -> None:  # fmt: skip
    story.write(
        Partner, title, name=name, owner=owner, relationship=relationship, position=position,
        country=country, supplies=supplies, security_level=level, active_since=story.ago(1500),
    )  # fmt: skip


def add_process(
    story: Story, name: str, title: str, owner: str, cadence: int, performer: str, core: bool,
    marks: str, clauses: tuple[str, ...], inputs: str, outputs: str,
) -> None:  # fmt: skip
    marked: dict[str, Any] = {MARKS[mark]: True for mark in marks.split()}
    reason = "Money only: no goods, no access, no routes." if name == "invoicing" else ""
    made = story.write(
        Process, title, name=name, owner=owner, cadence_days=cadence, performer=performer,
        is_core=core, inputs=inputs, outputs=outputs, started_on=story.ago(cadence * 4 + 3),
        plan=f"{title}: planned by the owner, run every {cadence} days, looked at monthly.",
        revised_on=story.ago(300), no_requirement_reason=reason,
        procedure_need="needed" if name in ("gate", "seals") else "not-needed",
        procedure_need_reason="" if name in ("gate", "seals") else "Done by few, trained people.",
        documents_decided_on=story.ago(120), **marked,
    )  # fmt: skip
    for clause in clauses:
        DeliveredClause.objects.create(process=made, clause=clause)


def add_criterion(
    story: Story, process: str, title: str, rule: str, upper: str | None, unit: str
) -> None:
    story.write(
        Criterion, title, name=f"{process}: {title}", owner=story[process].owner.email.split("@")[0],
        process=story[process], rule=rule, upper_limit=Decimal(upper) if upper else None,
        measured_in=unit, applies_since=story.ago(900),
    )  # fmt: skip


def serve_nodes(story: Story) -> None:
    """Every place and partner is served by a process; one partner was forgotten."""
    own = {"venlo", "poznan", "felixstowe", "office", "moerdijk", "pool"}
    for name, *_rest in PLACES:
        story.link(story["gate" if name in own else "line-haul"], story[name])
    for name, *_rest in PARTNERS:
        if name != "customs-broker":
            story.link(story["forwarding"], story[name])


def add_functions(story: Story) -> None:
    for title, bearing, reason, process in FUNCTIONS:
        made = story.write(
            BusinessFunction, title, owner="r.achterberg", bearing=bearing, bearing_reason=reason
        )
        if process:
            story.link(made, story[process], relation=Relation.CONCERNS)


def run(story: Story, name: str, cadence: int, owner: str) -> None:
    """The last four runs; the gate once failed its waiting time and somebody saw to it."""
    criteria = Criterion.objects.filter(process=story[name])
    for back in range(4):
        day = story.ago(back * cadence + 1)
        made = story.write(
            ProcessRun, f"{story[name].title}, {day:%d %B %Y}", owner=owner, process=story[name],
            planned_on=day, ran_on=day, performed_by=story.people[owner], recorded_on=day,
            result="As planned.", reviewed=None, again=None,
        )  # fmt: skip
        for criterion in criteria:
            failed = name == "gate" and back == 2 and criterion.upper_limit is not None
            CriterionResult.objects.create(
                run=made, criterion=criterion, value="31" if failed else "met", passed=not failed
            )
            if failed:
                add_follow_up(story, made)


def add_follow_up(story: Story, made: ProcessRun) -> None:
    action = story.write(
        Action, "Open the second lane on Monday mornings", owner="t.brouwer", source=made,
        description="Vehicles waited 31 minutes on a Monday: open the second lane until nine.",
        due=story.ago(3), done_on=story.ago(5), outcome="Longest wait since then: 14 minutes.",
        success_measure="No Monday above 20 minutes for four weeks.",
        effect_verified_by=story.people["m.okafor"], effect_verified_on=story.ago(1),
    )  # fmt: skip
    story.link(action, story["gate"])
