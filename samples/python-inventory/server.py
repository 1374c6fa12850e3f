#!/usr/bin/env python3
"""A small stock of goods: Python 3.9 or newer, standard library only. It finds `orders` through
the sidecar, and reads and watches its configuration there."""

import http.client
import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORT = int(os.environ.get("PORT", "3001"))
MAX_BODY_BYTES = 64 * 1024

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
log = logging.getLogger("inventory")

stock = {"tea": 100, "coffee": 50, "cup": 3}
lock = threading.Lock()

# What is configured: `./sidecar config put inventory.low-stock 10` is seen at once.
DEFAULTS = {"inventory.low-stock": 5}
config = dict(DEFAULTS)


class SocketConnection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=2)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def get(connection, path, headers=None):
    try:
        connection.request("GET", path, headers=headers or {})
        response = connection.getresponse()
        body = json.loads(response.read())
        if response.status != 200:
            raise OSError("%s answered %d: %s" % (path, response.status, body.get("detail")))
        return body
    finally:
        connection.close()


def sidecar():
    """A connection and its headers: over the Unix socket where there is one, else over TCP with the token."""
    if "SIDECAR_SOCKET" in os.environ:
        return SocketConnection(os.environ["SIDECAR_SOCKET"]), {}
    if "SIDECAR_URL" in os.environ:
        connection = http.client.HTTPConnection(urlsplit(os.environ["SIDECAR_URL"]).netloc, timeout=2)
        return connection, {"Authorization": "Bearer " + os.environ.get("SIDECAR_TOKEN", "")}
    raise OSError("no sidecar: start me with ./sidecar run, or set SIDECAR_URL")


def instances_of(service):
    connection, headers = sidecar()
    return get(connection, "/v1/services/%s?healthy=true" % service, headers)["instances"]


def read_config():
    """All of ours; what is not configured keeps its default. Returns the index to watch from."""
    connection, headers = sidecar()
    answer = get(connection, "/v1/config?prefix=inventory", headers)
    now = dict(DEFAULTS)
    for entry in answer["entries"]:
        key, value = entry["key"], entry["value"]
        if key in DEFAULTS and type(value) is not type(DEFAULTS[key]):
            log.warning("%s from %s is not a number and is not taken", key, entry["origin"])
        elif key in DEFAULTS:
            now[key] = value
            if value != config[key]:
                log.info("%s is %s, from %s", key, value, entry["origin"])
    config.update(now)
    return answer["index"]


def watch_config():
    """Reads the configuration again whenever something of it was changed: server-sent events, one line is enough."""
    pause = 1
    while True:
        try:
            index = read_config()
            connection, headers = sidecar()
            connection.timeout = 60
            try:
                headers = dict(headers, Accept="text/event-stream")
                connection.request("GET", "/v1/config?watch&prefix=inventory&index=%d" % index, headers=headers)
                response = connection.getresponse()
                if response.status != 200:
                    raise OSError("watching the configuration: %d" % response.status)
                pause = 1
                for line in response:
                    if line.startswith(b"data:"):
                        read_config()
            finally:
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            log.debug("the configuration stays as it was: %s", error)
        time.sleep(pause)
        pause = min(pause * 2, 30)


def demand():
    """What all running `orders` have sold, by article."""
    sold = {}
    for instance in instances_of("orders"):
        connection = http.client.HTTPConnection(instance["address"], instance["port"], timeout=2)
        for order in get(connection, "/orders")["orders"]:
            sold[order["sku"]] = sold.get(order["sku"], 0) + order["quantity"]
    return sold


def reserve(order):
    sku, quantity = order.get("sku"), order.get("quantity")
    if not isinstance(sku, str) or not isinstance(quantity, int) or quantity < 1:
        return 400, {"error": 'send {"sku": "tea", "quantity": 1}'}
    with lock:
        if sku not in stock:
            return 404, {"error": "there is no %s" % sku}
        if stock[sku] < quantity:
            return 409, {"error": "only %d of %s are left" % (stock[sku], sku)}
        stock[sku] -= quantity
        left = stock[sku]
    log.info("reserved %d of %s, %d left", quantity, sku, left)
    if left < config["inventory.low-stock"]:
        log.warning("stock of %s is low", sku)
    return 200, {"sku": sku, "left": left}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "UP"})
        elif self.path.startswith("/stock/"):
            self.guarded(self.stock_of)
        elif self.path == "/config":
            self.answer(200, config)
        elif self.path == "/demand":
            self.guarded(lambda: (200, {"demand": demand()}))
        elif self.path == "/audit":
            self.guarded(self.audit)
        else:
            self.answer(404, {"error": "there is no %s" % self.path})

    def do_POST(self):
        if self.path == "/reserve":
            self.guarded(lambda: reserve(self.body()))
        else:
            self.answer(404, {"error": "there is no %s" % self.path})

    def stock_of(self):
        sku = self.path[len("/stock/") :]
        if sku not in stock:
            return 404, {"error": "there is no %s" % sku}
        return 200, {"sku": sku, "left": stock[sku]}

    def audit(self):
        """Fails on purpose, to show what becomes of a traceback."""
        raise ValueError("the books of %d articles do not balance" % len(stock))

    def guarded(self, work):
        try:
            status, body = work()
        except OSError as error:
            log.error("cannot reach a neighbour: %s", error)
            status, body = 503, {"error": str(error)}
        except json.JSONDecodeError as error:
            status, body = 400, {"error": "send JSON: %s" % error}
        except Exception:
            log.exception("%s %s failed", self.command, self.path)
            status, body = 500, {"error": "see the log"}
        self.answer(status, body)

    def body(self):
        length = min(int(self.headers.get("Content-Length", "0")), MAX_BODY_BYTES)
        return json.loads(self.rfile.read(length))

    def answer(self, status, body):
        content = json.dumps(body).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format, *args):
        log.debug(format, *args)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Handler)

    def stop(number, frame):
        log.info("closing")
        # shutdown() waits for the loop of serve_forever, which this very thread runs.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    log.info("inventory is open on port %d", PORT)
    if "SIDECAR_URL" not in os.environ and "SIDECAR_SOCKET" not in os.environ:
        log.warning("running without a sidecar: stock is served, demand is not known")
    else:
        threading.Thread(target=watch_config, daemon=True).start()
    server.serve_forever()
    server.server_close()


if __name__ == "__main__":
    main()
