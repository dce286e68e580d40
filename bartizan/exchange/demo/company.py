"""Who there is: units, people, roles with their powers, and who holds them."""

from typing import Any

from bartizan.exchange.demo.story import Story
from bartizan.ground.people.models import Assignment, Person, Role, Sensitivity, Unit, Verb
from bartizan.ground.records.models import Declaration

UNITS = (
    ("tidewater", "Tidewater Meridian Logistics", None),
    ("ocean", "Ocean freight", "tidewater"),
    ("road", "Road network", "tidewater"),
    ("depot-venlo", "Depot Venlo", "road"),
    ("depot-poznan", "Depot Poznań", "road"),
    ("depot-felixstowe", "Depot Felixstowe", "ocean"),
    ("commercial", "Sales and customer service", "tidewater"),
    ("services", "Finance, people and IT", "tidewater"),
)

# code, name, unit
STAFF = (
    ("h.lindqvist", "Helene Lindqvist", "tidewater"),
    ("r.achterberg", "Ruben Achterberg", "tidewater"),
    ("m.okafor", "Mirembe Okafor", "tidewater"),
    ("j.vandaele", "Joris Vandaele", "road"),
    ("s.nowak", "Sylwia Nowak", "depot-poznan"),
    ("t.brouwer", "Tess Brouwer", "depot-venlo"),
    ("d.marsh", "Daniel Marsh", "depot-felixstowe"),
    ("a.farouk", "Amina Farouk", "ocean"),
    ("p.leclerc", "Pauline Leclerc", "commercial"),
    ("g.santos", "Gil Santos", "services"),
    ("k.iversen", "Kaja Iversen", "services"),
    ("w.dekker", "Wout Dekker", "road"),
    ("e.hall", "Ewan Hall", "depot-felixstowe"),
    ("b.zielinska", "Beata Zielińska", "depot-poznan"),
    ("l.moreau", "Luc Moreau", "ocean"),
    ("n.visser", "Noor Visser", "commercial"),
)
CONTRACTORS = (
    ("c.adeyemi", "Chidi Adeyemi", "depot-venlo"),
    ("f.brandt", "Florian Brandt", "road"),
)

EVERYTHING = tuple(Verb)
READ_AND_WRITE = (Verb.READ, Verb.WRITE)

# code, name, what it answers for, marks, powers, reports to
ROLES: tuple[tuple[Any, ...], ...] = (
    (
        "managing-director", "Managing director",
        "Answers for the security management system as a whole.\nSets the security policy.\n"
        "Sees that the means are there.",
        {"is_top_management": True, "is_leader": True},
        (Verb.READ, Verb.APPROVE, Verb.ATTEST), None,
    ),
    (
        "operations-director", "Operations director",
        "Answers for the design, upkeep, documents and improvement of the system.\n"
        "Decides on security spending up to 250,000 EUR.",
        {
            "is_top_management": True, "is_leader": True, "answers_for_design": True,
            "answers_for_upkeep": True, "answers_for_documents": True,
            "answers_for_improvement": True,
        },
        (Verb.READ, Verb.WRITE, Verb.APPROVE, Verb.ATTEST, Verb.RETIRE), "managing-director",
    ),
    (
        "security-manager", "Security manager",
        "Keeps the system conforming to the standard.\nReports to the board how it performs.",
        {"upholds_conformity": True, "reports_performance": True},
        EVERYTHING, "operations-director",
    ),
    (
        "depot-manager", "Depot manager",
        "Runs the depot by the security procedures.\nReports what is suspicious the same day.",
        {"is_leader": True}, READ_AND_WRITE, "operations-director",
    ),
    (
        "head-of-department", "Head of department",
        "Leads the department, also in security.\nPasses on what the policy asks.",
        {"is_leader": True}, READ_AND_WRITE, "operations-director",
    ),
    (
        "compliance-officer", "Compliance officer",
        "Finds the obligations that apply, and says how.\nChecks them twice a year.",
        {}, (Verb.READ, Verb.WRITE, Verb.ATTEST), "operations-director",
    ),
    (
        "internal-auditor", "Internal auditor",
        "Audits impartially and reports what was found.",
        {}, (Verb.READ,), "managing-director",
    ),
    (
        "press-officer", "Press officer",
        "Speaks for the company to the media.\nReleases what goes out.",
        {"is_required": False}, (Verb.READ,), "managing-director",
    ),
    (
        "member", "Member of staff",
        "Knows the security policy.\nReports what is suspicious.",
        {"is_required": False}, (Verb.READ,), "depot-manager",
    ),
)  # fmt: skip

# role, holder, unit, clearance, deputy
HELD = (
    ("managing-director", "h.lindqvist", "tidewater", Sensitivity.RESTRICTED, "r.achterberg"),
    ("operations-director", "r.achterberg", "tidewater", Sensitivity.RESTRICTED, "m.okafor"),
    ("security-manager", "m.okafor", "tidewater", Sensitivity.RESTRICTED, "j.vandaele"),
    ("compliance-officer", "k.iversen", "tidewater", Sensitivity.CONFIDENTIAL, None),
    ("internal-auditor", "g.santos", "tidewater", Sensitivity.CONFIDENTIAL, None),
    ("press-officer", "n.visser", "tidewater", Sensitivity.CONFIDENTIAL, None),
    ("head-of-department", "j.vandaele", "road", Sensitivity.CONFIDENTIAL, "w.dekker"),
    ("head-of-department", "a.farouk", "ocean", Sensitivity.CONFIDENTIAL, "l.moreau"),
    ("head-of-department", "p.leclerc", "commercial", Sensitivity.CONFIDENTIAL, "n.visser"),
    ("head-of-department", "k.iversen", "services", Sensitivity.CONFIDENTIAL, "g.santos"),
    ("depot-manager", "s.nowak", "depot-poznan", Sensitivity.CONFIDENTIAL, "b.zielinska"),
    ("depot-manager", "t.brouwer", "depot-venlo", Sensitivity.CONFIDENTIAL, None),
    ("depot-manager", "d.marsh", "depot-felixstowe", Sensitivity.CONFIDENTIAL, "e.hall"),
)

# figure, value, why
FIGURES = (
    ("acknowledgement-share", 90, "Shift work and leave: nine in ten is what a month allows."),
    ("role-briefing", 365, "Once a year, with the appraisal."),
    ("channel-test", 180, "Phone lists change about twice a year."),
    ("classification-grace", 14, "Two weeks cover an absence of the owner."),
    ("control-check", 180, "Twice a year, before the peak seasons."),
    ("edition-check", 180, "With the scan of obligations."),
    ("expectation-check", 365, "Customers revise their terms once a year."),
    ("staff-participation", 120, "Every unit is heard once a quarter."),
    ("leadership-message", 120, "Once a quarter and some room."),
    ("obligation-scan", 180, "Twice a year, as the trade association publishes."),
    ("planning-round", 190, "Spring and autumn, before the budget."),
    ("plan-review", 200, "Twice a year, with the board."),
    ("unlinked-risks", 80, "Risks of single stretches hang on a stretch alone."),
    ("policy-review-after-change", 60, "Before the second month-end after the change."),
    ("performance-report", 100, "Once a quarter."),
    ("request-answer", 30, "As our privacy notice promises."),
    ("retrieval-sample", 365, "Once a year."),
    ("process-run-share", 90, "One run in ten may fall to a holiday."),
    ("two-way-communication", 180, "Twice a year in each direction."),
    ("obsolete-withdrawal", 14, "The depots print once a fortnight."),
)


def tell(story: Story) -> None:
    with story.told_by(None, "the organization is founded"):
        for code, name, parent in UNITS:
            story.units[code] = Unit.objects.create(
                code=code, name=name, parent=story.units.get(parent or "")
            )
        for code, name, unit in STAFF:
            add_person(story, code, name, unit, Person.Engagement.EMPLOYEE)
        for code, name, unit in CONTRACTORS:
            add_person(story, code, name, unit, Person.Engagement.CONTRACTOR)
        for role in ROLES:
            add_role(story, *role)
        appoint(story)
    with story.told_by("m.okafor", "what the board decided in January"):
        declare(story)


def add_person(story: Story, code: str, name: str, unit: str, engagement: str) -> None:
    made = Person(
        code=code.replace(".", "-"), name=name, unit=story.units[unit], engagement=engagement,
        email=f"{code}@tidewater.example",
    )  # fmt: skip
    made.save()
    story.people[code] = made


def add_role(
    story: Story, code: str, name: str, duties: str, marks: dict, powers: tuple, boss: str | None
) -> None:
    role = Role.objects.create(
        code=code, name=name, responsibilities=duties, revised_on=story.ago(400),
        reports_to=story.roles.get(boss or ""), **marks,
    )  # fmt: skip
    for verb in powers:
        role.authorities.create(verb=verb, over="*")
    story.roles[code] = role


def appoint(story: Story) -> None:
    members = [("member", code, "tidewater", Sensitivity.INTERNAL, None) for code in story.people]
    for role, code, unit, clearance, deputy in (*HELD, *members):
        Assignment.objects.create(
            person=story.people[code], role=story.roles[role], unit=story.units[unit],
            since=story.ago(380), clearance=clearance,
            deputy=story.people[deputy] if deputy else None,
            appointed_by=story.people["h.lindqvist"], appointed_on=story.ago(380),
            accepted_on=story.ago(378), briefed_on=story.ago(60), supported_on=story.ago(60),
        )  # fmt: skip


def declare(story: Story) -> None:
    labels = dict(Declaration.Figure.choices)
    for figure, value, why in FIGURES:
        made = story.write(
            Declaration, str(labels[figure]), owner="m.okafor", figure=figure, value=value,
            rationale=why,
        )  # fmt: skip
        story.approve(made, by="r.achterberg")
