"""Where the nodes of the chain stand when it is drawn as a graph: from upstream to downstream.

Own nodes stand in the middle. A node upstream stands as many layers to the left as it is hand-overs
away from the nearest own one, a node downstream as many to the right, so returns and other cycles
need no special case: they are drawn backwards. Within a layer, nodes stand near their neighbours.
"""

from dataclasses import dataclass

import numpy as np

UPSTREAM, OWN, DOWNSTREAM, BESIDE = -1, 0, 1, 2

TALL = 28  # nodes in a column, before a layer gets another one beside it
SWEEPS = 12
COLUMN, LAYER = 2.4, 4.5  # from one column to the next, and from one layer to the next; rows are 1


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer as it is drawn: how far from our own nodes (0), and from where to where it goes."""

    number: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where each node stands, the layers from left to right, and where the band beside begins."""

    x: np.ndarray
    y: np.ndarray
    layers: list[Layer]
    beside: float | None


def draw(sides: np.ndarray, hints: np.ndarray, tails: np.ndarray, heads: np.ndarray) -> Drawing:
    """Place nodes that stand on these sides, joined by edges from tails to heads.

    `hints` are tiers known beforehand (0: not known); the distance decides where it is less.
    """
    layer = layers_of(sides, hints, tails, heads)
    in_chain = sides != BESIDE
    x, y = np.zeros(len(sides)), np.zeros(len(sides))
    layers: list[Layer] = []
    order = _order(layer, in_chain, tails, heads)
    tall = max(TALL, int(np.sqrt(in_chain.sum()) * 1.1))
    left = 0.0
    for number in np.unique(layer[in_chain]):
        members = order[(layer[order] == number) & in_chain[order]]
        columns = -(-len(members) // tall)
        rows = -(-len(members) // columns)
        column, row = np.divmod(np.arange(len(members)), rows)
        last = len(members) - (columns - 1) * rows
        short = np.where(column == columns - 1, last, rows)
        x[members], y[members] = left + column * COLUMN, row - (short - 1) / 2
        layers.append(Layer(int(number), left, left + (columns - 1) * COLUMN))
        left += (columns - 1) * COLUMN + LAYER
    beside = _beside(x, y, np.flatnonzero(~in_chain), max(left - LAYER, COLUMN * 6))
    return Drawing(x, y, layers, beside)


def layers_of(
    sides: np.ndarray, hints: np.ndarray, tails: np.ndarray, heads: np.ndarray
) -> np.ndarray:
    """The layer of each node: 0 for our own, negative upstream, positive downstream."""
    layer = np.zeros(len(sides), np.int64)
    own = np.flatnonzero(sides == OWN)
    for side, start, end in ((UPSTREAM, heads, tails), (DOWNSTREAM, tails, heads)):
        there = sides == side
        if not there.any():
            continue
        away = _distance(len(sides), start, end, own)
        known = np.where(hints > 0, hints, np.inf)
        reached = np.minimum(away, known)
        # What no hand-over leads to stands in the first layer: further out would say too much.
        reached = np.where(np.isfinite(reached) & (reached > 0), reached, 1)
        layer[there] = side * reached[there].astype(np.int64)
    return layer


def _distance(number: int, start: np.ndarray, end: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Edges on the shortest way from any source; infinite where none leads."""
    if not len(sources) or not len(start):
        return np.full(number, np.inf)
    from scipy.sparse import csr_array  # a third of a second to load: when a chain is drawn
    from scipy.sparse.csgraph import dijkstra

    edges = csr_array((np.ones(len(start)), (start, end)), shape=(number, number))
    found: np.ndarray = dijkstra(edges, unweighted=True, indices=sources, min_only=True)
    return found


def _order(
    layer: np.ndarray, in_chain: np.ndarray, tails: np.ndarray, heads: np.ndarray
) -> np.ndarray:
    """All nodes, those of a layer in the order in which they stand in it (barycentres)."""
    number = len(layer)
    joined = in_chain[tails] & in_chain[heads] & (layer[tails] != layer[heads])
    ends = np.concatenate([tails[joined], heads[joined]])
    others = np.concatenate([heads[joined], tails[joined]])
    degree = np.bincount(ends, minlength=number)
    order = np.lexsort((np.arange(number), layer))
    place = np.empty(number)
    for _sweep in range(SWEEPS):
        place[order] = _ranks(layer[order])
        near = np.bincount(ends, weights=place[others], minlength=number)
        wanted = np.where(degree > 0, near / np.maximum(degree, 1), place)
        # Half of the way: whole steps would let two layers swap for ever.
        order = np.lexsort((np.arange(number), (wanted + place) / 2, layer))
    return order


def _ranks(sorted_layers: np.ndarray) -> np.ndarray:
    """Ranks within each run of equal layers, evenly from -1 to 1."""
    _values, first, counts = np.unique(sorted_layers, return_index=True, return_counts=True)
    rank = np.arange(len(sorted_layers)) - np.repeat(first, counts)
    size = np.repeat(counts, counts)
    return (rank + 0.5) / size * 2 - 1


def _beside(x: np.ndarray, y: np.ndarray, members: np.ndarray, width: float) -> float | None:
    """Stand what is beside the chain in rows below it; where these begin, if there are any."""
    if not len(members):
        return None
    chain = np.delete(y, members)
    top = (float(chain.max()) if len(chain) else 0.0) + 3.0
    across = max(int(width // COLUMN) + 1, 1)
    row, column = np.divmod(np.arange(len(members)), across)
    x[members], y[members] = column * COLUMN, top + row * 1.6
    return top
