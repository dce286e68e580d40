"""What top management stands for in matters of security (5.2)."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.documents.models import Document
from bartizan.ground.people.models import Person, Role
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import Record, RecordManager, RecordQuerySet, Status


class SecurityPolicyQuerySet(RecordQuerySet["SecurityPolicy"]):
    """What can be asked of security policies."""

    def in_force(self, day: date) -> Self:
        """The policy that counts on `day`: approved, in effect, the newest. One, or none."""
        return self.live().filter(~Exists(_newer(day)), effective_from__lte=day)

    def said_to_apply(self, day: date) -> Self:
        """Those put forward as in force, approved or not, that no newer one has replaced."""
        no_longer_ahead = Q(effective_from=None) | Q(effective_from__lte=day)
        return self.filter(~Exists(_newer(day)), no_longer_ahead, status=Status.ACTIVE)


def _newer(day: date) -> SecurityPolicyQuerySet:
    """For Exists(): approved policies in effect that took over from the outer one."""
    later = Q(effective_from__gt=OuterRef("effective_from")) | Q(
        effective_from=OuterRef("effective_from"), pk__gt=OuterRef("pk")
    )
    return SecurityPolicy.objects.live().filter(later, effective_from__lte=day)


SecurityPolicyManager = RecordManager.from_queryset(SecurityPolicyQuerySet)


class SecurityPolicy(Record):
    """The security policy: what top management promises, from when on, and who stands for it (5.2).

    Its text is a controlled document; its promises are its commitments. What was approved is all
    of this together: whoever changes a word of it needs a new approval.
    """

    # A change in one of these is another policy: what was compared with it has to be again.
    SUBSTANCE = ("title", "document_id", "purpose", "broad_objectives", "review_triggers")

    prefix = "POL"
    needs_approval = True

    document = models.ForeignKey(
        Document,
        verbose_name=_("document that holds the text"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="security_policies",
        help_text=_("A document under control, with a version in force: people are given this."),
    )
    purpose = models.TextField(
        _("what it is for"),
        help_text=_("How it serves what the organization exists for, in a few plain sentences."),
    )
    broad_objectives = models.TextField(
        _("broad objectives"),
        blank=True,
        help_text=_("The overall aims the text names, one a line. Figures and days come later."),
    )
    review_triggers = models.TextField(
        _("clause on reviews out of turn"),
        blank=True,
        help_text=_(
            "The words by which it has itself reviewed when the organization is taken over, merges"
            " or changes what it does. As in: we review this policy within 60 days of a takeover."
        ),
    )
    revised_on = PastDay(
        _("worded like this since"),
        default=timezone.localdate,
        help_text=_("When a word of it or of a commitment last changed."),
    )
    effective_from = models.DateField(
        _("in effect from"),
        null=True,
        blank=True,
        help_text=_("Top management approves it on this day at the latest."),
    )
    endorsed_by = models.ForeignKey(
        Person,
        verbose_name=_("signed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies_endorsed",
        help_text=_("The member of top management whose name stands under the text."),
    )
    endorsed_as = models.ForeignKey(
        Role,
        verbose_name=_("signed as"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="policies_endorsed",
    )
    endorsed_on = PastDay(_("signed on"), null=True, blank=True)
    copy_is_signed = models.BooleanField(
        _("copies show it"),
        default=False,
        help_text=_("What is handed out and hung up bears name, role, signature and date."),
    )
    visitor_extract = models.ForeignKey(
        Document,
        verbose_name=_("extract for visitors"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="extract_of_policies",
        help_text=_("A document with what of it concerns somebody who comes for an hour."),
    )
    public_summary = models.TextField(
        _("public summary"),
        blank=True,
        help_text=_(
            "In Markdown. Anybody can read it on the page of the policy, without signing in, as"
            " long as the policy is in force."
        ),
    )
    summary_checked_on = PastDay(
        _("summary agrees with the text since"),
        null=True,
        blank=True,
        help_text=_("When somebody last held the summary against the text."),
    )
    withheld_on = PastDay(
        _("withheld since"),
        null=True,
        blank=True,
        help_text=_("Only where it was decided that nobody outside gets it in any form."),
    )
    withheld_reason = models.TextField(_("why it is withheld"), blank=True)

    objects: ClassVar = SecurityPolicyManager()

    class Meta:
        verbose_name = _("security policy")
        verbose_name_plural = _("security policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(endorsed_by=None, endorsed_as=None, endorsed_on=None)
                | Q(
                    endorsed_by__isnull=False, endorsed_as__isnull=False, endorsed_on__isnull=False
                ),
                name="leadership_endorsement_is_whole",
                violation_error_message=_("Say who signed it, as what, and when."),
            ),
            models.CheckConstraint(
                condition=Q(withheld_on=None, withheld_reason="")
                | Q(withheld_on__isnull=False) & ~Q(withheld_reason=""),
                name="leadership_withheld_has_day_and_reason",
                violation_error_message=_("Say since when and why it is withheld."),
            ),
            models.CheckConstraint(
                condition=Q(withheld_on=None) | Q(public_summary=""),
                name="leadership_withheld_or_public",
                violation_error_message=_("A policy that is withheld has no public summary."),
            ),
            models.CheckConstraint(
                condition=Q(summary_checked_on=None) | ~Q(public_summary=""),
                name="leadership_checked_summary_is_there",
                violation_error_message=_("There is no summary that could agree with the text."),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        """Store it; a change of substance is a revision of today unless a day was given."""
        if not self._state.adding and not kwargs.get("update_fields"):
            before = type(self).objects.get(pk=self.pk)
            changed = any(getattr(before, name) != getattr(self, name) for name in self.SUBSTANCE)
            if changed and before.revised_on == self.revised_on:
                self.revised_on = timezone.localdate()
        super().save(*args, **kwargs)

    def reword(self) -> None:
        """A part of it reads differently as of today: what was approved no longer stands."""
        if self.approvals.filter(version=self.version).exists():
            self.revised_on = timezone.localdate()
            self.save()
