"""Slow, obviously correct answers, in plain Python: what the kernels must equal."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from bartizan.analysis.network import Need, Node
from bartizan.analysis.portfolio import Option, Rules


def stopped(needs: Sequence[Need], failing: Sequence[str]) -> frozenset[str]:
    """All nodes that stop: once more over everything until nothing changes."""
    down = set(failing)
    while True:
        new = {need.node for need in needs if set(need.suppliers) <= down} - down
        if not new:
            return frozenset(down)
        down |= new


def _reach(needs: Sequence[Need], node: str) -> set[str]:
    found, todo = {node}, [node]
    while todo:
        last = todo.pop()
        for need in needs:
            if need.node == last:
                todo += [name for name in need.suppliers if name not in found]
                found.update(need.suppliers)
    return found


def times(
    nodes: Sequence[Node], needs: Sequence[Need], hits: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """First stop and last restart of every node that stops: once more until nothing changes."""
    reach = {node.name: _reach(needs, node.name) for node in nodes}
    recovery = {node.name: node.recovery for node in nodes}
    down = {name: (0.0, days) for name, days in hits.items() if days > 0}
    while True:
        before = dict(down)
        for need in needs:
            if not all(name in down for name in need.suppliers):
                continue
            stop = max(down[name][0] for name in need.suppliers) + need.buffer
            runs = min(
                # Nodes that need each other restart together.
                down[name][1] + (0 if need.node in reach[name] else recovery[name])
                for name in need.suppliers
            )
            if stop < runs:
                first, last = down.get(need.node, (stop, runs))
                down[need.node] = min(first, stop), max(last, runs)
        if down == before:
            return {name: (first, last + recovery[name]) for name, (first, last) in down.items()}


def pairs(needs: Sequence[Need], names: Sequence[str], target: str) -> list[tuple[str, str]]:
    """Every pair that stops the target although neither does alone, by trying them all."""
    alone = {name for name in names if target in stopped(needs, [name])}
    return [
        pair
        for pair in combinations(sorted(names), 2)
        if not alone.intersection(pair) and target in stopped(needs, pair)
    ]


def allowed(chosen: set[str], rules: Rules) -> bool:
    return all(len(chosen.intersection(names)) <= 1 for names in rules.exclusions) and all(
        chosen.issuperset(needed) for name, needed in rules.prerequisites.items() if name in chosen
    )


def subsets(
    options: Sequence[Option], budgets: Mapping[str, float], rules: Rules
) -> list[tuple[Option, ...]]:
    """Every set of options that keeps to the budgets and the rules."""
    return [
        chosen
        for size in range(len(options) + 1)
        for chosen in combinations(options, size)
        if allowed({option.name for option in chosen}, rules)
        and all(
            sum(option.costs.get(budget, 0) for option in chosen) <= limit
            for budget, limit in budgets.items()
        )
    ]
