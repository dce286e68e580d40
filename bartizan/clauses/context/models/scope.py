"""Where the system starts and stops (4.3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Place, Process
from bartizan.ground.people.models import Role, Unit
from bartizan.ground.records.models import Record


class Scope(Record):
    """What the management system is for and what it covers; one is in force at a time (4.3).

    The issues, requirements and obligations weighed when it was set are its links of the relation
    "considers", each with a note on what follows from them.
    """

    prefix = "SCP"
    needs_approval = True

    purpose = models.TextField(
        _("purpose of the organization"),
        help_text=_("What it exists for, in two sentences somebody from outside understands."),
    )
    intended_results = models.TextField(
        _("intended results"),
        help_text=_("What the system is to achieve, one result a line: issues refer to these."),
    )
    coverage = models.TextField(
        _("what the system covers"),
        help_text=_("Activities, goods and services; sites and processes are listed as elements."),
    )
    audience = models.ManyToManyField(
        Role,
        verbose_name=_("audience"),
        blank=True,
        related_name="scopes_to_read",
        help_text=_("The roles whose holders have to be able to read it."),
    )
    available_at = models.CharField(
        _("where others find it"),
        max_length=300,
        blank=True,
        help_text=_("For people who don't sign in here: a page, a notice, on request from whom."),
    )

    class Meta:
        verbose_name = _("scope")
        verbose_name_plural = _("scopes")


class ScopeElement(Record):
    """One process, place, unit or stretch of the supply chain that is in the scope, or out of it.

    What was approved were the elements too: a changed element undoes the approval of its scope.
    """

    class Inclusion(models.TextChoices):
        IN = "in", _("In the scope")
        OUT = "out", _("Outside the scope")

    # Looking at an element and leaving it as it is changes nothing in its scope.
    REVIEWED = frozenset({"reviewed_on", "review_due", "changed_at"})

    prefix = "SCE"

    scope = models.ForeignKey(
        Scope, verbose_name=_("scope"), on_delete=models.PROTECT, related_name="elements"
    )
    inclusion = models.CharField(
        _("in or out"), max_length=3, choices=Inclusion, default=Inclusion.IN
    )
    process = models.ForeignKey(
        Process,
        verbose_name=_("process"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="scope_elements",
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="scope_elements",
    )
    part = models.ForeignKey(
        Unit,
        verbose_name=_("part of the organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="scope_elements",
    )
    segment = models.CharField(
        _("segment of the supply chain"),
        max_length=200,
        blank=True,
        help_text=_("From where to where, and who has custody: port of loading to our hub, ours."),
    )
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Whatever is left out needs one that holds.")
    )

    class Meta:
        verbose_name = _("scope element")
        verbose_name_plural = _("scope elements")
        constraints = [
            models.CheckConstraint(
                condition=Q(process__isnull=False, place=None, part=None, segment="")
                | Q(process=None, place__isnull=False, part=None, segment="")
                | Q(process=None, place=None, part__isnull=False, segment="")
                | (Q(process=None, place=None, part=None) & ~Q(segment="")),
                name="context_scope_element_is_one_thing",
                violation_error_message=_(
                    "Name exactly one: a process, a place, a part of the organization or a segment."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=["scope", subject],
                    name=f"context_scope_lists_{subject}_once",
                    violation_error_message=_("The scope lists this already: change that element."),
                )
                for subject in ("process", "place", "part")
            ),
        ]

    @property
    def subject(self) -> Process | Place | Unit | str:
        """What is in or out."""
        return self.process or self.place or self.part or self.segment

    def clean_fields(self, exclude=None) -> None:
        self.title = self._title()
        super().clean_fields(exclude)

    def save(self, *args, **kwargs) -> None:
        """Called after what it is about; the scope it changes has to be approved anew."""
        self.title = self._title()
        super().save(*args, **kwargs)
        written = set(kwargs.get("update_fields") or self.REVIEWED | {"inclusion"})
        approved = self.scope.approvals.filter(version=self.scope.version)
        if not written <= self.REVIEWED and approved.exists():
            self.scope.save()

    def _title(self) -> str:
        subject = self.subject or self._meta.verbose_name
        return (subject.title if isinstance(subject, Record) else str(subject))[:200]
