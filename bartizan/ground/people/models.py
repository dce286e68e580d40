"""Who there is, where they belong, and what they answer for (clause 5.3).

The authorities written down for a role are the permissions the software enforces: there is no
second permission system. `authority.py` decides from them.
"""

from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.authority import EVERYWHERE, PeopleQuerySet, demand_covering
from bartizan.ground.people.past import PastDay
from bartizan.ground.people.rows import Row
from bartizan.ground.trail.acts import act


class Sensitivity(models.IntegerChoices):
    """How much harm a leak would do. A clearance of one level opens it and all below it."""

    PUBLIC = 0, _("Public")
    INTERNAL = 1, _("Internal")
    CONFIDENTIAL = 2, _("Confidential")
    RESTRICTED = 3, _("Restricted")


DEEPEST = 400  # signs of the path of a unit


class Unit(Row):
    """A part of the organization: the whole is the one unit without a parent."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    in_scope = models.BooleanField(
        _("in scope"), default=True, help_text=_("Does the management system cover this unit?")
    )
    # Codes from the root down, as in "/acme/road/depot/": a subtree is a prefix.
    path = models.CharField(_("path"), max_length=DEEPEST, editable=False, unique=True)

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(parent=None),
                name="people_one_whole_organization",
                violation_error_message=_(
                    "There is one organization: name the unit it is part of."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def administered_at(self) -> str:
        """From above: nobody moves the unit they administer out from under themselves."""
        return self.parent.path if self.parent else self.path

    def clean(self) -> None:
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A unit can't be a part of itself.")})
            above = above.parent
        if len(self._place()) + self._depth() > DEEPEST:
            message = _("It lies too deep: shorten its code, or the code of what it is part of.")
            raise ValidationError({"parent": message})

    def _place(self) -> str:
        """The path by its code and by what it is part of."""
        return f"{self.parent.path if self.parent else '/'}{self.code}/"

    def _depth(self) -> int:
        """By how much the path of the deepest unit within is longer than its own."""
        if self.pk is None:
            return 0
        within = Unit.objects.filter(path__startswith=self.path)
        return (within.aggregate(most=Max(Length("path")))["most"] or 0) - len(self.path)

    def save(self, *args, **kwargs) -> None:
        old = self.path
        self.path = self._place()
        super().save(*args, **kwargs)
        if old and old != self.path:
            for part in self.parts.all():
                part.save()


PeopleManager = BaseUserManager.from_queryset(PeopleQuerySet)


class PersonManager(PeopleManager["Person"]):
    """Finds people by e-mail address in any case."""

    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(Row, AbstractBaseUser):
    """Anyone who works for the organization or answers to it, whether they sign in or not.

    Somebody who never signs in is a person without a usable password. Signing in leaves no
    mark here (`last_login` is dropped): sessions are kept apart from what the trail records.
    """

    class Engagement(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        CONTRACTOR = "contractor", _("Contractor")
        VISITOR = "visitor", _("Visitor")
        OUTSIDER = "outsider", _("Outside party")

    # Those who work here: what is internal is for all of them.
    WORKFORCE = (Engagement.EMPLOYEE, Engagement.CONTRACTOR)

    last_login = None
    # A secret never enters the trail: after a rebuild everybody signs in by a one-time link.
    untrailed_fields = ("password",)

    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("As in m.keller"))
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="people"
    )
    engagement = models.CharField(
        _("engagement"), max_length=12, choices=Engagement, default=Engagement.EMPLOYEE
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switching this off ends every session at once.")
    )
    left_on = PastDay(_("left on"), null=True, blank=True)

    USERNAME_FIELD = "email"
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(is_active=False),
                name="people_who_left_are_inactive",
                violation_error_message=_("Someone who left can't be active."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def administered_at(self) -> str:
        return self.unit.path

    def save(self, *args, **kwargs) -> None:
        self.email = self.email.lower() if self.email else None
        if not self.password:
            self.set_unusable_password()
        super().save(*args, **kwargs)

    def check_password(self, raw_password: str | None) -> bool:
        # Django stores a stronger hash when its own default has moved on: that is a write too.
        with act(self, through="system", why="password hash renewed"):
            return super().check_password(raw_password)


class Role(models.Model):
    """What somebody answers for and may decide (5.3), whoever holds it at the moment."""

    administered_at = EVERYWHERE

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    responsibilities = models.TextField(
        _("responsibilities"),
        help_text=_("What the holder answers for, one duty a line."),
    )
    is_top_management = models.BooleanField(_("top management"), default=False)
    is_leader = models.BooleanField(
        _("leads a unit"), default=False, help_text=_("Gives people in the unit their direction.")
    )
    is_required = models.BooleanField(
        _("must be held"), default=True, help_text=_("A vacancy is a shortfall.")
    )
    upholds_conformity = models.BooleanField(
        _("keeps the system conforming"),
        default=False,
        help_text=_("Answers for the system meeting the standard (5.3 a)."),
    )
    reports_performance = models.BooleanField(
        _("reports performance"),
        default=False,
        help_text=_("Reports to top management how the system performs (5.3 b)."),
    )
    # The draft edition wants one member of top management to answer for these four (4.4.1 a).
    answers_for_design = models.BooleanField(_("answers for the system's design"), default=False)
    answers_for_upkeep = models.BooleanField(_("answers for its upkeep"), default=False)
    answers_for_documents = models.BooleanField(_("answers for its documents"), default=False)
    answers_for_improvement = models.BooleanField(_("answers for its improvement"), default=False)
    reports_to = models.ForeignKey(
        "self",
        verbose_name=_("reports to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reports",
    )
    revised_on = PastDay(
        _("revised on"),
        default=timezone.localdate,
        help_text=_("When duties or powers last changed: holders accept them anew."),
    )
    is_retired = models.BooleanField(_("retired"), default=False)

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        above = self.reports_to
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"reports_to": _("A role can't report to itself.")})
            above = above.reports_to


class Verb(models.TextChoices):
    """What an authority lets its holder do."""

    READ = "read", _("read")
    WRITE = "write", _("write")
    APPROVE = "approve", _("approve")
    RETIRE = "retire", _("retire")
    ATTEST = "attest", _("attest")
    ADMINISTER = "administer", _("administer")


class Authority(models.Model):
    """One power of a role, as in "may approve whatever belongs to leadership"."""

    administered_at = EVERYWHERE

    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.CASCADE, related_name="authorities"
    )
    verb = models.CharField(_("may"), max_length=12, choices=Verb)
    over = models.CharField(
        _("over"),
        max_length=60,
        default="*",
        help_text=_("A kind of record as in context-issue, a room as in leadership, or * for all."),
    )

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["role", "over", "verb"]
        constraints = [
            models.UniqueConstraint(fields=["role", "verb", "over"], name="people_authority_once")
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.get_verb_display()} {self.over}"

    def clean(self) -> None:
        demand_covering(self.over)


class AssignmentQuerySet(PeopleQuerySet["Assignment"]):
    def current(self, day: date) -> Self:
        """Those in force on `day`, held by somebody who is still there."""
        return self.filter(
            Q(until=None) | Q(until__gte=day), since__lte=day, person__is_active=True
        )

    def of_top_management(self) -> Self:
        return self.filter(role__is_top_management=True)


class Assignment(models.Model):
    """Somebody holds a role in a unit (and all below it) from a day to a day (5.3)."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.ForeignKey(
        Role, verbose_name=_("role"), on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="assignments"
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day."))
    deputy = models.ForeignKey(
        Person,
        verbose_name=_("deputy"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputizes",
        help_text=_("Has the same powers when the holder is away."),
    )
    clearance = models.IntegerField(
        _("clearance"), choices=Sensitivity, default=Sensitivity.INTERNAL
    )
    appointed_by = models.ForeignKey(
        Person,
        verbose_name=_("appointed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    appointed_on = PastDay(_("appointed on"), null=True, blank=True)
    accepted_on = PastDay(
        _("accepted on"), null=True, blank=True, help_text=_("When the holder took it on.")
    )
    briefed_on = PastDay(
        _("briefed on"),
        null=True,
        blank=True,
        help_text=_("When the holder was last directed in this part of the system."),
    )
    supported_on = PastDay(
        _("supported on"),
        null=True,
        blank=True,
        help_text=_("When somebody above last asked the holder what help is needed, and gave it."),
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["role", "unit", "since"]
        indexes = [models.Index(fields=["person", "since"], name="people_assignment_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit", "since"], name="people_assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="people_assignment_ends_after_start",
                violation_error_message=_("The last day can't lie before the first."),
            ),
            models.CheckConstraint(
                condition=Q(appointed_by=None, appointed_on=None)
                | Q(appointed_by__isnull=False, appointed_on__isnull=False),
                name="people_appointment_has_both",
                violation_error_message=_("An appointment names who appointed and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.unit}: {self.person}"

    @property
    def administered_at(self) -> str:
        return self.unit.path


class SignInLink(models.Model):
    """A link that signs one person in once, within a short time.

    Only the hash of its secret is kept. It is a credential like a session, so the trail does not
    record it: `used_at` makes it worthless after the first use.
    """

    untrailed = "a credential, worthless once used; sessions are not trailed either"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    secret_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sign-in link")
        verbose_name_plural = _("sign-in links")

    def __str__(self) -> str:
        return f"{self.person}, {self.expires_at}"


class SecondFactor(models.Model):
    """That somebody signs in with a code of their phone as well, and since when.

    The secret is encrypted and never enters the trail. After a rebuild it is empty, and the person
    sets up another.
    """

    untrailed_fields = ("secret",)

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=255, editable=False)
    since = PastDay()

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return f"{self.person}, {self.since}"


class RecoveryCode(models.Model):
    """What lets somebody in once who has lost their phone. Only its hash is kept."""

    untrailed = "a credential, worthless once used; sessions are not trailed either"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_sha256 = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self) -> str:
        return f"{self.person}, {self.used_at}"
