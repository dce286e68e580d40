from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContextConfig(AppConfig):
    name = "bartizan.clauses.context"
    verbose_name = _("Context of the organization")
