'use strict';
// Times calls to a sidecar from Node, with the HTTP client of its standard library.
//
// Arguments: a way, the socket, the URL, the ambassador's port; the token is in the environment. The operations are the
// first line of standard input; each further line is a command, answered by one line of JSON, as Java's probe does it.
const http = require('node:http');
const readline = require('node:readline');
const [way, socketPath, url, ambassador] = process.argv.slice(2);
const token = process.env.COMPARE_TOKEN;
const { hostname, port } = new URL(url);
const agent = () => new http.Agent({ keepAlive: true, maxSockets: 1 });
const api = { agent: agent(), ...(way === 'sidecar-unix' ? { socketPath } : { host: hostname, port }) };
const neighbour = { agent: agent(), host: '127.0.0.1', port: ambassador };
const TIMER_MILLIS = 2; // a timer is this late; the rest of a wait is spent turning the event loop
const PATIENCE = 2;

function call({ target, method, path, contentType, body }) {
  return new Promise((done, fail) => {
    const headers = target === 'ambassador' ? {} : { Authorization: 'Bearer ' + token };
    if (body) { headers['Content-Type'] = contentType; headers['Content-Length'] = Buffer.byteLength(body); }
    const request = http.request({ ...(target === 'ambassador' ? neighbour : api), method, path, headers }, (answer) => {
      answer.resume();
      answer.on('error', fail);
      answer.on('end', () => (answer.statusCode < 300 ? done() : fail(new Error('status ' + answer.statusCode))));
    });
    request.on('error', fail);
    request.end(body || undefined);
  });
}

const now = () => performance.now(); // milliseconds
const turn = () => new Promise(setImmediate);
async function until(due) {
  if (due - now() > TIMER_MILLIS) await new Promise((done) => setTimeout(done, due - now() - TIMER_MILLIS));
  while (now() < due) await turn();
}

async function slice(operation, run) {
  const result = { nanos: 0, errors: 0, error: null, micros: [] };
  const begin = now();
  await run(begin, async (start) => {
    try {
      await call(operation);
    } catch (e) {
      result.errors++;
      result.error = e.message;
    }
    const end = now();
    result.micros.push(Math.round(1e5 * Math.max(0, end - start)) / 100);
    return end;
  });
  result.nanos = Math.round((now() - begin) * 1e6);
  return result;
}

const paced = (rate, millis) => async (begin, take) => {
  for (let i = 0; i < Math.max(1, Math.floor(rate * millis / 1e3)) && now() < begin + PATIENCE * millis; i++) {
    const due = begin + i * 1e3 / rate;
    await until(due);
    await take(due);
  }
};
const backToBack = (millis) => async (begin, take) => {
  for (let at = begin; at - begin < millis;) at = await take(at);
};

(async () => {
  const operations = new Map();
  let first = true;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (first) {
      first = false;
      for (const one of JSON.parse(line)) operations.set(one.id, one);
      console.log('ready Node ' + process.versions.node);
      continue;
    }
    const [what, id, ...numbers] = line.split(' ');
    const run = what === 'paced' ? paced(Number(numbers[0]), Number(numbers[1])) : backToBack(Number(numbers[0]));
    console.log(JSON.stringify(await slice(operations.get(id), run)));
  }
  process.exit(0);
})();
