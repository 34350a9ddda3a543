"""Translate the server's and the driver's errors, which are recognised by code and text; neither is imported here."""

import re

from twingraph.errors import (
    AuthenticationError,
    ConfigError,
    DiskFullError,
    QueryError,
    QueryTimeoutError,
    ReadOnlyError,
    ServerTooOldError,
    ServerUnreachableError,
    StoreError,
    TwingraphError,
)
from twingraph.graph.adapters import missing_parameter, not_unique, syntax_error, would_write

__all__ = ["check_version", "translate_driver_error", "translate_server_error"]

NEEDED = (5, 26)
"""The oldest supported server: the long-term release with all that the queries and the schema use."""

PLACE = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")


def check_version(agent: str, address: str) -> None:
    """Refuse a Neo4j server older than :data:`NEEDED`; other servers that speak Bolt are not checked."""
    number = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if number and (int(number[1]), int(number[2])) < NEEDED:
        raise too_old(f"{address} runs {agent.replace('/', ' ')}.")


def too_old(message: str) -> ServerTooOldError:
    """Return the error for a server that is too old."""
    return ServerTooOldError(message, f"twingraph needs Neo4j {NEEDED[0]}.{NEEDED[1]} or newer: upgrade the server.")


def translate_server_error(  # noqa: PLR0911  (one return per situation)
    code: str, text: str, *, address: str, database: str | None, query: str | None, timeout: float | None
) -> TwingraphError:
    """Return the error for a server's code, such as ``Neo.ClientError.…``, and its message."""
    if ".Security.Credentials" in code or "RateLimit" in code or "Unauthorized" in code or "TokenExpired" in code:
        return translate_login_error(code, address)
    if code.endswith("Database.DatabaseNotFound"):
        return ConfigError(
            f"There is no database {database!r} on {address}.",
            "Correct ?database= in the URI or TWINGRAPH_NEO4J_DATABASE; SHOW DATABASES lists them.",
        )
    if "OutOfMemory" in code or "MemoryPool" in code:
        return StoreError(
            f"The server's memory is too small for this transaction: {text}",
            "Load fewer rows at once, or raise server.memory.heap.max_size and dbms.memory.transaction.total.max.",
        )
    if "No space left" in text:
        return DiskFullError(f"There is no room left on the server {address}.", "Make room on the server.")
    if "TimedOut" in code:
        seconds = f" after {timeout:g} seconds" if timeout is not None else ""
        return QueryTimeoutError(f"The query was given up{seconds}.", "Ask for less, or allow more time.")
    if "DatabaseUnavailable" in code or "Transaction.Terminated" in code or "not currently available" in text:
        return ServerUnreachableError(
            f"The server at {address} ended the transaction: {text}",
            "Check that it runs: it may be stopping or starting.",
        )
    if code.endswith("Statement.AccessMode"):
        return would_write()
    if "Forbidden" in code or "ReadOnly" in code or "NotALeader" in code:
        return ReadOnlyError(
            f"The server does not let this user write: {text}", "Log in as a user who may write, to the leader's URI."
        )
    if "ParameterMissing" in code:
        return missing_parameter(text.partition(": ")[2].split(",")[0].strip() or "?")
    if "ConstraintValidation" in code:
        return not_unique(text)
    return (
        translate_query_error(text, query)
        if query is not None
        else StoreError(f"{address} reports an error: {text}", "")
    )


def translate_query_error(text: str, query: str) -> TwingraphError:
    """Return the error for a query that the server refuses, with a caret under the fault if its position is known."""
    place = PLACE.search(text)
    if place:
        return syntax_error(query, int(place[1]), int(place[2]), text[: place.start()])
    return QueryError(f"The query cannot be run: {text.rstrip('.')}.", "")


def translate_login_error(code: str, address: str) -> TwingraphError:
    """Return the error for a refused login."""
    if "RateLimit" in code:
        return AuthenticationError(
            f"{address} refuses logins for some seconds, after too many wrong passwords.",
            "Wait a few seconds, then try the right password.",
        )
    if "CredentialsExpired" in code:
        return AuthenticationError(
            f"{address} requires the first password to be changed.",
            "Change it, see docs/neo4j.md: ALTER CURRENT USER SET PASSWORD FROM … TO … on the database system.",
        )
    return AuthenticationError(
        f"{address} refuses the user or the password.",
        "Check TWINGRAPH_NEO4J_USER and TWINGRAPH_NEO4J_PASSWORD, or the file given with --password-file.",
    )


def translate_driver_error(kind: str, text: str, address: str) -> TwingraphError:
    """Return the error for a driver's error: the name of its class and its message."""
    if kind == "ConfigurationError":
        return ConfigError(f"The address {address} cannot be used: {text}", "See docs/neo4j.md for the forms of a URI.")
    if "does not support communication" in text or kind == "UnsupportedServerProduct":
        return too_old(f"{address} supports no protocol of this driver.")
    if kind in {"ValueError", "OverflowError"}:
        return QueryError(f"A value cannot be sent to the server: {text}.", "Use texts, numbers, lists and maps.")
    return ServerUnreachableError(
        f"No Neo4j server answers at {address}{describe_reason(text)}", suggest_step(text, address)
    )


def describe_reason(text: str) -> str:
    """Return the meaning of the driver's message, as the end of a sentence."""
    reasons = (
        ("resolve address", ": there is no host of that name."),
        ("refused", ": nothing listens on that port."),
        ("HTTP", ": what listens there speaks HTTP, not Bolt."),
        ("andshake", ": what listens there does not speak Bolt."),
        ("SSL", ": the encrypted connection cannot be made."),
        ("routing", ": no routing table came back."),
        ("timed out", ": it did not answer in time."),
    )
    return next((reason for sign, reason in reasons if sign.lower() in text.lower()), ".")


def suggest_step(text: str, address: str) -> str:
    """Return what to try."""
    if "SSL" in text:
        return "Use bolt:// or neo4j:// for a server without TLS, and +ssc for one that signed its own certificate."
    if "routing" in text:
        return "Check host and port; a single server is reached by bolt:// as well."
    if "resolve address" in text:
        return "Check the host in the URI."
    return "Check that the server runs, and host and port: Bolt is usually on 7687 (7474 is for browsers)." + (
        " `docker compose up -d --wait` starts one." if "localhost" in address or "127.0.0.1" in address else ""
    )
