"""The chain as the browser draws it: columns of nodes and legs, and the keys of their colours.

A picture is kept in memory until the trail has grown, the day has changed or the reader may see
something else: so moving between the pages costs nothing, and nobody sees another one's picture.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import asdict, dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bartizan.chain.graph import SIDES, Graph, graph
from bartizan.chain.models import Node
from bartizan.chain.what_if import Chain, chain_of_today
from bartizan.conformity.outcome import Eyes
from bartizan.ground.people.models import Person
from bartizan.ground.trail.acts import current_act
from bartizan.ground.trail.models import Entry as Leaf
from bartizan.site.chain.exposure import Exposure, exposure
from bartizan.site.chain.keys import Key, keys
from bartizan.site.chain.weak import Weaknesses

KEPT = 4  # pictures: of those who see everything, and of the last who do not


@dataclass
class Picture:
    """The chain as one reader may see it, with its risks and the keys to its colours."""

    graph: Graph
    exposure: Exposure
    keys: dict[str, Key]
    chain: Chain
    day: str

    @cached_property
    def weak(self) -> Weaknesses:
        """Where it would break."""
        return Weaknesses(self.graph, self.chain, self.exposure)

    @cached_property
    def json(self) -> bytes:
        """What the browser asks for."""
        return json.dumps(self.columns, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def columns(self) -> dict[str, Any]:
        drawing = self.graph.drawing
        return {
            "nodes": self._nodes() | self._coloured("nodes"),
            "legs": self._legs() | self._coloured("legs"),
            "dependencies": self._dependencies(),
            "keys": {name: [asdict(one) for one in key.entries] for name, key in self.keys.items()},
            "layers": [
                {"label": layer_name(layer.number), "left": layer.left, "right": layer.right}
                for layer in drawing.layers
            ],
            "beside": drawing.beside,
            "currency": self.graph.currency,
            "words": words() | {"day": self.day},
        }

    def _coloured(self, what: str) -> dict[str, list[int]]:
        found = {name: getattr(key, what) for name, key in self.keys.items()}
        return {name: entries for name, entries in found.items() if entries or what == "nodes"}

    def _nodes(self) -> dict[str, list[Any]]:
        points, drawing = self.graph.points, self.graph.drawing
        place_of, worth = self.graph.place_of, self.graph.value_of_nodes
        return {
            "number": [point.number for point in points],
            "title": [point.title for point in points],
            "kind": [int(point.is_partner) for point in points],
            "use": [point.use for point in points],
            "side": [point.position for point in points],
            "country": [point.country for point in points],
            "run_by": [place_of.get(point.partner or -1, -1) for point in points],
            "own": [int(point.own) for point in points],
            "lon": [point.longitude for point in points],
            "lat": [point.latitude for point in points],
            "x": [round(x, 2) for x in drawing.x.tolist()],
            "y": [round(y, 2) for y in drawing.y.tolist()],
            "value": [worth.get(point.pk, 0) for point in points],
            "risks": [len(self.exposure.risks.get(point.pk, ())) for point in points],
        }

    def _legs(self) -> dict[str, list[Any]]:
        lines, place_of = self.graph.lines, self.graph.place_of
        worth = self.graph.value_of_legs
        return {
            "number": [line.number for line in lines],
            "title": [line.title for line in lines],
            "from": [place_of[line.origin] for line in lines],
            "to": [place_of[line.destination] for line in lines],
            "mode": [line.mode for line in lines],
            "carrier": [place_of.get(line.carrier or -1, -1) for line in lines],
            "days": [line.days for line in lines],
            "value": [worth.get(line.pk, 0) for line in lines],
        }

    def _dependencies(self) -> dict[str, list[Any]]:
        ties, place_of = self.graph.ties, self.graph.place_of
        return {
            "from": [place_of[tie.supplier] for tie in ties],
            "to": [place_of[tie.dependant] for tie in ties],
            "days": [tie.days for tie in ties],
            "what": [tie.what for tie in ties],
        }


def layer_name(number: int) -> str:
    """The heading of a layer of the graph."""
    if number == SIDES[Node.Position.OWN]:
        return _("Our own")
    label = _("Upstream %(count)s") if number < 0 else _("Downstream %(count)s")
    return label % {"count": abs(number)}


def words() -> dict[str, str]:
    """What the page says of what one chooses; %s stands for a number."""
    return {
        "beside": _("Beside the chain"),
        "country": _("Country"),
        "custody": _("Custody"),
        "runBy": _("Run by"),
        "risk": _("Highest risk"),
        "value": _("Value a year"),
        "carrier": _("Carrier"),
        "duration": _("Usual duration"),
        "takes": _("%s days"),
        "from": _("From"),
        "to": _("To"),
        "carries": _("Carries"),
        "runs": _("Runs"),
        "needs": _("Depends on"),
        "needed": _("Needed by"),
        "more": _("and %s more"),
        "open": _("Open the record"),
        "close": _("What if it closes?"),
        "reopen": _("Open it again"),
        "stops": _("It stops"),
        "once": _("at once"),
        "days": _("after %s days"),
        "unknown": _("Nothing of that name or number is on this page."),
    }


_kept: OrderedDict[Hashable, Picture] = OrderedDict()
_lock = Lock()


def sight(person: Person) -> Hashable:
    """What a picture depends on: the records as they stand, the day, the reader, the language."""
    newest = Leaf.objects.order_by("-index").values_list("index", "leaf").first()
    head = newest and (newest[0], bytes(newest[1]))
    eyes = Eyes.of(person)
    return (head, timezone.localdate(), eyes.key, eyes.granted, get_language())


def fingerprint(person: Person) -> str:
    """The same as a mark for the browser, which then need not load the same picture again."""
    return hashlib.sha256(repr(sight(person)).encode()).hexdigest()[:32]


def picture(person: Person) -> Picture:
    """The chain as this person may see it now."""
    if current_act() is not None:  # what it has written so far stands in no entry yet
        return _taken(person)
    key = sight(person)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    taken = _taken(person)
    with _lock:
        _kept[key] = taken
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return taken


def _taken(person: Person) -> Picture:
    chain, risks = graph(person), exposure(person)
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return Picture(chain, risks, keys(chain, risks), chain_of_today(person), day)
