"""Commands about the exposure, from plain tables: no database is needed, and none is touched."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bartizan.cli.terminal import CouldNotRun, report, say

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
YEARS = click.option(
    "--years", default=100_000, show_default=True, type=click.IntRange(1_000, 100_000_000),
    help="How many years to simulate.",
)  # fmt: skip
SEED = click.option(
    "--seed", default=0, show_default=True, help="The same seed gives the same years."
)
SHOWN = 15  # rows of a list on the screen; JSON has them all

Report = dict[str, Any]


@click.command()
@click.argument("file", type=EXISTING, required=False, metavar="[FILE.csv]")
@YEARS
@SEED
@click.option("--treatments", type=EXISTING, metavar="T.csv", help="What each of these saves.")
@click.option("--cluster", metavar="ADDRESS", help="Simulate on the Dask scheduler there.")
@click.option("--edges", type=EXISTING, metavar="EDGES.csv", help="Who depends on whom.")
@click.option("--nodes", type=EXISTING, metavar="NODES.csv", help="Recovery and cost a day.")
@click.option("--close", "closed", multiple=True, metavar="NAME", help="This node stops first.")
@click.option(
    "--days", default=14.0, show_default=True, type=click.FloatRange(0, min_open=True),
    help="For so many days.",
)  # fmt: skip
@click.option("--target", "targets", multiple=True, metavar="NAME", help="What cuts this off?")
@JSON
def simulate(file: Path | None, edges: Path | None, as_json: bool, **asked: Any) -> None:
    """What is lost in a year, or what stops when something closes.

    FILE.csv has the columns name, frequency (events a year), p5 and p95 (nine events in ten cost
    between them). The result is the same to the last bit for the same file, seed and years.

    \b
    bartizan simulate risks.csv
    bartizan simulate risks.csv --years 1000000 --treatments treatments.csv --json
    bartizan simulate risks.csv --years 10000000 --cluster tcp://scheduler:8786

    EDGES.csv has the columns supplier and node, and if wanted need (rows of a node with the same
    word are alternatives) and buffer (days); NODES.csv has name, recovery (days), cost (a day).

    \b
    bartizan simulate --edges edges.csv --nodes nodes.csv --close "North port" --days 20
    bartizan simulate --edges edges.csv --target "Assembly"
    """
    if (file is None) == (edges is None):
        raise CouldNotRun("Name one: FILE.csv with risks, or --edges EDGES.csv with a network.")
    _demand_no("FILE.csv" if file else "--edges", ELSEWHERE[file is None], asked)
    from bartizan.cli import kernels

    with kernels.refused():
        told = kernels.losses(file, asked) if file else kernels.cascade(edges or Path(), asked)
    if as_json:
        report(told)
    else:
        (_print_losses if file else _print_cascade)(told)


# Options that say something of losses alone, and of a network alone.
ELSEWHERE: dict[bool, Report] = {
    False: {"nodes": None, "closed": (), "targets": (), "days": 14.0},
    True: {"treatments": None, "cluster": None, "years": 100_000, "seed": 0},
}
_WRITTEN = {"closed": "close", "targets": "target"}


def _demand_no(given: str, elsewhere: dict[str, Any], asked: dict[str, Any]) -> None:
    for name, unsaid in elsewhere.items():
        if asked[name] != unsaid:
            raise CouldNotRun(f"--{_WRITTEN.get(name, name)} says nothing beside {given}.")


@click.command()
@click.argument("file", type=EXISTING, metavar="FILE.csv")
@click.option("--treatments", type=EXISTING, required=True, metavar="T.csv", help="The proposals.")
@click.option(
    "--budget", type=click.FloatRange(0), required=True, metavar="M", help="Money there is."
)
@click.option("--staff", type=click.FloatRange(0), metavar="D", help="Days of staff there are.")
@click.option(
    "--measure", type=click.Choice(["mean", "tvar"]), default="mean", show_default=True,
    help="Reduce the expected loss, or the mean of the worst hundredth of years.",
)  # fmt: skip
@click.option(
    "--steps", type=click.IntRange(1, 1000), default=20, show_default=True,
    help="Points of the frontier.",
)  # fmt: skip
@YEARS
@SEED
@JSON
def optimize(file: Path, as_json: bool, **asked: Any) -> None:
    """Which treatments reduce the loss most within a budget, proven, and in which order.

    FILE.csv has the risks, as for `bartizan simulate`. T.csv has a row for each risk a treatment
    bears on: treatment, risk, frequency_factor and severity_factor (what is left, 0 to 1), and if
    wanted cost, staff, excludes and requires (other treatments, separated by semicolons).

    \b
    bartizan optimize risks.csv --treatments treatments.csv --budget 250000
    bartizan optimize risks.csv --treatments treatments.csv --budget 250000 --staff 40 \\
        --measure tvar --json
    """
    from bartizan.cli import kernels

    with kernels.refused():
        told = kernels.programme(file, asked)
    if as_json:
        report(told)
    else:
        _print_programme(told)


# -- on the screen -----------------------------------------------------------------------------


def _money(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 100 or number == 0 else f"{number:.3g}"


def _interval(figure: Report, shown: Callable[[float], str] = _money) -> str:
    return f"{shown(figure['value']):>14}  {shown(figure['low']):>14} – {shown(figure['high'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _print_losses(told: Report) -> None:
    whole = told["portfolio"]
    click.echo(f"Annual loss of {len(told['risks'])} risks, {told['years']:,} years, 95 % interval")
    click.echo(f"{'mean':<22}{_interval(whole['mean'])}")
    click.echo(f"{'standard deviation':<22}{_interval(whole['sd'])}")
    for at in whole["levels"]:
        if at["level"] in (0.5, 0.9, 0.95, 0.99, 0.995):
            name = f"{100 * at['level']:g} %"
            click.echo(f"{'VaR ' + name:<22}{_interval(at['var'])}")
            click.echo(f"{'TVaR ' + name:<22}{_interval(at['tvar'])}")
    click.echo("\nShare of the mean, and of the worst hundredth of years")
    for risk in told["risks"][:SHOWN]:
        tail = _interval(risk["tail_share"], _percent)
        click.echo(f"{risk['name']:<32}{_percent(risk['mean_share']):>8}{tail}")
    _tell_left(len(told["risks"]))
    if told["treatments"]:
        click.echo("\nWhat treatments save of the mean")
    for one in told["treatments"]:
        click.echo(f"{one['name']:<32}{_interval(one['mean_reduction'])}")


def _tell_left(count: int) -> None:
    if count > SHOWN:
        say(f"and {count - SHOWN} more: --json has them all.")


def _print_cascade(told: Report) -> None:
    if told["closed"]:
        click.echo(f"{'stops':<32}{'from day':>10}{'to day':>10}{'cost':>16}")
    for stop in told["stops"]:
        start, end = f"{stop['start']:g}", f"{stop['end']:g}"
        click.echo(f"{stop['name']:<32}{start:>10}{end:>10}{_money(stop['cost']):>16}")
    if told["closed"]:
        click.echo(f"{'in all':<52}{_money(told['cost']):>16}\n")
    click.echo(f"{'if it alone fails':<32}{'stop':>10}{'cost a day':>16}  cuts")
    for one in told["criticality"][:SHOWN]:
        daily, cuts = _money(one["daily_cost"]), ", ".join(one["cuts"])
        click.echo(f"{one['name']:<32}{one['stopped']:>10}{daily:>16}  {cuts}".rstrip())
    _tell_left(told["nodes"])
    for pair in told["pairs"]:
        click.echo(f"{' and '.join(pair['pair'])} together cut {pair['target']}")


def _print_programme(told: Report) -> None:
    best, names = told["best"], {"mean": "expected loss", "tvar": "TVaR"}
    before = told["before"]["mean" if told["measure"] == "mean" else "tvar"]
    left = best["remaining"]["mean" if told["measure"] == "mean" else "tvar"]
    click.echo(f"{names[told['measure']]:<32}{_interval(before)}")
    click.echo(f"{'with the best programme':<32}{_interval(left)}")
    click.echo(f"\n{'in this order':<32}{'cost':>14}{'reduces by':>16}")
    for step in told["order"]:
        cost = _money(step["spent"].get("cost", 0.0))
        click.echo(f"{step['treatment']:<32}{cost:>14}{_money(step['reduction']):>16}")
    click.echo(f"\n{'from a budget of':<32}{'spent':>14}{'reduces by':>16}")
    last = None
    for point in told["frontier"]:
        if point["treatments"] != last:
            last, spent = point["treatments"], _money(point["spent"].get("cost", 0.0))
            budget, reduced = _money(point["budget"]), _money(point["reduction"])
            click.echo(f"{budget:<32}{spent:>14}{reduced:>16}")
    say(f"Proven: no programme is better by more than {100 * best['gap']:.1g} %.")


COMMANDS = (simulate, optimize)
