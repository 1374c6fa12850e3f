'use strict';
// A small shop of orders: Node 18 or newer, no packages. It finds its inventory through the sidecar.

const http = require('node:http');

const port = Number(process.env.PORT || 3000);
const sidecarUrl = process.env.SIDECAR_URL;
const sidecarSocket = process.env.SIDECAR_SOCKET;
const sidecarToken = process.env.SIDECAR_TOKEN;
const ambassadorUrl = process.env.SIDECAR_AMBASSADOR_URL;
const maxBodyBytes = 64 * 1024;

const orders = [];

function log(level, message, attributes = {}) {
  process.stdout.write(JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...attributes }) + '\n');
}

/** One HTTP request; answers { status, body } with the body parsed as JSON. */
function call(options, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ timeout: 2000, ...options }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => { text += chunk; });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode, body: text === '' ? null : JSON.parse(text) });
        } catch (error) {
          reject(new Error(`not JSON: ${text.slice(0, 80)}`));
        }
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer within 2 s')));
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Asks the sidecar: over the Unix socket where there is one, else over TCP with the token. */
async function ask(method, path) {
  let answer;
  if (sidecarSocket) {
    answer = await call({ method, socketPath: sidecarSocket, path, headers: { Host: 'localhost' } });
  } else if (sidecarUrl) {
    const { hostname, port: sidecarPort } = new URL(sidecarUrl);
    const headers = { Authorization: `Bearer ${sidecarToken}` };
    answer = await call({ method, hostname, port: sidecarPort, path, headers });
  } else {
    throw new Error('no sidecar: start me with ./sidecar run, or set SIDECAR_URL');
  }
  if (answer.status !== 200) {
    throw new Error(`the sidecar answered ${answer.status}: ${answer.body && answer.body.detail}`);
  }
  return answer.body;
}

async function instancesOf(service) {
  return (await ask('GET', `/v1/services/${service}?healthy=true`)).instances;
}

/** Where the watchdog wants to hear that the event loop turns, tells it three times as often. */
function sendHeartbeats() {
  const dueMs = Number(process.env.WATCHDOG_USEC || 0) / 1000;
  if (dueMs > 0) {
    const beat = () => ask('PUT', '/v1/watchdog/heartbeat')
      .catch((error) => log('warn', 'a heartbeat did not arrive', { reason: error.message }));
    setInterval(beat, dueMs / 3).unref();
    beat();
  }
}

let turn = 0;

async function reserve(order) {
  const headers = { 'Content-Type': 'application/json' };
  if (ambassadorUrl) {
    // The sidecar finds an instance, and says itself when there is none.
    const { hostname, port: ambassadorPort } = new URL(ambassadorUrl);
    return call({ hostname, port: ambassadorPort, path: '/inventory/reserve', method: 'POST', headers }, order);
  }
  const instances = await instancesOf('inventory');
  if (instances.length === 0) {
    return { status: 503, body: { error: 'no inventory is running' } };
  }
  const { address, port: inventoryPort } = instances[turn++ % instances.length];
  return call({ hostname: address, port: inventoryPort, path: '/reserve', method: 'POST', headers }, order);
}

function send(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body) + '\n');
}

async function readJson(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > maxBodyBytes) {
      throw new SyntaxError('the body is too large');
    }
  }
  return JSON.parse(text);
}

async function placeOrder(request, response) {
  let order;
  try {
    order = await readJson(request);
  } catch (error) {
    return send(response, 400, { error: `send {"sku": "tea", "quantity": 1}: ${error.message}` });
  }
  if (!order || typeof order.sku !== 'string' || !Number.isInteger(order.quantity) || order.quantity < 1) {
    return send(response, 400, { error: 'send {"sku": "tea", "quantity": 1}' });
  }
  try {
    const reserved = await reserve({ sku: order.sku, quantity: order.quantity });
    if (reserved.status !== 200) {
      log('warn', 'order refused', { sku: order.sku, quantity: order.quantity, reason: reserved.body.error || reserved.body.detail });
      return send(response, reserved.status, reserved.body);
    }
    const taken = { id: orders.length + 1, sku: order.sku, quantity: order.quantity, left: reserved.body.left };
    orders.push(taken);
    log('info', 'order taken', { order: taken.id, sku: taken.sku, quantity: taken.quantity });
    return send(response, 201, taken);
  } catch (error) {
    log('error', 'inventory cannot be reached', { reason: error.message });
    return send(response, 503, { error: error.message });
  }
}

const server = http.createServer((request, response) => {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /health') {
    send(response, 200, { status: 'UP' });
  } else if (route === 'GET /orders') {
    send(response, 200, { orders });
  } else if (route === 'POST /orders') {
    placeOrder(request, response);
  } else {
    send(response, 404, { error: `there is no ${route}` });
  }
});

server.listen(port, '127.0.0.1', () => {
  log('info', 'orders is open', { port });
  sendHeartbeats();
  if (!sidecarUrl && !sidecarSocket) {
    log('warn', 'running without a sidecar: orders can be read, not placed');
  }
});

process.on('SIGTERM', () => {
  log('info', 'closing: running requests are finished first');
  server.close(() => process.exit(0));
  server.closeIdleConnections?.();
});
