"""Clause 7.5: documented information."""

from django.utils.translation import gettext_lazy as _

from bartizan.chain.checks import documents
from bartizan.clauses.planning.checks import objectives, plans, targets
from bartizan.clauses.support.checks import resources
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED
from bartizan.ground.documents.checks import control, making, required

DOCUMENTS: list[Clause | Requirement] = [
    Clause("2022:7.5", _("Documented information")),
    Clause("2022:7.5.1", _("What has to be held")),
    Requirement(
        "2022:7.5.1-a",
        _("Required documented information present"),
        _("The system holds the documented information the standard calls for."),
        some_of=required.documents_called_for,
        needs=required.each_called_for,
    ),
    Requirement(
        "2022:7.5.1-b",
        _("Own necessary documented information present"),
        _("The system holds the further information the organization itself judges necessary."),
        some_of=documents.processes_with_settled_documents,
        none_of=[
            documents.processes_with_unsettled_documents,
            documents.processes_lacking_a_document,
            documents.processes_with_overdue_document,
        ],
        attested=COMPLETE,
    ),
    Requirement(
        "2022:7.5.1-p1",
        _("Documents state duties for objectives"),
        _(
            "Documented information sets out who has the duty and power to reach objectives and "
            "targets."
        ),
        some_of=[plans.live_objectives, plans.live_targets],
        none_of=[
            plans.objectives_without_responsible_role,
            plans.objectives_without_authorizing_role,
            plans.targets_without_responsible_role,
            plans.targets_without_authorizing_role,
        ],
    ),
    Requirement(
        "2022:7.5.1-p2",
        _("Documents state means and timelines"),
        _(
            "Documented information sets out by what means and by when objectives and targets will "
            "be reached."
        ),
        some_of=[plans.objectives, plans.targets],
        none_of=[
            plans.unapproved_objectives,
            plans.unapproved_targets,
            resources.objectives_without_means,
            resources.targets_without_means,
            objectives.objectives_without_day,
            targets.targets_without_day,
        ],
    ),
    Requirement(
        "2022:7.5.1-p3",
        _("Value of information determined"),
        _("The organization decides what its information is worth."),
        some_of=making.documents_under_a_scheme,
        none_of=making.documents_not_classified,
    ),
    Requirement(
        "2022:7.5.1-p4",
        _("Integrity level set"),
        _("The organization sets how much integrity each kind of information needs."),
    ),
    Requirement(
        "2022:7.5.1-p5",
        _("Controls against unauthorized access"),
        _("Security controls stop access by those not entitled."),
    ),
    Clause("2022:7.5.2", _("Making and changing documents")),
    Requirement(
        "2022:7.5.2-1",
        _("Documents identified and described"),
        _("Documents are suitably identified and described when made or changed."),
        some_of=making.documents,
        none_of=[
            making.documents_without_reference,
            making.documents_with_doubled_reference,
            making.documents_without_version,
            making.versions_without_author_or_date,
        ],
    ),
    Requirement(
        "2022:7.5.2-2",
        _("Format and media suitable"),
        _("Documents are made in a suitable format and on suitable media."),
        some_of=making.versions_in_force,
        none_of=[
            making.versions_in_unsuitable_form,
            making.versions_without_text,
            making.documents_that_did_not_open,
        ],
    ),
    Requirement(
        "2022:7.5.2-3",
        _("Documents reviewed and approved"),
        _("Documents are reviewed and approved as suitable and adequate."),
        some_of=making.issued_versions_once_approved,
        none_of=[
            making.versions_without_review,
            making.versions_without_approval,
        ],
    ),
    Clause("2022:7.5.3", _("Control of documents")),
    Requirement(
        "2022:7.5.3-a",
        _("Documents available where needed"),
        _("Controlled information is there and fit for use at the place and time it is needed."),
        some_of=control.points_of_use,
        none_of=[
            control.points_of_use_without_current_version,
            control.points_of_use_out_of_reach,
        ],
        attested=LIVED,
    ),
    Requirement(
        "2022:7.5.3-b",
        _("Documents adequately protected"),
        _(
            "Controlled information is adequately protected, for example against leaks, misuse and "
            "corruption."
        ),
    ),
    Requirement(
        "2022:7.5.3-c",
        _("Documents periodically reviewed and approved"),
        _(
            "Controlled information is looked over at intervals, revised where needed and approved "
            "as adequate by entitled people."
        ),
        some_of=control.documents_with_review_date,
        none_of=[
            control.documents_past_review,
            control.documents_not_approved_by_the_entitled,
        ],
    ),
    Requirement(
        "2022:7.5.3-d",
        _("Obsolete documents withdrawn"),
        _(
            "Out-of-date items are promptly taken out of use everywhere, or safeguarded against "
            "mistaken use."
        ),
        some_of=control.superseded_versions,
        none_of=[
            control.versions_not_withdrawn,
            control.points_of_use_with_obsolete_version,
            control.versions_used_after_withdrawal,
        ],
    ),
    Requirement(
        "2022:7.5.3-e",
        _("Archived items identified"),
        _("Items kept for legal reasons or for knowledge are marked as such."),
        only_when=control.archived_documents,
        none_of=[
            control.archived_documents_without_mark,
            control.archived_documents_without_end,
        ],
    ),
    Requirement(
        "2022:7.5.3-1",
        _("Distribution, access, retrieval and use managed"),
        _("Who gets the information, how it is found and how it is used are managed."),
        some_of=control.documents_tried_at_intervals,
        needs=control.samples_retrieved,
        none_of=[
            control.documents_sent_to_nobody,
            control.documents_without_rule_or_place,
            control.documents_not_retrieved,
        ],
    ),
    Requirement(
        "2022:7.5.3-2",
        _("Storage and preservation managed"),
        _("Storing and preserving information, legibly, is managed."),
    ),
    Requirement(
        "2022:7.5.3-3",
        _("Changes to documents controlled"),
        _("Changes to information are controlled."),
        some_of=making.issued_versions,
        none_of=[
            control.versions_without_author_or_reason,
            control.versions_issued_unapproved,
            control.versions_edited_after_approval,
            control.versions_out_of_line,
        ],
    ),
    Requirement(
        "2022:7.5.3-4",
        _("Retention and disposal managed"),
        _("How long information is kept and how it is disposed of is managed."),
        some_of=control.retention_rules,
        none_of=[
            control.classes_without_retention_rule,
            control.documents_kept_too_long,
            control.documents_destroyed_early,
        ],
    ),
    Requirement(
        "2022:7.5.3-p1",
        _("External documents identified and controlled"),
        _(
            "Information from outside that planning or operation needs is identified and "
            "controlled."
        ),
        some_of=control.outside_documents,
        none_of=[
            control.outside_documents_not_identified,
            control.outside_documents_without_owner,
            control.outside_documents_not_checked,
            control.outside_documents_outdated,
        ],
    ),
]
