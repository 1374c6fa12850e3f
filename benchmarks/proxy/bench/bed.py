"""What is measured and what it is measured with: each a process of its own on loopback, ended at the end."""

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
TICKS = os.sysconf("SC_CLK_TCK")


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Running:
    """A process that serves: its processor time, memory and end."""

    def __init__(self, name, pid, port=None):
        self.name, self.pid, self.port = name, pid, port

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/stat") as stat:
            fields = stat.read().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def rss_mb(self):
        with open(f"/proc/{self.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


class Bed:
    def __init__(self):
        self.work = tempfile.mkdtemp(prefix="sidecar-proxy-bench-")
        self.processes = []
        self.html = os.path.join(self.work, "html")
        os.mkdir(self.html)
        for name, size in (("1k", 1024), ("10k", 10240), ("100k", 102400), ("1m", 1048576)):
            with open(os.path.join(self.html, name), "wb") as file:
                file.write(b"x" * size)
        os.chmod(self.work, 0o755)
        self._classes = None

    def close(self):
        for process in reversed(self.processes):
            self.end(process)
        shutil.rmtree(self.work, ignore_errors=True)

    def end(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def spawn(self, command, log, stdout=None, env=None):
        with open(self.path(log), "ab") as error:
            process = subprocess.Popen(command, stdout=stdout or error, stderr=error, stdin=subprocess.DEVNULL, env=env)
        self.processes.append(process)
        return process

    def path(self, name):
        return os.path.join(self.work, name)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def await_url(self, url, process, log, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(url, timeout=2) as answer:
                    answer.read()
                    return
            except OSError:
                time.sleep(0.05)
        with open(self.path(log), errors="replace") as text:
            sys.stderr.write(text.read()[-4000:])
        raise SystemExit(f"nothing answers {url}")

    # --- peers ---------------------------------------------------------------------------------------------------

    def nginx(self, name="upstream", count=1):
        """One worker; serves the files on as many ports."""
        ports = free_ports(count)
        listens = "".join(f"listen 127.0.0.1:{port}; " for port in ports)
        config = self.write(f"{name}.conf", f"""
worker_processes 1;
pid {self.path(name)}.pid;
error_log {self.path(name)}.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000000; keepalive_timeout 75s;
  open_file_cache max=16 inactive=1h;
  client_max_body_size 0;
  client_body_temp_path {self.work}; proxy_temp_path {self.work}; fastcgi_temp_path {self.work};
  uwsgi_temp_path {self.work}; scgi_temp_path {self.work};
  server {{ {listens} root {self.html}; }}
}}
""")
        process = self.spawn(["nginx", "-c", config, "-g", "daemon off;"], f"{name}.out")
        self.await_url(f"http://127.0.0.1:{ports[0]}/1k", process, f"{name}.out")
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
            worker = int(children.read().split()[0])
        running = Running("nginx", worker, ports[0])
        running.ports = ports
        return running

    def haproxy(self, name, upstreams, log_file=None):
        """One thread; balances round robin. With a log, one line a request in HAProxy's own format in a file."""
        [port] = free_ports(1)
        logging = "log stdout format raw local0" if log_file else ""
        servers = "\n  ".join(f"server s{i} 127.0.0.1:{each}" for i, each in enumerate(upstreams))
        config = self.write(f"{name}.cfg", f"""
global
  nbthread 1
  maxconn 4000
  {logging}
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 15s
  option forwardfor
  http-reuse always
  {"log global" if log_file else ""}
  {"option httplog" if log_file else ""}
listen front
  bind 127.0.0.1:{port}
  balance roundrobin
  {servers}
""")
        out = open(self.path(log_file), "ab") if log_file else None
        process = self.spawn(["haproxy", "-db", "-f", config], f"{name}.log", stdout=out)
        self.await_url(f"http://127.0.0.1:{port}/1k", process, f"{name}.log")
        return Running("haproxy", process.pid, port)

    def sidecar(self, name, settings, port, app=("sleep", "100000"), env=None):
        """The launcher, the real jar and an app that does nothing; it proxies on that port."""
        [api, ops] = free_ports(2)
        config = self.write(f"{name}.yml", settings)
        home = self.path(f"home-{name}")
        environment = {key: value for key, value in os.environ.items() if not key.startswith("SIDECAR_")}
        environment.update(SIDECAR_HOME=home, **{k: os.environ[k] for k in ("SIDECAR_JAVA_OPTS", "SIDECAR_PROFILE") if k in os.environ})
        environment.update(env or {})
        command = [os.path.join(ROOT, "sidecar"), "run", "--config", config, "--name", name]
        command += ["--api-port", str(api), "--ops-port", str(ops), "--", *app]
        process = self.spawn(command, f"{name}.log", env=environment)
        self.await_url(f"http://127.0.0.1:{api}/v1/health/ready", process, f"{name}.log", 300)
        running = Running("sidecar", process.pid, port)
        running.config, running.home, running.process = config, home, process
        return running

    # --- our own Java programs -----------------------------------------------------------------------------------

    def classpath(self):
        """Of the product's classes and the programs in src, compiled against them."""
        if self._classes is None:
            if os.environ.get("CLASSPATH_OF_SERVER"):  # of a build that is not packaged
                server = os.environ["CLASSPATH_OF_SERVER"]
            else:
                subprocess.run([os.path.join(ROOT, "sidecar"), "--version"], check=True, stdout=subprocess.DEVNULL)
                target = os.path.join(ROOT, "sidecar-server", "target")
                jar = next(f for f in os.listdir(target) if re.fullmatch(r"sidecar-server-[^-]+(-SNAPSHOT)?\.jar", f))
                subprocess.run(["unzip", "-q", os.path.join(target, jar), "BOOT-INF/*"], cwd=self.work, check=True)
                server = f"{self.work}/BOOT-INF/classes:{self.work}/BOOT-INF/lib/*"
            classes = self.path("classes")
            sources = [os.path.join(HERE, "src", f) for f in os.listdir(os.path.join(HERE, "src")) if f.endswith(".java")]
            subprocess.run(["javac", "--release", "17", "-d", classes, "-cp", server, *sources], check=True)
            self._classes = f"{classes}:{server}"
        return self._classes

    def java(self, main, *arguments, options=("-XX:+UseSerialGC", "-Xmx128m")):
        return ["java", *options, "-cp", self.classpath(), main, *map(str, arguments)]


# --- measuring -----------------------------------------------------------------------------------------------------


def wrk(url, seconds, connections=32):
    """Requests that were answered; complains about any that failed."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        if "Non-2xx" in line or "Socket errors" in line:
            print("   ", line.strip(), "from", url, file=sys.stderr)
    return int(re.search(r"(\d+) requests in", out).group(1))


def cpu_per_request(running, path, seconds, connections=32):
    before = running.cpu_seconds()
    requests = wrk(running.url(path), seconds, connections)
    return (running.cpu_seconds() - before) / requests * 1e6


def warm_up(running, path):
    """Until compilers are through: two runs in a row that are no better than the best before."""
    best, stale = float("inf"), 0
    for _ in range(20):
        now = cpu_per_request(running, path, 3)
        stale = stale + 1 if now > 0.98 * best else 0
        best = min(best, now)
        if stale == 2:
            return


class Judge:
    """Prints each figure beside its limit and remembers whether one was missed."""

    def __init__(self):
        self.missed = []

    def verdict(self, name, text, good):
        word = "PASS" if good else "FAIL"
        print(f"{name:<34} {text}  {word}", flush=True)
        if not good:
            self.missed.append(name)

    def paired(self, name, ours, theirs, path, limit, rounds, seconds):
        """Processor time per request of two, interleaved; the ratio is the median of the pairs."""
        for each in (ours, theirs):
            warm_up(each, path)
        pairs = []
        for i in range(rounds):
            order = (ours, theirs) if i % 2 == 0 else (theirs, ours)
            measured = {each: cpu_per_request(each, path, seconds) for each in order}
            pairs.append((measured[ours], measured[theirs]))
        ratios = [a / b for a, b in pairs]
        ratio = statistics.median(ratios)
        text = (
            f"ours {statistics.median(a for a, _ in pairs):7.2f} µs  {theirs.name:<8}"
            f" {statistics.median(b for _, b in pairs):7.2f} µs  ratio {ratio:.3f}"
            f" ({min(ratios):.3f}..{max(ratios):.3f})  limit {limit}"
        )
        self.verdict(name, text, ratio <= limit)
