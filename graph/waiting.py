"""Waiting for an engine in a way that Ctrl-C and a time limit can end."""

from collections.abc import Callable
from threading import Thread

from twingraph.errors import QueryTimeoutError

__all__ = ["await_answer"]


def await_answer[T](ask: Callable[[], T], timeout: float | None = None) -> T:
    """Return what `ask` returns, or raise what it raises.

    `ask` runs in a thread of its own, for the engines do not listen while they work. Where it is given up, it goes on
    in the background until it ends or the process does, and its answer is thrown away.

    Raises
    ------
    twingraph.errors.QueryTimeoutError
        There is no answer after `timeout` seconds.
    """
    answer: list[T] = []
    problem: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(ask())
        except BaseException as error:  # noqa: BLE001  (raised again where the caller waits)
            problem.append(error)

    worker = Thread(target=work, name="twingraph-read", daemon=True)
    worker.start()
    worker.join(timeout)
    if problem:
        raise problem[0]
    if not answer:
        raise QueryTimeoutError(
            f"The query was given up after {timeout:g} seconds.", "Ask for less, or allow more time."
        )
    return answer[0]
