"""Do controls work, and does somebody make sure of it? (8.4, 8.5.3)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from bartizan.chain.models import Process
from bartizan.chain.models.processes import ProcessQuerySet
from bartizan.clauses.operation.models import Control, ControlCheck, PeopleControl
from bartizan.clauses.operation.models.controls import ControlQuerySet
from bartizan.ground.records.cases import told_apart
from bartizan.ground.records.models import Action, Status

Moment = PeopleControl.Moment


def controls() -> ControlQuerySet:
    """Controls."""
    return Control.objects.live()


def late_controls(day: date) -> ControlQuerySet:
    """Was to be in operation by a day that has passed, and is not."""
    return controls().filter(in_operation_since=None, due__lt=day)


def controls_out_of_order(day: date) -> ControlQuerySet:
    """Is out of order, and no action puts it right in time."""
    repair = Action.objects.live().filter(source=OuterRef("pk"), done_on=None, due__gte=day)
    return controls().filter(~Exists(repair), out_of_order_since__lte=day)


def controls_without_check(day: date) -> ControlQuerySet:
    """Was not checked inside its interval, or has none."""
    timely = _last_checks(day).filter(control=OuterRef("pk"), next_due__gte=day)
    checked = Exists(_last_checks(day).filter(control=OuterRef("pk")))
    dated = Exists(_last_checks(day).filter(control=OuterRef("pk"), next_due__isnull=False))
    return told_apart(
        Control.objects.in_operation(day).filter(~Exists(timely)),
        {
            _("was never checked"): ~Q(checked),
            _("has no day for its next check"): Q(checked) & ~Q(dated),
            _("was not checked again by the day that was set"): Q(dated),
        },
    )


def failed_checks_without_action(day: date) -> QuerySet[ControlCheck]:
    """Found that a control does not work, and no action has come of that."""
    action = Action.objects.live().filter(
        Q(source=OuterRef("pk")) | Q(source=OuterRef("control")),
        Q(done_on=None) | Q(done_on__gte=OuterRef("checked_on")),
    )
    return _last_checks(day).filter(~Exists(action)).exclude(result=ControlCheck.Result.PASSED)


# -- people who join, change post and leave (8.4) ------------------------------------------------


def people_controls() -> QuerySet[PeopleControl]:
    """Controls on people that belong to a process."""
    in_scope = Process.objects.in_scope().values("pk")
    return PeopleControl.objects.filter(control__status=Status.ACTIVE, process__in=in_scope)


def processes_silent_on_joiners() -> ProcessQuerySet:
    """Has no control for people who join, and no reason for none."""
    return _silent_on(Moment.JOINING)


def processes_silent_on_movers() -> ProcessQuerySet:
    """Has no control for people who change post, and no reason for none."""
    return _silent_on(Moment.MOVING)


def processes_silent_on_leavers() -> ProcessQuerySet:
    """Has no control for people who leave, and no reason for none."""
    return _silent_on(Moment.LEAVING)


def people_controls_without_passed_check(day: date) -> ControlQuerySet:
    """Did not pass a check inside its interval."""
    passed = _last_checks(day).filter(
        control=OuterRef("pk"), result=ControlCheck.Result.PASSED, next_due__gte=day
    )
    of_people = people_controls().filter(control=OuterRef("pk"))
    return controls().filter(Exists(of_people), ~Exists(passed))


def _silent_on(moment: str) -> ProcessQuerySet:
    said = PeopleControl.objects.filter(
        Q(control=None) | Q(control__status=Status.ACTIVE), process=OuterRef("pk"), moment=moment
    )
    return Process.objects.in_scope().filter(~Exists(said))


def _checks(day: date) -> QuerySet[ControlCheck]:
    """The checks of controls in force up to that day."""
    return ControlCheck.objects.live().filter(checked_on__lte=day, control__status=Status.ACTIVE)


def _last_checks(day: date) -> QuerySet[ControlCheck]:
    """The newest check of each control."""
    later = _checks(day).filter(
        Q(checked_on__gt=OuterRef("checked_on"))
        | Q(checked_on=OuterRef("checked_on"), pk__gt=OuterRef("pk")),
        control=OuterRef("control"),
    )
    return _checks(day).filter(~Exists(later))
