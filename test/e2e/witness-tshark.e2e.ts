// The NTLM bytes of our client and of the twin, read by Wireshark: names, target information, and, as it is given the
// password, the proof and the session key, from which the MIC is worked out once more here.
import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connect } from '../../src/wsman/index.js';
import { curlIdentify } from '../helpers/curl.js';
import { startRealTwin, type RealTwin } from '../helpers/real-twin.js';
import { recordingRelay, type RecordingRelay } from '../helpers/recording-relay.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { tshark } from '../helpers/tshark.js';

describe('Wireshark', () => {
  const folder = temporaryFolder();
  let twin: RealTwin;
  let relay: RecordingRelay;

  beforeEach(async () => {
    twin = await startRealTwin();
    relay = await recordingRelay(twin.ready.httpPort);
  });
  afterEach(async () => {
    await relay.close();
    await twin.close();
  });

  const read = async <Field extends string>(filter: string, fields: readonly Field[], password?: string) =>
    tshark(relay.pieces, fields, {
      ...{ folder: folder.path, filter },
      password: password ?? twin.password,
    });

  async function identify(user: string): Promise<void> {
    const auth = { method: 'negotiate', user, password: twin.password } as const;
    const client = connect({ host: '127.0.0.1', port: relay.port, scheme: 'http', auth });
    try {
      await client.identify();
    } finally {
      client.close();
    }
  }

  it("reads our client's messages: who, to which service, with which proof", async () => {
    await identify('LYNCIMG-TWIN\\administrator');

    const fields = [
      ...(['ntlmssp.auth.domain', 'ntlmssp.auth.username', 'ntlmssp.auth.hostname'] as const),
      ...(['ntlmssp.auth.lmresponse', 'ntlmssp.ntlmv2_response.target_name'] as const),
      ...(['ntlmssp.ntlmv2_response.flags', 'ntlmssp.ntlmv2_response.nb_computer_name'] as const),
      ...(['ntlmssp.ntlmv2_response.channel_bindings', '_ws.expert.message', '_ws.malformed'] as const),
    ] as const;
    const [third, ...more] = await read('ntlmssp.messagetype == 3', fields);
    const { '_ws.expert.message': experts, ...rest } = third!;
    expect(more).to.deep.equal([]);
    expect(rest).to.deep.equal({
      'ntlmssp.auth.domain': 'LYNCIMG-TWIN',
      'ntlmssp.auth.username': 'administrator',
      'ntlmssp.auth.hostname': 'NULL',
      // The challenge has a time, so there is no LMv2 response (MS-NLMP 3.1.5.1.2).
      'ntlmssp.auth.lmresponse': '0'.repeat(48),
      'ntlmssp.ntlmv2_response.target_name': 'HTTP/127.0.0.1',
      // A MIC is in the message.
      'ntlmssp.ntlmv2_response.flags': '0x00000002',
      'ntlmssp.ntlmv2_response.nb_computer_name': 'LYNCIMG-TWIN',
      // No TLS, so no channel.
      'ntlmssp.ntlmv2_response.channel_bindings': '0'.repeat(32),
      '_ws.malformed': '',
    });
    expect(experts).to.contain('NTLMv2 authenticated using <Global NT Password>');
  });

  it('does not find the proof of another password', async () => {
    await identify('Administrator');

    const [third] = await read('ntlmssp.messagetype == 3', ['_ws.expert.message'], 'another');
    expect(third?.['_ws.expert.message']).not.to.contain('authenticated');
  });

  it('finds the session key under which the MIC is right', async () => {
    await identify('Administrator');

    const fields = ['ntlmssp.authenticate.mic', '_ws.expert.message'] as const;
    const [third] = await read('ntlmssp.messagetype == 3', fields);
    const key = /NTLMSSP SessionKey \(([0-9a-f]{32})\)/.exec(third!['_ws.expert.message'])?.[1] ?? '';
    const messages = ntlmMessages(relay);
    expect(messages.map((message) => message.readUInt32LE(8))).to.deep.equal([1, 2, 3]);
    // MS-NLMP 3.1.5.1.2: over the three messages, the place of the MIC itself (72) taken as zeros.
    messages[2]!.fill(0, 72, 88);
    const mic = createHmac('md5', Buffer.from(key, 'hex')).update(Buffer.concat(messages)).digest('hex');
    expect(third!['ntlmssp.authenticate.mic']).to.equal(mic);
  });

  it("reads the twin's challenge: a workgroup machine of its version, with its time", async () => {
    const before = Date.now();
    await identify('Administrator');
    const after = Date.now();

    const info = 'ntlmssp.challenge.target_info';
    const fields = [
      ...(['ntlmssp.challenge.target_name', 'ntlmssp.version.build_number'] as const),
      ...([`${info}.nb_domain_name`, `${info}.nb_computer_name`] as const),
      ...([`${info}.dns_domain_name`, `${info}.dns_computer_name`] as const),
      ...(['ntlmssp.negotiateseal', 'ntlmssp.targettypeserver', '_ws.malformed'] as const),
    ] as const;
    const name = 'LYNCIMG-TWIN';
    expect(await read('ntlmssp.messagetype == 2', fields)).to.deep.equal([
      {
        'ntlmssp.challenge.target_name': name,
        'ntlmssp.version.build_number': '9600',
        [`${info}.nb_domain_name`]: name,
        [`${info}.nb_computer_name`]: name,
        [`${info}.dns_domain_name`]: name,
        [`${info}.dns_computer_name`]: name,
        'ntlmssp.negotiateseal': '1',
        'ntlmssp.targettypeserver': '1',
        '_ws.malformed': '',
      },
    ]);
    const [challenge] = await read('ntlmssp.messagetype == 2', [`${info}.timestamp`]);
    expect(Date.parse(challenge![`${info}.timestamp`])).to.be.within(before, after);
  });

  it("reads the twin's SPNEGO around the challenge for a client that wraps", async () => {
    const users = join(folder.path, 'users');
    await writeFile(users, `LYNCIMG-TWIN:Administrator:${twin.password}\n`);
    const url = `http://127.0.0.1:${relay.port}/wsman`;
    await curlIdentify(url, ['--negotiate', '--user', 'Administrator:'], { NTLM_USER_FILE: users });

    const fields = ['spnego.negResult', 'spnego.supportedMech', '_ws.malformed'] as const;
    expect(await read('ntlmssp.messagetype == 2', fields)).to.deep.equal([
      {
        // accept-incomplete
        'spnego.negResult': '1',
        'spnego.supportedMech': '1.3.6.1.4.1.311.2.2.10',
        '_ws.malformed': '',
      },
    ]);
  });
});

/** In the order of the wire; raw ones only. */
function ntlmMessages({ pieces }: RecordingRelay): Buffer[] {
  const text = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('latin1');
  return [...text.matchAll(/^(?:WWW-Authenticate|Authorization): Negotiate (TlRMTVNTUA\S+)/gim)].map(
    ([, token = '']) => Buffer.from(token, 'base64'),
  );
}
