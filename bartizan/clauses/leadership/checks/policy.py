"""Is there a policy, did top management establish it, and is it kept under control? (5.2)

The policy that counts is the newest approved one whose day has come. Where it is asked whether
somebody approved it at all, a policy put forward as in force counts too.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.clauses.context.models import Scope
from bartizan.clauses.leadership.models import BusinessChange, Commitment, SecurityPolicy
from bartizan.clauses.leadership.models.policy import SecurityPolicyQuerySet
from bartizan.clauses.leadership.top_management import (
    approvals_by_top_management,
    of_top_management_now,
)
from bartizan.ground.documents.models import Document, DocumentVersion
from bartizan.ground.documents.models.documents import DocumentQuerySet
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import Approval, Status

# -- 5.2.1: who established it -------------------------------------------------------------------


def policies(day: date) -> SecurityPolicyQuerySet:
    """Security policies put forward as in force."""
    return SecurityPolicy.objects.said_to_apply(day)


def policies_without_a_first_day(day: date) -> SecurityPolicyQuerySet:
    """Does not say from when on it is in effect."""
    return policies(day).filter(effective_from=None)


def unapproved_policies(day: date) -> SecurityPolicyQuerySet:
    """Is not approved as it stands now."""
    return policies(day).unapproved()


def policies_others_approved(day: date) -> SecurityPolicyQuerySet:
    """Was approved by somebody who was not top management."""
    return policies(day).approved().filter(~Exists(approvals_by_top_management()))


def policies_approved_late(day: date) -> SecurityPolicyQuerySet:
    """Was approved after the day it took effect."""
    late = Approval.of_current_version().filter(on__gt=OuterRef("effective_from"))
    return policies(day).filter(Exists(late))


def policies_with_a_newer_text(day: date) -> SecurityPolicyQuerySet:
    """Has a text that took effect after what was approved."""
    newer = DocumentVersion.objects.in_force(day).filter(
        document=OuterRef("document"), effective_from__gt=OuterRef("effective_from")
    )
    return policies(day).filter(Exists(newer))


# -- 5.2.1: what it says -------------------------------------------------------------------------


def policies_in_force(day: date) -> SecurityPolicyQuerySet:
    """Approved security policies in force."""
    return SecurityPolicy.objects.in_force(day)


def policies_with_a_text(day: date) -> SecurityPolicyQuerySet:
    """Approved security policies in force that have a text."""
    return policies_in_force(day).filter(document__in=Document.objects.in_force(day))


def scopes_with_a_purpose() -> QuerySet[Scope]:
    """Scopes that say what the organization exists for."""
    return Scope.objects.live().exclude(purpose="")


def policies_without_meeting_requirements(day: date) -> SecurityPolicyQuerySet:
    """Has no commitment to meet the requirements that apply."""
    return _not_promising(day, tag=Commitment.Tag.REQUIREMENTS)


def policies_without_improvement(day: date) -> SecurityPolicyQuerySet:
    """Has no commitment to get better continually."""
    return _not_promising(day, tag=Commitment.Tag.IMPROVEMENT)


def policies_without_the_law(day: date) -> SecurityPolicyQuerySet:
    """Has no commitment to comply that names the law."""
    return _not_promising(day, tag=Commitment.Tag.COMPLIANCE, names_law=True)


def policies_without_regulation(day: date) -> SecurityPolicyQuerySet:
    """Has no commitment to comply that names regulation."""
    return _not_promising(day, tag=Commitment.Tag.COMPLIANCE, names_regulation=True)


def policies_without_other_requirements(day: date) -> SecurityPolicyQuerySet:
    """Has no commitment to comply that names the other requirements subscribed to."""
    return _not_promising(day, tag=Commitment.Tag.COMPLIANCE, names_other=True)


def _not_promising(day: date, **promise: str | bool) -> SecurityPolicyQuerySet:
    promises = Commitment.objects.live().filter(policy=OuterRef("pk"), **promise)
    return policies_with_a_text(day).filter(~Exists(promises))


# -- 5.2.2: reviewed when the organization becomes another one -----------------------------------


def policies_reviewed_out_of_turn(day: date) -> SecurityPolicyQuerySet:
    """Policies in force that have themselves reviewed after a merger or change of business."""
    return policies_with_a_text(day).exclude(review_triggers="")


def business_changes(day: date) -> QuerySet[BusinessChange]:
    """Mergers, takeovers and changes of business."""
    return BusinessChange.objects.live().filter(took_effect_on__lte=day)


def changes_without_a_review_in_time(day: date) -> QuerySet[BusinessChange]:
    """Was not followed by a review of the policy in time."""
    open_ = Q(policy_reviewed_on=None) | Q(policy_reviewed_on__gt=day)
    never_due = Q(policy_review_due=None)
    late = Q(policy_reviewed_on__gt=F("policy_review_due"))
    return business_changes(day).filter(open_ & (never_due | Q(policy_review_due__lt=day)) | late)


# -- 5.2.2, draft 4.2: under control, and signed -------------------------------------------------


def policy_documents(day: date) -> DocumentQuerySet:
    """Documents that hold the policy."""
    return Document.objects.filter(pk__in=policies(day).values("document"))


def policies_without_document(day: date) -> SecurityPolicyQuerySet:
    """Is not held as a document under control."""
    return policies(day).filter(document=None)


def policy_documents_out_of_control(day: date) -> DocumentQuerySet:
    """Is a draft or retired, so not under control."""
    return in_any(
        policy_documents(day),
        {
            _("is a draft, so not under control"): Q(status=Status.DRAFT),
            _("is retired, so not under control"): Q(status=Status.RETIRED),
        },
    )


def policy_documents_without_version(day: date) -> DocumentQuerySet:
    """Has no approved version in effect."""
    versions = DocumentVersion.objects.in_force(day).values("document")
    return policy_documents(day).exclude(pk__in=versions)


def policy_documents_without_owner(day: date) -> DocumentQuerySet:
    """Has nobody who answers for it."""
    return policy_documents(day).without_owner()


def policy_documents_past_review(day: date) -> DocumentQuerySet:
    """Is past its review, or was never given a review day."""
    return policy_documents(day).review_overdue(day)


def policies_without_owner(day: date) -> SecurityPolicyQuerySet:
    """Has nobody who answers for it."""
    return policies(day).without_owner()


def policies_past_review(day: date) -> SecurityPolicyQuerySet:
    """Is past its review, or was never given a review day."""
    return policies(day).review_overdue(day)


def signed_policies(day: date) -> SecurityPolicyQuerySet:
    """Approved security policies in force that somebody signed."""
    return policies_in_force(day).exclude(endorsed_on=None)


def policies_signed_by_others(day: date) -> SecurityPolicyQuerySet:
    """Is signed by somebody who is not top management today, or not as top management."""
    at_the_top = of_top_management_now("endorsed_by", day)
    as_one_of_them = Q(endorsed_as__is_top_management=True)
    return in_any(
        signed_policies(day),
        {
            _("is signed by somebody who is not top management today"): Q(~at_the_top),
            _("is not signed as top management"): ~as_one_of_them,
        },
    )


def policies_signed_before_they_changed(day: date) -> SecurityPolicyQuerySet:
    """Has changed since it was signed."""
    return signed_policies(day).filter(endorsed_on__lt=F("revised_on"))


def policies_with_unsigned_copies(day: date) -> SecurityPolicyQuerySet:
    """Has copies that do not show who signed it, as what and when."""
    return signed_policies(day).filter(copy_is_signed=False)


# -- 5.2.2: for others ---------------------------------------------------------------------------


def policies_decided_for_others(day: date) -> SecurityPolicyQuerySet:
    """Approved security policies in force with a public summary or a decision to withhold it."""
    return policies_in_force(day).filter(~Q(public_summary="") | Q(withheld_on__isnull=False))


def policies_with_an_old_summary(day: date) -> SecurityPolicyQuerySet:
    """Has a public summary that nobody held against the text as it is now."""
    stale = Q(summary_checked_on=None) | Q(summary_checked_on__lt=F("revised_on"))
    return policies_in_force(day).filter(stale).exclude(public_summary="")
