"""Draft, clauses 4.4.4 and 4.4.5: documents and their control."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import documents
from bartizan.clauses.context.checks import scope
from bartizan.clauses.planning.checks import risks
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED, SUITABLE
from bartizan.ground.documents.checks import control, making, required

DOCUMENTS: list[Clause | Requirement] = [
    Clause("dis:4.4.4", _("Documentation")),
    Requirement(
        "dis:4.4.4-a",
        _("Documents: policy, objectives, targets"),
        _("The documentation system holds the policy, objectives and targets."),
        maps_to=("2022:5.2.2-5", "2022:6.2.1-g"),
    ),
    Requirement(
        "dis:4.4.4-b",
        _("Documents: scope description"),
        _("The documentation system describes the scope."),
        some_of=scope.scopes,
        none_of=[
            scope.scopes_beside_another,
            scope.unapproved_scopes,
            scope.scopes_without_owner,
            scope.scopes_past_review,
        ],
        maps_to=("2022:4.3-p2",),
    ),
    Requirement(
        "dis:4.4.4-c",
        _("Documents: elements and interaction"),
        _(
            "The documentation system describes the main elements, how they interact and where "
            "related documents are."
        ),
        some_of=documents.system_descriptions,
        none_of=[
            documents.processes_no_description_names,
            documents.descriptions_of_what_is_gone,
        ],
        attested=SUITABLE,
        maps_to=("2022:4.4-p2",),
        note=_("2022 needs processes and interactions, but not a described overview document."),
    ),
    Requirement(
        "dis:4.4.4-d",
        _("Documents: those the standard requires"),
        _("The documentation system holds the documents and records the standard calls for."),
        some_of=required.documents_called_for,
        needs=required.each_called_for_by_draft,
        maps_to=("2022:7.5.1-a",),
    ),
    Requirement(
        "dis:4.4.4-e",
        _("Documents: those the organization needs"),
        _(
            "The documentation system holds what the organization finds needful to plan, run and "
            "control processes tied to its significant threats and risks."
        ),
        some_of=risks.processes_of_top_risks_with_documents,
        none_of=risks.processes_of_top_risks_without_documents,
        attested=COMPLETE,
        maps_to=("2022:7.5.1-b",),
        note=_("Source item lacks its noun ('documents')."),
    ),
    Requirement(
        "dis:4.4.4-p1",
        _("Information sensitivity determined"),
        _("How security-sensitive information is gets decided."),
        some_of=making.documents_under_a_scheme,
        none_of=making.documents_not_classified,
        maps_to=("2022:7.5.1-p3",),
    ),
    Requirement(
        "dis:4.4.4-p2",
        _("Unauthorized access prevented"),
        _("Steps are taken against unauthorized access."),
        maps_to=("2022:7.5.1-p5",),
    ),
    Clause("dis:4.4.5", _("Control of documents")),
    Requirement(
        "dis:4.4.5-a",
        _("Documents located and accessed by the authorized"),
        _("Control procedures see that items can be found, and got at by entitled people alone."),
        attested=LIVED,
        maps_to=("2022:7.5.3-a", "2022:7.5.3-1", "2022:7.5.1-p5"),
    ),
    Requirement(
        "dis:4.4.5-b",
        _("Documents reviewed and approved"),
        _(
            "Control procedures see that items are reviewed at intervals, revised where needed and "
            "approved by entitled people."
        ),
        some_of=control.documents_with_review_date,
        none_of=[
            control.documents_past_review,
            control.documents_not_approved_by_the_entitled,
        ],
        maps_to=("2022:7.5.3-c", "2022:7.5.2-3"),
    ),
    Requirement(
        "dis:4.4.5-c",
        _("Current versions at essential places"),
        _(
            "Control procedures see that current versions are at hand wherever essential "
            "operations are done."
        ),
        some_of=control.points_of_use,
        none_of=control.points_of_use_without_current_version,
        attested=LIVED,
        maps_to=("2022:7.5.3-a",),
    ),
    Requirement(
        "dis:4.4.5-d",
        _("Obsolete items withdrawn"),
        _(
            "Control procedures see that outdated items are quickly pulled from use or safeguarded "
            "against mistaken use."
        ),
        some_of=control.superseded_versions,
        none_of=[
            control.versions_not_withdrawn,
            control.points_of_use_with_obsolete_version,
            control.versions_used_after_withdrawal,
        ],
        maps_to=("2022:7.5.3-d",),
    ),
    Requirement(
        "dis:4.4.5-e",
        _("Archived items identified"),
        _("Control procedures see that items kept for law or knowledge are marked."),
        only_when=control.archived_documents,
        none_of=control.archived_documents_without_mark,
        maps_to=("2022:7.5.3-e",),
    ),
    Requirement(
        "dis:4.4.5-f",
        _("Items secure, backed up, recoverable"),
        _(
            "Control procedures see that items are secure and, if electronic, backed up and "
            "recoverable."
        ),
        maps_to=("2022:7.5.3-b", "2022:7.5.3-2"),
        note=_("Backup and recovery no longer named in 2022."),
    ),
]
