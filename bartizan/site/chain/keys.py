"""What the colours of the chain mean: tier, custody, risk, partner; each with a word and a mark.

The entries of a key keep their names while the chain changes, so an address that shows one of them
alone goes on meaning it. The colours themselves stand in `chain/chain.css`, by the name of a style.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bartizan.chain.graph import Graph, Line, Point
from bartizan.chain.models import Node
from bartizan.site.chain.exposure import Exposure

COLOURS = ("tier", "custody", "risk", "partner")
NAMED = 7  # partners with a colour of their own; more nobody tells apart
FURTHEST = 3  # tiers told apart
STEPS = 5  # colours from the least level of risk to the most


@dataclass(slots=True)
class Entry:
    """One line of a key, and how many nodes and legs it stands for."""

    name: str
    label: str
    mark: str
    style: str
    count: int = 0


class Key:
    """Gives every node and, where it speaks of legs, every leg an entry."""

    def __init__(
        self,
        entries: list[Entry],
        of_point: Callable[[Point], str],
        of_line: Callable[[Line], str] | None,
        graph: Graph,
    ) -> None:
        self.entries = entries
        at = {entry.name: place for place, entry in enumerate(entries)}
        self.nodes = [at[of_point(point)] for point in graph.points]
        self.legs = [at[of_line(line)] for line in graph.lines] if of_line else []
        for place in (*self.nodes, *self.legs):
            entries[place].count += 1


def keys(graph: Graph, exposure: Exposure) -> dict[str, Key]:
    """All four, by the name that stands in the address."""
    return {
        "tier": _by_tier(graph),
        "custody": _by_custody(graph),
        "risk": _by_risk(graph, exposure),
        "partner": _by_partner(graph),
    }


def _by_tier(graph: Graph) -> Key:
    entries = [
        Entry("tier-3", _("Upstream, tier 3 and beyond"), "3", "k-up-3"),
        Entry("tier-2", _("Upstream, tier 2"), "2", "k-up-2"),
        Entry("tier-1", _("Upstream, tier 1"), "1", "k-up-1"),
        Entry("upstream", _("Upstream, tier not given"), "U", "k-up"),
        Entry("own", _("Our own"), "O", "k-own"),
        Entry("downstream", _("Downstream"), "D", "k-down"),
        Entry("beside", _("Beside the chain"), "B", "k-none"),
    ]

    def of_point(point: Point) -> str:
        if point.position == Node.Position.UPSTREAM and point.tier:
            return f"tier-{min(point.tier, FURTHEST)}"
        return point.position

    return Key(entries, of_point, None, graph)


def _by_custody(graph: Graph) -> Key:
    entries = [
        Entry("ours", _("We ourselves"), "O", "k-own"),
        Entry("directed", _("A partner, as we direct"), "P", "k-2"),
        Entry("theirs", _("A partner, by itself"), "T", "k-1"),
        Entry("unnamed", _("Nobody is named"), "?", "k-none"),
    ]

    def of_point(point: Point) -> str:
        if point.is_partner:
            return "theirs"
        if point.partner is None:
            return "ours" if point.own else "unnamed"
        return "directed" if point.own else "theirs"

    def of_line(line: Line) -> str:
        if line.carrier is None:
            return "unnamed" if line.named else "ours"
        return "directed" if line.own else "theirs"

    return Key(entries, of_point, of_line, graph)


def _by_risk(graph: Graph, exposure: Exposure) -> Key:
    last = max(len(exposure.levels) - 1, 1)
    entries = [
        Entry(f"level-{rank}", word, str(rank), f"k-risk-{round(place * (STEPS - 1) / last)}")
        for place, (rank, word) in enumerate(sorted(exposure.levels.items()))
    ]
    entries.append(Entry("unrated", _("A risk that nobody has rated"), "?", "k-2"))
    entries.append(Entry("no-risk", _("No risk is written down"), "–", "k-none"))

    def name(pk: int) -> str:
        if pk not in exposure.highest:
            return "no-risk"
        return f"level-{exposure.highest[pk]}" if exposure.highest[pk] else "unrated"

    return Key(entries, lambda point: name(point.pk), lambda line: name(line.pk), graph)


def _by_partner(graph: Graph) -> Key:
    """The partners that run and carry most have a colour each; the others share one."""
    busy = Counter(point.partner for point in graph.points if point.partner)
    busy.update(line.carrier for line in graph.lines if line.carrier)
    points = {point.pk: point for point in graph.points}
    named = [pk for pk, _count in sorted(busy.items(), key=lambda one: (-one[1], one[0]))][:NAMED]
    entries = [
        Entry(points[pk].number, points[pk].title, chr(ord("A") + place), f"k-{place + 1}")
        for place, pk in enumerate(named)
    ]
    entries += [
        Entry("others", _("Other partners"), "…", "k-other"),
        Entry("ours", _("We ourselves"), "O", "k-own"),
        Entry("unnamed", _("Nobody is named"), "?", "k-none"),
    ]

    def name(pk: int | None, otherwise: str) -> str:
        if pk is None:
            return otherwise
        return points[pk].number if pk in named else "others"

    def of_point(point: Point) -> str:
        if point.is_partner:
            return name(point.pk, "others")
        return name(point.partner, "ours" if point.own else "unnamed")

    def of_line(line: Line) -> str:
        return name(line.carrier, "unnamed" if line.named else "ours")

    return Key(entries, of_point, of_line, graph)
