"""Where the chain would break, as one reader sees it, and which risk answers each of these places.

All of it is reckoned on the chain that the reader may see: a flow that only hidden legs could save
is lost to them, and what only hidden records would show is no finding. Of parent companies those
alone are told whose whole line of ownership the reader may see.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bartizan.chain.graph import Graph, Point
from bartizan.chain.weaknesses import By, Concentration, concentrations, flows_lost_with
from bartizan.chain.what_if import Chain
from bartizan.clauses.planning.models import Origin
from bartizan.site.chain.exposure import Bearing, Exposure


@dataclass(frozen=True, slots=True)
class Weakness:
    """One finding: what it is about, what it costs, and the risks that answer it."""

    label: str
    points: list[Point]
    flows: int
    value: int
    risks: list[Bearing]
    share: float = 0.0
    behind: tuple[Point, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.risks)

    @property
    def closing(self) -> str:
        """The address part that closes it on the map."""
        return urlencode([("closed", point.number) for point in self.points])

    @property
    def risk_url(self) -> str:
        """Where a risk is written that answers it, with what is known filled in."""
        given = {"title": _("Loss of %(what)s") % {"what": self.label}, "origin": Origin.SUPPLIERS}
        if len(self.points) == 1:
            point = self.points[0]
            given["partner" if point.is_partner else "place"] = point.number
        return f"{reverse('risks:new')}?{urlencode(given)}"


class Weaknesses:
    """All findings of one picture of the chain."""

    def __init__(self, graph: Graph, chain: Chain, exposure: Exposure) -> None:
        self.graph, self.chain, self.exposure = graph, chain, exposure
        self.points = {point.pk: point for point in graph.points}
        self.worth = {stream.pk: stream.value for stream in graph.streams}
        self.currencies = {stream.pk: stream.currency for stream in graph.streams}

    @cached_property
    def single(self) -> list[Weakness]:
        """Places and partners whose loss alone stops a flow; those no risk answers first."""
        found = [
            self._about(self.points[pk].title, [pk], flows)
            for pk, flows in flows_lost_with(self.chain).items()
            if pk in self.points
        ]
        return _gravest_first(found)

    @cached_property
    def shared(self) -> list[Weakness]:
        """Partners on whom several other partners depend."""
        behind: dict[int, set[int]] = defaultdict(set)
        for tie in self.graph.ties:
            if self.points[tie.supplier].is_partner and self.points[tie.dependant].is_partner:
                behind[tie.supplier].add(tie.dependant)
        lost = flows_lost_with(self.chain)
        found = [
            self._about(self.points[pk].title, [pk], lost.get(pk, ()), behind=sorted(others))
            for pk, others in behind.items()
            if len(others) > 1
        ]
        return _gravest_first(found)

    @cached_property
    def together(self) -> list[tuple[str, Weakness]]:
        """Countries and parent companies with which a great share of the flows would go."""
        found = []
        for one in concentrations(self.chain):
            if one.by == By.COUNTRY:
                found.append((_("Country"), self._concentrated(str(one.key), one)))
            elif all(self._owned_by(key, one.key) for key in one.members):
                title = self.points[int(one.key)].title
                found.append((_("Parent company"), self._concentrated(title, one)))
        return found

    @property
    def all(self) -> list[Weakness]:
        return [*self.single, *self.shared, *(weakness for _by, weakness in self.together)]

    @property
    def sentence(self) -> str:
        """The answer of the page: is there one, and does a risk answer it?"""
        alone = len(self.single)
        if not alone:
            return _("No place and no partner stops a flow by itself.")
        said = ngettext(
            "One place or partner would stop a flow by itself",
            "%(count)s places and partners would each stop a flow by themselves",
            alone,
        ) % {"count": alone}
        open_ = sum(not one.answered for one in self.single)
        if not open_:
            return _("%(said)s; risks answer for all of them.") % {"said": said}
        more = ngettext("no risk answers one of them", "no risk answers %(count)s of them", open_)
        return f"{said}; {more % {'count': open_}}."

    def _owned_by(self, key: int, parent: str | int) -> bool:
        """May the reader see the whole line from a partner up to this parent?"""
        seen: set[int] = set()
        while key != parent and key not in seen:
            seen.add(key)
            above = self.points[key].parent if key in self.points else None
            if above is None:
                return False
            key = above
        return key in self.points

    def _concentrated(self, label: str, one: Concentration) -> Weakness:
        return self._about(
            label, list(one.members), one.flows, share=one.share, origin=Origin.SUPPLIERS
        )

    def _about(
        self,
        label: str,
        members: list[int],
        flows: Iterable[int],
        share: float = 0.0,
        behind: Iterable[int] = (),
        origin: str = "",
    ) -> Weakness:
        """What answers it are rated risks about it; about many together, those of this source."""
        flows = tuple(flows)
        value = sum(
            self.worth[flow] for flow in flows if self.currencies[flow] == self.graph.currency
        )
        risks = dict.fromkeys(
            risk
            for pk in members
            for risk in self.exposure.risks.get(pk, ())
            if risk.rated and origin in ("", risk.origin)
        )
        points = [self.points[pk] for pk in members]
        others = tuple(self.points[pk] for pk in behind)
        return Weakness(label, points, len(flows), value, [*risks], share, others)


def _gravest_first(found: list[Weakness]) -> list[Weakness]:
    return sorted(found, key=lambda one: (one.answered, -one.value, -one.flows, one.label))
