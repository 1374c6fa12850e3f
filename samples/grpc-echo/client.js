'use strict';

// Calls the echo in all four ways: at the address given, or through the ambassador of its sidecar.
//   node client.js [host:port] [text]
const { grpc, Echo } = require('./echo');

const ambassador = new URL(process.env.SIDECAR_AMBASSADOR_URL || 'http://127.0.0.1:7302').host;
const [address = ambassador, text = 'one two three'] = process.argv.slice(2);
const client = new Echo(address, grpc.credentials.createInsecure());
const soon = () => ({ deadline: Date.now() + 5000 });

const say = (words) =>
  new Promise((done, failed) =>
    client.Say({ text: words }, soon(), (failure, answer) => (failure ? failed(failure) : done(answer.text))));

async function split(words) {
  const parts = [];
  for await (const part of client.Split({ text: words }, soon())) {
    parts.push(part.text);
  }
  return parts.join(' | ');
}

const join = (words) =>
  new Promise((done, failed) => {
    const call = client.Join(soon(), (failure, answer) => (failure ? failed(failure) : done(answer.text)));
    words.split(' ').forEach((word) => call.write({ text: word }));
    call.end();
  });

async function chat(words) {
  const call = client.Chat(soon());
  const heard = call[Symbol.asyncIterator]();
  const parts = [];
  for (const word of words.split(' ')) {
    call.write({ text: word });
    parts.push((await heard.next()).value.text);
  }
  call.end();
  return parts.join(' ');
}

const refusal = () => say('').catch((failure) =>
  `${grpc.status[failure.code]}: ${failure.details} (${failure.metadata.get('field')})`);

(async () => {
  console.log(`say: ${await say(text)}`);
  console.log(`split: ${await split(text)}`);
  console.log(`join: ${await join(text)}`);
  console.log(`chat: ${await chat(text)}`);
  console.log(`nothing: ${await refusal()}`);
  client.close();
})().catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
