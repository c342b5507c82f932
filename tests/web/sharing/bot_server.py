"""A server of bots of one's own making: it notes what is sent and answers what the test wrote down for it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TAKEN = (200, {"ok": True, "result": {"message_id": 1}})


def refused(code: int, said: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    """An answer in the shape of Telegram's errors."""
    told = {"ok": False, "error_code": code, "description": said}
    return code, told | ({"parameters": parameters} if parameters else {})


class BotServer:
    """Listens on loopback; `answers` come first, then everything is taken."""

    def __init__(self) -> None:
        self.met: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, Any]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.met.append((self.path, json.loads(body)))
                code, told = server.answers.pop(0) if server.answers else TAKEN
                self.send_response(code)
                self.end_headers()
                self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def texts(self) -> list[str]:
        """What was sent."""
        return [told["text"] for _, told in self.met]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
