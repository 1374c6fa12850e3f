"""Writers change the configuration through several sidecars of one host while watchers reconnect at random.

usage: history.py TOKEN CHANGES URL…     Exits with 0 when every watcher has the same whole history.
"""
import http.client
import json
import random
import sys
import threading
import time
from urllib.parse import urlsplit

WRITERS = 8
WATCHERS = 4
TOKEN, CHANGES = sys.argv[1], int(sys.argv[2])
APIS = [urlsplit(url).netloc for url in sys.argv[3:]]
HEADERS = {"Authorization": "Bearer " + TOKEN}
SEED = random.randrange(1 << 30)

acknowledged = []
done = threading.Event()


def index():
    connection = http.client.HTTPConnection(APIS[0], timeout=10)
    connection.request("GET", "/v1/config?limit=1", headers=HEADERS)
    return json.loads(connection.getresponse().read())["index"]


def write(number):
    chance = random.Random(SEED + number)
    connection = http.client.HTTPConnection(APIS[number % len(APIS)], timeout=30)
    for count in range(CHANGES // WRITERS):
        path = "/v1/config/history.k%d" % chance.randrange(20)
        value = "w%d-%d" % (number, count)
        connection.request(
            "PUT", path, json.dumps(value), dict(HEADERS, **{"Content-Type": "application/json"}))
        answer = connection.getresponse()
        body = json.loads(answer.read())
        if answer.status not in (200, 201):
            print("refused", answer.status, body)
            continue
        acknowledged.append((body["key"], body["version"], value))


class Watcher(threading.Thread):
    def __init__(self, number, last):
        super().__init__(daemon=True)
        self.chance = random.Random(SEED * 31 + number)
        self.last = last
        self.seen = []
        self.connections = 0

    def run(self):
        while not done.is_set():
            connection = http.client.HTTPConnection(self.chance.choice(APIS), timeout=5)
            try:
                self.follow(connection)
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()

    def follow(self, connection):
        headers = dict(HEADERS, **{"Last-Event-ID": str(self.last), "Accept": "text/event-stream"})
        connection.request("GET", "/v1/config?watch", headers=headers)
        answer = connection.getresponse()
        self.connections += 1
        until = time.monotonic() + self.chance.random()
        identity, data = None, None
        while not done.is_set():
            line = answer.readline()
            if not line:
                return
            if line.startswith(b"id:"):
                identity = int(line[3:])
            elif line.startswith(b"data:"):
                data = json.loads(line[5:])
            elif line == b"\n":
                if data is not None:
                    self.seen.append(data)
                if identity is not None:
                    self.last = identity
                identity, data = None, None
                if time.monotonic() > until:
                    return


def main():
    first = index()
    watchers = [Watcher(number, first) for number in range(WATCHERS)]
    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in watchers + writers:
        thread.start()
    for thread in writers:
        thread.join()
    last = index()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(watcher.last < last for watcher in watchers):
        time.sleep(0.05)
    done.set()
    whole = list(range(first + 1, last + 1))
    good = len(acknowledged) == len(whole) == CHANGES // WRITERS * WRITERS
    for watcher in watchers:
        indexes = [change["index"] for change in watcher.seen]
        good &= indexes == whole and watcher.seen == watchers[0].seen
        print("watcher: %d changes, %d connections, whole: %s" % (len(indexes), watcher.connections, indexes == whole))
    told = {(change["key"], change["version"], change.get("value")) for change in watchers[0].seen}
    missing = [write for write in acknowledged if write not in told]
    print("seed %d, acknowledged %d, of these not told %d" % (SEED, len(acknowledged), len(missing)))
    sys.exit(0 if good and not missing else 1)


main()
