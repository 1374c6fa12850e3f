#!/usr/bin/env python3
"""One proxy under steady load while its instances change at random and what can go wrong does. See run beside me."""
import contextlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import proxies

HERE = pathlib.Path(__file__).resolve().parent
TOKEN = f"edge-{os.getpid()}"
SEED = int(os.environ.get("SEED", "7"))
LATENCY_MS = int(os.environ.get("LATENCY_MS", "500"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, condition, seconds=30):
    """Waits for a condition; returns what it was at last, and the milliseconds that took."""
    begin = time.monotonic()
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            value = condition()
            if value:
                return value, (time.monotonic() - begin) * 1000
        if time.monotonic() - begin > seconds:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.001)


class Backend:
    """One instance of the service: an NGINX of one process that answers with its name."""

    def __init__(self, directory, name):
        self.name, self.port = name, free_port()
        home = pathlib.Path(directory) / name
        home.mkdir()
        temporary = "".join(f"{k}_temp_path {home}/{k};" for k in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (home / "conf").write_text(
            f"daemon off; master_process off; pid {home}/pid; error_log {home}/log crit; events {{}}"
            f' http {{ access_log off; {temporary} server {{ listen 127.0.0.1:{self.port};'
            f' location / {{ return 200 "{name}"; }} }} }}'
        )
        self.command = ["nginx", "-c", str(home / "conf")]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(f"{self.name} listens", lambda: socket.create_connection(("127.0.0.1", self.port), 1).close() is None)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Sidecar:
    """The process as it is shipped, with one proxy to manage."""

    def __init__(self, work, settings):
        config = {"sidecar": {"api": {"token": TOKEN}, "edge": {"web": settings}}}
        path = pathlib.Path(work) / "sidecar.yml"
        path.write_text(json.dumps(config))
        environment = dict(os.environ, SIDECAR_HOME=f"{work}/home")
        self.stderr = open(f"{work}/sidecar.err", "w+")
        self.process = subprocess.Popen(
            [*os.environ["SIDECAR"].split(), "run", "--config", str(path), "--name", "edge", "--api-port", "0",
             "--ops-port", "0", "--", "sleep", "3600"],
            env=environment, stdout=subprocess.DEVNULL, stderr=self.stderr,
        )
        ready = until("the sidecar is ready", self.ready, 600)[0]
        self.api = re.search(r"api=http://(\S+)", ready).group(1)

    def ready(self):
        if self.process.poll() is not None:
            sys.exit(pathlib.Path(self.stderr.name).read_text())
        return next((s for s in pathlib.Path(self.stderr.name).read_text().splitlines() if "sidecar ready" in s), None)

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.api, timeout=30)
        with contextlib.closing(connection):
            connection.request(
                method, path, None if body is None else json.dumps(body),
                {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            content = answer.read()
            if answer.status >= 400:
                raise RuntimeError(f"{method} {path}: {answer.status} {content}")
            return json.loads(content) if content else None

    def register(self, name, port, **metadata):
        self.call("PUT", f"/v1/services/orders/instances/{name}", {"port": port, "ttl": "10m", "metadata": metadata})

    def deregister(self, name):
        self.call("DELETE", f"/v1/services/orders/instances/{name}")

    def proxy(self):
        return self.call("GET", "/v1/edge/web")

    def await_state(self, *states):
        def reached():
            view = self.proxy()
            return view if view["state"] in states else None

        try:
            return until("state " + " or ".join(states), reached)[0]
        except TimeoutError:
            raise TimeoutError(f"not {states} but {json.dumps(self.proxy())[:3000]}") from None


class Load:
    """
    hey, twice: with a connection for each request, where whatever fails is seen, and with connections that stay open,
    where a request is sent again if the proxy closed its connection before it came, as clients do. In pieces: neither
    runs while the proxy is dead.
    """

    def __init__(self, port):
        steady = ["hey", "-z", "580s", "-c", "4", "-q", "50", "-t", "5"]
        url = f"http://127.0.0.1:{port}/"
        self.commands = [[*steady, "-disable-keepalive", url], [*steady, url]]
        self.requests, self.failed, self.words, self.running, self.since = 0, 0, [], [], 0.0

    def start(self):
        self.running = [subprocess.Popen(each, stdout=subprocess.PIPE, text=True) for each in self.commands]
        self.since = time.monotonic()

    def stop(self):
        if self.running:
            # They mind an interrupt only once they are under way.
            time.sleep(max(0.0, self.since + 1 - time.monotonic()))
        for process in self.running:
            process.send_signal(signal.SIGINT)
        for process in self.running:
            self.count(process.communicate()[0])
        self.running = []

    def count(self, report):
        for status, count in re.findall(r"\[(\d+)\]\s+(\d+) responses", report):
            self.requests += int(count)
            if status != "200":
                self.failed += int(count)
                self.words.append(f"{count} times {status}")
        for count, error in re.findall(r"\[(\d+)\]\s+(Get .*)", report):
            self.requests += int(count)
            self.failed += int(count)
            self.words.append(f"{count} times {error}")


class Run:
    """The changes, what they did, and what must hold after each."""

    def __init__(self, kind, work):
        self.random = random.Random(SEED)
        self.work = work
        self.taken = socket.socket()
        self.taken.bind(("127.0.0.1", 0))
        self.taken.listen()
        self.directory = pathlib.Path(work) / "proxy"
        self.proxy = kind(self.directory, free_port(), self.taken.getsockname()[1])
        self.disk = self.small_disk()
        (pathlib.Path(work) / "backends").mkdir()
        self.backends = [Backend(f"{work}/backends", f"b{i}") for i in range(8)]
        self.registered = {}
        self.latencies, self.bad, self.down = [], [], []
        self.load = Load(self.proxy.port)
        self.sidecar = None

    def launch(self):
        self.sidecar = Sidecar(self.work, self.proxy.settings())

    def small_disk(self):
        if os.geteuid() != 0:
            return None
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(self.proxy.conf)])
        return self.proxy.conf if mounted.returncode == 0 else None

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=2)
        with contextlib.closing(connection):
            connection.request("GET", "/", headers={"Connection": "close"})
            answer = connection.getresponse()
            return answer.read().decode() if answer.status == 200 else f"status {answer.status}"

    def in_file(self):
        return sorted(set(re.findall(r"127\.0\.0\.1:(\d+)", "".join(
            line for line in self.proxy.destination.read_text().splitlines(True) if line.strip().startswith("server ")))))

    def settled(self):
        wanted = sorted(str(port) for port in self.registered.values())
        until(f"the file has {wanted}", lambda: self.in_file() == wanted)
        self.sidecar.await_state("confirmed")

    def begin(self):
        for backend in self.backends[:4]:
            self.join(backend)
        self.settled()
        until("it serves", lambda: self.ask().startswith("b"))

    # --- changes ---------------------------------------------------------------------------------------------------

    def join(self, backend):
        self.sidecar.register(backend.name, backend.port)
        self.registered[backend.name] = backend.port

    def leave(self, backend):
        self.sidecar.deregister(backend.name)
        del self.registered[backend.name]

    def crash(self, backend):
        """The registry hears of it a little later."""
        backend.kill()
        time.sleep(self.random.uniform(0, 0.4))
        self.leave(backend)
        self.settled()
        backend.start()

    def change(self):
        inside = [b for b in self.backends if b.name in self.registered]
        outside = [b for b in self.backends if b.name not in self.registered]
        if outside and (len(inside) <= 3 or self.random.random() < 0.5):
            self.join(self.random.choice(outside))
            return "join"
        backend = self.random.choice(inside)
        if self.random.random() < 0.3:
            self.crash(backend)
            return "crash"
        self.leave(backend)
        return "leave"

    # --- what goes wrong -------------------------------------------------------------------------------------------

    def spoil(self, how):
        """Returns what the API said; afterwards all is well again."""
        self.settled()
        good = self.proxy.destination.read_text()
        if how in ("template", "check", "reload"):
            {"template": self.proxy.break_template, "check": self.proxy.break_check,
             "reload": self.proxy.refuse_reload}[how]()
            view = self.sidecar.await_state(self.proxy.refused if how == "reload" else "rejected")
        elif how == "empty":
            for name in list(self.registered):
                self.sidecar.deregister(name)
            view = self.sidecar.await_state("held")
        elif how == "disk":
            with open(self.disk / "full", "wb", buffering=0) as full:
                with contextlib.suppress(OSError):
                    while True:
                        full.write(bytes(4096))
            self.join(next(b for b in self.backends if b.name not in self.registered))
            view = self.sidecar.await_state("rejected")
        else:
            return self.killed(how)
        said = view.get("reason", "")
        served = self.ask()
        kept = self.proxy.destination.read_text() == good
        if how == "disk":
            (self.disk / "full").unlink()
        elif how == "empty":
            for name, port in self.registered.items():
                self.sidecar.register(name, port)
        self.proxy.heal()
        self.settled()
        return said, served, kept

    def killed(self, how):
        self.load.stop()
        (self.proxy.kill if how == "kill" else self.proxy.kill_master_alone)()
        view = self.sidecar.await_state("pending")
        self.down.append(until("it serves again", lambda: self.ask().startswith("b"))[1])
        self.settled()
        self.load.start()
        return view.get("reason", ""), self.ask(), True

    # --- phases ----------------------------------------------------------------------------------------------------

    def changes(self, count, bad):
        kinds = ["template", "check", "reload", "kill", "empty", "disk", "kill-master"]
        if self.disk is None:
            kinds.remove("disk")
        at = sorted(self.random.sample(range(count), bad))
        self.load.start()
        begun = time.monotonic()
        for number in range(count):
            if number in at:
                how = kinds[len(self.bad) % len(kinds)]
                said, served, kept = self.spoil(how)
                self.bad.append((how, bool(said) and served.startswith("b") and kept))
                if not self.bad[-1][1]:
                    print(f"  {how}: said '{said}', served '{served}', kept {kept}")
            else:
                self.change()
                time.sleep(self.random.uniform(0.1, 0.9))
        self.settled()
        self.load.stop()
        return time.monotonic() - begun

    def single(self, count):
        """One instance at a time, later than the shortest time between two reloads."""
        for _ in range(count):
            time.sleep(self.random.uniform(1.1, 1.4))
            outside = [b for b in self.backends if b.name not in self.registered]
            if len(outside) < 2:
                for backend in [b for b in self.backends if b.name in self.registered][:4]:
                    self.leave(backend)
                    time.sleep(1.1)
                self.settled()
                outside = [b for b in self.backends if b.name not in self.registered]
            backend = self.random.choice(outside)
            self.join(backend)
            self.latencies.append(until(f"{backend.name} answers", lambda: self.ask() == backend.name)[1])

    def storm(self, count):
        before = self.proxy.reloads()
        begun = time.monotonic()
        for number in range(count):
            backend = self.random.choice(self.backends)
            if backend.name in self.registered and len(self.registered) > 2 and self.random.random() < 0.5:
                self.leave(backend)
            else:
                self.sidecar.register(backend.name, backend.port, weight=str(self.random.randint(1, 9)))
                self.registered[backend.name] = backend.port
            time.sleep(max(0.0, begun + (number + 1) / 100 - time.monotonic()))
        storm = time.monotonic() - begun
        self.settled()
        settled = time.monotonic() - begun
        answers = set()
        until("all registered ones answer, and no other", lambda: answers.add(self.ask()) or answers >= set(self.registered))
        answers = {self.ask() for _ in range(40)}
        return storm, settled, self.proxy.reloads() - before, answers <= set(self.registered)

    def leftovers(self):
        return [str(p) for p in pathlib.Path(self.work).rglob(".staging-*")]

    def end(self):
        self.load.stop()
        if self.sidecar is not None:
            self.sidecar.process.terminate()
            self.sidecar.process.wait(30)
        for backend in self.backends:
            backend.process.kill()
            backend.process.wait()
        self.taken.close()
        if self.disk is not None:
            subprocess.run(["umount", str(self.disk)], check=True)


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0


def main():
    name, changes, bad, storm = sys.argv[1], *map(int, sys.argv[2:5])
    work = tempfile.mkdtemp(prefix="edge-")
    run = Run({"nginx": proxies.Nginx, "haproxy": proxies.Haproxy}[name], work)
    missed = []

    def check(holds, what):
        print(f"  {'ok    ' if holds else 'MISSED'} {what}")
        if not holds:
            missed.append(what)

    # What was started and mounted is ended too when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))
    try:
        run.launch()
        run.begin()
        run.single(max(4, changes // 4))
        took = run.changes(changes, bad)
        print(f"{name}: {changes} changes, {bad} of them bad, in {took:.0f} s, seed {SEED}")
        load = run.load
        check(load.failed == 0, f"{load.failed} of {load.requests} requests failed {'; '.join(load.words)}")
        right = [how for how, well in run.bad if well]
        check(len(right) == bad, f"the reason on the API and the last good one serving after {len(right)} of {bad} bad ones"
              f" ({', '.join(f'{how} {[h for h, _ in run.bad].count(how)}' for how in dict(run.bad))})")
        late = percentile(run.latencies, 0.99)
        check(late < LATENCY_MS, f"from a registration to the first answer of the new instance: median "
              f"{percentile(run.latencies, 0.5):.0f} ms, p99 {late:.0f} ms of {len(run.latencies)}")
        if run.down:
            print(f"         a killed {name} served again after {percentile(run.down, 0.5):.0f} ms (median)")
        if storm:
            lasted, settled, reloads, right = run.storm(storm)
            allowed = int(settled) + 1
            check(reloads <= allowed, f"a storm of {storm} changes in {lasted:.1f} s: {reloads} reloads in {settled:.1f} s,"
                  f" {allowed} allowed by an interval of 1 s")
            check(right, "the end of the storm: exactly the registered instances answer")
        check(not run.leftovers(), f"files left over: {len(run.leftovers())}")
    except Exception:
        with contextlib.suppress(OSError):
            print(pathlib.Path(work, "sidecar.err").read_text()[-4000:], file=sys.stderr)
        raise
    finally:
        run.end()
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
