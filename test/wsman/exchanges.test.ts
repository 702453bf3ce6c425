// Recorded conversations of other people's clients, replayed against the server: each request as it was on the wire,
// with the ids that this server gave.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { decodeResponseHeaders } from '../../src/wsman/envelope/headers.js';
import { decodeCreateResponse } from '../../src/wsman/envelope/shell.js';
import { decodeCommandResponse } from '../../src/wsman/envelope/shell-command.js';
import { decodeReceiveResponse } from '../../src/wsman/envelope/shell-streams.js';
import { readSoap } from '../../src/wsman/envelope/soap.js';
import type { ShellOutput } from '../../src/wsman/index.js';
import { basic, post } from './raw.js';
import { password, startRig, user } from './rig.js';
import { toyHandler } from './toy-handler.js';

interface Recording {
  exchanges: { asks: string; status: number; action: string; relatesTo: string; request: string }[];
}

/** Replays a recording; gives the output of its command and the shells that are left. */
async function replay(file: string): Promise<{ output: ShellOutput | null; shellsLeft: number }> {
  const url = new URL(`../exchanges/${file}`, import.meta.url);
  const { exchanges } = parse(readFileSync(url, 'utf8')) as Recording;
  const handler = toyHandler();
  const { port, ca, defects } = await startRig({ handler });
  let shellId = '';
  let commandId = '';
  let output: ShellOutput | null = null;
  for (const { asks, status, action, relatesTo, request } of exchanges) {
    const body = request.replaceAll('{ShellId}', shellId).replaceAll('{CommandId}', commandId);
    const answer = await post({ port, ca, body, headers: basic(user, password) });
    expect(answer.status, `${asks}: ${answer.text}`).to.equal(status);
    const message = readSoap(answer.text);
    expect(decodeResponseHeaders(message.header)).to.deep.equal({ action, relatesTo });
    if (asks === 'Create') shellId = decodeCreateResponse(message.body);
    if (asks === 'Command') commandId = decodeCommandResponse(message.body);
    if (asks === 'Receive') output = decodeReceiveResponse(message.body);
  }
  expect(defects).to.deep.equal([]);
  return { output, shellsLeft: (handler.shell as unknown as { open: Map<string, unknown> }).open.size };
}

describe('wsman: recorded exchanges', () => {
  it('serves pywinrm 0.3.0: stdin in two pieces, output, exit code, the end', async () => {
    const { output, shellsLeft } = await replay('pywinrm-0.3.0.yaml');
    expect(output?.stdout.toString()).to.equal('PowerShell -NoProfile -EncodedCommand eA==\r\nhello world');
    expect(output).to.include({ done: true, exitCode: 0 });
    expect(shellsLeft).to.equal(0);
  });

  it('serves Packer 1.6.6: the connection check and its first command', async () => {
    const { output, shellsLeft } = await replay('packer-1.6.6.yaml');
    expect(output?.stdout.toString()).to.match(/^powershell\.exe -EncodedCommand \S+\r\n$/);
    expect(shellsLeft).to.equal(0);
  });
});
