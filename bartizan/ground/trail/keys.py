"""The key that signs the head of the log, and the signed note it writes (C2SP signed-note).

The key is a file outside the database, made when it is first needed and readable by its owner
alone: who gets hold of the database, or of a backup of it, still cannot sign. Its public half is
the verification key: give it to the auditor, and it checks every checkpoint from then on.
"""

import errno
import os
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

ED25519 = b"\x01"
UNUSABLE = "this is no signing key: put back the one you keep, or move it away for a new one"


class Signer:
    """Signs notes in the name of a log."""

    def __init__(self, origin: str, key: Ed25519PrivateKey) -> None:
        if not origin or "+" in origin or any(c.isspace() for c in origin):
            raise ValueError("The origin of the log is a name without spaces and plus signs.")
        self.origin = origin
        self.key = key
        public = ED25519 + key.public_key().public_bytes_raw()
        self.id = sha256(origin.encode() + b"\n" + public).digest()[:4]
        self.verification_key = f"{origin}+{self.id.hex()}+{b64encode(public).decode()}"

    def note(self, size: int, root: bytes) -> str:
        """The checkpoint of a tree: origin, size, root, and the signature under it."""
        text = f"{self.origin}\n{size}\n{b64encode(root).decode()}\n"
        signature = b64encode(self.id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {signature}\n"


def signer() -> Signer:
    """The signer of this installation."""
    return signer_at(settings.TRAIL_KEY, settings.TRAIL_ORIGIN)


@lru_cache(maxsize=4)
def signer_at(path: str | Path, origin: str) -> Signer:
    """The signer whose key lies there. Raises OSError where something else does."""
    try:
        key = Ed25519PrivateKey.from_private_bytes(_secret(Path(path)))
    except ValueError as error:
        raise OSError(errno.EINVAL, UNUSABLE, str(path)) from error
    return Signer(origin, key)


def _secret(path: Path) -> bytes:
    """The 32 secret bytes in the file, made if there are none: complete before anybody sees it."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another process was first: its key is the key
        finally:
            made.unlink()
    return path.read_bytes()
