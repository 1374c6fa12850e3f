#!/bin/sh
# A nightly job that only knows curl: it looks a service up, writes log records and reports how it went.
set -eu

if [ -z "${SIDECAR_SOCKET:-}" ]; then
  echo "no sidecar: start me with ./sidecar run -- samples/shell-cron/run.sh" >&2
  exit 64
fi

sidecar() {
  path=$1
  shift
  curl --silent --show-error --fail --max-time 5 --unix-socket "$SIDECAR_SOCKET" "$@" "http://localhost$path"
}

# The job's own check: whoever looks at /v1/health sees how the last run went. Silent for a day is a failure.
sidecar /v1/health/checks/nightly -X PUT -H 'Content-Type: application/json' \
  -d '{"type":"ttl","ttl":"1d","fall":1,"groups":[]}' >/dev/null

started=$(date +%s)
instances=$(sidecar '/v1/services/inventory?healthy=true' | grep -o '"instance":' | wc -l | tr -d ' ')

# Two records at once, one JSON object a line; the answer comes when they are stored.
sidecar /v1/logs -H 'Content-Type: application/x-ndjson' --data-binary @- <<EOF
{"severity":"INFO","body":"nightly count begins","attributes":{"job":"nightly"}}
{"severity":"INFO","body":"nightly count ends","attributes":{"job":"nightly","inventories":$instances,"seconds":$(($(date +%s) - started))}}
EOF
echo

sidecar /v1/health/checks/nightly/status -X PUT -H 'Content-Type: application/json' \
  -d "{\"status\":\"UP\",\"output\":\"$instances inventories counted\"}" >/dev/null
echo "nightly: $instances inventories counted"
