"""Clause 8.5: strategies and treatments."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, SUITABLE

STRATEGIES: list[Clause | Requirement] = [
    Clause("2022:8.5", _("Strategies and treatments")),
    Clause("2022:8.5.1", _("Finding and choosing")),
    Requirement(
        "2022:8.5.1-p1",
        _("Systematic vulnerability and threat analysis"),
        _(
            "Systematic processes for analysing security vulnerabilities and threats are in place "
            "and kept up."
        ),
        modality=Modality.SHOULD,
        attested=COMPLETE,
    ),
    Requirement(
        "2022:8.5.1-p2",
        _("Security strategy selected from analysis"),
        _(
            "A strategy made of procedures, processes and treatments is identified and chosen on "
            "the basis of that analysis and the risk assessment."
        ),
        modality=Modality.SHOULD,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.5.1-a",
        _("Options judged: maintain security"),
        _("Candidate options are judged on how far they keep the organization secure."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-b",
        _("Options judged: lower vulnerability"),
        _("Candidate options are judged on how far they make vulnerabilities less likely."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-c",
        _("Options judged: lower threat realization"),
        _(
            "Candidate options are judged on how far they make it less likely that a threat comes "
            "true."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-d",
        _("Options judged: limit control failure"),
        _(
            "Candidate options are judged on how far they make gaps in treatments shorter and less "
            "harmful."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-e",
        _("Options judged: resources available"),
        _("Candidate options are judged on whether enough means will be available."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-1",
        _("Selection meets protection requirements"),
        _("Choice looks at whether protection requirements are met."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-2",
        _("Selection weighs risk appetite"),
        _("Choice looks at how much risk, and what kind, may be taken."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.5.1-3",
        _("Selection weighs costs and benefits"),
        _("Choice looks at cost against benefit."),
        modality=Modality.SHOULD,
    ),
    Clause("2022:8.5.2", _("Means for them")),
    Requirement(
        "2022:8.5.2",
        _("Resources for selected treatments determined"),
        _(
            "The means needed to carry out the chosen procedures, processes and treatments are "
            "worked out."
        ),
    ),
    Clause("2022:8.5.3", _("Carrying them out")),
    Requirement(
        "2022:8.5.3",
        _("Selected treatments implemented and maintained"),
        _("Chosen treatments are put in place and kept working."),
        attested=SUITABLE,
    ),
]
