"""Can the structure of roles deliver what is planned? (draft 4.4.1, 4.2.3.2)"""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.clauses.leadership.checks.commitments import commitments
from bartizan.clauses.leadership.models import Commitment
from bartizan.clauses.planning.checks.plans import live_objectives, live_targets, unheld
from bartizan.clauses.planning.models import Objective
from bartizan.ground.people.models import Assignment
from bartizan.ground.records.models import RecordQuerySet, Relation, linked_with


def commitments_without_filled_role(day: date) -> QuerySet[Commitment]:
    """Names no role that answers for it, or one that nobody holds."""
    return unheld(
        commitments(day),
        "accountable_role",
        day,
        _("names no role that answers for it"),
        _("is answered for by a role that nobody holds"),
    )


def appointments_for_objectives(day: date) -> QuerySet[Assignment]:
    """Appointments of managers for objectives and targets."""
    named = live_objectives().values("responsible_role")
    of_targets = live_targets().values("responsible_role")
    given = Assignment.objects.current(day).exclude(appointed_on=None)
    return given.filter(role__in=named) | given.filter(role__in=of_targets)


def objectives_tied_to_no_strategy(day: date) -> RecordQuerySet[Objective]:
    """Names no goal of the organization and serves no commitment of the policy."""
    served = linked_with(commitments(day), relation=Relation.SERVES)
    return live_objectives().filter(~served, strategic_goal="")
