"""What else the organization manages by a system that security is joined up with (4.2.3.6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.ground.records.models import Record


class OtherManagementSystem(Record):
    """Another management system of the organization; what both share is linked to it (4.2.3.6)."""

    prefix = "OMS"

    basis = models.CharField(
        _("what it follows"),
        max_length=200,
        blank=True,
        help_text=_("A standard as in ISO 9001, a customs programme, or the group's own rules."),
    )
    description = models.TextField(_("what it manages"), blank=True)
    stands_alone_reason = models.TextField(
        _("why it stands alone"),
        blank=True,
        help_text=_("Only where it shares no process and no document with security management."),
    )

    class Meta:
        verbose_name = _("other management system")
        verbose_name_plural = _("other management systems")
