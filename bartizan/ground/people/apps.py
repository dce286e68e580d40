from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "bartizan.ground.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from bartizan.ground.people import sessions, watch  # noqa: F401  they listen to signing in
