"""The same parts on other machines: a Dask cluster as the pool of a run.

Every worker needs this version of Bartizan and of what it computes with; a part refuses to run
beside another one. A worker that dies takes nothing with it but time: its parts are computed
again elsewhere, and as a part is a pure function the result stays the same to the last bit.
"""

import platform
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, TypeVar

Result = TypeVar("Result")

_SAME = ("bartizan", "numpy", "numba", "llvmlite")
_DEATHS = 3  # of workers over one part, after which the part itself is at fault


class ClusterError(Exception):
    """The cluster cannot be used, in a sentence for whoever asked for it."""


class Cluster(Executor):
    """The workers of a Dask scheduler, with `threads` of them in all."""

    def __init__(self, client: Any) -> None:
        self.client, self.pool = client, client.get_executor(pure=False, retries=_DEATHS)
        self.threads = sum(client.nthreads().values())
        self.versions = _versions()

    def submit(
        self, work: Callable[..., Result], /, *arguments: Any, **named: Any
    ) -> Future[Result]:
        future: Future[Result] = self.pool.submit(_beside, self.versions, work, *arguments, **named)
        return future


def _versions() -> tuple[str, ...]:
    return (*(f"{name} {version(name)}" for name in _SAME), platform.machine())


def _beside(
    versions: tuple[str, ...], work: Callable[..., Result], *arguments: Any, **named: Any
) -> Result:
    """Compute a part on a worker: the last bit is the same only where the program is."""
    for wanted, here in zip(versions, _versions(), strict=True):
        if wanted != here:
            raise ClusterError(f"{platform.node()} has {here} where {wanted} is needed.")
    return work(*arguments, **named)


@contextmanager
def connect(address: str, *, timeout: float = 10.0) -> Iterator[Cluster]:
    """The workers that the scheduler at this address has now.

    Raises ClusterError where `distributed` is not installed, nobody answers at the address, or
    the scheduler has no workers.
    """
    try:
        # An extra that few installations have, and a second to load for those that do.
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "A cluster needs the Python package distributed: pip install 'bartizan[cluster]'."
        ) from error
    try:
        client = Client(address, timeout=timeout, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"No scheduler answers at {address}: {error}") from error
    with client:
        cluster = Cluster(client)
        if not cluster.threads:
            raise ClusterError(f"The scheduler at {address} has no workers.")
        yield cluster
