"""The two proxies as the sidecar runs them, and what can be asked of them without it."""
import os
import pathlib
import re
import signal
import socket
import time


class Proxy:
    """What both have in common: the files in a directory of their own, and a template that can be spoilt."""

    def __init__(self, directory, port, taken):
        self.directory = pathlib.Path(directory)
        self.port = port
        self.taken = taken
        self.conf = self.directory / "conf"
        self.conf.mkdir(parents=True)
        self.template = self.directory / "edge.peb"
        self.heal()

    def heal(self):
        self.template.write_text(self.good)

    def break_template(self):
        self.template.write_text(self.good + "\n{{ nobody.knows }}\n")

    def break_check(self):
        self.template.write_text(self.good + "\nno_such_directive on;\n")

    def refuse_reload(self):
        """The check passes, and the port is another program's."""
        self.template.write_text(self.good + self.occupied % self.taken)

    def settings(self):
        return {
            "driver": self.name,
            "services": ["orders"],
            "destination": str(self.destination),
            "template": str(self.template),
            "listen": [f"127.0.0.1:{self.port}"],
            "timeout": "5s",
            **self.own,
        }


class Nginx(Proxy):
    name = "nginx"
    good = '{% include "nginx.peb" %}\n'
    occupied = "\nserver { listen 127.0.0.1:%d; }\n"
    refused = "rolled-back"

    def __init__(self, directory, port, taken):
        super().__init__(directory, port, taken)
        self.destination = self.conf / "orders.conf"
        self.log = self.directory / "error.log"
        main = self.directory / "nginx.conf"
        temporary = "".join(
            f"    {kind}_temp_path {self.directory}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        main.write_text(
            f"daemon off;\npid {self.directory}/nginx.pid;\nerror_log {self.log} notice;\nworker_processes 1;\n"
            f"worker_shutdown_timeout 5s;\nevents {{}}\n"
            f"http {{\n    access_log off;\n{temporary}    include {self.conf}/*.conf;\n}}\n"
        )
        command = ["nginx", "-c", str(main)]
        self.own = {"check": ["nginx", "-t", "-c", str(main)], "start": command}

    def reloads(self):
        """As NGINX itself counts them."""
        return len(re.findall("signal 1 .SIGHUP. received", self.log.read_text())) if self.log.exists() else 0

    def kill(self):
        master = int((self.directory / "nginx.pid").read_text())
        children = pathlib.Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for pid in [master, *map(int, children)]:
            os.kill(pid, signal.SIGKILL)

    def kill_master_alone(self):
        os.kill(int((self.directory / "nginx.pid").read_text()), signal.SIGKILL)


class Haproxy(Proxy):
    name = "haproxy"
    good = '{% include "haproxy.peb" %}\n'
    occupied = "\nfrontend taken\n    bind 127.0.0.1:%d\n"
    # HAProxy takes no connections while it tries to bind: the sidecar finds out before.
    refused = "rejected"

    def __init__(self, directory, port, taken):
        super().__init__(directory, port, taken)
        self.destination = self.conf / "haproxy.cfg"
        self.master = self.directory / "master.sock"
        self.own = {"start": ["haproxy", "-W", "-S", str(self.master), "-f", str(self.destination)]}

    def ask(self, command):
        """Asked again while a master that reloads begins anew."""
        deadline = time.monotonic() + 5
        while True:
            try:
                return self.ask_once(command)
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)

    def ask_once(self, command):
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(5)
            channel.connect(str(self.master))
            channel.sendall((command + "\n").encode())
            channel.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: channel.recv(65536), b"")).decode()

    def processes(self):
        rows = [line.split() for line in self.ask("show proc").splitlines()]
        return [row for row in rows if len(row) > 2 and row[1] in ("master", "worker")]

    def reloads(self):
        return next(int(row[2]) for row in self.processes() if row[1] == "master")

    def kill(self):
        for row in self.processes():
            os.kill(int(row[0]), signal.SIGKILL)

    kill_master_alone = kill
