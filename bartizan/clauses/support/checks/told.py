"""Do those who have a part in an objective or a target know it as it stands? (6.2.1, draft 4.3.3-4)

Here, and not with the objectives, because it takes the log of communication to tell. Told is who
was sent a message about the present version, on the day of its approval or later.
"""

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.lookups import StartsWith

from bartizan.clauses.planning.checks.plans import live_objectives, live_targets
from bartizan.clauses.planning.models import Objective, Target
from bartizan.clauses.support.models import Communication
from bartizan.ground.records.models import (
    Approval,
    RecordQuerySet,
    Relation,
    Status,
    linked_with,
)


def communications_on_objectives() -> QuerySet[Communication]:
    """Communications on objectives."""
    about = linked_with(live_objectives(), relation=Relation.CONCERNS)
    return Communication.objects.sent().filter(about)


def communications_on_targets() -> QuerySet[Communication]:
    """Communications on targets."""
    about = linked_with(live_targets(), relation=Relation.CONCERNS)
    return Communication.objects.sent().filter(about)


def objectives_nobody_has_to_know() -> RecordQuerySet[Objective]:
    """Names nobody who has to know it."""
    return live_objectives().filter(audience_units=None, audience_parties=None)


def targets_nobody_has_to_know() -> RecordQuerySet[Target]:
    """Names nobody who has to know it."""
    return live_targets().filter(audience_units=None, audience_parties=None)


def objectives_untold_to_units() -> RecordQuerySet[Objective]:
    """Was not told, as it stands now, to every unit that has to know it."""
    return live_objectives().filter(_some_unit_untold(Objective, "objective"))


def targets_untold_to_units() -> RecordQuerySet[Target]:
    """Was not told, as it stands now, to every unit that has to know it."""
    return live_targets().filter(_some_unit_untold(Target, "target"))


def objectives_untold_to_parties() -> RecordQuerySet[Objective]:
    """Was not told, as it stands now, to every interested party that has to know it."""
    return live_objectives().filter(_some_party_untold(Objective, "objective"))


def targets_untold_to_parties() -> RecordQuerySet[Target]:
    """Was not told, as it stands now, to every interested party that has to know it."""
    return live_targets().filter(_some_party_untold(Target, "target"))


def _some_unit_untold(model: type[Objective] | type[Target], subject: str) -> Exists:
    named = model.audience_units.through.objects.filter(**{subject: OuterRef("pk")})
    below = ExpressionWrapper(OuterRef(OuterRef(OuterRef("unit__path"))), CharField())
    reached = Communication.units.through.objects.filter(
        StartsWith(below, F("unit__path")), communication=OuterRef("pk")
    )
    return Exists(named.filter(~_told(subject, Q(Exists(reached)))))


def _some_party_untold(model: type[Objective] | type[Target], subject: str) -> Exists:
    named = model.audience_parties.through.objects.filter(
        **{subject: OuterRef("pk")}, interestedparty__status=Status.ACTIVE
    )
    reached = Q(parties=OuterRef(OuterRef("interestedparty")))
    return Exists(named.filter(~_told(subject, reached)))


def _told(subject: str, reached: Q) -> Q:
    """That something was sent about the present version of the outer row's objective or target.

    Few messages are about one of them, so what is looked for starts from its links: the outer row
    is two levels above a message, behind the link.
    """
    approved = Approval.objects.filter(
        record=OuterRef(OuterRef(OuterRef(subject))),
        version=OuterRef(OuterRef(OuterRef(f"{subject}__version"))),
        on__lte=OuterRef("at__date"),
    )
    version = ExpressionWrapper(OuterRef(OuterRef(f"{subject}__version")), IntegerField())
    sent = Communication.objects.sent().filter(reached, Exists(approved), told_version=version)
    return linked_with(sent, of=subject, relation=Relation.CONCERNS)
