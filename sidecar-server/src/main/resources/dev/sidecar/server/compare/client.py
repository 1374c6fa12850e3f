"""Times calls to a sidecar from Python. Arguments: socket, URL, token, milliseconds for each. Prints JSON."""
import http.client
import json
import platform
import socket
import sys
import time
import urllib.parse

PATH, URL, TOKEN, MILLIS = sys.argv[1], urllib.parse.urlsplit(sys.argv[2]), sys.argv[3], int(sys.argv[4])
LINE = '{"severity":"INFO","body":"order 4711 paid","attributes":{"amount":12,"currency":"EUR"}}\n'
OPERATIONS = {
    "lookup": ("GET", "/v1/services/neighbour", None),
    "health": ("GET", "/v1/health/live", None),
    "config-read": ("GET", "/v1/config/compare.greeting", None),
    "log-acknowledged": ("POST", "/v1/logs", LINE),
}


class UnixConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(PATH)


def call(connection, method, path, body):
    headers = {"Authorization": "Bearer " + TOKEN}
    if body:
        headers["Content-Type"] = "application/x-ndjson"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status >= 300:
        raise RuntimeError("status %d" % answer.status)


def measure(connection, request):
    times = []
    begin = now = time.perf_counter()
    while now - begin < MILLIS * 1.5e-3:
        call(connection, *request)
        end = time.perf_counter()
        if end - begin > MILLIS * 0.5e-3:  # the first third warms up
            times.append((end - now) * 1e6)
        now = end
    return sorted(times)


RESULTS = []
for operation, request in OPERATIONS.items():
    for way in ("sidecar-unix", "sidecar-tcp"):
        tcp = way == "sidecar-tcp"
        connection = http.client.HTTPConnection(URL.hostname, URL.port) if tcp else UnixConnection("localhost")
        connection.connect()
        if tcp:
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        times = measure(connection, request)
        connection.close()

        def at(quantile):
            return round(times[min(len(times) - 1, int(quantile * len(times)))], 1)

        RESULTS.append({"operation": operation, "way": way, "count": len(times), "p50Us": at(0.5), "p90Us": at(0.9), "p99Us": at(0.99)})
print(json.dumps({"language": "Python", "version": platform.python_version(), "results": RESULTS}))
