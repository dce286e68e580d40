"""The demo company: Tidewater Meridian Logistics, which does not exist.

A mid-size forwarder with depots at real places, told in days before and after the day it is
loaded, so that what is overdue today is overdue in a year. Most of it conforms; what falls short
does so for reasons a visitor can find on the pages and mend.
"""

from collections.abc import Callable
from datetime import date

from bartizan.conformity.evaluate import evaluate
from bartizan.conformity.models import VerdictChange
from bartizan.conformity.requirement import Value
from bartizan.exchange.demo import (
    chain,
    company,
    context,
    documents,
    exposure,
    leadership,
    messages,
    network,
    objectives,
    risks,
    treatments,
    weighed,
    word,
)
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Record
from bartizan.ground.records.statistics import count_after

CHAPTERS = (
    company,
    chain,
    network,
    documents,
    context,
    leadership,
    risks,
    treatments,
    exposure,
    messages,
    objectives,
    weighed,
    word,
)


def load_demo(day: date, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Fill an empty database with the company as it stands on `day`. Each chapter is an act."""
    story = Story(day)
    for number, chapter in enumerate(CHAPTERS, start=1):
        chapter.tell(story)
        progress(number, len(CHAPTERS))
    count_after(Record.objects.count())
    look_back(story)


def look_back(story: Story, days: int = 16) -> None:
    """Note how the items stood two weeks ago, so that the first page has news to tell."""
    VerdictChange.objects.bulk_create(
        VerdictChange(
            requirement=id,
            since=story.moment(days),
            size=0,
            verdict=verdict.value,
            reason=verdict.reason,
            evidence=verdict.evidence_count,
            shortfalls=verdict.shortfall_count,
        )
        for id, verdict in evaluate(day=story.ago(days)).items()
        if verdict.value != Value.NOT_ASSESSED
    )
