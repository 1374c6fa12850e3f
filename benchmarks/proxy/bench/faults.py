"""Upstreams of which half fails, many connections, and changes of the configuration under load."""

import json
import os
import socket
import ssl
import subprocess
import threading
import time

from bench import cpu
from bench.bed import free_ports
from bench.latency import paced


def report(sidecar, upstream):
    """What the sidecar says of an upstream; by the Unix socket, where no token is needed."""
    sock = os.path.join(sidecar.home, "run", os.path.basename(sidecar.config)[:-4] + ".sock")
    out = subprocess.run(
        ["curl", "-fs", "--unix-socket", sock, f"http://localhost/v1/resilience/{upstream}"],
        check=True, capture_output=True, text=True).stdout
    return json.loads(out)


def failing(bed, judge, rounds, seconds):
    """2,000 requests/s of which half is sent to, or answered by, what fails."""
    rate, last = 2000, max(10, 2 * seconds)
    for name, servers in (
        ("one of two instances fails", [("return 200 ok;",), ("return 500 no;",)]),
        ("every instance fails half the time", [("if ($half) { return 503 no; }", "return 200 ok;")] * 2),
    ):
        ports = free_ports(len(servers))
        blocks = "\n".join(
            f"server {{ listen 127.0.0.1:{port}; location / {{ {' '.join(rules)} }} }}"
            for port, rules in zip(ports, servers)
        )
        key = name.replace(" ", "-")
        config = bed.write(f"{key}.conf", f"""
worker_processes 1; pid {bed.path(key)}.pid; error_log {bed.path(key)}.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 1000000000;
  client_body_temp_path {bed.work}; proxy_temp_path {bed.work}; fastcgi_temp_path {bed.work};
  uwsgi_temp_path {bed.work}; scgi_temp_path {bed.work};
  split_clients "$request_id" $half {{ 50% 1; * ""; }}
  {blocks}
}}
""")
        bed.spawn(["nginx", "-c", config, "-g", "daemon off;"], f"{key}.out")
        time.sleep(0.5)
        [port] = free_ports(1)
        urls = ", ".join(f'"http://127.0.0.1:{each}"' for each in ports)
        settings = f"""
sidecar:
  logging: {{console: {{enabled: false}}, file: {{path: {bed.path(key + "-access.log")}}}}}
  ambassador:
    port: {port}
    routes: {{half: {{urls: [{urls}], prefix: /}}, ready: {{urls: [{urls}], prefix: /ready}}}}
"""
        sidecar = bed.sidecar(f"half-{len(servers[0])}", settings, port)
        before = report(sidecar, "half")
        load = paced(bed, f"http://127.0.0.1:{port}/", 32, rate, last)
        after = report(sidecar, "half")
        calls, retries = after["calls"] - before["calls"], after["retries"] - before["retries"]
        good = load["answers"].get("200", 0)
        share = good / (load["requests"] / 2)
        judge.verdict(
            name, f"goodput {good / last:.0f}/s, {share:.2f} of the healthy half's {rate // 2}/s  limit > 0.95",
            share > 0.95)
        judge.verdict(
            name + ", budget", f"{retries} retries of {calls} calls, {retries / calls:.3f}  limit 0.2 + 10",
            retries <= 0.2 * calls + 10)
        bed.end(sidecar.process)


def connections(bed, judge, rounds, seconds):
    """10,000 idle connections hurt nobody, and each of them still works."""
    upstream = bed.nginx("idle-upstream", 3)
    sidecar = cpu.real(bed, "idle", upstream.ports)
    paced(bed, sidecar.url("/1k"), 200, 4000, 5)
    alone = sidecar.rss_mb()
    request = f"GET /1k HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    idle = []
    for _ in range(10_000):
        one = socket.create_connection(("127.0.0.1", sidecar.port), 10)
        one.sendall(request)
        idle.append(one)
    for one in idle:
        whole(one)
    load = paced(bed, sidecar.url("/1k"), 200, 2000, min(20, max(5, 2 * seconds)))
    crowded = sidecar.rss_mb()
    alive = 0
    for one in idle:
        try:
            one.sendall(request)
            whole(one)
            alive += 1
        except OSError:
            pass
        one.close()
    bad = {a: n for a, n in load["answers"].items() if a != "200"}
    judge.verdict(
        "10,000 idle + 200 busy",
        f"idle that answer {alive}, of the busy not 200: {bad or 'none'}, p99 {load['p99Ms']:.2f} ms,"
        f" RSS {alone:.0f} -> {crowded:.0f} MB, {(crowded - alone) * 1024 / 10_000:.1f} KB each",
        alive == len(idle) and not bad)


def whole(one):
    """Takes one answer of 1 KB off the socket."""
    one.settimeout(10)
    text = b""
    while b"\r\n\r\n" not in text or len(text.partition(b"\r\n\r\n")[2]) < 1024:
        piece = one.recv(8192)
        if not piece:
            raise OSError("closed")
        text += piece
    if b" 200 " not in text[:20]:
        raise OSError(text[:20].decode(errors="replace"))


def reload(bed, judge, rounds, seconds):
    """Routes, policies and certificates change every three seconds while requests come in."""
    upstream = bed.nginx("reload-upstream", 3)
    [port, tls] = free_ports(2)
    certificate, key = bed.path("cert.pem"), bed.path("key.pem")

    def issue(number):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN=number-{number}", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", key + ".new", "-out", certificate + ".new"], check=True, capture_output=True)
        os.replace(key + ".new", key)
        os.replace(certificate + ".new", certificate)

    def settings(number):
        urls = ", ".join(f'"http://127.0.0.1:{upstream.ports[(number + i) % 3]}"' for i in range(1 + number % 3))
        return f"""
sidecar:
  logging: {{console: {{enabled: false}}, file: {{path: {bed.path("reload.log")}}}}}
  resilience: {{defaults: {{timeout: {5 + number}s}}}}
  ambassador:
    port: {port}
    routes:
      all: {{urls: [{urls}], prefix: /, retries: {{max: {number % 3}}}}}
      more{number}: {{urls: [{urls}]}}
  offload:
    port: {tls}
    static: [{{path: /, root: {bed.html}}}]
    tls: {{certificate: {certificate}, key: {key}}}
"""

    issue(0)
    sidecar = bed.sidecar("reload", settings(0), port)
    paced(bed, sidecar.url("/1k"), 16, 2000, 5)
    rounds_of_change = max(4, rounds)
    stop, seen, failures, served = threading.Event(), set(), [], [0]

    def tls_client():
        context = ssl._create_unverified_context()
        while not stop.is_set():
            try:
                with context.wrap_socket(socket.create_connection(("127.0.0.1", tls), 10)) as one:
                    seen.add(one.getpeercert(True))
                    for _ in range(20):
                        one.sendall(b"GET /1k HTTP/1.1\r\nHost: x\r\n\r\n")
                        whole(one)
                        served[0] += 1
            except OSError as e:
                failures.append(repr(e))

    clients = [threading.Thread(target=tls_client) for _ in range(2)]
    for client in clients:
        client.start()
    results = []
    loader = threading.Thread(
        target=lambda: results.append(paced(bed, sidecar.url("/1k"), 32, 2000, 3 * rounds_of_change + 4)))
    loader.start()
    for number in range(1, rounds_of_change + 1):
        time.sleep(3)
        issue(number)
        bed.write("reload.yml.new", settings(number))
        os.replace(bed.path("reload.yml.new"), sidecar.config)
    loader.join()
    stop.set()
    for client in clients:
        client.join()
    [load] = results
    bad = {a: n for a, n in load["answers"].items() if a != "200"}
    timeout = report(sidecar, "all")["policy"]["timeout"]
    judge.verdict(
        "routes and policies reloaded",
        f"{rounds_of_change} changes in {load['requests']} requests, not 200: {bad or 'none'}; time-out now {timeout}",
        not bad and timeout == f"{5 + rounds_of_change}s")
    judge.verdict(
        "certificates reloaded",
        f"{len(seen)} seen of {rounds_of_change + 1} in {served[0]} requests, failed: {failures[:3] or 'none'}",
        not failures and len(seen) >= rounds_of_change)
