"""What people state about conformity, and how conformity has changed."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bartizan.conformity.requirement import Requirement, Value, Words
from bartizan.conformity.requirements import CATALOGUE
from bartizan.ground.people.authority import could, may
from bartizan.ground.people.models import Assignment, Person, Verb
from bartizan.ground.people.past import PastDay
from bartizan.ground.records.models import (
    Record,
    RecordManager,
    RecordQuerySet,
    Relation,
    Status,
)


class AttestationQuerySet(RecordQuerySet["Attestation"]):
    def weighed(self, day: date) -> Self:
        """Each with whether it `counts` on that day, and what its author was when it was made.

        It counts while it is in force and in date and rests on records all of which still count.
        """
        cited = Record.objects.filter(
            links_in__source=OuterRef("pk"), links_in__relation=Relation.CITES
        )
        counting = Record.objects.live().filter(pk=OuterRef("pk"))
        tops = Assignment.objects.of_top_management().filter(
            Q(until=None) | Q(until__gte=OuterRef("attested_on")),
            since__lte=OuterRef("attested_on"),
            person=OuterRef("attested_by"),
        )
        return self.annotate(
            counts=Q(status=Status.ACTIVE, attested_on__lte=day, expires_on__gt=day)
            & Exists(cited)
            & ~Exists(cited.filter(~Exists(counting))),
            by_top_management=Exists(tops),
            by_owner=Exists(cited.filter(owner=OuterRef("attested_by"))),
        )


AttestationManager = RecordManager.from_queryset(AttestationQuerySet)


class Attestation(Record):
    """A person stands for what no record can show, on the records it cites, until a day.

    The records relied on are its links of the relation "cites". Once one of them is retired, or
    loses its approval, the attestation counts for nothing until somebody attests anew.
    """

    happened_on = "attested_on"

    class Claim(models.TextChoices):
        CONFIRMS = "confirms", _("It is so")
        DID_NOT_ARISE = "did-not-arise", _("It did not occur, or does not apply")

    prefix = "ATT"
    signature = "attested_by"

    requirement = models.CharField(
        _("requirement"),
        max_length=40,
        db_index=True,
        help_text=_("The item of the standard it speaks of, as in 2022:4.1-p1."),
    )
    claim = models.CharField(
        _("what is stated"), max_length=16, choices=Claim, default=Claim.CONFIRMS
    )
    statement = models.TextField(
        _("statement"),
        help_text=_("In your own words: what you looked at and what you stand for."),
    )
    since = PastDay(
        _("looking back to"),
        null=True,
        blank=True,
        help_text=_("For what did not occur: the first day the statement covers."),
    )
    attested_by = models.ForeignKey(
        Person,
        verbose_name=_("attested by"),
        on_delete=models.PROTECT,
        related_name="attestations",
    )
    attested_on = PastDay(_("attested on"), default=timezone.localdate)
    expires_on = models.DateField(
        _("expires on"),
        help_text=_("The day from which it has to be attested anew."),
    )

    objects: ClassVar = AttestationManager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("attested_on")),
                name="conformity_attestation_lasts",
                violation_error_message=_("It expires after the day on which it was made."),
            ),
            models.CheckConstraint(
                condition=Q(claim="confirms", since=None)
                | Q(claim="did-not-arise", since__isnull=False, since__lte=F("attested_on")),
                name="conformity_absence_covers_a_period",
                violation_error_message=_("What did not occur covers a period: say since when."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        item = CATALOGUE.get(self.requirement)
        if item is None:
            raise ValidationError({"requirement": _("The standard has no item of this name.")})
        if self.claim == self.Claim.DID_NOT_ARISE and item.only_when is None:
            raise ValidationError({"claim": _("This is asked of everybody, whatever occurs.")})
        if self.attested_by_id and not self.is_entitled:
            raise ValidationError({"attested_by": _("This person has no authority to attest.")})

    @property
    def is_entitled(self) -> bool:
        """May its author attest, or could they when they did? A word outlasts the role."""
        if may(self.attested_by, Verb.ATTEST, Attestation):
            return True
        day = self.attested_on
        return day is not None and could(self.attested_by, Verb.ATTEST, Attestation, day)

    @property
    def item(self) -> Requirement:
        return CATALOGUE[self.requirement]

    def cited(self, seen_by: Person | None = None) -> RecordQuerySet:
        """The records it relies on, as far as the reader may know of them."""
        rows = Record.objects.filter(links_in__source=self, links_in__relation=Relation.CITES)
        return rows if seen_by is None else rows.visible_to(seen_by)

    def objections(self, day: date, seen_by: Person | None = None) -> list[str]:
        """Why it does not count on that day, in words for its author."""
        found: list[Words] = []
        if self.status == Status.DRAFT:
            found.append(_("it is a draft"))
        if self.attested_on > day:
            found.append(_("it is dated %(day)s") % {"day": date_format(self.attested_on)})
        if self.expires_on <= day:
            found.append(_("it expired on %(day)s") % {"day": date_format(self.expires_on)})
        cited = self.cited(seen_by)
        if not cited:
            found.append(_("it cites no record"))
        live = Record.objects.live().filter(pk=OuterRef("pk"))
        for record in cited.filter(~Exists(live)).order_by("number"):
            gone = record.status == Status.RETIRED
            why = _("%(number)s is retired") if gone else _("%(number)s is not approved")
            found.append(why % {"number": record.number})
        return [str(objection) for objection in found]


class VerdictChange(models.Model):
    """From a moment on, an item of the standard stood differently than before."""

    untrailed = "derived: can be recomputed by rewinding to any moment and evaluating there"

    requirement = models.CharField(max_length=40)
    since = models.DateTimeField()
    size = models.BigIntegerField(help_text=_("The size of the trail at which it was seen."))
    verdict = models.CharField(max_length=20, choices=Value)
    reason = models.TextField()
    evidence = models.PositiveIntegerField()
    shortfalls = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("change of verdict")
        verbose_name_plural = _("changes of verdict")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "size"], name="conformity_one_change_an_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement} {self.get_verdict_display()}"
