"""Memory does not grow with the size of content, with connections that come and go, or with time."""

import os
import random
import re
import socket
import statistics
import threading
import time

from bench import cpu
from bench.bed import free_ports

MB = 1024 * 1024


def sink(stop):
    """An upstream that reads what it gets and says how much that was; returns its port."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(1)

    def serve(one):
        with one:
            one.settimeout(60)
            pending = b""
            while True:
                while b"\r\n\r\n" not in pending:
                    piece = one.recv(65536)
                    if not piece:
                        return
                    pending += piece
                head, _, pending = pending.partition(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: *(\d+)", head)
                left = (int(length.group(1)) if length else 0) - len(pending)
                total = left + len(pending)
                buffer = bytearray(256 * 1024)
                while left > 0:
                    read = one.recv_into(buffer, min(left, len(buffer)))
                    if not read:
                        return
                    left -= read
                pending = b""
                body = str(total).encode()
                one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))

    def guarded(one):
        try:
            serve(one)
        except OSError:
            pass

    def accept():
        while not stop.is_set():
            try:
                one, _ = server.accept()
            except OSError:
                continue
            threading.Thread(target=guarded, args=(one,), daemon=True).start()
        server.close()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


def large(bed, judge, rounds, seconds):
    """1 GB each way in a heap of 128 MB, to a client that takes it and from one that sends it."""
    with open(os.path.join(bed.html, "1g"), "wb") as file:
        file.truncate(1024 * MB)
    upstream = bed.nginx("large-upstream")
    stop = threading.Event()
    [port] = free_ports(1)
    sidecar = bed.sidecar("large", f"""
sidecar:
  ambassador:
    port: {port}
    routes:
      down: {{urls: ["http://127.0.0.1:{upstream.port}"], prefix: /}}
      up: {{urls: ["http://127.0.0.1:{sink(stop)}"], timeout: 5m}}
""", port, env={"SIDECAR_JAVA_OPTS": "-Xmx128m -XX:MaxDirectMemorySize=64m"})
    for _ in range(200):
        download(port, "/100k", None)
    before = sidecar.rss_mb()
    peak = [before]

    def watch():
        while not stop.is_set():
            peak[0] = max(peak[0], sidecar.rss_mb())
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    down = download(port, "/1g", None)
    slow = download(port, "/1m", 0.005)
    up = upload(port, "/up", 1024 * MB)
    stop.set()
    watcher.join()
    good = down == 1024 * MB and slow == MB and up == 1024 * MB and peak[0] - before < 64
    judge.verdict(
        "1 GB in a heap of 128 MB",
        f"down {down} B, up {up} B, RSS {before:.0f} MB before, at most {peak[0]:.0f} MB  limit +64 MB", good)


def download(port, path, pause):
    """Bytes of content; with a pause before each read."""
    with socket.create_connection(("127.0.0.1", port), 30) as one:
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        text = b""
        while b"\r\n\r\n" not in text:
            text += one.recv(65536)
        total = len(text.partition(b"\r\n\r\n")[2])
        buffer = bytearray(64 * 1024 if pause is None else 8192)
        while True:
            if pause:
                time.sleep(pause)
            read = one.recv_into(buffer)
            if not read:
                return total
            total += read


def upload(port, path, size):
    """What the upstream says it got."""
    with socket.create_connection(("127.0.0.1", port), 120) as one:
        one.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n".encode())
        piece = b"x" * MB
        for _ in range(size // MB):
            one.sendall(piece)
        text = b""
        while True:
            more = one.recv(65536)
            if not more:
                return int(text.partition(b"\r\n\r\n")[2] or 0)
            text += more


def soak(bed, judge, minutes):
    """Mixed load at paranoid leak detection: small and large, kept and closed, cut off, refused, slow, over HTTP/2."""
    upstream = bed.nginx("soak-upstream", 3)
    stop = threading.Event()
    ended = threading.Event()
    more = f"""
      up: {{urls: ["http://127.0.0.1:{sink(stop)}"]}}
      nobody: {{urls: ["http://127.0.0.1:1"]}}
"""
    os.environ["SIDECAR_JAVA_OPTS"] = "-Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.targetRecords=20"
    sidecar = cpu.real(bed, "soak", upstream.ports, more)
    del os.environ["SIDECAR_JAVA_OPTS"]
    done = {}
    lock = threading.Lock()

    def count(kind):
        with lock:
            done[kind] = done.get(kind, 0) + 1

    def talk(request, until, keep=1):
        with socket.create_connection(("127.0.0.1", sidecar.port), 10) as one:
            for _ in range(keep):
                one.sendall(request)
                text = b""
                while len(text) < until:
                    piece = one.recv(65536)
                    if not piece:
                        return text
                    text += piece
        return text

    def small():
        talk(b"GET /1k HTTP/1.1\r\nHost: x\r\n\r\n", 1100, 50)

    def closed():
        talk(b"GET /1k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 1 << 20)

    def whole_large():
        talk(b"GET /100k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 1 << 20)

    def cut_off():
        talk(b"GET /1m HTTP/1.1\r\nHost: x\r\n\r\n", 30_000)

    def content():
        size = random.choice((10, 5000, 70_000, 300_000))
        talk(b"POST /up HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size, 1 << 20)

    def half_sent():
        with socket.create_connection(("127.0.0.1", sidecar.port), 10) as one:
            one.sendall(b"POST /up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9")

    def refused():
        talk(b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 1 << 20)

    def unreachable():
        talk(b"GET /nobody/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 1 << 20)

    def slow():
        download(sidecar.port, "/100k", 0.02)

    def http2():
        import subprocess
        subprocess.run(["curl", "-s", "--http2-prior-knowledge", "-o", "/dev/null", "-o", "/dev/null",
                        sidecar.url("/1k"), sidecar.url("/100k")], timeout=20)

    kinds = [small, small, closed, whole_large, cut_off, content, half_sent, refused, unreachable, slow, http2]
    weights = [20, 20, 8, 8, 8, 8, 6, 4, 2, 1, 1]
    broken = []

    def worker():
        while not ended.is_set():
            kind = random.choices(kinds, weights)[0]
            try:
                kind()
                count(kind.__name__)
            except ConnectionResetError:
                count(kind.__name__ + " (reset)")
            except Exception as e:  # noqa: BLE001 said at the end
                if len(broken) < 5:
                    broken.append(f"{kind.__name__}: {e!r}")

    workers = [threading.Thread(target=worker) for _ in range(16)]
    for each in workers:
        each.start()
    samples = []
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until and sidecar.process.poll() is None:
        samples.append(sidecar.rss_mb())
        time.sleep(min(2, max(0.1, until - time.monotonic())))
    ended.set()
    for each in workers:
        each.join(30)
    stop.set()
    third = len(samples) // 3
    middle, last = statistics.median(samples[third:2 * third]), statistics.median(samples[2 * third:])
    with open(bed.path("soak.log"), errors="replace") as log:
        text = log.read()
    with open(bed.path("soak-access.log"), errors="replace") as log:
        leaks = text.count("LEAK:") + sum("LEAK:" in line for line in log)
    print("   ", ", ".join(f"{kind} {number}" for kind, number in sorted(done.items())))
    judge.verdict(
        f"soak, {minutes:g} min, leaks", f"{leaks} reported at paranoid level, failed: {broken or 'none'}",
        leaks == 0 and not broken and sidecar.process.poll() is None)
    judge.verdict(
        f"soak, {minutes:g} min, RSS", f"median of the middle third {middle:.0f} MB, of the last {last:.0f} MB  limit +5 %",
        last <= 1.05 * middle)
