"""
Times calls to a sidecar from Python, with the HTTP client of the standard library.

Arguments: a way, the socket, the URL, the ambassador's port; the token is in the environment. The operations are the
first line of standard input; each further line is a command, answered by one line of JSON, as Java's probe does it.
"""
import http.client
import json
import os
import platform
import socket
import sys
import time
import urllib.parse

WAY, PATH, URL, AMBASSADOR = sys.argv[1], sys.argv[2], urllib.parse.urlsplit(sys.argv[3]), int(sys.argv[4])
TOKEN = os.environ["COMPARE_TOKEN"]
SPIN_SECONDS = 150e-6  # of a wait; sleeping alone is too late
PATIENCE = 2


class UnixConnection(http.client.HTTPConnection):
    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(PATH)


class TcpConnection(http.client.HTTPConnection):
    def connect(self):
        super().connect()
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


API = UnixConnection("localhost") if WAY == "sidecar-unix" else TcpConnection(URL.hostname, URL.port)
NEIGHBOUR = TcpConnection("127.0.0.1", AMBASSADOR)


def call(operation):
    neighbour = operation["target"] == "ambassador"
    connection = NEIGHBOUR if neighbour else API
    headers = {} if neighbour else {"Authorization": "Bearer " + TOKEN}
    body = operation.get("body")
    if body:
        headers["Content-Type"] = operation["contentType"]
    try:
        connection.request(operation["method"], operation["path"], body, headers)
        answer = connection.getresponse()
        answer.read()
    except Exception:
        connection.close()
        raise
    if answer.status >= 300:
        raise RuntimeError("status %d" % answer.status)


class Slice:
    def __init__(self, operation):
        self.operation, self.micros, self.errors, self.error = operation, [], 0, None
        self.begin = time.perf_counter()

    def take(self, start):
        try:
            call(self.operation)
        except Exception as e:
            self.errors += 1
            self.error = str(e)
        end = time.perf_counter()
        self.micros.append(round(max(0.0, end - start) * 1e6, 2))
        return end

    def answer(self):
        nanos = round((time.perf_counter() - self.begin) * 1e9)
        return {"nanos": nanos, "errors": self.errors, "error": self.error, "micros": self.micros}


def await_due(due):
    left = due - time.perf_counter()
    while left > 0:
        if left > SPIN_SECONDS:
            time.sleep(left - SPIN_SECONDS)
        left = due - time.perf_counter()


def paced(piece, rate, millis):
    for i in range(max(1, int(rate * millis / 1000))):
        due = piece.begin + i / rate
        if time.perf_counter() > piece.begin + PATIENCE * millis / 1000:
            break
        await_due(due)
        piece.take(due)


def back_to_back(piece, millis):
    now = piece.begin
    while now - piece.begin < millis / 1000:
        now = piece.take(now)


OPERATIONS = {one["id"]: one for one in json.loads(sys.stdin.readline())}
print("ready Python " + platform.python_version(), flush=True)
for line in iter(sys.stdin.readline, ""):
    words = line.split()
    piece = Slice(OPERATIONS[words[1]])
    if words[0] == "paced":
        paced(piece, float(words[2]), int(words[3]))
    else:
        back_to_back(piece, int(words[2]))
    print(json.dumps(piece.answer()), flush=True)
