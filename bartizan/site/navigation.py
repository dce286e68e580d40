"""Where one is: plan, do, check and act, the clauses within, the registers within those."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Place
from bartizan.clauses.operation.models import ExposureAnalysis
from bartizan.ground.people.authority import Grant, grants, may
from bartizan.ground.records.register import Register
from bartizan.registers import REGISTERS

# Which clauses belong to which turn of the loop, as the 2022 edition draws it.
LOOP = (
    ("plan", _("Plan"), ("4", "5", "6", "7")),
    ("do", _("Do"), ("8",)),
    ("check", _("Check"), ("9",)),
    ("act", _("Act"), ("10",)),
)
CLAUSES = {
    "4": _("Context"),
    "5": _("Leadership"),
    "6": _("Planning"),
    "7": _("Support"),
    "8": _("Operation"),
    "9": _("Evaluation"),
    "10": _("Improvement"),
}
# A clause with more registers than one takes in at a glance is divided as the standard divides it.
SECTIONS = {
    "4.1": _("Organization"),
    "4.2": _("Interested parties"),
    "4.3": _("Scope"),
    "4.4": _("Management system"),
    "5.2": _("Policy"),
    "5.3": _("Roles"),
    "6.1": _("System risks"),
    "6.1.2": _("Security risks"),
    "6.2": _("Objectives"),
    "6.3": _("Changes"),
    "7.1": _("Resources"),
    "7.4": _("Communication"),
    "7.5": _("Documents"),
    "8.1": _("Processes"),
    "8.2": _("Supply chain"),
    "8.3": _("Risk treatment"),
    "8.4": _("Controls"),
    "8.5": _("Strategies"),
}
GLANCE = 7  # entries


@dataclass(slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    url: str
    current: bool = False


@dataclass(slots=True)
class Section:
    """Part of a clause; the only one of a small clause, without a name."""

    number: str
    label: str
    entries: list[Entry]
    current: bool = False

    @property
    def folds(self) -> bool:
        return bool(self.number) and len(self.entries) > 1


@dataclass(slots=True)
class Clause:
    number: str
    label: str
    sections: list[Section]

    @property
    def current(self) -> bool:
        return any(section.current for section in self.sections)


@dataclass(slots=True)
class Turn:
    """One quarter of the loop."""

    key: str
    label: str
    clauses: list[Clause]


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: the tree of registers the reader may read, and where they are in it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"navigation": ""}
    here, _slash, below = request.path.strip("/").partition("/")
    return {
        "navigation": drawn(open_to(grants(person)), here, not below, get_language()),
        "sees_chain": may(person, "read", Place),
        "sees_exposure": may(person, "read", ExposureAnalysis),
    }


@lru_cache(maxsize=256)
def open_to(given: tuple[Grant, ...]) -> tuple[str, ...]:
    """The registers of whose rows these grants let somebody read some, as `may()` says of each.

    Kept: every page asks it of every register.
    """
    read = [grant for grant in given if grant.verb == "read"]
    return tuple(one.slug for one in REGISTERS if any(grant.covers(one.model) for grant in read))


@lru_cache(maxsize=256)
def drawn(
    readable: tuple[str, ...], here: str, at_the_list: bool, language: str | None
) -> SafeString:
    """The tree for all who may read the same registers and stand at the same one.

    It is on every page and has more lines than most: kept, since drawing it anew takes longer than
    drawing a list.
    """
    context = {"turns": turns(readable, here), "at_the_list": at_the_list}
    return render_to_string("parts/tree.html", context)


def turns(readable: Iterable[str], here: str) -> list[Turn]:
    """Plan, do, check and act, as far as there is anything to read in them."""
    known = set(readable)
    registers = [one for one in REGISTERS if one.slug in known]
    found = []
    for key, label, numbers in LOOP:
        clauses = [
            Clause(number, str(CLAUSES[number]), sections)
            for number in numbers
            if (sections := list(_sections(number, registers, here)))
        ]
        if clauses:
            found.append(Turn(key, str(label), clauses))
    return found


def _sections(clause: str, registers: Iterable[Register], here: str) -> Iterator[Section]:
    own = [one for one in registers if one.clause.split(".")[0] == clause]
    if sum(map(_stands_alone, own)) <= GLANCE:
        names = {"": own} if own else {}
    else:
        names = {}
        for number in SECTIONS:
            if within := [one for one in own if section_of(one) == number]:
                names[number] = within
    for number, within in names.items():
        entries = [
            Entry(one.label, f"/{one.slug}/", one.slug == here)
            for one in within
            if _stands_alone(one)
        ]
        if entries:
            current = any(one.slug == here for one in within)
            yield Section(number, str(SECTIONS.get(number, "")), entries, current)


@cache
def section_of(register: Register) -> str:
    """The number of the section that a register stands in: the longest that fits."""
    fitting = [one for one in SECTIONS if f"{register.clause}.".startswith(f"{one}.")]
    return max(fitting, key=len, default="")


def _stands_alone(register: Register) -> bool:
    """The parts of a record are looked for at that record."""
    return not getattr(register.model, "part_of", "")
