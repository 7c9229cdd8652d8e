"""The routes of a developer's machine: absent anywhere else, and for whoever is not at it."""

from urllib.parse import unquote

LOCAL = "/api/local"


def absent(path: str, host: str, stage: str) -> bool:
    """Whether nothing is at this path, whatever the method and the body of the request.

    A name that somebody else gave to this machine (DNS rebinding) does not open them either.
    `path` is that of the address, still percent-encoded; `host` has no port.
    """
    return is_local(path) and not (stage == "local" and is_this_machine(host))


def is_local(path: str) -> bool:
    plain = unquote(path)
    return plain == LOCAL or plain.startswith(f"{LOCAL}/")


def is_this_machine(host: str) -> bool:
    """Names and numbers that lead nowhere else."""
    return host in ("localhost", "127.0.0.1", "::1") or host.endswith(".localhost")
