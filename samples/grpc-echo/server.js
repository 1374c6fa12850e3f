'use strict';

// Says what it hears, in the four ways that gRPC has. Port: PORT, which the sidecar sets, or 3000.
const { grpc, Echo } = require('./echo');

const server = new grpc.Server();

function log(severity, message, more) {
  console.log(JSON.stringify({ level: severity, message, ...more }));
}

server.addService(Echo.service, {
  Say(call, answer) {
    if (!call.request.text) {
      const detail = new grpc.Metadata();
      detail.set('field', 'text');
      answer({ code: grpc.status.INVALID_ARGUMENT, details: 'nothing was said', metadata: detail });
      return;
    }
    log('info', 'said', { via: String(call.metadata.get('via')), trace: String(call.metadata.get('traceparent')) });
    answer(null, { text: call.request.text });
  },

  Split(call) {
    call.request.text.split(/\s+/).forEach((word) => call.write({ text: word }));
    call.end();
  },

  Join(call, answer) {
    const words = [];
    call.on('data', (message) => words.push(message.text));
    call.on('end', () => answer(null, { text: words.join(' ') }));
  },

  Chat(call) {
    call.on('data', (message) => call.write({ text: message.text }));
    call.on('end', () => call.end());
  },
});

const port = process.env.PORT || 3000;
server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (failure) => {
  if (failure) {
    log('error', failure.message);
    process.exit(1);
  }
  log('info', `listening on ${port}`);
});

process.on('SIGTERM', () => server.tryShutdown(() => process.exit(0)));
