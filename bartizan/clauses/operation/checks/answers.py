"""Does something follow from each risk: a decision, a plan, a control that works? (6.1.3, 8.3)"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bartizan.chain.models import Process
from bartizan.clauses.operation.models import (
    Control,
    ControlledRisk,
    TreatedRisk,
    TreatmentPlan,
)
from bartizan.clauses.operation.models.controls import ControlQuerySet
from bartizan.clauses.planning.models import Risk
from bartizan.clauses.planning.models.risks import RiskQuerySet
from bartizan.ground.records.models import Status, linked_with

TREAT = (Risk.Decision.AVOID, Risk.Decision.REDUCE, Risk.Decision.SHARE)


def risks_to_treat() -> RiskQuerySet:
    """Risks to be avoided, reduced or shared."""
    return Risk.objects.live().filter(decision__in=TREAT)


def risks_to_treat_without_plan() -> RiskQuerySet:
    """Is to be treated, but no approved plan treats it."""
    plans = TreatmentPlan.objects.live().filter(treated_risks__risk=OuterRef("pk"))
    return risks_to_treat().filter(~Exists(plans))


# -- by a control (8.3 d, draft 4.3.1) -----------------------------------------------------------


def risks_with_control() -> RiskQuerySet:
    """Risks to be treated with a control."""
    return risks_to_treat().filter(_with_control(Control.objects.live()))


def risks_to_treat_without_control(day: date) -> RiskQuerySet:
    """Is to be treated, but no control on it works or still has time to come into operation."""
    coming = Control.objects.live().filter(in_operation_since=None, due__gte=day)
    return risks_to_treat().filter(
        ~_with_control(Control.objects.in_operation(day)), ~_with_control(coming)
    )


def risks_to_treat_no_control_bears_on() -> RiskQuerySet:
    """Is to be treated, but no control bears on it."""
    return risks_to_treat().filter(~_with_control(Control.objects.live()))


def late_controls_of_risks(day: date) -> ControlQuerySet:
    """Was to be in operation by a day that has passed, and is not."""
    answered = ControlledRisk.objects.filter(
        control=OuterRef("pk"), risk__in=risks_to_treat().values("pk")
    )
    treated = TreatedRisk.objects.filter(
        treatment=OuterRef("treatment"), risk__in=risks_to_treat().values("pk")
    )
    late = Control.objects.live().filter(in_operation_since=None, due__lt=day)
    return late.filter(Exists(answered) | Exists(treated))


# -- by a control or a process (6.1.3 d, draft 4.4.6 A b) ----------------------------------------


def risks_a_process_or_control_answers() -> RiskQuerySet:
    """Risks to be treated with a process or a control."""
    return risks_to_treat().filter(_answered())


def risks_nothing_answers() -> RiskQuerySet:
    """Is to be treated, but is linked to no process and no control."""
    return risks_to_treat().filter(~_answered())


def risks_nothing_was_held_against() -> RiskQuerySet:
    """Has a process or control, but none that changed or was reviewed since the risk was rated."""
    rated = OuterRef(OuterRef("rated_on"))
    controls = Control.objects.live().filter(
        Q(in_operation_since__gte=rated) | Q(reviewed_on__gte=rated)
    )
    processes = Process.objects.live()
    of_it = processes.filter(
        Q(revised_on__gte=OuterRef("rated_on")) | Q(reviewed_on__gte=OuterRef("rated_on")),
        pk=OuterRef("process"),
    )
    linked = processes.filter(Q(revised_on__gte=rated) | Q(reviewed_on__gte=rated))
    return risks_a_process_or_control_answers().filter(
        ~_with_control(controls), ~Exists(of_it), ~linked_with(linked), rated_on__isnull=False
    )


def _answered() -> Q:
    of_it = Process.objects.live().filter(pk=OuterRef("process"))
    linked = linked_with(Process.objects.live())
    return _with_control(Control.objects.live()) | Q(Exists(of_it)) | linked


def _with_control(controls: ControlQuerySet) -> Q:
    """One of these bears on the outer risk, or is brought by an approved plan that treats it."""
    answered = ControlledRisk.objects.filter(
        Exists(controls.filter(pk=OuterRef("control"))), risk=OuterRef("pk")
    )
    treated = TreatedRisk.objects.filter(
        Exists(controls.filter(treatment=OuterRef("treatment"))),
        Exists(TreatmentPlan.objects.live().filter(pk=OuterRef("treatment"))),
        risk=OuterRef("pk"),
    )
    return Q(Exists(answered)) | Q(Exists(treated))


# -- controls that answer to risks (draft 4.3.1 B f) ---------------------------------------------


def controls_of_risks() -> ControlQuerySet:
    """Controls in operation that say on which risks they bear."""
    return _operational().filter(Exists(_risks_of_control()))


def controls_without_risk() -> ControlQuerySet:
    """Does not say on which risks it bears."""
    return _operational().filter(~Exists(_risks_of_control()))


def _operational() -> ControlQuerySet:
    return Control.objects.live().filter(in_operation_since__isnull=False)


def _risks_of_control() -> QuerySet[ControlledRisk]:
    return ControlledRisk.objects.filter(control=OuterRef("pk"), risk__status=Status.ACTIVE)
