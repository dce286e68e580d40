"""What the policy promises, promise by promise (5.2.1)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.clauses.leadership.models.policy import SecurityPolicy
from bartizan.ground.people.models import Role
from bartizan.ground.records.models import Record


class Commitment(Record):
    """One promise of the security policy, under its number in the text (5.2.1, 8.2 a).

    The processes that keep it are linked to it: they serve it. What was approved were the
    commitments too: a changed commitment undoes the approval of its policy.
    """

    class Tag(models.TextChoices):
        REQUIREMENTS = "meet-requirements", _("Meeting the requirements that apply")
        IMPROVEMENT = "continual-improvement", _("Getting better continually")
        COMPLIANCE = "compliance", _("Keeping law, regulation and what was subscribed to")
        OBJECTIVES = "objectives", _("Setting objectives")
        OTHER = "other", _("Something else")

    prefix = "CMT"

    policy = models.ForeignKey(
        SecurityPolicy,
        verbose_name=_("security policy"),
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    paragraph = models.CharField(
        _("number in the text"),
        max_length=12,
        validators=[RegexValidator(r"^\d+(\.\d+)*[a-z]?\Z", _("As in 3, 2.1 or 4b."))],
        help_text=_("As it stands in the policy, so that a reader finds it: 3, 2.1 or 4b."),
    )
    text = models.TextField(_("wording"), help_text=_("Word for word, as the policy puts it: we …"))
    tag = models.CharField(
        _("what it promises"),
        max_length=24,
        choices=Tag,
        default=Tag.OTHER,
        help_text=_("A policy has to promise three of these in so many words: see which."),
    )
    names_law = models.BooleanField(_("names the law"), default=False)
    names_regulation = models.BooleanField(_("names regulation"), default=False)
    names_other = models.BooleanField(
        _("names other requirements"),
        default=False,
        help_text=_("Contracts, codes and programmes that the organization has signed up to."),
    )
    accountable_role = models.ForeignKey(
        Role,
        verbose_name=_("role that answers for the outcome"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="commitments",
        help_text=_(
            "One role, named in the policy: whoever holds it answers for what comes of it."
        ),
    )

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "paragraph"],
                name="leadership_commitment_number_once",
                violation_error_message=_("The policy has a commitment of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(tag="compliance")
                | Q(names_law=False, names_regulation=False, names_other=False),
                name="leadership_compliance_names_what",
                violation_error_message=_(
                    "Only a promise to comply says what with: choose that, or untick the three."
                ),
            ),
        ]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        written = set(kwargs.get("update_fields") or ["*"]) - {"changed_at"}
        if not written <= {"reviewed_on", "review_due"}:
            SecurityPolicy.objects.get(pk=self.policy_id).reword()
