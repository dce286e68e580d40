"""The addresses of a register's pages."""

from django.urls import URLPattern, URLResolver, include, path

from bartizan.ground.records import life, lists, views
from bartizan.ground.records.register import Register


def pages(register: Register) -> URLResolver:
    """Everything under /<register>/; the buttons of a record's life only where it holds records."""
    show = {"register": register}
    patterns: list[URLPattern] = [
        path("", views.RegisterList.as_view(**show), name="list"),
        path("tally/", views.RegisterTally.as_view(**show), name="tally"),
        path("look/", lists.RegisterLook.as_view(**show), name="look"),
        path("new/", views.RowForm.as_view(**show, creating=True), name="new"),
        path("<str:name>/", views.RowDetail.as_view(**show), name="detail"),
        path("<str:name>/edit/", views.RowForm.as_view(**show), name="edit"),
        path("<str:name>/history/", views.RowHistory.as_view(**show), name="history"),
    ]
    if register.together:
        several = lists.RegisterSeveral.as_view(**show)
        patterns.insert(0, path("several/", several, name="several"))
    if register.holds_records:
        patterns += [
            path(
                f"<str:name>/{button}/",
                views.RecordVerb.as_view(**show, button=button),
                name=button,
            )
            for button in life.VERBS
        ]
    return path(f"{register.slug}/", include((patterns, register.slug)))
