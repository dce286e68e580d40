"""The demo company: Tidewater Meridian Logistics, which does not exist.

A mid-size forwarder with depots at real places, told in days before and after the day it is
loaded, so that what is overdue today is overdue in a year. Most of it conforms; what falls short
does so for reasons a visitor can find on the pages and mend.
"""

from collections.abc import Callable
from datetime import date

from bartizan.exchange.demo import chain, company, context, documents, leadership, messages, word
from bartizan.exchange.demo.story import Story

CHAPTERS = (company, chain, documents, context, leadership, messages, word)


def load_demo(day: date, progress: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Fill an empty database with the company as it stands on `day`. Each chapter is an act."""
    story = Story(day)
    for number, chapter in enumerate(CHAPTERS, start=1):
        chapter.tell(story)
        progress(number, len(CHAPTERS))
