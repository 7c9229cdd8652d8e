"""A way past the proxy: the ports of a process, and how many sockets its files allow."""

import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from tests.load.direct import answers, fitting, listening


class Well(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


def test_a_process_holds_two_files_for_each_socket_and_five_for_each_room() -> None:
    assert fitting(10_000, 50, files=1_000_000) == 10_000
    assert fitting(10_000, 50, files=20_000) == 9_250


def test_the_port_that_answers_is_told_from_the_one_that_only_listens() -> None:
    with HTTPServer(("127.0.0.1", 0), Well) as server, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        ports = set(listening(os.getpid()))
        assert {server.server_port, silent.getsockname()[1]} <= ports
        turn = threading.Thread(target=server.handle_request)
        turn.start()
        assert answers(server.server_port)
        turn.join()
    assert not answers(server.server_port)
