"""Clause 7.4: what is told to whom, how and when; and what was told and heard."""

from bartizan.clauses.support.models import (
    Channel,
    Communication,
    PartyClearance,
    PlannedCommunication,
)
from bartizan.exchange.demo.context import OBLIGATIONS, PARTIES
from bartizan.exchange.demo.story import Story
from bartizan.ground.people.models import Sensitivity
from bartizan.ground.records.models import Relation

CHANNELS = (
    ("intranet", "Intranet and screens in the depots"),
    ("mail", "E-mail lists by group"),
    ("phone", "Emergency phone tree"),
    ("website", "Public website"),
)

# name, subject, side, sent, received, cadence, groups, roles, parties, channel, by
PLANNED = (
    ("board-letter", "Why security matters, from the board", "internal", True, False, 110, "ec", ("member",), (), "intranet", "managing-director"),
    ("tool-box", "Depot talk on what happened and what to watch", "internal", True, True, 30, "ec", ("depot-manager", "member"), (), "intranet", "depot-manager"),
    ("board-report", "How the system performs", "internal", True, False, 90, "", ("managing-director", "operations-director"), (), "mail", "security-manager"),
    ("customer-round", "Security round with customers", "external", True, True, 85, "", (), ("pharma-customers", "retail-customers", "insurer"), "mail", "head-of-department"),
    ("carrier-day", "Security day with carriers", "external", True, True, 85, "c", (), ("carriers",), "mail", "head-of-department"),
    ("authority-liaison", "Liaison with authorities", "external", True, True, 170, "", (), ("customs", "police"), "phone", "compliance-officer"),
    ("neighbour-letter", "Letter to neighbours and rescue services", "external", True, True, 350, "", (), ("neighbours", "ambulance"), "mail", "depot-manager"),
    ("council", "Staff council on security", "internal", True, True, 85, "e", ("member",), ("staff",), "intranet", "head-of-department"),
    ("visitor-leaflet", "Rules for visitors and drivers", "external", True, False, 350, "v", (), (), "website", "depot-manager"),
)  # fmt: skip


def tell(story: Story) -> None:
    with story.told_by("n.visser", "the plan of communication for the year"):
        for name, title in CHANNELS:
            made = Channel(
                name=title, description=title, tested_on=story.ago(45),
                tested_by=story.people["n.visser"], test_passed=True,
            )  # fmt: skip
            made.save()
            story.records[f"channel {name}"] = made
        for planned in PLANNED:
            plan(story, *planned)
        for name, *_rest in PARTIES:
            PartyClearance.objects.create(
                party=story[f"party {name}"], up_to=Sensitivity.INTERNAL,
                ground="Confidentiality agreement", since=story.ago(500),
            )  # fmt: skip
    with story.told_by("n.visser", "the log of what was told and heard"):
        for planned in PLANNED:
            keep_to(story, *planned)
        spread_policy(story)
        tell_obligations(story)
        hear(story)


def plan(
    story: Story, name: str, subject: str, side: str, sent: bool, received: bool, cadence: int,
    groups: str, roles: tuple[str, ...], parties: tuple[str, ...], channel: str, by: str,
) -> None:  # fmt: skip
    made = story.write(
        PlannedCommunication, subject, name=f"plan {name}", owner="n.visser", side=side,
        subject=subject, is_sent=sent, is_received=received, cadence_days=cadence,
        starts_on=story.ago(350), with_employees="e" in groups, with_contractors="c" in groups,
        with_visitors="v" in groups, channel=story[f"channel {channel}"],
        by_role=story.roles[by], released_by_role=story.roles["press-officer"],
    )  # fmt: skip
    made.roles.set([story.roles[role] for role in roles])
    made.parties.set([story[f"party {party}"] for party in parties])
    story.approve(made, by="r.achterberg")


def keep_to(
    story: Story, name: str, subject: str, side: str, sent: bool, received: bool, cadence: int,
    groups: str, roles: tuple[str, ...], parties: tuple[str, ...], channel: str, by: str,
) -> None:  # fmt: skip
    """What the plan asked for; the last letter of the board is late in nobody's eyes but the plan's."""
    days = range(5, 350, cadence)
    for back in days:
        for inward in (False, True):
            if inward and not received:
                continue
            log(
                story, f"{subject}{': what came back' if inward else ''}", back, side=side,
                inward=inward, planned=story[f"plan {name}"], parties=parties, roles=roles,
                purpose={"board-letter": "leadership", "board-report": "report"}.get(name, "message"),
                units=tuple(story.units) if side == "internal" else (),
                signed_by="h.lindqvist" if name == "board-letter" else None,
                author={"board-letter": "h.lindqvist", "board-report": "m.okafor"}.get(name, "n.visser"),
                channel=channel,
            )  # fmt: skip


def log(
    story: Story, title: str, back: int, *, side: str, inward: bool = False, planned=None,
    parties: tuple[str, ...] = (), roles: tuple[str, ...] = (), units: tuple[str, ...] = (),
    purpose: str = "message", author: str = "n.visser", signed_by: str | None = None,
    channel: str = "mail", **more,
) -> Communication:  # fmt: skip
    made = story.write(
        Communication, title, owner=author, purpose=purpose, side=side, planned=planned,
        direction="inward" if inward else "outward", gist=f"{title}.", at=story.moment(back, 11),
        author=None if inward else story.people[author],
        signed_by=story.people[signed_by] if signed_by else None,
        channel=story[f"channel {channel}"],
        classified_by=None if inward else story.people["n.visser" if planned else "r.achterberg"],
        classified_at=None if inward else story.moment(back, 9), reviewed=None, again=None, **more,
    )  # fmt: skip
    made.units.set([story.units[unit] for unit in units])
    made.roles.set([story.roles[role] for role in roles])
    made.parties.set([story[f"party {party}"] for party in parties])
    return made


def spread_policy(story: Story) -> None:
    """The policy went to everybody, and in its short form to visitors and parties."""
    made = log(
        story, "The security policy and what it asks of you", 185, side="internal",
        units=tuple(story.units), author="h.lindqvist", signed_by="h.lindqvist", channel="intranet",
        told_version=story["policy"].version,
    )  # fmt: skip
    made.people.set(story.people.values())
    story.link(made, story["policy"], relation=Relation.CONCERNS)


def tell_obligations(story: Story) -> None:
    """Each audience was told of its obligation after the last change; one still has to be."""
    for name, title, _nature, _ref, _where, application, audience, _process in OBLIGATIONS:
        if application and name != "nis2":
            made = log(story, f"What applies: {title}", 60, side="external", parties=(audience,))
            story.link(made, story[f"obligation {name}"], relation=Relation.CONCERNS)


def hear(story: Story) -> None:
    """Requests, a complaint and what people think of the system."""
    asked = log(
        story, "Arden asks for our security policy", 50, side="external", inward=True,
        parties=("pharma-customers",), purpose="request", answer_due=story.ago(30),
        answered_on=story.ago(46), answer="Summary sent, with a link to the public page.",
    )  # fmt: skip
    story.link(asked, story["policy"], relation=Relation.CONCERNS)
    log(
        story, "A neighbour complains of alarms at night", 15, side="external", inward=True,
        parties=("neighbours",), purpose="complaint", answer_due=story.ahead(15),
    )  # fmt: skip
    for title, party, taken in (
        ("Drivers would like guarded parking on Fridays", "staff", True),
        ("Carriers want the rules in Polish, too", "carriers", True),
        ("Retail customers find the seal fee too high", "retail-customers", False),
    ):
        log(
            story, title, 40, side="external", inward=True, parties=(party,),
            purpose="consultation", disposition="taken-up" if taken else "declined",
            disposition_reason="Cheap and sensible." if taken else "The fee covers the cost.",
            disposition_by=story.people["r.achterberg"],
        )  # fmt: skip
