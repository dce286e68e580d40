"""What if: the places and partners somebody closes in the address, and what stops then."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bartizan.chain.graph import Point
from bartizan.chain.what_if import Consequences, Stopped, what_if
from bartizan.ground.people.requests import natural
from bartizan.site.chain.picture import Picture

LENGTHS = (1, 3, 7, 14, 30, 90)  # days that can be chosen; none: for good
LONGEST = 36_500
LISTED = 16  # on one day; the table lists all of them


@dataclass(slots=True)
class Day:
    """What stops on one day after the closure."""

    label: str
    lines: list[dict[str, str]] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Answer:
    """What stops, as the page says it."""

    closed: list[Point]
    days: int | None
    sentence: str
    course: list[Day]
    stops: dict[str, float]  # number of a place, partner or flow, and the day on which it stops


def asked(picture: Picture, query: QueryDict) -> tuple[list[Point], int | None]:
    """What the address closes, and for how long. What the reader may not see is not closed."""
    numbers = dict.fromkeys(query.getlist("closed"))
    points = {point.number: point for point in picture.graph.points}
    days = natural(query.get("days", ""))
    length = days if 0 < days <= LONGEST else None
    return [points[number] for number in numbers if number in points], length


def answer(picture: Picture, closed: list[Point], days: int | None) -> Answer:
    """Close these and say what stops."""
    found = what_if(picture.chain, [point.pk for point in closed], days)
    told = _Told(picture, found)
    return Answer(closed, days, told.sentence(), told.course(), told.stops())


class _Told:
    """The consequences with the names of what stops."""

    def __init__(self, picture: Picture, found: Consequences) -> None:
        self.found = found
        graph = picture.graph
        self.points = {point.pk: point for point in graph.points}
        self.streams = {stream.pk: stream for stream in graph.streams}
        self.currency = graph.currency

    def nodes(self, stopped: Iterable[Stopped]) -> list[Stopped]:
        return [stop for stop in stopped if stop.key not in self.found.closed]

    def stops(self) -> dict[str, float]:
        nodes = [*self.found.places, *self.found.partners]
        names: dict[int, Any] = {**self.points, **self.streams}
        return {names[stop.key].number: day(stop.start) for stop in (*nodes, *self.found.flows)}

    def sentence(self) -> str:
        if not self.found.closed:
            return ""
        flows = self.found.flows
        places = self.nodes(self.found.places)
        own = sum(self.points[stop.key].position == "own" for stop in places)
        parts = [
            *self._flows(flows),
            *_count(own, _("one of our own sites"), _("%(count)s of our own sites")),
            *_count(len(places) - own, _("one other place"), _("%(count)s other places")),
            *_count(
                len(self.nodes(self.found.partners)), _("one partner"), _("%(count)s partners")
            ),
        ]
        if not parts:
            return _("Nothing else stops: no flow needs it, or something stands in for it.")
        first = min(stop.start for stop in (*flows, *places, *self.nodes(self.found.partners)))
        said = {"what": _and(parts), "when": when(first)}
        return _("It stops %(what)s, the first of them %(when)s.") % said

    def _flows(self, flows: tuple[Stopped, ...]) -> Iterator[str]:
        worth = _and([money(value, currency) for currency, value in self.found.values.items()])
        for said in _count(len(flows), _("one flow"), _("%(count)s flows")):
            yield (
                _("%(flows)s worth %(money)s a year") % {"flows": said, "money": worth}
                if (worth)
                else said
            )

    def course(self) -> list[Day]:
        """What stops, day by day: flows first, then our own sites, then the rest."""
        days: dict[float, Day] = {}
        kinds = (
            (self.found.flows, _("Flow")),
            (self.nodes(self.found.places), ""),
            (self.nodes(self.found.partners), _("Partner")),
        )
        lines = [(stop, self._line(stop, kind)) for stops, kind in kinds for stop in stops]
        for stop, line in sorted(lines, key=lambda one: one[0].start):
            start = day(stop.start)
            step = days.setdefault(start, Day(_capital(when(start))))
            if len(step.lines) < LISTED:
                step.lines.append(line)
            else:
                step.more += 1
        return list(days.values())

    def _line(self, stop: Stopped, kind: str) -> dict[str, str]:
        more = "" if stop.end is None else _("until day %(day)s") % {"day": number(stop.end)}
        if stop.key in self.streams:
            stream = self.streams[stop.key]
            worth = money(stream.value, stream.currency) if stream.value else ""
            said = ", ".join(filter(None, (kind, worth, more)))
            url = reverse("flows:detail", args=[stream.number])
            return {"title": stream.title, "url": url, "said": said}
        point = self.points[stop.key]
        said = ", ".join(filter(None, (kind or point.use, more)))
        return {"title": point.title, "url": point.url, "said": said}


def day(start: float) -> float:
    """A day as it is told: what is reckoned has more digits than anybody means."""
    return round(start, 2)


def number(value: float) -> str:
    """A number of days as people write it: 3, 0.5."""
    return number_format(f"{day(value):g}", use_l10n=True)


def when(days: float) -> str:
    """How long after the closure."""
    if not days:
        return _("at once")
    said = ngettext("after %(count)s day", "after %(count)s days", 1 if days == 1 else 2)
    return said % {"count": number(days)}


def money(value: float, currency: str) -> str:
    """An amount with its currency, whole."""
    return f"{currency} {number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)}"


def _count(count: int, one: str, many: str) -> Iterator[str]:
    if count:
        yield one if count == 1 else many % {"count": count}


def _and(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
