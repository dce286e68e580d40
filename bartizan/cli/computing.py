"""Analyses kept as records: computed beside the server, and computed again years later."""

from collections.abc import Callable
from typing import Any

import click

from bartizan.clauses.operation.exposure import computing, disruptions
from bartizan.clauses.operation.models.exposure import DisruptionAnalysis, ExposureAnalysis
from bartizan.cli import database
from bartizan.cli.terminal import FALLS_SHORT, CouldNotRun, leave, say
from bartizan.ground.records import life

REPEATS: dict[Any, Callable[[Any], bool]] = {
    ExposureAnalysis: computing.repeat,
    DisruptionAnalysis: disruptions.repeat,
}


@click.command()
@click.argument("number")
@click.option("--again", is_flag=True, help="Compute it once more and compare to the last bit.")
def compute(number: str, again: bool) -> None:
    """Compute an analysis from the inputs that were frozen with it.

    The pages start this by themselves. With --again nothing is written: exit code 1 when the
    result is not the one that is kept. Exposure (EXA) and disruption (DIS) analyses are known by
    their number.

    \b
    bartizan compute EXA-0003 --again
    """
    database.demand_prepared()
    analysis = next(
        (found for kind in REPEATS for found in kind.objects.filter(number=number)), None
    )
    if analysis is None or not analysis.inputs_sha256:
        raise CouldNotRun(f"There is no analysis {number} whose inputs are frozen.")
    if not again and analysis.is_computed:
        raise CouldNotRun(f"{number} is computed already; --again compares.")
    if again and not analysis.is_computed:
        raise CouldNotRun(f"{number} was never computed to its end.")
    try:
        if not again:
            computing.compute(analysis)  # a disruption analysis is computed when it is frozen
            say(f"{number} is computed.")
        elif REPEATS[type(analysis)](analysis):
            say(f"{number}: the same to the last bit.")
        else:
            say(f"{number}: the result differs. It was computed by {analysis.program}.")
            leave(FALLS_SHORT)
    except life.Refused as refusal:
        raise CouldNotRun(str(refusal)) from refusal


COMMANDS = (compute,)
