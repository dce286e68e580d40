"""What tests of signing in share: a password, how one signs in by it, and a clock."""

from django.test import Client

PASSWORD = "a kettle of herring"


class Clock:
    """Stands still until a test sets it: how long a page takes makes no difference."""

    def __init__(self, now: float) -> None:
        self.now = now

    def time(self) -> float:
        return self.now


def sign_in_by_password(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post("/sign-in/", {"email": email, "password": password} | more)


def is_in(client: Client) -> bool:
    return client.get("/my-work/").status_code == 200
