#!/usr/bin/env python3
"""Three instances of one service, each a process that registers itself. USR1 starts one more."""
import http.server
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

SERVICE = "orders"


def sidecar(method, path, body=None):
    request = urllib.request.Request(
        os.environ["SIDECAR_URL"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + os.environ["SIDECAR_TOKEN"], "Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(request, timeout=2).close()
    except (urllib.error.URLError, OSError) as problem:
        print(f"{method} {path}: {problem}", file=sys.stderr)


def instance(name):
    """Answers with its name; renews its lease; on TERM leaves first and ends when its last answer is given."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = (name + "\n").encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    path = f"/v1/services/{SERVICE}/instances/{name}"
    leaving = threading.Event()

    def leave(*_):
        leaving.set()

    signal.signal(signal.SIGTERM, leave)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{name} listens on {server.server_address[1]}, pid {os.getpid()}", flush=True)
    while not leaving.is_set():
        sidecar("PUT", path, {"port": server.server_address[1], "ttl": "5s"})
        leaving.wait(1.5)
    sidecar("DELETE", path)
    time.sleep(1.5)


def main():
    running = {}
    wanted = [3]
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    signal.signal(signal.SIGUSR1, lambda *_: wanted.__setitem__(0, wanted[0] + 1))
    started = 0
    while not stopping.is_set():
        while started < wanted[0]:
            started += 1
            name = f"{SERVICE}-{started}"
            running[name] = subprocess.Popen([sys.executable, __file__, name])
        for name, process in list(running.items()):
            if process.poll() is not None:
                # A process that was killed cannot leave by itself.
                sidecar("DELETE", f"/v1/services/{SERVICE}/instances/{name}")
                del running[name]
        stopping.wait(0.1)
    for process in running.values():
        process.terminate()
    for process in running.values():
        process.wait()


if __name__ == "__main__":
    if "SIDECAR_URL" not in os.environ:
        sys.exit("no sidecar: see the README beside me")
    instance(sys.argv[1]) if len(sys.argv) > 1 else main()
