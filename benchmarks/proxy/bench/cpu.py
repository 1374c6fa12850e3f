"""Processor time per request: forwarded beside HAProxy and Spring Cloud Gateway, files beside nginx."""

import os
import re
import subprocess
import sys

from bench.bed import HERE, ROOT, Running, free_ports


def bare(bed, judge, rounds, seconds):
    """The data plane alone: one route to one instance, no log, meters or policies."""
    upstream = bed.nginx("bare-upstream")
    theirs = bed.haproxy("bare-haproxy", [upstream.port])
    [port] = free_ports(1)
    process = bed.spawn(bed.java("BareProxy", port, upstream.port), "bare.log")
    bed.await_url(f"http://127.0.0.1:{port}/1k", process, "bare.log")
    ours = Running("bare", process.pid, port)
    judge.paired("bare route, 1 KB", ours, theirs, "/1k", 1.0, rounds, seconds)
    judge.paired("bare route, 100 KB", ours, theirs, "/100k", 1.1, rounds, seconds)


def ambassador(bed, judge, rounds, seconds):
    """Everything on, by the launcher: log to a file, meters, breaker, ejection, three instances."""
    upstream = bed.nginx("upstream", 3)
    theirs = bed.haproxy("haproxy", upstream.ports, "haproxy-access.log")
    ours = real(bed, "ambassador", upstream.ports)
    judge.paired("ambassador with log, 1 KB", ours, theirs, "/1k", 1.1, rounds, seconds)
    judge.paired("ambassador with log, 100 KB", ours, theirs, "/100k", 1.1, rounds, seconds)
    return ours, upstream


def real(bed, name, upstreams, more="", log=True):
    [port] = free_ports(1)
    urls = ", ".join(f'"http://127.0.0.1:{each}"' for each in upstreams)
    settings = f"""
sidecar:
  logging:
    console: {{enabled: false}}
    file: {{path: {bed.path(name + "-access.log")}, max-size: 10GB}}
  ambassador:
    port: {port}
    access-log: {{enabled: {str(log).lower()}}}
    routes:
      all: {{urls: [{urls}], prefix: /}}
{more}"""
    return bed.sidecar(name, settings, port)


def files(bed, judge, rounds, seconds):
    """The real offload port; neither side logs."""
    nginx = bed.nginx("files")
    [port] = free_ports(1)
    ours = bed.sidecar("offload", f"""
sidecar:
  offload:
    port: {port}
    access-log: {{enabled: false}}
    static: [{{path: /, root: {bed.html}}}]
""", port)
    judge.paired("file, 10 KB", ours, nginx, "/10k", 1.1, rounds, seconds)
    judge.paired("file, 1 MB", ours, nginx, "/1m", 1.05, rounds, seconds)


def gateway(bed, judge, rounds, seconds):
    """Spring Cloud Gateway on WebFlux with its circuit-breaker filter, without a log; ours as in `ambassador`."""
    upstream = bed.nginx("gateway-upstream", 3)
    target = os.path.join(HERE, "gateway", "target")
    subprocess.run(
        ["mvn", *os.environ.get("MAVEN_ARGS", "-q").split(), "-Pbenchmarks", "-pl", "benchmarks/proxy/gateway", "-DskipTests", "package"],
        cwd=ROOT, check=True, stdout=sys.stderr)
    jar = next(os.path.join(target, f) for f in os.listdir(target) if re.fullmatch(r"gateway-.*\.jar", f))
    [port] = free_ports(1)
    process = bed.spawn(
        ["java", "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar, f"--server.port={port}", "--server.address=127.0.0.1",
         f"--upstream=http://127.0.0.1:{upstream.port}"], "gateway.log")
    bed.await_url(f"http://127.0.0.1:{port}/1k", process, "gateway.log", 120)
    theirs = Running("gateway", process.pid, port)
    ours = real(bed, "beside-gateway", upstream.ports)
    judge.paired("beside Spring Cloud Gateway, 1 KB", ours, theirs, "/1k", 0.25, rounds, seconds)
