"""What the registers of clause 4 show."""

from django.utils.translation import gettext_lazy as _

from bartizan.clauses.context.models import ContextIssue
from bartizan.ground.records.register import KEEPING, About, Register

context_issues = Register(
    model=ContextIssue,
    clause="4.1",
    about=About(
        what=_(
            "Circumstances, outside or inside the organization, that help or hinder what the"
            " security management system is meant to achieve. Climate change is one to decide on."
        ),
        good=_(
            "Each names the result it touches and what it does to it, has one owner and a day on"
            " which somebody looks at it again."
        ),
        example=_(
            "Cargo theft at motorway stops between two hubs has doubled since spring; it hinders"
            " loss-free delivery: drivers can no longer rest at open parking areas."
        ),
    ),
    columns=["number", "title", "origin", "topic", "direction", "owner", "review_due", "status"],
    filters=["origin", "topic", "direction", "is_relevant", "owner", "unit", "status"],
    search=["number", "title", "description", "effect"],
    sections={
        _("Issue"): ["title", "origin", "topic", "description", "source_changed_on"],
        _("Effect"): ["affected_result", "direction", "effect"],
        _("Relevance"): ["is_relevant", "irrelevance_reason"],
        **KEEPING,
    },
)
