from django.apps import AppConfig
from django.db.models import DateTimeField
from django.utils.translation import gettext_lazy as _

from bartizan.ground.records.days import Day


class RecordsConfig(AppConfig):
    name = "bartizan.ground.records"
    verbose_name = _("Records")

    def ready(self) -> None:
        DateTimeField.register_lookup(Day)
