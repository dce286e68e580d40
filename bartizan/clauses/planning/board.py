"""How objectives stand, side by side, and programmes along the calendar (6.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bartizan.clauses.planning.models import Objective, Programme, Target

LEEWAY = 0.1  # so much of the way one may be behind the calendar without a word


@dataclass(frozen=True)
class State:
    """What is said of it, in a word, a colour and a shape."""

    word: str
    colour: str
    shape: str


@dataclass(frozen=True)
class Line:
    """An objective or a target as the board shows it. Lengths are of 100."""

    aim: Objective | Target
    state: State
    share: str
    expected: str
    percent: int | None
    said: str
    curve: str
    late: bool
    part: bool = False


def line(aim: Objective | Target, day: date, part: bool = False) -> Line:
    """One line of the board as of a day."""
    expected = time_gone(aim.starts_on, aim.due, day)
    share = aim.share
    return Line(
        aim=aim,
        state=state_of(aim, share, expected, day),
        share=f"{100 * (share or 0):.1f}",
        expected=f"{100 * expected:.1f}" if expected is not None else "",
        percent=round(100 * share) if share is not None else None,
        said=aim.progress,
        curve=curve(aim),
        late=bool(aim.due and aim.due < day and not aim.done_on),
        part=part,
    )


def time_gone(start: date | None, due: date | None, day: date) -> float | None:
    """The share of the time that is gone, from 0 to 1; None where a day is missing."""
    if start is None or due is None or due <= start:
        return None
    return min(max((day - start).days / (due - start).days, 0.0), 1.0)


def state_of(
    aim: Objective | Target, share: float | None, expected: float | None, day: date
) -> State:
    """Where it stands: told by what was read and by the calendar, never typed."""
    if getattr(aim, "verdict", ""):
        word = str(aim.get_verdict_display())  # type: ignore[union-attr]  # only objectives have it
        return State(word, "good" if aim.verdict == "reached" else "bad", "tick")  # type: ignore[union-attr]
    if aim.last_reading is None:
        return State(_("Not read yet"), "none", "dotted")
    if share is not None and share >= 1:
        return State(_("Reached"), "good", "tick")
    if aim.due and aim.due < day:
        return State(_("Late"), "bad", "cross")
    if share is not None and share <= 0 and len(aim.readings.all()) > 1:
        return State(_("No progress"), "bad", "cross")
    if share is not None and expected is not None and share < expected - LEEWAY:
        return State(_("Behind"), "wait", "triangle")
    return State(_("On course"), "good", "dot")


def curve(aim: Objective | Target) -> str:
    """The readings as the points of a line, 100 wide and 20 high; better is further up."""
    read = sorted((one.on, one.value) for one in aim.readings.all() if one.value is not None)
    if len(read) < 2:
        return ""
    figures = [value for _on, value in read]
    if aim.baseline is not None and aim.goal is not None:
        low, high = aim.baseline, aim.goal
    else:
        low, high = min(figures), max(figures)
    first, last = read[0][0], read[-1][0]
    days, height = (last - first).days or 1, (high - low) or 1
    points = (
        (100 * (on - first).days / days, 18 - 16 * min(max((value - low) / height, 0), 1))
        for on, value in read
    )
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def board(objectives: Iterable[Objective], targets: Iterable[Target], day: date) -> list[Line]:
    """Every objective, what stands still first, each followed by its targets."""
    below: dict[int, list[Target]] = {}
    for target in targets:
        below.setdefault(target.objective_id, []).append(target)
    urgency = {"bad": 0, "wait": 1, "none": 2, "good": 3}
    lines = sorted(
        (line(objective, day) for objective in objectives),
        key=lambda one: (urgency[one.state.colour], one.aim.due or date.max, one.aim.pk),
    )
    found = []
    for one in lines:
        found.append(one)
        found += [line(target, day, part=True) for target in below.get(one.aim.pk, ())]
    return found


# -- along the calendar ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """A stretch of time on the calendar, of 1000."""

    label: str
    who: Any
    starts_on: date | None
    due: date | None
    done_on: date | None
    x: str
    width: str
    state: State

    @property
    def late(self) -> bool:
        return self.state.colour == "bad"


@dataclass(frozen=True)
class Calendar:
    """The days a timeline spans, and where its months begin. Lengths are of 1000."""

    first: date
    last: date
    months: list[tuple[str, date]]
    today: str

    def place(self, day: date) -> float:
        return 1000 * (day - self.first).days / max((self.last - self.first).days, 1)


def calendar(programmes: Iterable[Programme], day: date) -> Calendar:
    """From the month in which the first step starts to the one in which the last is due."""
    days = [day]
    for programme in programmes:
        days += [one for one in (programme.starts_on, programme.due) if one]
        for step in programme.steps.all():
            days += [one for one in (step.starts_on, step.due) if one]
    first = min(days).replace(day=1)
    last = next_month(max(days).replace(day=1))
    blank = Calendar(first, last, [], "")
    months, month = [], first
    while month < last:
        months.append((f"{blank.place(month):.1f}", month))
        month = next_month(month)
    return Calendar(first, last, months, f"{blank.place(day):.1f}")


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def bars(programme: Programme, span: Calendar, day: date) -> list[Bar]:
    """The steps of a programme, in their order."""
    found = []
    for step in programme.steps.all():
        start = span.place(step.starts_on)
        end = span.place(step.due or span.last)
        found.append(
            Bar(
                label=step.deliverable,
                who=step.who,
                starts_on=step.starts_on,
                due=step.due,
                done_on=step.done_on,
                x=f"{start:.1f}",
                width=f"{max(end - start, 4):.1f}",
                state=state_of_step(step, day),
            )
        )
    return found


def state_of_step(step: Any, day: date) -> State:
    """Done, late, under way or still to come."""
    if step.done_on:
        return State(_("Done"), "good", "tick")
    if step.due and step.due < day:
        return State(_("Late"), "bad", "cross")
    if step.starts_on <= day:
        return State(_("Under way"), "wait", "half")
    return State(_("To come"), "none", "dotted")
