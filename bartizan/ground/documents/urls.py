"""The addresses at which documents are read."""

from django.urls import path

from bartizan.ground.documents import views

urlpatterns = [
    path("read/<str:number>/", views.read, name="read"),
    path("read/<str:number>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("read/<str:number>/hand-out/", views.hand_out, name="hand-out"),
    path("read/<str:number>/files/<str:sha256>/", views.file, name="read-file"),
]
