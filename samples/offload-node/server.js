'use strict';
// A clock for the page in public/: Node 18 or newer, no packages. The sidecar in front serves the page itself.

const http = require('node:http');

const port = Number(process.env.PORT || 3000);

const server = http.createServer((request, response) => {
  if (request.url === '/health') {
    return response.end('ok\n');
  }
  if (request.url === '/api/time') {
    response.setHeader('Content-Type', 'application/json');
    return response.end(JSON.stringify({
      time: new Date().toISOString(),
      askedBy: request.headers['x-forwarded-for'],
      scheme: request.headers['x-forwarded-proto'],
    }) + '\n');
  }
  response.statusCode = 404;
  return response.end('the application has no such page\n');
});

server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections?.();
});
