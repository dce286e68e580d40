"""What can be asked of processes that somebody outside carries out (4.3)."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.chain.models import Process
from bartizan.clauses.context.models import ExternalProvision, ProvisionControl
from bartizan.ground.records.models import Action, Declaration, Status, declared


def processes_with_performer() -> QuerySet[Process]:
    """Processes that say who performs them."""
    return Process.objects.live().exclude(performer="")


def external_processes() -> QuerySet[Process]:
    """Processes that somebody outside performs."""
    return Process.objects.live().external()


def processes_all_performed_by_ourselves() -> QuerySet[Process]:
    """Processes all said to be performed by ourselves."""
    others = Process.objects.live().exclude(performer=Process.Performer.INTERNAL)
    return Process.objects.live().filter(~Exists(others))


def external_processes_without_provider() -> QuerySet[Process]:
    """Names nobody who provides it."""
    named = provisions().filter(provider__status=Status.ACTIVE, process=OuterRef("pk"))
    return external_processes().filter(~Exists(named))


def external_processes_without_control() -> QuerySet[Process]:
    """Is under no control."""
    controls = provision_controls().filter(provision__process=OuterRef("pk"))
    return external_processes().filter(~Exists(controls))


def external_processes_without_provision() -> QuerySet[Process]:
    """Is performed outside, but nothing says by whom and what they owe."""
    return external_processes().filter(~Exists(provisions().filter(process=OuterRef("pk"))))


def provisions_without_accountable_role() -> QuerySet[ExternalProvision]:
    """Has no role here that answers for it."""
    return provisions().filter(Q(accountable_role=None) | Q(accountable_role__is_retired=True))


def provisions_without_provider_duties() -> QuerySet[ExternalProvision]:
    """Does not say what the provider owes."""
    return provisions().filter(provider_duties="")


def provisions_without_control() -> QuerySet[ExternalProvision]:
    """Is under no control."""
    return provisions().filter(~Exists(provision_controls().filter(provision=OuterRef("pk"))))


def provision_controls() -> QuerySet[ProvisionControl]:
    """Controls on outside provision."""
    return ProvisionControl.objects.live().filter(
        provision__status=Status.ACTIVE,
        provision__process__status=Status.ACTIVE,
        provision__process__performer=Process.Performer.EXTERNAL,
    )


def provision_controls_without_interval() -> QuerySet[ProvisionControl]:
    """Is checked at no interval that anybody has declared."""
    if declared(Declaration.Figure.CONTROL_CHECK) is None:
        return provision_controls().filter(next_check=None)
    return ProvisionControl.objects.none()


def provision_controls_check_overdue(day: date) -> QuerySet[ProvisionControl]:
    """Was not checked inside its interval."""
    overdue = Q(last_checked=None) | Q(last_checked__gt=day) | Q(result="") | Q(next_check__lt=day)
    if days := declared(Declaration.Figure.CONTROL_CHECK):
        overdue |= Q(last_checked__lt=day - timedelta(days=days))
    return provision_controls().filter(overdue)


def failed_controls_without_action() -> QuerySet[ProvisionControl]:
    """Failed its last check, and no action has come of that."""
    actions = Action.objects.live().filter(
        Q(done_on=None) | Q(done_on__gte=OuterRef("last_checked")), source=OuterRef("pk")
    )
    return provision_controls().filter(~Exists(actions), result=ProvisionControl.Result.FAILED)


def provisions() -> QuerySet[ExternalProvision]:
    """Provisions from outside."""
    return ExternalProvision.objects.live().filter(
        process__status=Status.ACTIVE, process__performer=Process.Performer.EXTERNAL
    )
