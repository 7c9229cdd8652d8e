"""Vegvisr's servers of magic links and accounts, played over HTTP in the shapes that they have."""

import json
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Vegvisr:
    """Its people by address, the links that it mailed, and what it was asked."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.links: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.mailed: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.address = ""

    def knows(self, email: str, role: str = "User") -> None:
        self.people[email] = {"email": email, "user_id": str(uuid.uuid4()), "role": role}

    def link_for(self, email: str) -> str:
        """The token of a magic link that nobody used."""
        token = str(uuid.uuid4())
        self.links[token] = email
        return token

    def key_of(self, email: str) -> str:
        """A new token of somebody's account."""
        key = f"vv_prod_{uuid.uuid4().hex}"
        self.keys[key] = email
        return key

    def answer(self, path: str, query: dict[str, Any], key: str, body: Any) -> tuple[int, Any]:
        if path == "/login/magic/send":
            self.mailed.append({**body, "token": self.link_for(body["email"])})
            return 200, {"success": True, "email": body["email"], "expiresAt": 1}
        if path == "/login/magic/verify":
            email = self.links.pop(query.get("token", [""])[0], None)
            if email is None:
                return 410, {"error": "used or expired"}
            proven = {"success": True, "email": email, "expiresAt": 1, "redirectUrl": ""}
            return 200, proven | ({"apiToken": self.key_of(email)} if email in self.people else {})
        person = self.people.get(self.keys.get(key, ""))
        if path in ("/userdata-from-token", "/auth/validate-token") and person:
            return 200, {"valid": True, **person}
        return 401, {"valid": False}


@contextmanager
def played() -> Iterator[Vegvisr]:
    """One that answers at an address of this machine."""
    vegvisr = Vegvisr()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(None)

        def do_POST(self) -> None:
            self.respond(json.loads(self.rfile.read(int(self.headers["content-length"]))))

        def respond(self, body: Any) -> None:
            asked = urlsplit(self.path)
            vegvisr.asked.append(asked.path)
            key = (self.headers["authorization"] or "").removeprefix("Bearer ")
            status, found = vegvisr.answer(asked.path, parse_qs(asked.query), key, body)
            content = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """It says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    vegvisr.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield vegvisr
    finally:
        server.shutdown()
        server.server_close()
