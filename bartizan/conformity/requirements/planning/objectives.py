"""Clauses 6.2 and 6.3: objectives, the plans for reaching them, and changes to the system."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import READ, SUITABLE

OBJECTIVES: list[Clause | Requirement] = [
    Clause("2022:6.2", _("Objectives")),
    Clause("2022:6.2.1", _("Setting objectives")),
    Requirement(
        "2022:6.2.1-p1",
        _("Objectives set at functions and levels"),
        _("Security objectives exist for the functions and levels where they matter."),
    ),
    Requirement(
        "2022:6.2.1-a",
        _("Objectives agree with policy"),
        _("Objectives fit the security policy."),
        attested=READ,
    ),
    Requirement(
        "2022:6.2.1-b",
        _("Objectives are measurable"),
        _("Objectives can be measured, unless that is not practicable."),
    ),
    Requirement(
        "2022:6.2.1-c",
        _("Objectives reflect applicable requirements"),
        _("Objectives allow for the requirements that apply."),
        attested=READ,
    ),
    Requirement(
        "2022:6.2.1-d",
        _("Objectives are monitored"),
        _("Progress on objectives is watched."),
    ),
    Requirement(
        "2022:6.2.1-e",
        _("Objectives are communicated"),
        _("Objectives are made known."),
    ),
    Requirement(
        "2022:6.2.1-f",
        _("Objectives kept up to date"),
        _("Objectives are revised when called for."),
    ),
    Requirement(
        "2022:6.2.1-g",
        _("Objectives held as documents"),
        _("Objectives are held as controlled documented information."),
    ),
    Clause("2022:6.2.2", _("Plans for reaching them")),
    Requirement(
        "2022:6.2.2-1",
        _("Plan says what will be done"),
        _("Plans for reaching an objective say which actions will be taken."),
    ),
    Requirement(
        "2022:6.2.2-2",
        _("Plan says what is needed"),
        _("Plans for reaching an objective say which means it takes."),
    ),
    Requirement(
        "2022:6.2.2-3",
        _("Plan says who is responsible"),
        _("Plans for reaching an objective name who answers for it."),
    ),
    Requirement(
        "2022:6.2.2-4",
        _("Plan says completion date"),
        _("Plans for reaching an objective give the finish date."),
    ),
    Requirement(
        "2022:6.2.2-5",
        _("Plan says how results are judged"),
        _("Plans for reaching an objective say how its outcome will be evaluated."),
    ),
    Requirement(
        "2022:6.2.2-a",
        _("Options considered for objectives"),
        _(
            "Options of several kinds (technology, people, administration and others) are weighed "
            "when objectives are set or reviewed."
        ),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.2.2-b",
        _("Party views and impacts considered"),
        _(
            "The views of suitable interested parties, and how they would be affected, are weighed "
            "for objectives."
        ),
    ),
    Requirement(
        "2022:6.2.2-p1",
        _("Objectives match improvement commitment"),
        _("Objectives fit with the commitment to keep improving."),
        attested=READ,
    ),
    Clause("2022:6.3", _("Changes to the system")),
    Requirement(
        "2022:6.3-p1",
        _("System changes planned"),
        _("Changes to the system, including those from improvement, follow a plan."),
    ),
    Requirement(
        "2022:6.3-a",
        _("Change purpose and consequences considered"),
        _("For each change, why it is made and what may follow from it are considered."),
    ),
    Requirement(
        "2022:6.3-b",
        _("Integrity of system considered"),
        _("For each change, whether the system stays whole and coherent is considered."),
        attested=SUITABLE,
    ),
    Requirement(
        "2022:6.3-c",
        _("Resources for change considered"),
        _("For each change, whether the means are there is considered."),
    ),
    Requirement(
        "2022:6.3-d",
        _("Duties under change considered"),
        _("For each change, who gains or loses duties and powers is considered."),
    ),
]
