from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "bartizan.site"
    verbose_name = _("Pages")

    def ready(self) -> None:
        # Registers import models, which exist only once every room has been started.
        from bartizan.site.checks import registers_name_what_exists

        register_check(registers_name_what_exists)
