"""The trail: the append-only log under everything else."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "bartizan.ground.trail"
    label = "trail"
    verbose_name = _("Trail")

    def ready(self) -> None:
        # Models cannot be imported before the apps are loaded, so what needs them is, here.
        from bartizan.ground.trail import checks as checks
        from bartizan.ground.trail.standing import prepare_connection
        from bartizan.ground.trail.triggers import install_after_migrate

        # The only two signals of the project. Nobody else is told when a connection opens, and
        # SQLite's triggers call functions that every connection must define for itself.
        connection_created.connect(prepare_connection)
        # Nothing else runs after every migrate, and a table that was rebuilt lost its triggers.
        post_migrate.connect(install_after_migrate, sender=self)
