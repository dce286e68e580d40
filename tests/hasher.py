"""The password hasher of the tests: Argon2, with the least work it can be told to do."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8  # kibibytes
    parallelism = 1
