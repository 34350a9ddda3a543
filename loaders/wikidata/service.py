"""Client of a SPARQL query service with retries."""

import email.utils
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from twingraph.errors import TwingraphError

__all__ = ["QueryService", "ServiceError"]

TRIES = 6
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
MOST_BYTES = 64 << 20
LONGEST_ANSWER = 180.0
"""Seconds; chosen by hand, the service ends queries after 60."""


class ServiceError(TwingraphError):
    """The query service returns no usable answer."""


class _PassingError(Exception):
    """A transient error, with the seconds that the service asks to wait."""

    def __init__(self, what: str, pause: float | None = None) -> None:
        super().__init__(what)
        self.pause = pause


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryService:
    """A SPARQL query service.

    Attributes
    ----------
    endpoint
        Its address.
    user_agent
        Identifies the client; the service refuses requests without one.
    report_pause
        Called with a sentence before each pause.
    sleep, clock
        Functions to wait and to read a monotonic clock, in seconds.
    """

    endpoint: str
    user_agent: str
    report_pause: Callable[[str], None] = lambda _sentence: None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    timeout: httpx.Timeout = field(default_factory=lambda: httpx.Timeout(90.0, connect=15.0))

    def ask(self, query: str) -> bytes:
        """Return the complete result of a query as SPARQL JSON.

        Transient errors (no connection, 429, 5xx, a truncated or damaged answer) are retried after a pause: the seconds
        of the ``Retry-After`` header, else twice the previous pause.

        Raises
        ------
        ServiceError
            The query is refused, or the last try fails.
        """
        headers = {"User-Agent": self.user_agent, "Accept": "application/sparql-results+json"}
        pause = FIRST_PAUSE
        with httpx.Client(timeout=self.timeout, headers=headers, follow_redirects=True, max_redirects=5) as client:
            for left in reversed(range(TRIES)):
                try:
                    return self._answer(client, query)
                except _PassingError as fault:
                    wait = pause if fault.pause is None else fault.pause
                    if not left or wait > LONGEST_PAUSE:
                        raise self._given_up(str(fault), fault.pause) from fault
                    self.report_pause(f"{fault}; trying again in {wait:g} s")
                    self.sleep(wait)
                    pause *= 2
        raise AssertionError("the last try answers or raises")

    def _answer(self, client: httpx.Client, query: str) -> bytes:
        until = self.clock() + LONGEST_ANSWER
        try:
            with client.stream("POST", self.endpoint, data={"query": query}) as response:
                self._check(response)
                body = bytearray()
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MOST_BYTES:
                        raise self._refused(f"the answer is larger than {MOST_BYTES >> 20} MB")
                    if self.clock() > until:
                        raise _PassingError(f"the answer took longer than {LONGEST_ANSWER:g} s")
        except httpx.TooManyRedirects as error:
            raise self._refused("too many redirects") from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise self._refused(f"the address is invalid ({error})") from error
        except httpx.TimeoutException as error:
            raise _PassingError("the service does not answer in time") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise _PassingError(f"the connection failed ({_words(error)})") from error
        try:
            answer = json.loads(body)
            if not isinstance(answer["results"]["bindings"], list):
                raise _PassingError("the answer has no rows")
        except (ValueError, RecursionError, TypeError, KeyError) as error:
            raise _PassingError("the answer is damaged or truncated") from error
        return bytes(body)

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
            busy = "asks for a pause" if status == httpx.codes.TOO_MANY_REQUESTS else "has an error"
            raise _PassingError(f"the service {busy} ({status})", _retry_after(response.headers.get("Retry-After", "")))
        raise self._refused(f"the service refuses the query ({status})")

    def _refused(self, what: str) -> ServiceError:
        return ServiceError(
            f"{self.endpoint}: {what}.", "Check TWINGRAPH_WIKIDATA_ENDPOINT, or load a saved result as a file."
        )

    def _given_up(self, what: str, pause: float | None) -> ServiceError:
        later = f"in {pause:g} s" if pause else "later"
        return ServiceError(
            f"{self.endpoint}: {what}.",
            f"Run the same command again {later}: it resumes the download. --offline uses the last complete download.",
        )


def _retry_after(text: str) -> float | None:
    """Return the seconds of a ``Retry-After`` header, which contains seconds or a date."""
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _words(error: Exception) -> str:
    return str(error).strip().rstrip(".")[:160] or type(error).__name__
