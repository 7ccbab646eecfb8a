"""A model service that answers at once from a script and notes when each request came."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """Serves on a free port of the loopback.

    A script is a list of replies, one per turn: a text, or a (tool, arguments) pair. The turn is
    told by the number of assistant messages in the request, so a request sent twice is harmless.
    """

    def __init__(self):
        self.script, self.seen, self.on_request = [], [], None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or the second packet of an answer waits for 40 ms

            def parse_request(self):
                self.arrived = time.monotonic()
                return super().parse_request()

            def do_POST(self):
                outer._post(self)

            def do_GET(self):
                self.send_error(404)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = "http://127.0.0.1:%d/v1" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def play(self, script, on_request=None):
        self.script, self.seen, self.on_request = script, [], on_request

    def _post(self, handler):
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        turn = sum(1 for message in body["messages"] if message["role"] == "assistant")
        reply = self.script[min(turn, len(self.script) - 1)]
        if self.on_request:
            self.on_request(turn)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        events = "".join("data: %s\n\n" % json.dumps(event) for event in self._events(reply, turn))
        data = (events + "data: [DONE]\n\n").encode()
        handler.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))
        handler.wfile.flush()
        self.seen.append({"arrived": handler.arrived, "answered": time.monotonic(), "body": body})

    @staticmethod
    def _events(reply, turn):
        def chunk(delta, finish=None, **more):
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            return {"id": "b%d" % turn, "object": "chat.completion.chunk", "created": 0,
                    "model": "benchmark", "choices": choices, **more}

        if isinstance(reply, str):
            yield chunk({"role": "assistant", "content": reply})
            yield chunk({}, "stop")
        else:
            function = {"name": reply[0], "arguments": json.dumps(reply[1])}
            call = {"index": 0, "id": "call_%d" % turn, "type": "function", "function": function}
            yield chunk({"role": "assistant", "tool_calls": [call]})
            yield chunk({}, "tool_calls")
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        yield {**chunk({}), "choices": [], "usage": usage}
