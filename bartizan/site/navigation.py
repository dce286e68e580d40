"""Where one is: plan, do, check and act, the clauses within, the registers within those."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bartizan.chain.models import Place
from bartizan.clauses.operation.models import ExposureAnalysis
from bartizan.ground.people.authority import may
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


@dataclass(slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    url: str
    current: bool = False


@dataclass(slots=True)
class Clause:
    number: str
    label: str
    registers: list[Entry] = field(default_factory=list)

    @property
    def current(self) -> bool:
        return any(entry.current for entry in self.registers)


@dataclass(slots=True)
class Turn:
    """One quarter of the loop."""

    key: str
    label: str
    clauses: list[Clause]

    @property
    def current(self) -> bool:
        return any(clause.current for clause in self.clauses)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: the tree of registers the reader may read, and where they are in it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"navigation": []}
    readable = [register for register in REGISTERS if may(person, "read", register.model)]
    turns = []
    for key, label, numbers in LOOP:
        clauses = []
        for number in numbers:
            entries = [
                Entry(r.label, f"/{r.slug}/", request.path.startswith(f"/{r.slug}/"))
                for r in readable
                if r.clause.split(".")[0] == number
            ]
            if entries:
                clauses.append(Clause(number, str(CLAUSES[number]), entries))
        if clauses:
            turns.append(Turn(key, str(label), clauses))
    return {
        "navigation": turns,
        "sees_chain": may(person, "read", Place),
        "sees_exposure": may(person, "read", ExposureAnalysis),
    }
