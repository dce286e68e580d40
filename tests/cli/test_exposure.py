"""The exposure from plain tables: what the commands print, refuse, and give to other programs."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bartizan.analysis.loss import simulate
from bartizan.analysis.tables import read_risks
from bartizan.cli.commands import bartizan

RISKS = """\
name,frequency,p5,p95
theft,4,1000,20000
delay,0.8,5000,60000
fire,0.02,100000,3000000
"""
TREATMENTS = """\
treatment,risk,frequency_factor,severity_factor,cost,staff,excludes,requires
locks,theft,0.5,,5000,2,,
guards,theft,0.4,0.9,20000,30,,
guards,fire,0.8,,,,,
sprinklers,fire,,0.3,15000,5,,survey
survey,,,,1000,3,,
"""
EDGES = """\
supplier,node,need,buffer
port,mill,route,4
rail,mill,route,4
forest,mill,,10
"""
NODES = "name,recovery,cost\nmill,1,500\nport,2,\nrail,,\nforest,,\n"


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for name, text in (
        ("risks", RISKS), ("treatments", TREATMENTS), ("edges", EDGES), ("nodes", NODES),
    ):  # fmt: skip
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def told(*words: object) -> Result:
    """What the command said. A traceback is never an answer."""
    result = CliRunner().invoke(bartizan, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def asked(*words: object) -> dict:
    result = told(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_the_years_of_a_table_are_those_of_the_library(tables):
    seen = asked("simulate", tables / "risks.csv", "--years", 20_000, "--seed", 3)
    run = simulate(read_risks(tables / "risks.csv"), years=20_000, seed=3)
    assert (seen["years"], seen["seed"], seen["confidence"]) == (20_000, 3, 0.95)
    assert list(seen["portfolio"]["mean"].values()) == list(run.portfolio.mean)
    levels = {at["level"]: at for at in seen["portfolio"]["levels"]}
    assert tuple(levels) == run.levels
    assert list(levels[0.99]["var"].values()) == list(run.portfolio.var(0.99))
    assert list(levels[0.99]["tvar"].values()) == list(run.portfolio.tvar(0.99))
    assert [point["probability"] for point in seen["portfolio"]["exceedance"]] == [
        point.probability for point in run.portfolio.exceedance()
    ]
    assert [risk["name"] for risk in seen["risks"]] == ["fire", "theft", "delay"]
    assert sum(risk["mean_share"] for risk in seen["risks"]) == pytest.approx(1)
    assert sum(risk["tail_share"]["value"] for risk in seen["risks"]) == pytest.approx(1)
    assert seen["treatments"] == []


def test_every_simulated_figure_has_its_interval(tables):
    seen = asked(
        "simulate", tables / "risks.csv", "--years", 5_000,
        "--treatments", tables / "treatments.csv",
    )  # fmt: skip
    figures = list(_figures(seen))
    assert len(figures) > 100
    assert all(one["low"] <= one["value"] <= one["high"] for one in figures)
    assert [one["name"] for one in seen["treatments"]] == [
        "locks",
        "guards",
        "sprinklers",
        "survey",
    ]


def _figures(data):
    if isinstance(data, list):
        for one in data:
            yield from _figures(one)
    elif isinstance(data, dict):
        if "value" in data:
            assert {"value", "low", "high"} == set(data)
            yield data
        else:
            yield from _figures(list(data.values()))


def test_on_the_screen_it_tells_the_whole_and_where_from(tables):
    result = told("simulate", tables / "risks.csv", "--years", 5_000)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Annual loss of 3 risks, 5,000 years, 95 % interval"
    assert [line.split("  ")[0] for line in lines[1:4]] == [
        "mean", "standard deviation", "VaR 50 %",
    ]  # fmt: skip
    assert [line.split()[0] for line in lines[-3:]] == ["fire", "theft", "delay"]


def test_every_bad_row_of_a_table_is_named(tables):
    rows = ["name,frequency,p5,p95", "a,nan,1,2", "b,-1,1,2", "c,1,5,2", "d,1,1,2", "d,1,1,2"]
    rows += [f"r{number},x,1,2" for number in range(30)]
    (tables / "risks.csv").write_text("\n".join(rows))
    result = told("simulate", tables / "risks.csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "Error: risks.csv: row 2: frequency is not a finite number: 'nan'",
        "risks.csv: row 3: frequency is not a number of at least 0: -1.0",
        "risks.csv: row 4: P5 is above P95: 5.0 > 2.0",
        "risks.csv: row 6: d is already in row 5",
        *(f"risks.csv: row {row}: frequency is not a number: 'x'" for row in range(7, 37)),
    ]


def test_a_closed_node_stops_others_and_costs(tables):
    seen = asked(
        "simulate", "--edges", tables / "edges.csv", "--nodes", tables / "nodes.csv",
        "--close", "forest", "--days", "14", "--target", "mill",
    )  # fmt: skip
    assert seen == {
        "nodes": 4,
        "closed": [{"name": "forest", "days": 14.0}],
        "stops": [
            {"name": "forest", "start": 0.0, "end": 14.0, "days": 14.0, "cost": 0.0},
            {"name": "mill", "start": 10.0, "end": 15.0, "days": 5.0, "cost": 2500.0},
        ],
        "cost": 2500.0,
        "criticality": [
            {"name": "forest", "stopped": 2, "daily_cost": 500.0, "cuts": ["mill"]},
            {"name": "mill", "stopped": 1, "daily_cost": 500.0, "cuts": ["mill"]},
            {"name": "port", "stopped": 1, "daily_cost": 0.0, "cuts": []},
            {"name": "rail", "stopped": 1, "daily_cost": 0.0, "cuts": []},
        ],
        "pairs": [{"target": "mill", "pair": ["port", "rail"]}],
    }
    shown = told(
        "simulate", "--edges", tables / "edges.csv", "--close", "port", "--close", "rail",
        "--target", "mill",
    ).stdout.splitlines()  # fmt: skip
    assert [line.split()[:3] for line in shown[1:4]] == [
        ["port", "0", "14"], ["rail", "0", "14"], ["mill", "4", "14"],
    ]  # fmt: skip
    assert shown[-1] == "port and rail together cut mill"


def test_the_best_programme_is_proven_ordered_and_on_the_frontier(tables):
    words = "optimize", tables / "risks.csv", "--treatments", tables / "treatments.csv"
    seen = asked(*words, "--budget", 25_000, "--years", 5_000, "--steps", 5)
    best = seen["best"]
    assert (best["treatments"], best["spent"]) == (
        ["locks", "sprinklers", "survey"], {"cost": 21_000.0, "staff": 10.0},
    )  # fmt: skip
    theft, fire, _ = (
        r.frequency.mean * r.severity.mean for r in by_name(tables, "theft fire delay")
    )
    assert best["reduction"] == pytest.approx(0.5 * theft + 0.7 * fire, rel=1e-12)
    assert best["gap"] <= 1e-6
    assert [step["treatment"] for step in seen["order"]] == ["locks", "survey", "sprinklers"]
    assert sum(step["reduction"] for step in seen["order"]) == pytest.approx(best["reduction"])
    assert [point["budget"] for point in seen["frontier"]] == [
        0,
        5_000,
        10_000,
        15_000,
        20_000,
        25_000,
    ]
    reductions = [point["reduction"] for point in seen["frontier"]]
    assert reductions == sorted(reductions)
    assert [point["treatments"] for point in seen["frontier"][:2]] == [[], ["locks"]]
    assert seen["frontier"][-1] == {"budget": 25_000.0} | best


def by_name(tables: Path, names: str) -> list:
    known = {risk.name: risk for risk in read_risks(tables / "risks.csv")}
    return [known[name] for name in names.split()]


def test_staff_is_a_budget_too_and_the_tail_a_measure(tables):
    words = "optimize", tables / "risks.csv", "--treatments", tables / "treatments.csv"
    seen = asked(
        *words, "--budget", 25_000, "--staff", 7, "--measure", "tvar",
        "--years", 5_000, "--steps", 1,
    )  # fmt: skip
    assert (seen["measure"], seen["budget"]) == ("tvar", {"cost": 25_000.0, "staff": 7.0})
    assert seen["best"]["treatments"] == ["locks"]
    assert seen["best"]["reduction"] == pytest.approx(
        seen["best"]["tvar_reduction"]["value"], rel=1e-2
    )
    shown = told(*words, "--budget", 25_000, "--years", 5_000)
    assert shown.exit_code == 0
    assert [line.split()[0] for line in shown.stdout.splitlines()[4:7]] == [
        "locks", "survey", "sprinklers",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words, why",
    [
        ((), "Name one: FILE.csv with risks, or --edges EDGES.csv with a network."),
        (("risks.csv", "--edges", "edges.csv"), "Name one: FILE.csv with risks, or --edges"),
        (("risks.csv", "--close", "port"), "--close says nothing beside FILE.csv."),
        (("--edges", "edges.csv", "--seed", 4), "--seed says nothing beside --edges."),
        (("--edges", "edges.csv", "--close", "moon"), "there is no node called moon."),
        (("--edges", "edges.csv", "--target", "moon"), "there is no node called moon."),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(tables, monkeypatch, words, why):
    monkeypatch.chdir(tables)
    result = told("simulate", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Error: {why}")


def test_treatments_that_contradict_are_refused_row_by_row(tables):
    with (tables / "treatments.csv").open("w") as file:
        csv.writer(file).writerows(
            row.split(",")
            for row in (
                "treatment,risk,frequency_factor,cost,excludes,requires",
                "a,theft,1.5,1,,",
                "a,theft,0.5,2,,",
                "b,moon,0.5,-1,,",
                "b,theft,0.5,,b,c",
                "d,theft,0.5,,a,a",
                ",theft,0.5,,,",
                "e,,0.5,,,",
            )
        )
    words = "optimize", tables / "risks.csv", "--treatments", tables / "treatments.csv"
    result = told(*words, "--budget", 1)
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.partition("treatments.csv: ")[2] for line in result.stderr.splitlines()] == [
        "row 2: frequency factor is not in 0..1: 1.5",
        "row 3: a has two of cost: 1 and 2",
        "row 4: there is no risk called moon",
        "row 4: cost is below 0: -1",
        "row 5: b excludes itself",
        "row 5: there is no treatment called c",
        "row 6: d requires what it excludes: a",
        "row 7: the treatment is empty",
        "row 8: factors without a risk",
    ]
