"""Reviews spread over the workers of a Dask cluster that is running already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from coach.domain import InputError

J = TypeVar("J")
R = TypeVar("R")
PATIENCE_S = 20


def spread(work: Callable[[J], R], jobs: Sequence[J], address: str) -> Iterator[R]:
    """The work's results in the order of the jobs. Paths must mean the same file to every worker.

    :param address: of the scheduler, such as tcp://10.0.0.5:8786
    :raises InputError: cluster_missing, cluster_unreachable
    """
    try:
        import distributed  # noqa: PLC0415  an extra: few have a cluster
    except ImportError as error:
        raise InputError("cluster_missing") from error
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout=PATIENCE_S)
    except (OSError, ValueError) as error:
        raise InputError("cluster_unreachable", address=address) from error
    with client:
        futures = client.map(work, jobs, pure=False, retries=1)
        for future in futures:
            yield future.result()
            future.release()
