"""Clauses 6.1.1, 6.2, 6.3 and 7.1: what the company wants to reach, with what, and what changes."""

from dataclasses import dataclass
from typing import Any

from bartizan.clauses.planning.models import (
    Change,
    Objective,
    ObjectiveReading,
    PartyView,
    PlanningNote,
    PlanReview,
    Programme,
    ProgrammeStep,
    Reassignment,
    SideEffectNote,
    SystemRisk,
    Target,
    TargetReading,
    WeighedOption,
)
from bartizan.clauses.support.models import ResourceGrant, ResourceNeed, StaffingLevel
from bartizan.exchange.demo.context import RESULT_LOSS, RESULT_PEOPLE, RESULT_TRUST
from bartizan.exchange.demo.messages import log
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Action, Relation

# name, nature, title, result, effect, level, decision, reason, owner, what it comes from
SYSTEM_RISKS = (
    ("night-reports", "risk", "Reports of the night wait until Monday", RESULT_LOSS,
     "A theft is known two days late; the police ask why.", "high", "act", "", "m.okafor",
     ("issue theft", "issue turnover", "requirement quick-report", "obligation nis2")),
    ("key-people", "risk", "Three people know how the system works", RESULT_TRUST,
     "When two of them leave, nobody can answer an audit.", "medium", "act", "", "r.achterberg",
     ("issue culture", "requirement authorised", "obligation ucc", "obligation gdpr")),
    ("peak", "risk", "Checks are skipped in the autumn peak", RESULT_LOSS,
     "Seals are not checked when four trucks wait.", "high", "act", "", "j.vandaele",
     ("issue pharma", "issue growth", "requirement custody", "requirement price",
      "obligation pharma-gdp", "obligation seals-standard", "obligation insurance-terms")),
    ("tired", "risk", "Guards and drivers work alone at night", RESULT_PEOPLE,
     "Somebody is hurt and not found for an hour.", "medium", "act", "", "d.marsh",
     ("issue border", "requirement safe-stops", "requirement site-plans",
      "requirement night-calm", "obligation guarding-law", "obligation driver-hours",
      "obligation isps")),
    ("shared-questionnaire", "opportunity", "One answer for all customers' questionnaires", RESULT_TRUST,
     "A week of work a month is free for the depots.", "medium", "act", "", "p.leclerc",
     ("issue chain-demand", "requirement clear-rules", "requirement advance-data",
      "requirement fair-screening")),
    ("telematics", "opportunity", "Carriers offer their trailer data for free", RESULT_LOSS,
     "Openings outside the yard would be seen at once.", "low", "leave",
     "Their data comes a day late; we ask again when it is live.", "j.vandaele",
     ("issue cyber", "issue customs-law", "requirement loss-figures")),
)  # fmt: skip

# risk, title, owner, measure, due, done, outcome, judged by, checked in, process
SYSTEM_ACTIONS = (
    ("night-reports", "A rota for reports at nights and weekends", "m.okafor",
     "Hours between report and answer: under 2; they were 31 in March.", -60, -65,
     "Rota stands since spring; longest wait 3 hours.", "r.achterberg", -5, "operations-control"),
    ("key-people", "Two deputies learn each register", "r.achterberg",
     "A deputy leads the next audit of a depot alone.", 40, None, "", None, 70, "support-cycle"),
    ("peak", "A fourth seal checker from September to December", "j.vandaele",
     "No unchecked seal in the weekly sample of 50.", 25, None, "", None, 90, "seals"),
    ("tired", "Buttons that call for help, for whoever is alone", "d.marsh",
     "An answer within 3 minutes in four tests out of five.", -20, -24,
     "Fitted at three depots; 14 of 15 tests in time.", None, -3, "guarding"),
    ("shared-questionnaire", "One answer file, signed once a quarter", "p.leclerc",
     "Hours spent on questionnaires a month: under 10.", 60, None, "", None, 120, "forwarding"),
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """An objective as it is told: who, what, from where to where, and how it went."""

    name: str
    title: str
    unit: str
    owner: str
    role: str
    measure: str
    measured_in: str
    direction: str
    baseline: float
    goal: float
    due: int
    cadence: int
    readings: tuple[tuple[int, float, str], ...]
    commitment: int
    rests_on: tuple[str, ...]
    party: str
    told: bool = True


AIMS = (
    Aim("claims", "Half the claims for loss by the end of the year", "tidewater", "m.okafor",
        "security-manager", "Claims for loss per 1,000 consignments", "per 1,000", "down", 3.1, 1.5,
        160, 31,
        ((170, 3.1, "First month counted."), (140, 2.9, ""), (110, 2.6, "Sensors on half the trailers."),
         (80, 2.4, ""), (50, 2.2, "Two claims from one trailer."), (20, 2.1, "Seals checked at all ramps.")),
        0, ("system risk peak", "risk hijack", "obligation insurance-terms", "requirement loss-figures"), "insurer"),
    Aim("stops", "All night runs stop at guarded parking", "road", "j.vandaele",
        "head-of-department", "Share of night stops at guarded parking", "%", "up", 62, 100, 90, 31,
        ((150, 62, ""), (120, 66, ""), (90, 74, "Contract near Hanover."), (60, 83, ""), (25, 91, "Fridays are missing.")),
        3, ("system risk tired", "requirement safe-stops", "obligation driver-hours"), "staff"),
    Aim("gate", "Nobody passes the gate at Venlo unchecked", "depot-venlo", "t.brouwer",
        "depot-manager", "Vehicles through the gate without a check, a week", "a week", "down", 14, 0,
        75, 31, ((100, 14, "Counted from the recordings."), (70, 14, "The gate is still the old one."),
                 (40, 15, "Two passed on one check, three times."), (12, 14, "Nothing has moved.")),
        0, ("system risk peak", "obligation ucc", "requirement night-calm"), "neighbours"),
    Aim("answers", "Customers' questions are answered in five days", "commercial", "p.leclerc",
        "head-of-department", "Days from question to answer, the slowest of ten", "days", "down", 21, 5,
        120, 61, ((110, 21, ""), (55, 12, "One answer file for three customers.")),
        1, ("system risk shared-questionnaire", "requirement advance-data", "obligation pharma-gdp"), "pharma-customers", False),
    Aim("screened", "Everybody is screened before the first day", "services", "k.iversen",
        "head-of-department", "Share screened before the first day", "%", "up", 88, 100, 60, 31,
        ((130, 88, ""), (100, 93, ""), (70, 97, ""), (40, 99, ""), (9, 100, "For the first time.")),
        0, ("system risk key-people", "requirement fair-screening", "obligation gdpr"), "staff"),
    Aim("seals", "No export container leaves without its seal on record", "depot-felixstowe", "d.marsh",
        "depot-manager", "Containers without a seal on record, of 100", "of 100", "down", 6, 0, 45, 31,
        ((95, 6, ""), (64, 4, ""), (33, 2, ""), (6, 1, "One, found the same evening.")),
        0, ("system risk peak", "obligation seals-standard", "requirement custody"), "customs"),
)  # fmt: skip

# objective, title, owner, role, part, place, process, baseline, goal, due, why feasible, readings
TARGETS = (
    ("claims", "Claims at Venlo down to 2", "t.brouwer", "depot-manager", "depot-venlo", "", "", 4.2, 2.0, 100,
     "Felixstowe did it in four months.", ((120, 4.2), (60, 3.4), (15, 3.0))),
    ("claims", "Claims at Poznań down to 1", "s.nowak", "depot-manager", "depot-poznan", "", "", 2.0, 1.0, 100,
     "The new fence stands.", ((120, 2.0), (60, 1.5), (15, 1.0))),
    ("stops", "Friday runs on the line haul stop guarded", "j.vandaele", "head-of-department", "", "", "line-haul",
     40, 100, 60, "Places near Hanover are free on Fridays.", ((60, 55), (20, 70))),
    ("gate", "One vehicle a cycle at the old gate", "t.brouwer", "depot-manager", "", "venlo", "gate", 14, 0, 75,
     "A barrier behind the gate does it for 9,000 EUR.", ((40, 15),)),
)  # fmt: skip

# name, title, owner, role, what, budget, spent, rank, due, targets, objectives, steps
PROGRAMMES = (
    ("doors", "Closed doors", "m.okafor", "security-manager",
     "Sensors on every trailer, light at the ramps, seals checked twice.", 84_000, 52_000, 1, 150,
     (0, 1), ("claims", "screened"),
     (("Sensors on 14 trailers of the night service", "w.dekker", -170, -110, -115),
      ("Light at all ramps of Venlo and Poznań", "t.brouwer", -120, -50, -44),
      ("Seal check at hand-over, trained at all depots", "d.marsh", -60, 20, None),
      ("Sensors on the other 31 trailers", "w.dekker", -20, 90, None),
      ("Claims looked at one by one, with the insurer", "m.okafor", 60, 150, None))),
    ("stops", "Safe stops", "j.vandaele", "head-of-department",
     "Guarded parking booked ahead, and buttons for those who are alone.", 60_000, 66_500, 2, 120,
     (2,), ("stops", "answers"),
     (("Contract with two guarded areas", "j.vandaele", -140, -80, -85),
      ("Planning shows guarded places", "k.iversen", -90, -10, None),
      ("Buttons in all cabs of the night service", "w.dekker", 10, 100, None))),
    ("gates", "One gate, one check", "t.brouwer", "depot-manager",
     "The gate at Venlo lets one vehicle through at a time, and the recordings are looked at.", 40_000, 0, 3, 90,
     (3,), ("gate", "seals"),
     (("Offer of two makers", "t.brouwer", -60, -20, None), ("Barrier behind the gate", "t.brouwer", 5, 60, None))),
)  # fmt: skip

# title, sort, stage, amount, unit, due, decision, granted, serves, shortfall or risk
NEEDS = (
    ("Sensors for 45 trailers", "equipment", "improve", 45, "pieces", -40, "agreed", (14, 17), "programme doors", ""),
    ("Money for closed doors", "money", "improve", 84_000, "EUR", -150, "agreed", (84_000,), "programme doors", ""),
    ("Money for guarded parking", "money", "operate", 60_000, "EUR", -130, "agreed", (60_000,), "programme stops", ""),
    ("A barrier for the gate at Venlo", "equipment", "improve", 1, "pieces", 20, "open", (), "programme gates", ""),
    ("Money for the barrier", "money", "establish", 40_000, "EUR", -10, "open", (), "programme gates", ""),
    ("A fourth seal checker in the peak", "people", "operate", 1, "people", -5, "agreed", (), "objective seals", ""),
    ("Deputies for each register", "people", "maintain", 4, "people", -30, "agreed", (3,), "objective screened",
     "Board, in May: the fourth from January; until then the compliance officer stands in."),
    ("People to set up the rota", "people", "establish", 2, "people", -80, "agreed", (2,), "objective claims", ""),
    ("Days for looking at claims one by one", "people", "improve", 12, "days", -60, "refused", (), "objective answers",
     "Patterns are seen a quarter later."),
    ("Cameras that still work", "equipment", "maintain", 6, "pieces", -70, "agreed", (6,), "objective gate", ""),
    ("Hand scanners for seals", "equipment", "operate", 8, "pieces", -90, "agreed", (8,), "objective seals", ""),
    ("First set of alarm buttons", "equipment", "establish", 15, "pieces", -100, "agreed", (15,), "objective stops", ""),
    ("Yearly budget for upkeep", "money", "maintain", 30_000, "EUR", -120, "agreed", (30_000,), "objective claims", ""),
    ("Theft reports of the association", "information", "operate", 1, "subscription", -120, "agreed", (1,), "objective stops", ""),
    ("Drawings of all sites", "information", "establish", 4, "sets", -100, "agreed", (4,), "objective gate", ""),
    ("Updates of customs rules", "information", "maintain", 1, "subscription", -110, "agreed", (1,), "objective screened", ""),
    ("Figures of comparable companies", "information", "improve", 0, "", None, "open", (), "", ""),
)  # fmt: skip


def tell(story: Story) -> None:
    with story.told_by(
        "m.okafor", "risks and opportunities for the system, at the spring planning"
    ):
        for risk in SYSTEM_RISKS:
            add_system_risk(story, *risk)
        for action in SYSTEM_ACTIONS:
            add_action(story, *action)
        add_notes(story)
    with story.told_by("m.okafor", "objectives, targets and programmes of the year"):
        for aim in AIMS:
            add_objective(story, aim)
        for number, target in enumerate(TARGETS):
            add_target(story, number, *target)
        for programme in PROGRAMMES:
            add_programme(story, *programme)
        add_outside_programme(story)
    with story.told_by("h.lindqvist", "looked at with the board"):
        look_back(story)
    with story.told_by("n.visser", "objectives told to those who have a part in them"):
        spread(story)
    with story.told_by("r.achterberg", "what it takes, and what was granted"):
        for need in NEEDS:
            add_need(story, *need)
        grant_strategies(story)
        add_staffing(story)
    with story.told_by("r.achterberg", "changes to the system"):
        add_changes(story)
        rest_the_policy(story)


def add_system_risk(
    story: Story, name: str, nature: str, title: str, result: str, effect: str, level: str,
    decision: str, reason: str, owner: str, sources: tuple[str, ...],
) -> None:  # fmt: skip
    made = story.write(
        SystemRisk, title, name=f"system risk {name}", owner=owner, nature=nature, effect=effect,
        description=f"{title}: seen at two depots, and told by those who work there.", level=level,
        intended_result=result, decision=decision, decision_reason=reason,
        decided_on=story.ago(100), identified_on=story.ago(120),
    )  # fmt: skip
    for source in sources:
        story.link(made, story[source], relation=Relation.CONSIDERS)


def add_action(
    story: Story, risk: str, title: str, owner: str, measure: str, due: int, done: int | None,
    outcome: str, judge: str | None, check: int, process: str,
) -> None:  # fmt: skip
    judged: dict[str, Any] = {
        "effect_verified_by": story.people[judge], "effect_verified_on": story.ago(-check)
    } if judge else {}  # fmt: skip
    made = story.write(
        Action, title, owner=owner, source=story[f"system risk {risk}"], description=f"{title}.",
        due=story.ahead(due), done_on=story.ahead(done) if done else None, outcome=outcome,
        success_measure=measure, reviewed=100, again=check, **judged,
    )  # fmt: skip
    story.link(made, story[process], note="The steps stay; who does them when is new.")


def add_notes(story: Story) -> None:
    notes = (
        ("No risk from the summer storms beyond those of the chain", {"issue": "issue climate"}),
        ("No objective for the commitment on requirements", {"commitment": "commitment 1"}),
        ("No objective for the commitment to improve", {"commitment": "commitment 2"}),
        ("No objective for the commitment on objectives", {"commitment": "commitment 4"}),
    )
    for title, about in notes:
        made = {field: story[name] for field, name in about.items()}
        story.write(
            PlanningNote, title, owner="m.okafor", noted_on=story.ago(100), **made,
            reason="It is kept by processes that run anyway; a figure would add nothing.",
        )  # fmt: skip
    for code in ("depot-poznan", "ocean"):
        story.write(
            PlanningNote, f"No objective of its own for {story.units[code].name}", owner="m.okafor",
            part=story.units[code], noted_on=story.ago(100),
            reason="What it contributes is in the objectives of the whole company.",
        )  # fmt: skip


def add_objective(story: Story, aim: Aim) -> None:
    made = story.write(
        Objective, aim.title, name=f"objective {aim.name}", owner=aim.owner, unit=aim.unit,
        description=f"{aim.title}: {aim.measure.lower()}.", reviewed=30, again=150,
        strategic_goal="Pharma is a third of revenue", broad_objective=BROAD[aim.commitment],
        measure=aim.measure, measured_in=aim.measured_in, direction=aim.direction,
        baseline=aim.baseline, goal=aim.goal, cadence_days=aim.cadence, starts_on=story.ago(180),
        method="From the records of the depots, counted by whoever owns the objective.",
        due=story.ahead(aim.due), responsible_role=story.roles[aim.role],
        authorizing_role=story.roles["operations-director"],
        financial_needs="Within the security budget of the year.",
        operational_needs="Nothing that makes a vehicle wait longer than 20 minutes.",
        business_needs="Customers ask for it in tenders.",
        no_target_reason="" if aim.name in ("claims", "stops", "gate") else "One unit only.",
        evaluator=story.people["g.santos" if aim.owner != "g.santos" else "r.achterberg"],
    )  # fmt: skip
    made.audience_units.set([story.units[aim.unit]])
    made.audience_parties.set([story[f"party {aim.party}"]])
    story.link(made, story[f"commitment {aim.commitment}"])
    for name in aim.rests_on:
        story.link(made, story[name], relation=Relation.CONSIDERS)
    story.link(story[PROCESS_OF[aim.name]], made)
    for back, value, note in aim.readings:
        ObjectiveReading.objects.create(
            objective=made, on=story.ago(back), value=value, note=note,
            read_by=story.people[aim.owner],
        )  # fmt: skip
    weigh(story, made, aim)


BROAD = {0: "Fewer losses", 1: "Trust of customs and customers", 3: "No harm to people"}
PROCESS_OF = {
    "claims": "operations-control", "stops": "line-haul", "gate": "gate", "answers": "forwarding",
    "screened": "screening", "seals": "seals",
}  # fmt: skip


def weigh(story: Story, objective: Objective, aim: Aim) -> None:
    options = (
        ("technology", "Better equipment", aim.name in ("claims", "gate", "seals")),
        ("people", "More eyes at the right hour", aim.name in ("stops",)),
        ("administration", "Another order of the same steps", aim.name in ("answers", "screened")),
    )
    for sort, option, chosen in options:
        WeighedOption.objects.create(
            objective=objective, sort=sort, option=option, is_chosen=chosen,
            reason="Most effect for its cost." if chosen else "Costs more, or comes too late.",
            weighed_on=story.ago(175),
        )  # fmt: skip
    PartyView.objects.create(
        objective=objective, party=story[f"party {aim.party}"], heard_on=story.ago(176),
        view="They want it, as long as nobody waits longer.", impact="A few minutes at hand-over.",
    )  # fmt: skip
    note_side_effects(story, objective=objective)
    story.approve(objective, days_ago=172)


def note_side_effects(story: Story, **about: Any) -> None:
    story.write(
        SideEffectNote, "", owner="r.achterberg", considered_on=story.ago(198), reviewed=None,
        again=None, safety="Doors stay open from inside.", privacy="No new data about people.",
        cost="Two hours of training for each depot.", flow_of_goods="Ten minutes more at the ramp.",
        answer="Borne: the depot managers agreed.", **about,
    )  # fmt: skip


def add_target(
    story: Story, number: int, objective: str, title: str, owner: str, role: str, part: str,
    place: str, process: str, baseline: float, goal: float, due: int, feasible: str,
    readings: tuple[tuple[int, float], ...],
) -> None:  # fmt: skip
    made = story.write(
        Target, title, name=f"target {number}", owner=owner, objective=story[f"objective {objective}"],
        description=f"{title}: by the steps of the programme, with those who work here.",
        part=story.units[part] if part else None, place=story[place] if place else None,
        process=story[process] if process else None, baseline=baseline, goal=goal,
        starts_on=story.ago(150), due=story.ahead(due), responsible_role=story.roles[role],
        authorizing_role=story.roles["operations-director"], feasibility=feasible,
        feasibility_checked_on=story.ago(160), reviewed=30, again=150,
        unit=part or story.people[owner].unit.code,
    )  # fmt: skip
    made.audience_units.set([story.people[owner].unit])
    note_side_effects(story, target=made)
    story.approve(made, days_ago=150)
    for back, value in readings:
        TargetReading.objects.create(
            target=made, on=story.ago(back), value=value, read_by=story.people[owner]
        )


def add_programme(
    story: Story, name: str, title: str, owner: str, role: str, what: str, budget: int, spent: int,
    rank: int, due: int, targets: tuple[int, ...], objectives: tuple[str, ...],
    steps: tuple[tuple[str, str, int, int, int | None], ...],
) -> None:  # fmt: skip
    made = story.write(
        Programme, title, name=f"programme {name}", owner=owner, description=what,
        starts_on=story.ago(175), due=story.ahead(due), responsible_role=story.roles[role],
        authorizing_role=story.roles["operations-director"], means="Security budget, workshop, IT.",
        budget=budget, actual_cost=spent, options_compared="Guards, equipment and another order of"
        " work, by cost and by claims avoided.", compared_on=story.ago(180), rank=rank,
        ranked_on=story.ago(176), rank_reason="Claims avoided for each thousand euros.",
        reviewed=30, again=150,
    )  # fmt: skip
    for place, (deliverable, who, start, end, done) in enumerate(steps, start=1):
        ProgrammeStep.objects.create(
            programme=made, place_in_order=place, deliverable=deliverable, who=story.people[who],
            starts_on=story.ahead(start), due=story.ahead(end),
            done_on=story.ahead(done) if done else None, outcome="As planned." if done else "",
        )  # fmt: skip
    story.link(made, *(story[f"target {number}"] for number in targets))
    story.link(made, *(story[f"objective {objective}"] for objective in objectives))
    story.link(story["operations-control"], made)
    note_side_effects(story, programme=made)
    story.approve(made, days_ago=170)


def add_outside_programme(story: Story) -> None:
    made = story.write(
        Programme, "Cyber programme of the IT department", owner="k.iversen", origin="elsewhere",
        description="Second factor for all, and drills against phishing.", fit="complements",
        fit_note="Closes the freight exchange to stolen accounts; shares our training days.",
        fit_checked_on=story.ago(90), fit_decided_by=story.roles["security-manager"],
        due=story.ahead(200),
    )  # fmt: skip
    story.approve(made, days_ago=85)


def look_back(story: Story) -> None:
    """The board looked at everything in spring; it has not yet found the gate viable."""
    for aim in AIMS:
        stuck = aim.name == "gate"
        story.write(
            PlanReview, "", owner="m.okafor", objective=story[f"objective {aim.name}"],
            held_on=story.ago(30), held_by=story.people["h.lindqvist"], reviewed=None, again=None,
            findings="Nothing has moved: the barrier is not ordered." if stuck else "On course.",
            verdict="amend" if stuck else "keep", amend_by=story.ahead(20) if stuck else None,
            viability="" if stuck else "viable",
        )  # fmt: skip
    for number, _target in enumerate(TARGETS):
        story.write(
            PlanReview, "", owner="m.okafor", target=story[f"target {number}"],
            held_on=story.ago(30), held_by=story.people["h.lindqvist"], findings="Fits.",
            verdict="keep", viability="viable", reviewed=None, again=None,
        )  # fmt: skip
    for name, *_rest in PROGRAMMES:
        story.write(
            PlanReview, "", owner="m.okafor", programme=story[f"programme {name}"],
            held_on=story.ago(30), held_by=story.people["h.lindqvist"], findings="Looked through.",
            verdict="keep", viability="viable", effect="partly" if name == "gates" else "works",
            efficiency="Each thousand euros avoided two claims.", reviewed=None, again=None,
        )  # fmt: skip
    note_side_effects(story, policy=story["policy"])


def spread(story: Story) -> None:
    """Each audience was told; one objective was forgotten."""
    for aim in AIMS:
        if aim.told:
            objective = story[f"objective {aim.name}"]
            made = log(
                story, f"What we aim at: {aim.title.lower()}", 60, side="internal",
                units=(aim.unit,), parties=(aim.party,), told_version=objective.version,
            )  # fmt: skip
            story.link(made, objective, relation=Relation.CONCERNS)
    for number, target in enumerate(TARGETS):
        made = log(
            story, f"What it means for you: {target[1].lower()}", 58, side="internal",
            units=(story[f"target {number}"].audience_units.get().code,),
            told_version=story[f"target {number}"].version,
        )  # fmt: skip
        story.link(made, story[f"target {number}"], relation=Relation.CONCERNS)


def add_need(
    story: Story, title: str, sort: str, stage: str, amount: float, unit: str, due: int | None,
    decision: str, granted: tuple[float, ...], serves: str, words: str,
) -> None:  # fmt: skip
    decided: dict[str, Any] = {
        "decided_by": story.people["h.lindqvist"],
        "decided_on": story.ago(150),
    }
    refused = decision == "refused"
    made = story.write(
        ResourceNeed, title, owner="r.achterberg", sort=sort, stage=stage, is_needed=bool(amount),
        description=f"{title}: as worked out at the spring planning."
        if amount else "None: our own figures say enough as yet.",
        amount=amount or None, measured_in=unit, period_from=story.ago(180),
        period_until=story.ahead(185), due=story.ahead(due) if due is not None else None,
        decision=decision, residual_risk=words if refused else "",
        shortfall_decision="" if refused else words, **(decided if decision != "open" else {}),
    )  # fmt: skip
    for number, share in enumerate(granted):
        ResourceGrant.objects.create(
            need=made, amount=share, granted_by=story.people["h.lindqvist"],
            granted_on=story.ago(140 - 60 * number), note="Budget of the year",
        )  # fmt: skip
    if serves:
        story.link(made, story[serves])


def add_staffing(story: Story) -> None:
    for unit, role, needed, decision in (
        ("depot-venlo", "depot-manager", 2, ""),
        ("depot-felixstowe", "depot-manager", 1, ""),
        ("tidewater", "compliance-officer", 1, ""),
    ):
        story.write(
            StaffingLevel, f"{story.roles[role].name}, {story.units[unit].name}", unit=unit,
            owner="r.achterberg", role=story.roles[role], needed=needed, since=story.ago(200),
            basis="From shifts, gates and leave.", gap_decision=decision,
        )  # fmt: skip


def rest_the_policy(story: Story) -> None:
    """The policy cites the assessment of the year, and was looked at after it."""
    policy = story["policy"]
    story.link(policy, story["assessment"], relation=Relation.CITES)
    policy.reviewed_on = story.ago(35)
    policy.save(update_fields=["reviewed_on"])


def grant_strategies(story: Story) -> None:
    """What was agreed for the strategies was granted within the week."""
    agreed = ResourceNeed.objects.filter(decision="agreed", due=None, grants=None)
    for need in agreed.exclude(amount=None):
        ResourceGrant.objects.create(
            need=need, amount=need.amount or 0, granted_by=story.people["r.achterberg"],
            granted_on=story.ago(24), note="Security budget",
        )  # fmt: skip


def add_changes(story: Story) -> None:
    """Two changes done well, one in preparation whose risks nobody has looked at yet."""
    merged = story.write(
        Change, "Policy and scope take in the depot Poznań", owner="m.okafor",
        purpose="The depot was bought; forty people and a yard were outside the system.",
        consequences="More sites to audit; one policy in three languages.",
        integrity="Scope, policy and roles change in one quarter; the old owner's rules end then.",
        resources="A week of translation.", effect_on_roles="A depot manager joins the round.",
        risk_check="For a month two sets of rules hold at one gate.",
        risk_checked_by=story.people["j.vandaele"], risk_checked_on=story.ago(225),
        effective_on=story.ago(200), begun_on=story.ago(215), done_on=story.ago(50),
        outcome="One system at four sites; two procedures still say the old name.",
    )  # fmt: skip
    story.link(merged, story["policy"], story["scope"], relation=Relation.CONCERNS)
    story.approve(merged, by="r.achterberg", days_ago=220)
    done = story.write(
        Change, "Seals are checked at both ends of a hand-over", name="change seals",
        owner="d.marsh", purpose="A seal broken on the way was seen a day later.",
        consequences="Four minutes more at each hand-over; disputes with carriers are settled at once.",
        integrity="Process and procedure change on the same day; the old form is withdrawn.",
        resources="Eight hand scanners, granted in spring.", needs_means=False,
        effect_on_roles="Drivers sign, too; nobody gains or loses a role.",
        risk_check="Queues at six in the morning while people learn it: second lane opens.",
        risk_checked_by=story.people["m.okafor"], risk_checked_on=story.ago(75),
        effective_on=story.ago(55), begun_on=story.ago(65), done_on=story.ago(30),
        outcome="Two broken seals were found at once; waits are back to nine minutes.",
    )  # fmt: skip
    story.link(done, story["seals"], story["gate"], relation=Relation.CONCERNS)
    story.approve(done, by="r.achterberg", days_ago=70)
    ahead = story.write(
        Change, "One gate instead of two at Venlo", name="change gate", owner="t.brouwer",
        purpose="One gate needs half the eyes.", consequences="Longer queues; fewer ways in.",
        integrity="Gate procedure, site plan and guard orders change together.",
        resources="A barrier, and three weeks of a builder.", needs_means=True,
        effect_on_roles="A gate supervisor is named.", effective_on=story.ahead(45),
    )  # fmt: skip
    ahead.roles.set([story.roles["depot-manager"]])
    story.link(ahead, story["gate"], story["guarding"], relation=Relation.CONCERNS)
    Reassignment.objects.create(
        change=ahead, role=story.roles["depot-manager"], person=story.people["t.brouwer"]
    )
