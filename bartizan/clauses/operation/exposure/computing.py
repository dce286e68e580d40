"""Computing an analysis: freeze what goes in, compute beside the server, keep what comes out.

The computation runs beside the server, so that it can be left and survives a restart of it; the
page asks now and then how far it is.
"""

import subprocess
import sys
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bartizan.analysis.inputs import Inputs
from bartizan.clauses.operation.exposure.freezing import freeze, whole_of
from bartizan.clauses.operation.exposure.keeping import INPUTS, PROGRAM, RESULT, keep, read
from bartizan.clauses.operation.models.exposure import Computation, ExposureAnalysis
from bartizan.clauses.operation.models.treatments import TreatmentPlan
from bartizan.clauses.planning.models import Risk
from bartizan.ground.people.models import Person
from bartizan.ground.records import life
from bartizan.ground.records.models import Status
from bartizan.ground.trail.acts import act

SILENCE = timedelta(minutes=2)  # after which a computation is given up


def begin(analysis: ExposureAnalysis, person: Person) -> None:
    """Freeze the inputs as the person sees them. Within an act; raises life.Refused."""
    if analysis.inputs_sha256:
        raise life.Refused(_("It is computed already. Make another analysis instead."))
    try:
        inputs, records = freeze(analysis, person)
    except ValueError as error:
        raise life.Refused(
            _("No risk that you see says how often it happens and what it costs: there is nothing"
              " to compute.")
        ) from error  # fmt: skip
    analysis.owner = analysis.owner or person
    keep(analysis, INPUTS, inputs.as_data(), person)
    analysis.unit, sensitivity = whole_of(records)
    analysis.sensitivity = max(analysis.sensitivity, sensitivity)
    analysis.inputs_sha256, analysis.program = inputs.digest, PROGRAM
    analysis.save()
    Computation.objects.create(analysis=analysis)


def start(analysis: ExposureAnalysis) -> None:
    """Let another process compute it. Call it when the act is done: the process has to see it."""
    subprocess.Popen(
        [sys.executable, "-m", "bartizan", "compute", analysis.number],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def compute(analysis: ExposureAnalysis) -> None:
    """Compute what was frozen, and keep the result in an act of its own."""
    from bartizan.analysis.exposure import run  # the kernels: a second to load, needed here alone

    told = Computation.objects.filter(analysis=analysis)

    def progress(share: float) -> None:
        told.update(share=share, beat_at=timezone.now())

    try:
        result = run(Inputs.from_data(read(analysis.inputs_sha256)), progress)
    except Exception as error:
        told.update(error=str(error)[:500] or type(error).__name__)
        raise
    with act(analysis.owner, through="system", why=_("the analysis is computed")):
        held = ExposureAnalysis.objects.select_for_update(of=("self",)).get(pk=analysis.pk)
        frozen_by = held.attachments.get(sha256=held.inputs_sha256).added_by
        held.result_sha256 = keep(held, RESULT, result, frozen_by)
        held.computed_on = timezone.localdate()
        held.save()
    told.delete()


def repeat(analysis: ExposureAnalysis) -> bool:
    """Compute it once more from what was frozen: is it the same to the last bit?"""
    from bartizan.analysis.exposure import run

    inputs = Inputs.from_data(read(analysis.inputs_sha256))
    return run(inputs) == read(analysis.result_sha256)


def given_up(computation: Computation) -> bool:
    """Has nothing been heard of it for so long that its process must be gone?"""
    return timezone.now() - computation.beat_at > SILENCE


def newest(reader: Person) -> ExposureAnalysis | None:
    """The last analysis that has come out, of those the reader may see."""
    seen = ExposureAnalysis.objects.visible_to(reader).exclude(status=Status.RETIRED)
    return seen.exclude(result_sha256="").order_by("-pk").first()


def as_seen(result: dict[str, Any], reader: Person) -> dict[str, Any]:
    """A result without the names that the reader may not see: those risks stand under `unseen`.

    An analysis is as secret as the most secret of what went into it; but a risk or a treatment may
    have become more secret since. Sets of treatments are told whole or not at all.
    """
    risks = set(Risk.objects.visible_to(reader).values_list("number", flat=True))
    plans = set(TreatmentPlan.objects.visible_to(reader).values_list("number", flat=True))
    treatments = [one for one in result["treatments"] if one["name"] in plans]
    return {
        **result,
        "risks": [one for one in result["risks"] if one["name"] in risks],
        "unseen": [one for one in result["risks"] if one["name"] not in risks],
        "treatments": treatments,
        "sets": result["sets"] if len(treatments) == len(result["treatments"]) else [],
    }
