"""Where communities live: `chat.{slug}` below the platform's own name."""

from urllib.parse import urlsplit

from schema.refusals import Refused

COMMUNITIES_OWNED = 10
RESERVED = frozenset(
    {
        *("admin", "api", "app", "assets", "auth", "blog", "chat", "cdn", "cookie", "dashboard"),
        *("docs", "editor", "help", "knowledge", "localhost", "login", "mail", "org", "seo"),
        *("status", "support", "test", "vegvisr", "www"),
    }
)


def check_slug(slug: str) -> None:
    """Refuses: name_taken."""
    if slug in RESERVED:
        raise Refused("name_taken", "This name is kept for the platform. Choose another one.")


def check_owned(count: int) -> None:
    """Refuses: not_allowed."""
    if count >= COMMUNITIES_OWNED:
        raise Refused("not_allowed", f"You own {count} communities, which is as many as one may.")


def check_heir(count: int) -> None:
    """Of whoever is made the owner of one more. Refuses: not_allowed."""
    if count >= COMMUNITIES_OWNED:
        raise Refused("not_allowed", "They own as many communities as one may.")


def domain(platform: str, slug: str) -> str:
    """`chat.vegvisr.org` and `harbour` make `chat.harbour.vegvisr.org`."""
    return f"chat.{slug}.{platform.removeprefix('chat.')}"


def address(url: str, host: str) -> str:
    """The address of a host, reached the way this request came: its scheme and port."""
    here = urlsplit(url)
    port = f":{here.port}" if here.port else ""
    return f"{here.scheme}://{host}{port}/"
