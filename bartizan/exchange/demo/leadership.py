"""Clause 5: the policy, its commitments, and how it gets on with the other policies."""

from bartizan.clauses.leadership.models import (
    BusinessChange,
    Commitment,
    OrganizationalPolicy,
    PolicyComparison,
    SecurityPolicy,
)
from bartizan.exchange.demo.story import Story
from bartizan.ground.records.models import Relation

SUMMARY = """Whoever entrusts goods to us gets them back whole.

* We meet the law, the rules and what we promised.
* People come before goods.
* We get better every year, and measure it.

Questions and reports: security@tidewater.example"""

# paragraph, text, tag, role, process
COMMITMENTS = (
    ("1", "We meet the law, the rules and what we promised.", "compliance", "compliance-officer", "obligations"),
    ("2", "We meet every requirement that applies to the system.", "meet-requirements", "security-manager", "operations-control"),
    ("3", "We get better every year, and measure it.", "continual-improvement", "operations-director", "evaluation-cycle"),
    ("4", "People come before goods.", "other", "managing-director", "gate"),
    ("5", "Objectives are set from this policy every year.", "objectives", "operations-director", "planning-cycle"),
)  # fmt: skip

OTHERS = (
    ("Quality policy", "quality", "Right the first time.", "agrees"),
    ("Privacy policy", "information", "As little data as will do.", "agrees"),
    ("Health and safety policy", "safety", "Nobody gets hurt.", "agrees"),
    ("Purchasing policy", "purchasing", "The cheapest of three offers.", "conflict"),
)


def tell(story: Story) -> None:
    with story.told_by("h.lindqvist", "the policy of the board"):
        add_policy(story)
        for number, commitment in enumerate(COMMITMENTS):
            add_commitment(story, number, *commitment)
        story["policy"].refresh_from_db()
        story.approve(story["policy"], days_ago=195)
        for other in OTHERS:
            compare(story, *other)
        story.write(
            BusinessChange, "Purchase of the Poznań depot", owner="r.achterberg",
            nature="acquisition", description="Depot and 40 people taken over.",
            took_effect_on=story.ago(260), policy_review_due=story.ago(200),
            policy_reviewed_on=story.ago(215), review_result="The policy holds; Polish text added.",
        )  # fmt: skip


def add_policy(story: Story) -> None:
    director = story.people["h.lindqvist"]
    policy = story.write(
        SecurityPolicy, "Security policy", name="policy", owner="m.okafor",
        document=story["policy-text"], visitor_extract=story["visitor-extract"],
        purpose="Customers entrust us with goods worth many times our own company.",
        broad_objectives="Fewer losses.\nNo harm to people.\nTrust of customs and customers.",
        review_triggers="Reviewed within 60 days after a purchase, a merger or a change of what we"
        " do (last paragraph of the policy).",
        revised_on=story.ago(200), effective_from=story.ago(190), endorsed_by=director,
        endorsed_as=story.roles["managing-director"], endorsed_on=story.ago(195),
        copy_is_signed=True, public_summary=SUMMARY, summary_checked_on=story.ago(180),
    )  # fmt: skip
    story.link(policy, story["scope"], relation=Relation.CITES)


def add_commitment(
    story: Story, number: int, paragraph: str, text: str, tag: str, role: str, process: str
) -> None:
    law = tag == "compliance"
    made = story.write(
        Commitment, text, name=f"commitment {number}", owner="m.okafor", policy=story["policy"],
        paragraph=paragraph, text=text, tag=tag, names_law=law, names_regulation=law,
        names_other=law, accountable_role=story.roles[role],
    )  # fmt: skip
    story.link(story[process], made)


def compare(story: Story, title: str, field: str, gist: str, result: str) -> None:
    other = story.write(
        OrganizationalPolicy, title, owner="r.achterberg", field=field, edition="3",
        changed_on=story.ago(500), gist=gist,
    )  # fmt: skip
    story.write(
        PolicyComparison, f"Security policy and {title.lower()}", owner="r.achterberg",
        policy=story["policy"], compared_with=other, compared_on=story.ago(150), result=result,
        conflict="The cheapest guard is not always a licensed one." if result == "conflict" else "",
    )  # fmt: skip
