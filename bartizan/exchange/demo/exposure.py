"""Clause 8.3: what all of it may cost in a year, and which treatments are worth their money."""

from bartizan.clauses.operation.exposure import disruptions
from bartizan.clauses.operation.exposure.computing import begin, compute
from bartizan.clauses.operation.models import Closure, DisruptionAnalysis, ExposureAnalysis
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Relation


def tell(story: Story) -> None:
    with story.told_by("m.okafor", "next year's budget is being prepared"):
        analysis = story.write(
            ExposureAnalysis,
            "Which treatments shall next year's budget pay for?",
            owner="m.okafor",
            name="exposure",
            reviewed=2,
            question="The director asked what the open treatments are worth, before the budget"
            " is closed. All risks with figures go in, those of all depots.",
            years=20_000,
            shared_percent=10,
            findings="Own accounts with a second factor, photographs of the seals at both ends and"
            " a backup out of reach pay for themselves within the first year. Put before the"
            " director with the next management review.",
        )
        begin(analysis, story.people["m.okafor"])
    compute(analysis)
    with story.told_by("m.okafor", "the plans that were weighed"):
        plans = [story[f"plan {name}"] for name in ("gate", "cameras", "no-stop", "convoy")]
        story.link(analysis, *plans, relation=Relation.CONSIDERS)
    with story.told_by("j.vandaele", "a ship ran aground and nobody knew for how long"):
        closed = story.write(
            DisruptionAnalysis,
            "The Suez Canal closed for two weeks",
            owner="j.vandaele",
            reviewed=2,
            question="In spring the canal was shut for six days. Which flows stop if it is two"
            " weeks, on which day, and what does not come through?",
            days=14,
            findings="The stocks last five to twelve days: the first customers run dry before the"
            " week is over. The way around the Cape is to be agreed with the line, with a price.",
        )
        Closure.objects.create(analysis=closed, place=story["port-said"])
        disruptions.compute(closed, story.people["j.vandaele"])
