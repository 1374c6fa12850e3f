"""What a proxy adds to the time of an answer at 1,000 requests/s on 16 connections."""

import json
import statistics
import subprocess

from bench import cpu
from bench.bed import Running

RATE, CONNECTIONS = 1000, 16
P50, P99 = 0.3, 2.0


def paced(bed, url, connections, rate, seconds):
    command = bed.java("Load", url, connections, rate, seconds, options=("-XX:+UseSerialGC", "-Xmx256m", "-Xss256k"))
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def added(bed, judge, rounds, seconds):
    upstream = bed.nginx("latency-upstream", 3)
    theirs = bed.haproxy("latency-haproxy", upstream.ports, "latency-haproxy-access.log")
    ours = cpu.real(bed, "latency", upstream.ports)
    sides = {"direct": upstream, "ours": ours, "haproxy": theirs}
    for side in sides.values():
        paced(bed, side.url("/1k"), CONNECTIONS, 3 * RATE, max(10, seconds))
    runs = {name: [] for name in sides}
    for i in range(rounds):
        for name in list(sides)[i % 3:] + list(sides)[:i % 3]:
            runs[name].append(paced(bed, sides[name].url("/1k"), CONNECTIONS, RATE, 2 * seconds))
    for figure, limit in (("p50Ms", P50), ("p99Ms", P99)):
        direct, own, other = (statistics.median(run[figure] for run in runs[name]) for name in sides)
        text = (
            f"direct {direct:.3f} ms  ours +{own - direct:.3f} ms  haproxy +{other - direct:.3f} ms  limit +{limit} ms"
        )
        judge.verdict(f"added latency, {figure[:3]}", text, own - direct <= limit)
    bad = {a: n for run in runs["ours"] for a, n in run["answers"].items() if a != "200"}
    judge.verdict("added latency, answers", f"not 200: {bad or 'none'}", not bad)
