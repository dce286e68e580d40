"""Do targets break the objectives down, so that one can act on them? (draft, 4.3.4)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _

from bartizan.clauses.planning.checks.plans import live_objectives, live_targets, targets
from bartizan.clauses.planning.models import Objective, Target
from bartizan.ground.records.cases import in_any
from bartizan.ground.records.models import Approval, RecordQuerySet


def objectives_without_target() -> RecordQuerySet[Objective]:
    """Has no approved target, and no reason for none."""
    broken_down = live_targets().filter(objective=OuterRef("pk"))
    return live_objectives().filter(~Exists(broken_down), no_target_reason="")


def targets_of_no_live_objective() -> RecordQuerySet[Target]:
    """Stems from an objective that is not pursued."""
    pursued = live_objectives().filter(pk=OuterRef("objective"))
    return targets().filter(~Exists(pursued), done_on=None)


def targets_without_measure() -> RecordQuerySet[Target]:
    """Stems from an objective without a measure."""
    return targets().filter(objective__measure="", objective__qualitative_test="")


def targets_binding_nothing() -> RecordQuerySet[Target]:
    """Names no part of the organization, place or process that it binds."""
    return targets().filter(part=None, place=None, process=None)


def targets_not_smart() -> RecordQuerySet[Target]:
    """Lacks whom it binds, a figure, a check that it can be reached or a day, without a reason."""
    return in_any(
        targets().filter(not_smart_reason=""),
        {
            _("does not say whom it binds, without a reason"): Q(
                part=None, place=None, process=None
            ),
            _("lacks a figure, without a reason"): Q(goal=None) | Q(objective__measure=""),
            _("lacks a check that it can be reached, without a reason"): Q(feasibility=""),
            _("lacks a day, without a reason"): Q(due=None),
        },
    )


def unsmart_targets_not_approved() -> RecordQuerySet[Target]:
    """Gives a reason for what it lacks that nobody has approved."""
    return targets().unapproved().exclude(not_smart_reason="")


def reviewed_targets() -> RecordQuerySet[Target]:
    """Targets with a review on record."""
    return live_targets().filter(reviewed_on__isnull=False)


def targets_past_review(day: date) -> RecordQuerySet[Target]:
    """Is past its review, or was never given a review day."""
    return live_targets().review_overdue(day)


def targets_older_than_their_objective() -> RecordQuerySet[Target]:
    """Was not reviewed since its objective changed."""
    newer = Approval.objects.filter(
        record=OuterRef("objective"), version__gt=1, on__gt=OuterRef("reviewed_on")
    )
    return live_targets().filter(Exists(newer))


def targets_without_day() -> RecordQuerySet[Target]:
    """Has no day on which it is due."""
    return targets().filter(due=None)
