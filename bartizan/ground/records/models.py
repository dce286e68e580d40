"""The one table under every kind of record, and what can be said of any record.

`Record` is concrete: a context issue is a row here and a row in its own table (one level of
multi-table inheritance, never two). So a link, a comment, an approval or an action points to any
record with an ordinary foreign key, and one query lists what waits for a person.
"""

from datetime import date
from functools import cache, reduce
from operator import and_
from typing import Any, Self, TypeVar, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import connections, models, router
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.base import ModelBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from bartizan.ground.people.authority import grants, kind_of
from bartizan.ground.people.models import Person, Sensitivity, Unit
from bartizan.ground.people.past import PastDay, PastMoment
from bartizan.ground.people.rows import Row
from bartizan.ground.records.cases import in_any


class Status(models.TextChoices):
    """Where a record stands in its life. Drafts and retired records prove nothing."""

    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Retired")


class Sequence(models.Model):
    """The last number given to each kind of record. Numbers are never used twice."""

    prefix = models.CharField(max_length=8, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix} {self.last}"

    @classmethod
    def next_number(cls, prefix: str) -> str:
        """The next number of a kind, as in RSK-0042. Holds the row until the act ends."""
        # Written out: one statement, and every new record waits for it.
        table = cls._meta.db_table
        count_on = f"UPDATE {table} SET last = last + 1 WHERE prefix = %s RETURNING last"
        with connections[router.db_for_write(cls)].cursor() as cursor:
            cursor.execute(count_on, [prefix])
            given = cursor.fetchone()
            if given is None:
                cls.objects.get_or_create(prefix=prefix)
                cursor.execute(count_on, [prefix])
                given = cursor.fetchone()
        return cls.number(prefix, given[0])

    @staticmethod
    def number(prefix: str, count: int) -> str:
        """How a number is spelled, and in no other way."""
        return f"{prefix}-{count:04}"


_R = TypeVar("_R", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[_R]):
    """What can be asked of any kind of record."""

    def visible_to(self, person) -> Self:
        """Those `person` may know of: by kind, unit and sensitivity, and always their own.

        Of those that bear the names of others, their own only as far as anybody's.
        """
        seen = self._seen_by(person)
        return self.all() if seen is None else self.filter(seen)

    def hidden_from(self, person) -> Self:
        """Those `person` may not know of. For taking away from what is counted, never to show."""
        seen = self._seen_by(person)
        return self.none() if seen is None else self.exclude(seen)

    def hides_nothing_from(self, person) -> bool:
        """Whether `person` may know of all there are."""
        return self._seen_by(person) is None

    def _seen_by(self, person) -> Q | None:
        """The condition for it; None where nothing is hidden: the database needs to weigh none."""
        seen = self._own_of(person)
        for grant in grants(person):
            if grant.verb != "read":
                continue
            if self.model is not Record and not grant.covers(self.model):
                continue
            all_kinds = self.model is not Record or grant.over == "*"
            if all_kinds and grant.everywhere and grant.clearance == max(Sensitivity):
                return None
            reach = Q(sensitivity__lte=grant.clearance)
            if not grant.everywhere:
                # Asked once for all rows: a join would look up the unit of each.
                within = Unit.objects.filter(path__startswith=grant.path).order_by()
                reach &= Q(unit__in=within.values("pk"))
            if self.model is Record and grant.over != "*":
                reach &= Q(kind__in=[k for k, model in kinds().items() if grant.covers(model)])
            seen |= reach
        return seen

    def _own_of(self, person) -> Q:
        """The condition that somebody knows of a record because they answer for it."""
        if self.model is not Record:
            return Q(pk__in=[]) if self.model.bears_names else Q(owner=person)
        bearing = [kind for kind, model in kinds().items() if model.bears_names]
        return Q(owner=person) & ~Q(kind__in=bearing)

    def current(self) -> Self:
        """Those not retired, drafts among them."""
        return self.exclude(status=Status.RETIRED)

    def live(self) -> Self:
        """Those that count as evidence: in force and, where their kind asks for it, approved."""
        rows = self.filter(status=Status.ACTIVE)
        if self.model is not Record:
            return rows.approved() if self.model.needs_approval else rows
        asks = [kind for kind, model in kinds().items() if model.needs_approval]
        # Asked apart from the outer row, so that it shows of which kinds the version matters.
        stands = Approval.objects.filter(
            record=OuterRef("pk"), record__kind__in=asks, version=F("record__version")
        )
        return rows.filter(~Q(kind__in=asks) | Exists(stands))

    def approved(self) -> Self:
        """Those whose present version somebody entitled approved."""
        return self.filter(Exists(Approval.of_current_version()))

    def unapproved(self) -> Self:
        return self.filter(~Exists(Approval.of_current_version()))

    def without_owner(self) -> Self:
        """Those nobody answers for: no owner, or one who is no longer there."""
        gone = Person.objects.filter(is_active=False).order_by().values("pk")
        return self.filter(Q(owner=None) | Q(owner__in=gone))

    def review_overdue(self, day: date) -> Self:
        """Those whose review day has passed, or that were never given one."""
        return in_any(
            self,
            {
                gettext_noop("is past its review"): Q(review_due__lt=day),
                gettext_noop("was never given a review day"): Q(review_due=None),
            },
        )

    def linked_to(self, *models_: type["Record"], relation: str = "") -> Self:
        """Those with a link, either way round, to a live record of one of these kinds."""
        return self.filter(_link_exists(models_, relation))

    def not_linked_to(self, *models_: type["Record"], relation: str = "") -> Self:
        return self.filter(~_link_exists(models_, relation))


def _link_exists(models_: tuple[type["Record"], ...], relation: str) -> Q:
    live = Record.objects.live().filter(kind__in=[kind_of(model) for model in models_])
    return linked_with(live, **({"relation": relation} if relation else {}))


def linked_with(rows: models.QuerySet[Any], *, of: str = "pk", **link: Any) -> Q:
    """That a link, of such a kind, stands between the outer record and one of these rows.

    It may have been made on either of the two. Each link is followed to the one record it leads
    to; with `target__in=rows` the database would gather all the rows first. `of` is the column
    that names the record, where the outer row is not one itself.
    """
    links = Link.objects.filter(**link)
    there = links.filter(Exists(rows.filter(pk=OuterRef("target"))), source=OuterRef(of))
    back = links.filter(Exists(rows.filter(pk=OuterRef("source"))), target=OuterRef(of))
    return Q(Exists(there)) | Q(Exists(back))


Records = models.Manager.from_queryset(RecordQuerySet)


class RecordManager(Records[_R]):
    """Asks for the kind in every query, so that the (kind, ...) indexes serve the lists."""

    def get_queryset(self) -> RecordQuerySet[_R]:
        rows = cast(RecordQuerySet[_R], super().get_queryset())
        return rows if self.model is Record else rows.filter(kind=kind_of(self.model))


class RecordType(ModelBase):
    """Gives every kind of record its pointer to the common row, without a name for the way back.

    Django would put an attribute named after each kind on all records, and no record could have
    a field of its own called "process" or "document".
    """

    def __new__(
        cls, name: str, bases: tuple[type[models.Model], ...], attrs: dict[str, Any], **kwargs: Any
    ) -> Any:
        for base in bases:
            if isinstance(base, RecordType):
                attrs["record_ptr"] = models.OneToOneField(
                    base,
                    auto_created=True,
                    on_delete=models.CASCADE,
                    parent_link=True,
                    primary_key=True,
                    serialize=False,
                    related_name="+",
                )
        return super().__new__(cls, name, bases, attrs, **kwargs)


class Record(Row, metaclass=RecordType):
    """Whatever the management system keeps: numbered, owned, classified, reviewed, versioned."""

    prefix = "REC"
    needs_approval = False  # counts as evidence only while its present version is approved
    needs_other_approver = False  # its owner can't be the one who approves it
    bears_names = False  # is called after others: to answer for it is not to know of them
    signature = ""  # the field that names who signed it: nobody else ever writes it

    kind = models.CharField(_("kind"), max_length=40, editable=False)
    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    owner = models.ForeignKey(
        Person,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="records",
        help_text=_("The one person who answers for it."),
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="records",
        help_text=_("The part of the organization it belongs to."),
    )
    sensitivity = models.IntegerField(
        _("sensitivity"),
        choices=Sensitivity,
        default=Sensitivity.INTERNAL,
        help_text=_("Only people cleared for this level can know that it exists."),
    )
    status = models.CharField(
        _("status"), max_length=8, choices=Status, default=Status.ACTIVE, editable=False
    )
    reviewed_on = PastDay(_("last reviewed"), null=True, blank=True)
    review_due = models.DateField(_("review due"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    retired_on = PastDay(_("retired on"), null=True, blank=True, editable=False)
    retired_reason = models.CharField(
        _("reason for retiring"), max_length=300, blank=True, editable=False
    )

    objects = RecordManager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="records_changed"),
            # Lists, and what is counted of them: what decides who sees a row is in the index too.
            models.Index(
                fields=["kind", "-id", "status", "sensitivity", "unit", "owner"],
                name="records_kind_newest",
            ),
            models.Index(
                fields=["kind", "owner", "-id", "status", "sensitivity", "unit"],
                name="records_kind_owner",
            ),
            models.Index(
                fields=["kind", "review_due", "id", "status", "sensitivity", "unit", "owner"],
                name="records_kind_review",
            ),
            models.Index(fields=["kind", "title", "id"], name="records_kind_title"),
            models.Index(fields=["kind", "status", "-id"], name="records_kind_status"),
            models.Index(fields=["owner", "review_due"], name="records_due_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_due=None)
                | Q(reviewed_on=None)
                | Q(review_due__gt=F("reviewed_on")),
                name="records_review_due_after_reviewed",
                violation_error_message=_("The next review lies after the last one."),
            ),
            models.CheckConstraint(
                condition=~Q(status="retired") | Q(retired_on__isnull=False),
                name="records_retired_have_a_day",
                violation_error_message=_("A retired record says since when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args, **kwargs) -> None:
        """Store what was edited: a new version, unless only named columns are written."""
        if self._state.adding:
            self.kind = kind_of(type(self))
            self.number = self.number or Sequence.next_number(self.prefix)
        elif not kwargs.get("update_fields"):
            self.version += 1
        self.changed_at = timezone.now()
        if fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*fields, "changed_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{list_address(self.own_model)}{self.number}/"

    @property
    def own_model(self) -> type["Record"]:
        """The model of this record's kind, also when it was read as a plain `Record`."""
        return kinds().get(self.kind, type(self))

    @cached_property
    def own(self) -> "Record":
        """This record as what it is: with the columns of its kind."""
        return self if type(self) is self.own_model else self.own_model.objects.get(pk=self.pk)

    @property
    def kind_name(self) -> str:
        return str(self.own_model._meta.verbose_name)

    @property
    def approval(self) -> "Approval | None":
        """The newest approval, of whatever version: compare its version with the record's."""
        return self.approvals.order_by("-version", "-pk").first()


@cache
def kinds() -> dict[str, type[Record]]:
    """Every kind of record and its model."""
    return {kind_of(model): model for model in Record.__subclasses__()}


@cache
def register_slug(model: type[models.Model]) -> str:
    """The part of an address that stands for a register, as in `context-issues`."""
    with override("en"):
        return slugify(str(model._meta.verbose_name_plural))


@cache
def list_address(model: type[models.Model]) -> str:
    """Where the list of a kind is found; the pages of its records are below."""
    return reverse(f"{register_slug(model)}:list")


class Relation(models.TextChoices):
    """What a link says: the source does this to the target."""

    CONSIDERS = "considers", _("considers")
    SERVES = "serves", _("serves")
    FEEDS = "feeds", _("feeds")
    CONTROLS = "controls", _("controls")
    CITES = "cites", _("cites")
    CONCERNS = "concerns", _("concerns")
    ANSWERS = "answers", _("answers")


def knows(person, *names: str) -> Q:
    """The condition that `person` may know of the records these fields name, where they name any.

    It asks of each row about its own records. Had it a list of all that the person sees, the
    database would take that for the shortest way in, and look up a million records for one row.
    """
    if Record.objects.hides_nothing_from(person):
        # Holds for all. An empty condition would be left out where another is an alternative.
        return ~Q(pk__in=[])
    seen = Record.objects.visible_to(person)
    known = (
        Q(**{f"{name}__isnull": True}) | Q(Exists(seen.filter(pk=OuterRef(name)))) for name in names
    )
    return reduce(and_, known, Q())


class PartQuerySet(models.QuerySet):
    """Parts: seen by whoever may see what they are part of, whatever else they name."""

    def visible_to(self, person) -> Self:
        whole: Any = self.model
        return self.filter(knows(person, whole.part_of))


class BetweenQuerySet(models.QuerySet):
    """What lies between records: seen by whoever may see all of them that a row names."""

    def visible_to(self, person) -> Self:
        fields = self.model._meta.concrete_fields
        return self.filter(knows(person, *(one.name for one in fields if _names_a_record(one))))


def _names_a_record(field: models.Field) -> bool:
    named = field.related_model
    return isinstance(named, type) and issubclass(named, Record)


class Link(models.Model):
    """One record bears on another, and how."""

    source = models.ForeignKey(
        Record, verbose_name=_("from"), on_delete=models.PROTECT, related_name="links_out"
    )
    target = models.ForeignKey(
        Record, verbose_name=_("to"), on_delete=models.PROTECT, related_name="links_in"
    )
    relation = models.CharField(
        _("relation"), max_length=12, choices=Relation, default=Relation.CONCERNS
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["source", "target"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "relation"],
                name="records_link_once",
                violation_error_message=_("These two are linked in this way already."),
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="records_link_between_two",
                violation_error_message=_("A record can't be linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_relation_display()} {self.target}"


class Comment(models.Model):
    """Something said about a record. It stays: what was said can be answered, not unsaid."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    at = PastMoment(default=timezone.now)
    text = models.TextField(_("comment"), max_length=4000)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A file that belongs to a record, kept under the SHA-256 of its bytes."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text=_("Bytes."))
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    at = PastMoment(default=timezone.now)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["sha256"], name="records_attachment_hash")]

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """Somebody entitled signed off one version of one record.

    `entry` is the place in the trail of the state that was approved, so that "what exactly did
    they approve" has one answer for ever.
    """

    happened_on = "on"

    record = models.ForeignKey(
        Record, verbose_name=_("record"), on_delete=models.PROTECT, related_name="approvals"
    )
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        Person, verbose_name=_("approved by"), on_delete=models.PROTECT, related_name="approvals"
    )
    on = PastDay(_("approved on"), default=timezone.localdate)
    note = models.CharField(_("note"), max_length=300, blank=True)
    entry = models.BigIntegerField(_("entry"), null=True, blank=True, editable=False)

    objects = BetweenQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["record", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "version"],
                name="records_one_approval_a_version",
                violation_error_message=_("This version is approved already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.record.number} v{self.version}: {self.by}, {self.on}"

    @classmethod
    def of_current_version(cls) -> models.QuerySet:
        """For Exists(): the approvals of the version at which the outer record stands."""
        return cls.objects.filter(record=OuterRef("pk"), version=OuterRef("version"))


class Action(Record):
    """A piece of work somebody owes: what, who, by when, out of what, and did it help."""

    prefix = "ACT"

    source = models.ForeignKey(
        Record,
        verbose_name=_("arises from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        help_text=_("The record that made it necessary."),
    )
    description = models.TextField(_("what is to be done"))
    due = models.DateField(_("due"))
    success_measure = models.TextField(
        _("how its effect will be judged"),
        blank=True,
        help_text=_("What will be different, and how one will see it."),
    )
    done_on = PastDay(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True)
    effect_verified_by = models.ForeignKey(
        Person,
        verbose_name=_("effect verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="effects_verified",
        help_text=_("Somebody other than the owner."),
    )
    effect_verified_on = PastDay(_("effect verified on"), null=True, blank=True)
    escalated_on = PastDay(
        _("escalated on"),
        null=True,
        blank=True,
        help_text=_("When top management was told that it is late."),
    )

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        indexes = [models.Index(fields=["done_on", "due"], name="records_action_open_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(outcome=""),
                name="records_done_action_has_outcome",
                violation_error_message=_("Say what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(effect_verified_on=None) | Q(done_on__isnull=False),
                name="records_effect_after_done",
                violation_error_message=_("An effect can be verified once the work is done."),
            ),
        ]


class Declaration(Record):
    """A figure the organization sets for itself, where the standard asks for one but gives none.

    "At planned intervals", "promptly", "enough people": each check that needs such a figure reads
    it here, and an organization that has not approved one has not decided.
    """

    class Figure(models.TextChoices):
        ACKNOWLEDGEMENT = "acknowledgement-share", _("Share of people who acknowledge (%)")
        BRIEFING = "role-briefing", _("Role holders are briefed and supported every (days)")
        CHANNEL_TEST = "channel-test", _("Channels are tested every (days)")
        CLASSIFICATION = "classification-grace", _("Documents are classified within (days)")
        CONCENTRATION = (
            "concentration-share",
            _("Share of flows that counts as a concentration (%)"),
        )
        CONTROL_CHECK = "control-check", _("Controls on outside provision are checked every (days)")
        EDITION_CHECK = (
            "edition-check",
            _("Documents of others are checked for a newer edition every (days)"),
        )
        EXPECTATION_CHECK = (
            "expectation-check",
            _("Requirements of interested parties are checked every (days)"),
        )
        LEADERSHIP = "leadership-message", _("Top management speaks of security every (days)")
        PARTICIPATION = "staff-participation", _("People of every unit are heard every (days)")
        OBLIGATION_SCAN = "obligation-scan", _("Obligations are checked every (days)")
        PLANNING_ROUND = "planning-round", _("Planning is gone through every (days)")
        PLAN_REVIEW = (
            "plan-review",
            _("Objectives, targets and programmes are reviewed every (days)"),
        )
        POLICY_REVIEW = (
            "policy-review-after-change",
            _("Policy review after a change within (days)"),
        )
        REPORT = "performance-report", _("Performance is reported to the top every (days)")
        REQUEST = "request-answer", _("Requests are answered within (days)")
        RETRIEVAL = "retrieval-sample", _("Retrieving documents is tried every (days)")
        RUN_SHARE = "process-run-share", _("Share of planned runs on record (%)")
        TWO_WAY = "two-way-communication", _("Each group is told and heard every (days)")
        UNLINKED_RISKS = "unlinked-risks", _("Share of risks that may bear on nothing (%)")
        WITHDRAWAL = "obsolete-withdrawal", _("Obsolete documents are withdrawn within (days)")

    prefix = "DEC"
    needs_approval = True

    figure = models.CharField(_("figure"), max_length=40, choices=Figure)
    value = models.PositiveIntegerField(_("value"))
    rationale = models.TextField(_("why this figure"), blank=True)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(
                fields=["figure"],
                name="records_one_declaration_a_figure",
                violation_error_message=_("This figure is declared already: revise that record."),
            )
        ]


def declared(figure: str) -> int | None:
    """The approved value of a figure, or None where the organization has not decided."""
    try:
        return Declaration.objects.live().values_list("value", flat=True).get(figure=figure)
    except ObjectDoesNotExist:
        return None


class SavedView(models.Model):
    """A way of looking at a list that somebody keeps under a name: filters, order, columns."""

    untrailed = "how one person likes to look at a list: nothing rests on it"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    register = models.CharField(max_length=60)
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(max_length=2000, blank=True, help_text=_("As in an address."))

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "register", "name"], name="records_one_view_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, person: Person, register: str, name: str, query: str) -> Self:
        """Under a name there is one view: the last that was kept. Raises ValidationError."""
        found = cls.objects.filter(person=person, register=register, name=name).first()
        view = found or cls(person=person, register=register, name=name)
        view.query = query
        view.full_clean()
        view.save()
        return view


class SearchText(models.Model):
    """The words of one record that a search looks into, kept up by `search.refresh()`."""

    untrailed = "derived from the records; a rebuilt database writes it anew"

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE)
    body = models.TextField()

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")

    def __str__(self) -> str:
        return self.body[:60]


class SearchState(models.Model):
    """How far along the trail the search texts are. One row."""

    untrailed = "derived from the records; a rebuilt database writes it anew"

    size = models.PositiveBigIntegerField(default=0)
    leaf = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("state of the search")
        verbose_name_plural = _("states of the search")

    def __str__(self) -> str:
        return str(self.size)
