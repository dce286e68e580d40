"""Who depends on whom: nodes, what each of them needs, and the order in which to ask.

A node runs while every one of its needs is met; a need is met while any one of its suppliers
runs. Dependencies may form cycles: they are condensed into strongly connected components
(Tarjan, SIAM Journal on Computing 1, 1972), and components come suppliers first.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numba as nb
import numpy as np


@dataclass(frozen=True)
class Node:
    """A place, partner, leg or process. Raises ValueError for a negative or missing number.

    `recovery`: days from the day its needs are met again until it runs. `cost`: currency for
    every day it stands still.
    """

    name: str
    recovery: float = 0.0
    cost: float = 0.0

    def __post_init__(self) -> None:
        for word, number in (("recovery", self.recovery), ("cost", self.cost)):
            if not (math.isfinite(number) and number >= 0):
                raise ValueError(f"{self.name}: {word} is not a number of at least 0: {number}")


@dataclass(frozen=True)
class Need:
    """What `node` cannot run without: any one of `suppliers`. A `buffer` lasts so many days."""

    node: str
    suppliers: tuple[str, ...]
    buffer: float = 0.0

    def __post_init__(self) -> None:
        if not self.suppliers:
            raise ValueError(f"{self.node}: a need without suppliers")
        if not (math.isfinite(self.buffer) and self.buffer >= 0):
            raise ValueError(f"{self.node}: buffer is not a number of at least 0: {self.buffer}")


class Layout(NamedTuple):
    """A network for the kernels, in an order in which suppliers come before those they supply.

    Needs of position i are first_need[i] to first_need[i + 1]; suppliers of need k, as
    positions, supplier[first_supplier[k] : first_supplier[k + 1]]. Component c spans positions
    component[c] to component[c + 1]. Block b spans positions block[b] to block[b + 1]: a cyclic
    component, or a run of nodes that are on no cycle and settled in one pass.
    """

    first_need: np.ndarray
    first_supplier: np.ndarray
    supplier: np.ndarray
    component: np.ndarray
    label: np.ndarray  # (nodes,) component of a position
    owner: np.ndarray  # (needs,) position whose need it is
    block: np.ndarray
    cyclic: np.ndarray  # (blocks,) bool
    within: np.ndarray  # (nodes,) block of a position
    buffer: np.ndarray  # (needs,) days, float32
    recovery: np.ndarray  # (nodes,) days, float32
    cost: np.ndarray  # (nodes,) a day


class Network:
    """Nodes and their needs, checked and laid out.

    Raises ValueError for a name used twice, a need of an unknown node, or an unknown supplier.
    """

    def __init__(self, nodes: Sequence[Node], needs: Sequence[Need]) -> None:
        self.nodes, self.needs = tuple(nodes), tuple(needs)
        number = {node.name: place for place, node in enumerate(self.nodes)}
        if len(number) < len(self.nodes):
            names = [node.name for node in self.nodes]
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"two nodes are called {twice}")
        for need in self.needs:
            for name in (need.node, *need.suppliers):
                if name not in number:
                    raise ValueError(f"{need.node}: there is no node called {name}")
        flat = [number[name] for need in self.needs for name in need.suppliers]
        self._lay_out(
            np.array([number[need.node] for need in self.needs], np.int64),
            np.array([len(need.suppliers) for need in self.needs], np.int64),
            np.array(flat, np.int64),
            np.array([need.buffer for need in self.needs], np.float32),
            np.array([node.recovery for node in self.nodes], np.float32),
            np.array([node.cost for node in self.nodes], np.float64),
        )
        self._numbers = number

    @classmethod
    def of_names(cls, needs: Sequence[Need]) -> "Network":
        """A network whose nodes are those the needs name, in order of appearance."""
        names = {name: None for need in needs for name in (need.node, *need.suppliers)}
        return cls([Node(name) for name in names], needs)

    @classmethod
    def of_numbers(
        cls,
        nodes: int,
        of: np.ndarray,
        sizes: np.ndarray,
        suppliers: np.ndarray,
        buffer: np.ndarray,
    ) -> "Network":
        """A network of nodes without names, known by number, for whoever has tens of thousands.

        Need k is one of node of[k], which gets by without it for buffer[k] days; sizes[k] of the
        `suppliers` are its, one need after the other. Nothing is checked.
        """
        network = cls.__new__(cls)
        network.nodes, network.needs, network._numbers = (), (), {}
        recovery, cost = np.zeros(nodes, np.float32), np.zeros(nodes)
        network._lay_out(of, sizes, suppliers, buffer.astype(np.float32), recovery, cost)
        return network

    def _lay_out(
        self,
        of: np.ndarray,
        sizes: np.ndarray,
        flat: np.ndarray,
        buffer: np.ndarray,
        recovery: np.ndarray,
        cost: np.ndarray,
    ) -> None:
        number = len(recovery)
        starts = np.concatenate([[0], np.cumsum(sizes)])
        edges = np.repeat(of, sizes)
        by_node = np.argsort(edges, kind="stable")
        first = np.searchsorted(edges[by_node], np.arange(number + 1))
        self.order, component = suppliers_first(first, flat[by_node])
        self.place = np.empty(number, np.int64)  # position of a node, by its number
        self.place[self.order] = np.arange(number)
        needs = np.argsort(self.place[of], kind="stable")
        firsts = np.concatenate([[0], np.cumsum(sizes[needs])])
        moved = np.repeat(starts[needs] - firsts[:-1], sizes[needs])
        suppliers = self.place[flat[moved + np.arange(len(flat))]]
        placed = self.place[of][needs]
        label = np.repeat(np.arange(len(component) - 1), np.diff(component))
        cyclic = np.diff(component) > 1
        begins = cyclic | np.concatenate([[True], cyclic[:-1]])[: len(cyclic)]
        block = np.concatenate([component[:-1][begins], [number]])
        self.layout = Layout(
            np.searchsorted(placed, np.arange(number + 1)),
            firsts,
            suppliers,
            component,
            label,
            placed,
            block,
            cyclic[begins],
            np.repeat(np.arange(len(block) - 1), np.diff(block)),
            buffer[needs],
            recovery[self.order],
            cost[self.order],
        )

    def positions(self, names: Sequence[str]) -> np.ndarray:
        """Positions in the layout. Raises ValueError naming an unknown node."""
        for name in names:
            if name not in self._numbers:
                raise ValueError(f"there is no node called {name}")
        return self.place[np.array([self._numbers[name] for name in names], np.int64)]


@nb.njit(cache=True)
def suppliers_first(first, supplier):
    """Order nodes so that components of suppliers come first, by Tarjan without recursion.

    Suppliers of node v are supplier[first[v] : first[v + 1]]. Returns the nodes in order and the
    bounds of the components among them.
    """
    number = len(first) - 1
    index, low = np.full(number, -1), np.zeros(number, np.int64)
    cursor, on_stack = first[:-1].copy(), np.zeros(number, np.bool_)
    stack, path = np.empty(number, np.int64), np.empty(number, np.int64)
    order, bounds = np.empty(number, np.int64), np.zeros(number + 1, np.int64)
    depth = height = clock = placed = components = 0
    for root in range(number):
        if index[root] >= 0:
            continue
        path[0], depth = root, 1
        while depth:
            node = path[depth - 1]
            if index[node] < 0:
                index[node] = low[node] = clock
                clock += 1
                stack[height] = node
                height += 1
                on_stack[node] = True
            deeper = False
            while cursor[node] < first[node + 1]:
                other = supplier[cursor[node]]
                if index[other] < 0:
                    path[depth] = other
                    depth += 1
                    deeper = True
                    break
                if on_stack[other]:
                    low[node] = min(low[node], low[other])
                cursor[node] += 1
            if deeper:
                continue
            depth -= 1
            if low[node] == index[node]:
                while True:
                    height -= 1
                    other = stack[height]
                    on_stack[other] = False
                    order[placed] = other
                    placed += 1
                    if other == node:
                        break
                components += 1
                bounds[components] = placed
    return order, bounds[: components + 1].copy()
