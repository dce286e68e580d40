"""A second factor beside the password: codes that change every half minute (TOTP, RFC 6238).

An app on somebody's phone and the installation share a secret; both work out the same six digits
from it and from the time. Whoever loses the phone has recovery codes, each of which works once
(OWASP ASVS 5.0, V6.5).
"""

import base64
import hashlib
import secrets
from time import time

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from pyotp.utils import strings_equal

from bartizan.ground.people.models import Person, RecoveryCode, SecondFactor

ISSUER = "Bartizan"
STEP = 30  # seconds that a code stands
LEEWAY = 1  # steps before and after: clocks differ, and people type
RECOVERY_CODES = 8
RECOVERY_BYTES = 15  # 120 bits: so much can't be guessed from its hash
GROUP = 4  # signs of a recovery code that are read together


def new_secret() -> str:
    """A secret for an app, in Base32 as apps take it; 160 bits."""
    return pyotp.random_base32()


def app_address(person: Person, secret: str) -> str:
    """What the QR code says to the app (`otpauth:`)."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.email or person.code, issuer_name=ISSUER)


def is_set_up(person: Person) -> bool:
    return SecondFactor.objects.filter(person=person).exclude(secret="").exists()


def set_up(person: Person, secret: str) -> list[str]:
    """From now on `person` is asked for a code. Gives the recovery codes, kept as hashes only."""
    sealed = _seal().encrypt(secret.encode()).decode()
    SecondFactor.objects.update_or_create(
        person=person, defaults={"secret": sealed, "since": timezone.localdate()}
    )
    return renew_recovery_codes(person)


def renew_recovery_codes(person: Person) -> list[str]:
    """New recovery codes; the old ones work no more."""
    codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
    person.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, code_sha256=_hash(code)) for code in codes
    )
    return codes


def remove(person: Person) -> None:
    """From now on `person` is asked for no code."""
    person.recovery_codes.all().delete()
    SecondFactor.objects.filter(person=person).delete()


def passes(person: Person, said: str) -> bool:
    """Is it the code of this moment, or a recovery code? Either works once."""
    said = "".join(sign for sign in said.lower() if sign.isalnum())
    factor = SecondFactor.objects.filter(person=person).exclude(secret="").first()
    if factor is None:
        return False
    return _is_current(factor, said) or _is_recovery_code(person, said)


def agrees(secret: str, said: str) -> bool:
    """Does an app that was just given the secret say the right code? This one counts as used."""
    step = _step_of(secret, "".join(said.split()))
    # Of two simultaneous uses one puts it there and the other finds it.
    used = f"code:{_hash(secret)}:{step}"
    return step is not None and cache.add(used, 1, timeout=STEP * (2 * LEEWAY + 2))


def _is_current(factor: SecondFactor, said: str) -> bool:
    try:
        secret = _seal().decrypt(factor.secret.encode()).decode()
    except InvalidToken:  # another secret.key: only a recovery code still helps
        return False
    return agrees(secret, said)


def _step_of(secret: str, said: str) -> int | None:
    """The step of time whose code this is, if it is near enough."""
    here, app = int(time()) // STEP, pyotp.TOTP(secret, interval=STEP)
    near = range(here - LEEWAY, here + LEEWAY + 1)
    # All are looked at: how long it takes tells nothing.
    found = [step for step in near if strings_equal(app.generate_otp(step), said)]
    return found[-1] if found else None


def _is_recovery_code(person: Person, said: str) -> bool:
    codes = person.recovery_codes.filter(code_sha256=_hash(said), used_at=None)
    return bool(codes.update(used_at=timezone.now()))


def _new_recovery_code() -> str:
    signs = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def _hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()


def _seal() -> Fernet:
    """Keeps secrets unreadable without `secret.key`, which is in no backup."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"bartizan second factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
