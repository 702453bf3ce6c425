// What runs when a controlled tool is started (see fake-tool.ts): it does what the test tells it over a socket.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [socketPath, ...args] = process.argv.slice(2);
const socket = connect(socketPath);
const say = (data) => socket.write(`${JSON.stringify(data)}\n`);
// The test has gone: so does its tool.
socket.on('error', () => process.exit(99));
socket.on('close', () => process.exit(99));
say({ pid: process.pid, args, env: process.env, cwd: process.cwd() });

const commands = {
  print: ({ text, stream }) => process[stream].write(text, () => say({})),
  ignore: ({ signals }) => {
    for (const signal of signals) process.on(signal, () => undefined);
    say({});
  },
  grandchild: ({ ownGroup }) => {
    const child = spawn('/bin/sleep', ['60'], { stdio: 'inherit', detached: ownGroup === true });
    say({ pid: child.pid });
  },
  exit: ({ code }) => process.exit(code),
};

createInterface({ input: socket }).on('line', (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
});
