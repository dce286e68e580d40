"""The published list of UN/LOCODEs, once somebody has read it in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Locode(models.Model):
    """A place of the world under its UN/LOCODE, as UNECE publishes it twice a year."""

    untrailed = "published by UNECE and nobody's record; after a rebuild the list is read in anew"

    code = models.CharField(_("UN/LOCODE"), max_length=5, primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        verbose_name = _("UN/LOCODE")
        verbose_name_plural = _("UN/LOCODEs")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
