"""Clauses 7.1 to 7.4: means, competent and aware people, and communication."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.support.checks import log, plan, resources
from bartizan.conformity.requirement import Clause, Requirement
from bartizan.conformity.requirements.attested import COMPLETE, LIVED, SUITABLE

PEOPLE: list[Clause | Requirement] = [
    Clause("2022:7.1", _("Means")),
    Requirement(
        "2022:7.1-p1",
        _("Resource needs determined"),
        _("The means needed to build, run, keep up and improve the system are worked out."),
        some_of=resources.resource_needs,
        needs=resources.needs_of_each_stage,
        attested=SUITABLE,
    ),
    Requirement(
        "2022:7.1-p2",
        _("Resources really provided"),
        _("The means worked out are really provided."),
        some_of=resources.resource_grants,
        none_of=[resources.agreed_needs_without_amount, resources.agreed_needs_not_met],
    ),
    Clause("2022:7.2", _("Competence and clearance")),
    Requirement(
        "2022:7.2-1",
        _("Necessary competence determined"),
        _(
            "For people whose controlled work affects security, the competence needed is "
            "determined."
        ),
        attested=COMPLETE,
    ),
    Requirement(
        "2022:7.2-2.1",
        _("Persons are competent"),
        _("Those people are competent by suitable education, training or experience."),
        attested=LIVED,
    ),
    Requirement(
        "2022:7.2-2.2",
        _("Persons suitably security cleared"),
        _("Those people hold the security clearance fitting their work."),
    ),
    Requirement(
        "2022:7.2-3.1",
        _("Competence gaps acted on"),
        _("Where there is a gap, action is taken to gain the competence."),
    ),
    Requirement(
        "2022:7.2-3.2",
        _("Effect of competence actions evaluated"),
        _("Whether those actions worked is evaluated."),
        attested=LIVED,
    ),
    Requirement(
        "2022:7.2-p1",
        _("Evidence of competence kept"),
        _("Fitting records prove competence."),
    ),
    Clause("2022:7.3", _("Awareness")),
    Requirement(
        "2022:7.3-1",
        _("Aware of the policy"),
        _("Everyone working under the organization's control knows the security policy."),
        attested=LIVED,
    ),
    Requirement(
        "2022:7.3-2",
        _("Aware of own contribution"),
        _("They know how they help the system work and what better security brings."),
        attested=LIVED,
    ),
    Requirement(
        "2022:7.3-3",
        _("Aware of effects of nonconformity"),
        _("They know what follows from not keeping to the system's requirements."),
        attested=LIVED,
    ),
    Requirement(
        "2022:7.3-4",
        _("Aware of own duties including emergencies"),
        _(
            "They know their own part in keeping to policy and procedures, and in being ready for "
            "and responding to emergencies."
        ),
        attested=LIVED,
    ),
    Clause("2022:7.4", _("Communication")),
    Requirement(
        "2022:7.4-p1",
        _("Relevant communications determined"),
        _("Internal and external communications that matter to the system are decided on."),
        some_of=plan.plan_entries,
        needs=[
            plan.internal_entries,
            plan.external_entries,
        ],
        none_of=[
            plan.entries_not_approved,
            plan.entries_past_review,
        ],
    ),
    Requirement(
        "2022:7.4-1",
        _("Subject of communication"),
        _("It is decided what is communicated about."),
        some_of=plan.planned_communications,
        none_of=plan.entries_without_subject,
    ),
    Requirement(
        "2022:7.4-2",
        _("Timing of communication"),
        _("It is decided when communication happens."),
        some_of=plan.planned_communications,
        none_of=[
            plan.entries_never_due,
            plan.entries_overdue,
        ],
    ),
    Requirement(
        "2022:7.4-3",
        _("Audience of communication"),
        _("It is decided with whom communication takes place."),
        some_of=plan.planned_communications,
        none_of=[
            plan.entries_without_audience,
            plan.parties_left_out,
        ],
    ),
    Requirement(
        "2022:7.4-4",
        _("Means of communication"),
        _("It is decided by which means communication is done."),
        some_of=plan.entries_with_channels_to_test,
        none_of=[
            plan.entries_without_channel,
            plan.entries_with_untested_channel,
        ],
    ),
    Requirement(
        "2022:7.4-5",
        _("Sensitivity checked before release"),
        _("How sensitive the information is gets decided before it goes out."),
        some_of=log.sent_communications,
        none_of=[
            log.communications_not_classified_before,
            log.communications_classified_by_others,
            log.communications_to_people_not_cleared,
            log.communications_to_parties_not_cleared,
        ],
    ),
]
