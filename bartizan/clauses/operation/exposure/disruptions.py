"""What stops when places or partners fail: asked of the chain as it stands, and kept.

It takes milliseconds, so it is computed at once and not beside the server.
"""

from collections.abc import Iterable
from os.path import commonpath
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bartizan.chain.frozen import as_data, from_data
from bartizan.chain.models import Flow, Leg, Partner, Place
from bartizan.chain.what_if import Stopped, chain_of_today, what_if
from bartizan.clauses.operation.exposure.keeping import INPUTS, PROGRAM, RESULT, keep, read
from bartizan.clauses.operation.models.exposure import Closure, DisruptionAnalysis
from bartizan.ground.people.models import Person, Unit
from bartizan.ground.records import life

LONGEST = 120  # letters of a title
KINDS: tuple[tuple[str, type[Flow] | type[Place] | type[Partner] | type[Leg]], ...] = (
    ("flows", Flow),
    ("places", Place),
    ("partners", Partner),
    ("legs", Leg),
)


def keep_closure(
    person: Person, nodes: Iterable[Place | Partner], days: int | None
) -> DisruptionAnalysis:
    """Write down what was tried on the map, and compute it. Within an act; raises life.Refused."""
    closed = list(nodes)
    if not closed:
        raise life.Refused(_("Nothing is closed: choose a place or a partner first."))
    title = _("Without %(what)s") % {"what": ", ".join(node.title for node in closed)}
    unit, sensitivity = _whole_of_the_chain(person)
    analysis = DisruptionAnalysis(
        title=Truncator(title).chars(LONGEST),
        days=days,
        owner=person,
        unit=unit,
        sensitivity=sensitivity,
    )
    analysis.full_clean(exclude=["kind", "number"])
    analysis.save()
    for node in closed:
        Closure.objects.create(analysis=analysis, **{node._meta.model_name or "": node})
    compute(analysis, person)
    return analysis


def compute(analysis: DisruptionAnalysis, person: Person) -> None:
    """Freeze the chain as the person sees it, and keep what stops. Within an act.

    Raises life.Refused where it is computed already, where nothing is closed, and where something
    is closed that is not in use or that the person may not see.
    """
    if analysis.inputs_sha256:
        raise life.Refused(_("It is computed already. Make another analysis instead."))
    rows = list(analysis.closures.select_related("place", "partner"))
    if not rows:
        raise life.Refused(_("Nothing is closed: choose a place or a partner first."))
    chain = chain_of_today(person)
    if unknown := [row.node.pk for row in rows if row.node.pk not in chain.nodes]:
        seen = {pk for _kind, model in KINDS for pk in _names(model, person)}
        named = [row.node.number for row in rows if row.node.pk in seen and row.node.pk in unknown]
        raise life.Refused(
            _("%(what)s is not in use.") % {"what": ", ".join(named)}
            if len(named) == len(unknown)
            else _("It closes something that is not in the chain as you see it.")
        )
    inputs = {
        "chain": as_data(chain),
        "names": {
            kind: [[pk, *name] for pk, name in _names(model, person).items()]
            for kind, model in KINDS
        },
        "closed": [row.node.pk for row in rows],
        "days": analysis.days,
    }
    analysis.owner = analysis.owner or person
    analysis.unit, sensitivity = _whole_of_the_chain(person)
    analysis.sensitivity = max(analysis.sensitivity, sensitivity)
    analysis.inputs_sha256 = keep(analysis, INPUTS, inputs, person)
    analysis.result_sha256 = keep(analysis, RESULT, outcome(inputs), person)
    analysis.computed_on, analysis.program = timezone.localdate(), PROGRAM
    analysis.save()


def repeat(analysis: DisruptionAnalysis) -> bool:
    """Ask it once more of what was frozen: is it the same?"""
    again = outcome(read(analysis.inputs_sha256))
    return again == read(analysis.result_sha256)


def outcome(inputs: dict[str, Any]) -> dict[str, Any]:
    """What stops, by number and title, with the days from and until; until None: for good."""
    chain, names = from_data(inputs["chain"]), inputs["names"]
    found = what_if(chain, inputs["closed"], inputs["days"])

    def told(kind: str, stops: Iterable[Stopped]) -> list[dict[str, Any]]:
        known = {pk: name for pk, *name in names[kind]}
        return [_told(known[stop.key], stop) for stop in stops if stop.key not in found.closed]

    flows = told("flows", found.flows)
    for row, stop in zip(flows, found.flows, strict=True):
        flow = chain.flows[stop.key]
        row |= {"value": flow.value, "currency": flow.currency}
    return {
        "closed": [
            name
            for kind in ("places", "partners")
            for pk, *name in names[kind]
            if pk in found.closed
        ],
        "days": inputs["days"],
        "flows": flows,
        "places": told("places", found.places),
        "partners": told("partners", found.partners),
        "legs": told("legs", found.legs),
        "values": found.values,
        "lost": {currency: round(amount, 2) for currency, amount in found.lost.items()},
    }


def as_seen(result: dict[str, Any], reader: Person) -> dict[str, Any]:
    """A result without what the reader may not see any more; how many those are is `unseen`."""
    seen: dict[str, Any] = {}
    unseen = 0
    for kind, model in KINDS:
        numbers = set(model._default_manager.visible_to(reader).values_list("number", flat=True))
        seen[kind] = [row for row in result[kind] if row["number"] in numbers]
        unseen += len(result[kind]) - len(seen[kind])
        if kind in ("places", "partners"):
            seen.setdefault("closed", []).extend(
                name for name in result["closed"] if name[0] in numbers
            )
    unseen += len(result["closed"]) - len(seen["closed"])
    return {**result, **seen, "unseen": unseen}


def _told(name: list[str], stop: Stopped) -> dict[str, Any]:
    number, title = name
    return {"number": number, "title": title, "start": stop.start, "end": stop.end}


def _names(model: Any, person: Person) -> dict[int, tuple[str, str]]:
    rows = model.objects.visible_to(person).live().order_by("pk")
    return {pk: (number, title) for pk, number, title in rows.values_list("pk", "number", "title")}


def _whole_of_the_chain(person: Person) -> tuple[Unit, int]:
    """The smallest unit that holds the chain the person sees, and its highest sensitivity."""
    paths: set[str] = set()
    level = 0
    for _kind, model in KINDS:
        rows = model.objects.visible_to(person).live().order_by()
        for path, highest in rows.values_list("unit__path").annotate(Max("sensitivity")):
            paths.add(path)
            level = max(level, highest)
    if not paths:
        raise life.Refused(_("Nothing of a chain is there that you see."))
    return Unit.objects.get(path=f"{commonpath(paths)}/"), level
