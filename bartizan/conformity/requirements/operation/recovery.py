"""Clauses 8.6.4 and 8.6.5: what plans contain, and the way back."""

from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import SUITABLE

RECOVERY: list[Clause | Requirement] = [
    Clause("2022:8.6.4", _("What plans contain")),
    Requirement(
        "2022:8.6.4-p1",
        _("Security plans documented and maintained"),
        _("Security plans are written down and kept up."),
    ),
    Requirement(
        "2022:8.6.4-p2",
        _("Plans help teams respond"),
        _(
            "Plans give teams guidance and information to respond to a vulnerability, threat or "
            "violation."
        ),
        modality=Modality.SHOULD,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.6.4-p3",
        _("Plans help restore security"),
        _("Plans help the organization get its security back."),
        modality=Modality.SHOULD,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:8.6.4-a.1",
        _("Plans: actions to hold or regain security"),
        _("The plans together detail what teams do to hold or regain the agreed security status."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-a.2",
        _("Plans: actions to monitor impact"),
        _("The plans together detail what teams do to follow the impact and the response."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-b",
        _("Plans: thresholds and activation"),
        _("The plans together refer to the preset thresholds and how the response is started."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-c",
        _("Plans: procedures to restore security"),
        _("The plans together contain procedures for restoring security."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-d.1",
        _("Plans: welfare of individuals"),
        _("Plans for immediate consequences look after people."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-d.2",
        _("Plans: value of compromised assets"),
        _(
            "Plans for immediate consequences weigh the worth of assets, information and people at "
            "stake."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-d.3",
        _("Plans: prevent further loss"),
        _("Plans for immediate consequences stop further loss or outage of core activities."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-1",
        _("Plan states purpose, scope, objectives"),
        _("Each plan states why it exists, what it covers and what it aims for."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-2",
        _("Plan states team duties"),
        _("Each plan states the duties of the team carrying it out."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-3",
        _("Plan states actions for solutions"),
        _("Each plan states the actions that put the solutions into effect."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-4",
        _("Plan states activation information"),
        _(
            "Each plan holds the information, triggers included, for starting, running, "
            "coordinating and reporting what the team does."
        ),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-5",
        _("Plan states interdependencies"),
        _("Each plan states what it depends on inside and outside."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-6",
        _("Plan states resource requirements"),
        _("Each plan states the means it needs."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-7",
        _("Plan states reporting requirements"),
        _("Each plan states what has to be reported, and to whom."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-8",
        _("Plan states standing down"),
        _("Each plan says how the response is ended."),
        modality=Modality.SHOULD,
    ),
    Requirement(
        "2022:8.6.4-p4",
        _("Plans usable where needed"),
        _("Each plan can be had and used where and when it is called for."),
        modality=Modality.SHOULD,
        attested=SUITABLE,
    ),
    Clause("2022:8.6.5", _("Recovery")),
    Requirement(
        "2022:8.6.5",
        _("Documented return from temporary measures"),
        _(
            "Written processes bring security back to normal from stopgap measures taken before, "
            "during or after a violation."
        ),
    ),
]
