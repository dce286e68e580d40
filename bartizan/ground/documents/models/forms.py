"""In which forms documents may reach whom (7.5.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bartizan.ground.people.authority import PeopleQuerySet


class Audience(models.TextChoices):
    """For whom a document is written: it decides in what form it is any use."""

    STAFF = "staff", _("Everybody who works here")
    SECURITY = "security", _("Security staff")
    MANAGEMENT = "management", _("Management")
    CONTRACTORS = "contractors", _("Contractors and visitors")
    OUTSIDE = "outside", _("Outside parties")
    PUBLIC = "public", _("The public")


class Format(models.TextChoices):
    """How a version is set down."""

    TEXT = "text", _("Text written here")
    PDF = "pdf", _("PDF")
    WORD = "word", _("Word processor")
    SHEET = "sheet", _("Spreadsheet")
    PICTURE = "picture", _("Picture or drawing")
    FILM = "film", _("Film or sound")
    PRINT = "print", _("Print")


class Medium(models.TextChoices):
    """On what a version is kept and handed out."""

    ELECTRONIC = "electronic", _("Electronic")
    PAPER = "paper", _("Paper")
    BOTH = "both", _("Electronic and paper")
    SIGN = "sign", _("Sign or notice")


class SuitableForm(models.Model):
    """How an audience may be handed documents: format, language and medium (7.5.2)."""

    audience = models.CharField(_("audience"), max_length=12, choices=Audience)
    format = models.CharField(_("format"), max_length=12, choices=Format)
    language = models.CharField(_("language"), max_length=12)
    medium = models.CharField(_("medium"), max_length=12, choices=Medium)

    objects = PeopleQuerySet.as_manager()

    class Meta:
        verbose_name = _("suitable form")
        verbose_name_plural = _("suitable forms")
        ordering = ["audience", "format", "language", "medium"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "format", "language", "medium"],
                name="documents_suitable_form_once",
            )
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_audience_display()}: {self.get_format_display()}, {self.language},"
            f" {self.get_medium_display()}"
        )
