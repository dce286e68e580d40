"""The pages over everything."""

from django.urls import path

from bartizan.site import home, sign_in

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/<str:secret>/", sign_in.OneTimeLink.as_view(), name="one-time-link"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
]
