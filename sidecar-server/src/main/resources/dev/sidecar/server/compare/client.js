'use strict';
// Times calls to a sidecar from Node. Arguments: socket, URL, token, milliseconds for each. Prints JSON.
const http = require('node:http');
const [socketPath, url, token, millis] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const ways = { 'sidecar-unix': { socketPath }, 'sidecar-tcp': { host: hostname, port } };
const line = '{"severity":"INFO","body":"order 4711 paid","attributes":{"amount":12,"currency":"EUR"}}\n';
const operations = {
  lookup: ['GET', '/v1/services/neighbour'],
  health: ['GET', '/v1/health/live'],
  'config-read': ['GET', '/v1/config/compare.greeting'],
  'log-acknowledged': ['POST', '/v1/logs', line],
};

function call(where, agent, [method, path, body]) {
  return new Promise((done, fail) => {
    const headers = { Authorization: 'Bearer ' + token };
    if (body) { headers['Content-Type'] = 'application/x-ndjson'; headers['Content-Length'] = Buffer.byteLength(body); }
    const request = http.request({ ...where, agent, method, path, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode < 300 ? done() : fail(new Error('status ' + answer.statusCode))));
    });
    request.on('error', fail);
    request.end(body);
  });
}

(async () => {
  const results = [];
  for (const [operation, request] of Object.entries(operations)) {
    for (const [way, where] of Object.entries(ways)) {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const times = [];
      const begin = process.hrtime.bigint();
      for (let i = 0, now = begin; Number(now - begin) < millis * 1.5e6; i++) {
        await call(where, agent, request);
        const end = process.hrtime.bigint();
        if (Number(end - begin) > millis * 0.5e6) times.push(Number(end - now) / 1e3);  // the first third warms up
        now = end;
      }
      agent.destroy();
      times.sort((a, b) => a - b);
      const at = (q) => Math.round(10 * times[Math.min(times.length - 1, Math.floor(q * times.length))]) / 10;
      results.push({ operation, way, count: times.length, p50Us: at(0.5), p90Us: at(0.9), p99Us: at(0.99) });
    }
  }
  console.log(JSON.stringify({ language: 'Node', version: process.versions.node, results }));
})();
