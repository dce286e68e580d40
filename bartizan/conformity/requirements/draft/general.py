"""Draft, clauses 1, 3 and 4.1: what the draft asks as a whole."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.checks import provision, scope
from bartizan.clauses.leadership.checks import roles
from bartizan.conformity.requirement import Clause, Modality, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, READ, SUITABLE

GENERAL: list[Clause | Requirement] = [
    Clause("dis:1", _("What the draft is for")),
    Requirement(
        "dis:1",
        _("Other business aspects considered"),
        _(
            "Other parts of business management, moving goods along the chain among them, are "
            "considered directly wherever they bear on security."
        ),
        modality=Modality.SHOULD,
        some_of=scope.business_functions,
        none_of=[
            scope.business_functions_undecided,
            scope.business_functions_unlinked,
        ],
        note=_(
            "Scope clause, so not auditable as a requirement in the usual sense; the 2022 edition "
            "says the like only in its informative Introduction."
        ),
    ),
    Clause("dis:3", _("Terms")),
    Clause("dis:3.10", _("Top management")),
    Requirement(
        "dis:3.10-note",
        _("Top management accountability is evident"),
        _(
            "Even where top management acts through others, its accountability down the chain of "
            "command is plain to see."
        ),
        some_of=roles.delegated_roles,
        none_of=roles.roles_not_traced_to_the_top,
        attested=READ,
        maps_to=("2022:5.2.2-4", "2022:5.3-p1"),
        note=_(
            "A 'shall' inside a note to a definition, contrary to drafting rules; kept because it "
            "is testable."
        ),
    ),
    Clause("dis:4", _("The system")),
    Clause("dis:4.1", _("The system as a whole")),
    Requirement(
        "dis:4.1-p1",
        _("System established, documented, maintained"),
        _(
            "An effective system that finds security risks and controls and lessens their "
            "consequences is set up, written down, run, kept up and improved."
        ),
        attested=SUITABLE,
        maps_to=("2022:4.4-p1",),
    ),
    Requirement(
        "dis:4.1-p2",
        _("Effectiveness continually improved"),
        _("The system becomes more effective over time, in line with all of clause 4."),
        attested=SUITABLE,
        maps_to=("2022:4.4-p3", "2022:10.1-p1"),
    ),
    Requirement(
        "dis:4.1-p3",
        _("System scope defined"),
        _("What the system covers is defined."),
        some_of=scope.scopes,
        needs=scope.elements_in_scope,
        none_of=[
            scope.scopes_beside_another,
            scope.unapproved_scopes,
        ],
        attested=COMPLETE,
        maps_to=("2022:4.3-p1",),
    ),
    Requirement(
        "dis:4.1-p4",
        _("Outsourced processes controlled"),
        _("Outsourced processes that affect conformity are under control."),
        some_of=provision.processes_with_performer,
        none_of=[
            provision.external_processes_without_provider,
            provision.external_processes_without_control,
            provision.provision_controls_without_interval,
            provision.provision_controls_check_overdue,
        ],
        attested=SUITABLE,
        maps_to=("2022:4.3-p3", "2022:8.4-p6"),
    ),
    Requirement(
        "dis:4.1-p5",
        _("Outsourcing controls and duties identified"),
        _("The system records the controls and duties for outsourced processes."),
        some_of=provision.external_processes,
        none_of=[
            provision.external_processes_without_provision,
            provision.external_processes_without_control,
            provision.provisions_without_accountable_role,
            provision.provisions_without_provider_duties,
        ],
        maps_to=("2022:4.3-p4",),
    ),
]
