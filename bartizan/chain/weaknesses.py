"""Where the chain is weak: single points of failure, shared sub-suppliers, concentrations.

The standard asks that what depends on others in the chain is weighed as a risk (6.1.2 f). This
module only finds; the clause above it answers each finding with a risk. What is found is found
in the chain of today as whoever looks may see it (`looking_as`), or in any chain that was loaded.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

import numpy as np
from django.db.models import Count, QuerySet

from bartizan.chain.models import Partner, Place
from bartizan.chain.what_if import Chain, chain_of_today
from bartizan.ground.people.looking import looker
from bartizan.ground.records.models import Declaration, declared

# What counts as a concentration as long as the organization has declared nothing (%).
HALF = 50


T = TypeVar("T")
Keeper = Callable[[Callable[[], Any]], Any]

_keeper: ContextVar[Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def kept_by(keeper: Keeper) -> Iterator[None]:
    """Within, what is reckoned of the chain of today is asked of somebody who may know it.

    The same is asked of it several times; who looks at it as `looker()` does, and when it is
    another chain, is for the keeper to tell.
    """
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)


def _of_today(reckon: Callable[[], T]) -> Callable[[], T]:
    @wraps(reckon)
    def asked() -> T:
        keeper = _keeper.get()
        found: T = keeper(reckon) if keeper else reckon()
        return found

    return asked


@_of_today
def _chain() -> Chain:
    """The chain of today as whoever looks may see it."""
    return chain_of_today(looker())


# -- single points of failure ------------------------------------------------------------------


def flows_lost_with(chain: Chain) -> dict[int, tuple[int, ...]]:
    """Places and partners that stop a flow when they alone are lost for good, and which flows.

    Agreed alternatives count, buffers don't: a stock lasts, but not for good. That a flow ends
    with the customer it is for is no weakness of the chain.
    """
    nodes = sorted(chain.nodes)
    lost = _lost(chain, [(key,) for key in nodes])
    found = {}
    for key, flows in zip(nodes, lost, strict=True):
        partner = key if key in chain.partners else chain.places[key]
        weak = tuple(
            flow for flow in flows if partner is None or chain.flows[flow].customer != partner
        )
        if weak:
            found[key] = weak
    return found


@_of_today
def single_points() -> frozenset[int]:
    """Keys of the places and partners whose loss stops a flow of today with no alternative."""
    return frozenset(flows_lost_with(_chain()))


def single_point_places() -> QuerySet[Place]:
    """Places whose loss stops a flow."""
    return Place.objects.live().filter(pk__in=single_points())


def single_point_partners() -> QuerySet[Partner]:
    """Partners whose loss stops a flow."""
    return Partner.objects.live().filter(pk__in=single_points())


# -- shared sub-suppliers ----------------------------------------------------------------------


def shared_suppliers() -> QuerySet[Partner]:
    """Partners on whom several other partners depend."""
    of_partners = Partner.objects.nodes().values("pk")
    return (
        Partner.objects.live()
        .filter(is_active=True, dependants__partner__in=of_partners)
        .annotate(partners_behind=Count("dependants__partner", distinct=True))
        .filter(partners_behind__gt=1)
    )


# -- concentrations ----------------------------------------------------------------------------


class By(StrEnum):
    """What those have in common who would be lost together."""

    COUNTRY = "country"
    PARENT = "parent"


@dataclass(frozen=True)
class Concentration:
    """Places and partners in one country, or of one parent company, and the flows lost with them.

    `key` is the country's two letters or the parent's key. `share` is that of the running flows,
    or of their value in the currency where it is greatest, in percent.
    """

    by: By
    key: str | int
    members: tuple[int, ...]
    flows: tuple[int, ...]
    values: dict[str, int]
    share: float


def concentrations(
    chain: Chain | None = None, share: int | None = None
) -> tuple[Concentration, ...]:
    """What would take at least `share` percent of the flows with it, the greatest first.

    The share is the declared one unless another is given. Of companies with one parent only
    those count together that are more than one.
    """
    chain = chain or _chain()
    declared_share = declared(Declaration.Figure.CONCENTRATION)
    least = share if share is not None else HALF if declared_share is None else declared_share
    groups = [*_by_country(chain.nodes), *_by_parent(chain.partners)]
    lost = _lost(chain, [members for _by, _key, members in groups])
    found = (
        Concentration(by, key, members, flows, *_weighed(chain, flows))
        for (by, key, members), flows in zip(groups, lost, strict=True)
        if flows
    )
    kept = (one for one in found if one.share >= least)
    return tuple(sorted(kept, key=lambda one: (-one.share, one.by, str(one.key))))


@_of_today
def concentrations_of_today() -> tuple[Concentration, ...]:
    """What would take at least the declared share of the flows of today with it."""
    return concentrations()


def concentrated_partners() -> QuerySet[Partner]:
    """Partners of a parent company with which a great share of the flows would be lost."""
    members = (one.members for one in concentrations_of_today() if one.by == By.PARENT)
    return Partner.objects.live().filter(pk__in={key for keys in members for key in keys})


def concentrated_places() -> QuerySet[Place]:
    """Places in a country with which a great share of the flows would be lost."""
    members = (one.members for one in concentrations_of_today() if one.by == By.COUNTRY)
    return Place.objects.live().filter(pk__in={key for keys in members for key in keys})


Group = tuple[By, str | int, tuple[int, ...]]


def _by_country(nodes: Collection[int]) -> Iterable[Group]:
    members: dict[str, list[int]] = defaultdict(list)
    lies_in = dict(Partner.objects.order_by("pk").values_list("pk", "country"))
    for key, country, locode in Place.objects.order_by("pk").values_list("pk", "country", "locode"):
        lies_in[key] = country or locode[:2]
    for key, country in lies_in.items():
        if country and key in nodes:
            members[country].append(key)
    for country, keys in sorted(members.items()):
        yield By.COUNTRY, country, tuple(keys)


def _by_parent(partners: Collection[int]) -> Iterable[Group]:
    reader = looker()
    known = Partner.objects.visible_to(reader) if reader else Partner.objects
    above = dict(known.order_by("pk").values_list("pk", "parent"))
    members: dict[int, list[int]] = defaultdict(list)
    for key in sorted(partners):
        members[_topmost(key, above)].append(key)
    for parent, keys in members.items():
        if len(keys) > 1:
            yield By.PARENT, parent, tuple(keys)


def _topmost(key: int, above: Mapping[int, int | None]) -> int:
    """The company at the top of those that own one another."""
    seen: set[int] = set()
    while key not in seen and (parent := above.get(key)) is not None and parent in above:
        seen.add(key)
        key = parent
    return key


def _weighed(chain: Chain, flows: Iterable[int]) -> tuple[dict[str, int], float]:
    """What the flows are worth by currency, and their greatest share in percent."""
    flows = tuple(flows)
    values, whole = _values(chain, flows), _values(chain, chain.flows)
    shares = [len(flows) / len(chain.flows)]
    shares += [values.get(currency, 0) / value for currency, value in whole.items()]
    return values, 100 * max(shares)


def _values(chain: Chain, flows: Iterable[int]) -> dict[str, int]:
    values: dict[str, int] = defaultdict(int)
    for key in flows:
        if chain.flows[key].value:
            values[chain.flows[key].currency] += chain.flows[key].value
    return dict(values)


def _lost(chain: Chain, scenarios: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Which flows stop for good when these are lost, for each scenario: many at once, in bits."""
    from bartizan.analysis.spread import WIDTH, WORDS, spread  # see what_if.py

    network, flows = chain.network, sorted(chain.flows)
    aims = network.place[[chain.numbers[key] for key in flows]]
    found: list[tuple[int, ...]] = []
    for begin in range(0, len(scenarios) if flows else 0, WIDTH):
        some = scenarios[begin : begin + WIDTH]
        down = np.zeros((len(network.place), WORDS), np.uint64)
        for bit, keys in enumerate(some):
            hit = network.place[[chain.numbers[key] for key in keys]]
            down[hit, bit >> 6] |= np.uint64(1 << (bit & 63))
        spread(network.layout, down, down.any(axis=1), 0)
        bits = np.unpackbits(down[aims].view(np.uint8), axis=1, bitorder="little")
        for bit in range(len(some)):
            found.append(tuple(flows[place] for place in np.flatnonzero(bits[:, bit])))
    return found or [()] * len(scenarios)
