"""The pages over everything."""

from django.urls import include, path

from bartizan.site import (
    components,
    due,
    held_back,
    home,
    password,
    public,
    requirements,
    roles,
    search,
    second_factor,
    sessions,
    sign_in,
    work,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("due/", due.due, name="due"),
    path("my-work/", work.my_work, name="my-work"),
    path("search/", search.find, name="search"),
    path("requirements/", requirements.requirements, name="requirements"),
    path(
        "requirements/held-back/<slug:slug>/<str:name>/",
        held_back.HeldBack.as_view(),
        name="held-back",
    ),
    path("requirements/<str:id>/", requirements.RequirementPage.as_view(), name="requirement"),
    path("roles/accept/<int:pk>/", roles.accept, name="accept-role"),
    path("chain/", include("bartizan.site.chain.urls")),
    path("components/", components.components, name="components"),
    path("policy/", public.policy, name="public-policy"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", sign_in.SignInCode.as_view(), name="sign-in-code"),
    path("sign-in/<str:secret>/", sign_in.OneTimeLink.as_view(), name="one-time-link"),
    path("password/", password.Password.as_view(), name="password"),
    path("second-factor/", second_factor.SecondFactorPage.as_view(), name="second-factor"),
    path("sessions/", sessions.SessionsPage.as_view(), name="sessions"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
]
