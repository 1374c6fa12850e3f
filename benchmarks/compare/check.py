"""Asks a sidecar by itself, over plain sockets, and holds the reports against what it saw. See run."""
import json
import socket
import sys
import time
import urllib.parse

WORK, SOCKET, API, TOKEN, PID = sys.argv[1:6]
ok = True


def check(title, value, low, high, unit):
    global ok
    passed = low <= value <= high
    ok = ok and passed
    print("%-4s %-58s %8.1f %s (%.1f to %.1f)" % ("PASS" if passed else "FAIL", title, value, unit, low, high))


def report(name):
    with open("%s/%s/compare.json" % (WORK, name)) as file:
        return json.load(file)


def cell(tree, operation, way):
    return next(o for o in tree["operations"] if o["id"] == operation)["ways"][way]


def pss(pid):
    with open("/proc/%s/smaps_rollup" % pid) as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024


def connect(way):
    if way == "sidecar-unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(SOCKET)
    else:
        url = urllib.parse.urlsplit(API)
        connection = socket.create_connection((url.hostname, url.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def exchange(connection, request):
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, body = answer.split(b"\r\n\r\n", 1)
    lower = head.lower()
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65536)
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65536)
    if not head.startswith(b"HTTP/1.1 2"):
        raise SystemExit(head.decode())


def request(method, path, body=""):
    return ("%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            % (method, path, TOKEN, len(body), body)).encode()


def median(connection, question, per_second, seconds):
    """At a rate, each from when it was due, as compare does it."""
    times = []
    begin = time.perf_counter()
    for i in range(int(per_second * seconds)):
        due = begin + i / per_second
        while time.perf_counter() < due:
            left = due - time.perf_counter()
            if left > 0.0003:
                time.sleep(left - 0.0003)
        exchange(connection, question)
        times.append(time.perf_counter() - due)
    return sorted(times)[len(times) // 2] * 1e6


plain, slow, swapped = report("plain"), report("slow"), report("swapped")
print(plain["noise"]["note"])
ways = ("sidecar-unix", "sidecar-tcp")
first = connect("sidecar-tcp")
exchange(first, request("PUT", "/v1/services/neighbour/instances/neighbour-1", '{"address":"127.0.0.1","port":9,"ttl":"1h"}'))
idle = pss(PID)
reported = plain["memory"]["sidecar-unix"]["sidecar"]["idle"]["pssBytes"] / 1048576
check("memory of an idle sidecar, outside", idle, 0.9 * reported, 1.1 * reported, "MB")
for operation, path in (("wire-lookup", "/v1/services/neighbour"), ("wire-health", "/v1/health/live")):
    rate = next(o for o in plain["operations"] if o["id"] == operation)["ratePerSecond"]
    question = request("GET", path)
    lines = {way: connect(way) for way in ways}
    for way in ways:
        median(lines[way], question, rate, 6)  # warms up
    for way in ways:
        seen = median(lines[way], question, rate, 4)
        says = cell(plain, operation, way)["paced"]["p50Us"]
        check("%s %s, outside" % (operation, way), seen, 0.75 * says, 1.25 * says, "us")
added = cell(slow, "lookup", "library")["paced"]["p50Us"] - cell(plain, "lookup", "library")["paced"]["p50Us"]
check("100 us put into the library's lookup", added, 85, 115, "us")
for operation in ("lookup", "health", "config-read"):
    was = cell(plain, operation, "sidecar-tcp")["paced"]["p50Us"]
    check("swapped: %s of 'library' is the sidecar's" % operation, cell(swapped, operation, "library")["paced"]["p50Us"], 0.7 * was, 1.3 * was, "us")
    was = cell(plain, operation, "library")["paced"]["p50Us"]
    check("swapped: %s of 'sidecar-tcp' is the library's" % operation, cell(swapped, operation, "sidecar-tcp")["paced"]["p50Us"], 0, 3 * was + 5, "us")
sys.exit(0 if ok else 1)
