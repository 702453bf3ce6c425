import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'mocha';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LyncimgError } from '../../../src/errors/index.js';
import { download } from '../../../src/media/fetch/download.js';
import { defaultLine, type Download, type DownloadNews, type Line } from '../../../src/media/fetch/types.js';
import { sha256 } from '../../../src/util/index.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { makeCertificates, type TestCertificates } from '../../wsman/certificates.js';
import { breaksOff, leadsTo, ranged, says, unrulyServer, whole, type UnrulyServer } from './unruly-server.js';

const content = randomBytes(300_000);
const etag = '"one"';

describe('a download', () => {
  const folder = temporaryFolder();
  let certificates: TestCertificates;
  let server: UnrulyServer;
  let plain: UnrulyServer;
  let news: DownloadNews[];
  before(async () => {
    certificates = await makeCertificates();
    server = await unrulyServer(certificates);
    plain = await unrulyServer();
  });
  after(async () => {
    await server.close();
    await plain.close();
  });
  beforeEach(() => {
    news = [];
    server.asked.splice(0);
    plain.asked.splice(0);
  });

  const target = (): string => join(folder.path, 'media/hotfixes/a.msu');
  const left = (): Promise<string[]> => readdir(join(folder.path, 'media/hotfixes'));
  const fetchIt = (more: Partial<Download> = {}, line: Partial<Line> = {}): ReturnType<typeof download> =>
    download({
      ...{ path: 'hotfixes/a.msu', url: server.url('/a.msu'), target: target() },
      ...{ sha256: sha256(content), sizeBytes: content.length, signal: new AbortController().signal },
      tell: (one) => news.push(one),
      line: { ...defaultLine({}), pausesMs: [0, 0, 0], ca: certificates.ca, ...line },
      ...more,
    });
  const codeOf = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(LyncimgError);
    return (error as LyncimgError).code;
  };
  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => '',
      (error: unknown) => (error as Error).message,
    );
  const types = (): string[] => news.map(({ type }) => type).filter((type) => type !== 'progress');

  it('leaves the whole file and nothing beside it, and tells how far it is', async () => {
    server.behave(whole(content, { etag }));

    expect(await fetchIt()).to.deep.equal({ sha256: sha256(content), sizeBytes: content.length });
    expect(await readFile(target())).to.deep.equal(content);
    expect(await left()).to.deep.equal(['a.msu']);
    expect(news[0]).to.deep.include({ type: 'started', from: 0, total: content.length });
    expect(news.at(-1)).to.deep.include({ type: 'progress', bytes: content.length });
    expect(server.asked[0]?.headers).to.include({ 'accept-encoding': 'identity' });
  });

  it('takes a place where a placeholder or an older file was', async () => {
    server.behave(whole(content));
    await fetchIt();
    const newer = randomBytes(10);
    server.behave(whole(newer));
    await fetchIt({ sha256: sha256(newer), sizeBytes: 10 });

    expect(await readFile(target())).to.deep.equal(newer);
  });

  describe('that breaks off', () => {
    it('goes on where it stopped', async () => {
      server.behave(breaksOff(content, 100_000, { etag }), ranged(content, etag));
      await fetchIt();

      expect(await readFile(target())).to.deep.equal(content);
      expect(server.asked[1]?.headers).to.include({ 'if-range': etag });
      expect(server.asked[1]?.headers.range).to.match(/^bytes=[1-9]\d*-$/);
      expect(types()).to.deep.equal(['started', 'broke-off', 'started']);
    });

    it('goes on by the date of the file where there is no ETag', async () => {
      const date = 'Tue, 01 Jan 2019 00:00:00 GMT';
      const part = breaksOff(content, 100_000, { 'last-modified': date });
      server.behave(part, (response, asked) => {
        expect(asked.headers['if-range']).to.equal(date);
        const start = Number(/\d+/.exec(asked.headers.range ?? '')?.[0]);
        const range = `bytes ${start}-${content.length - 1}/${content.length}`;
        response.writeHead(206, { 'content-range': range, 'last-modified': date });
        response.end(content.subarray(start));
      });
      await fetchIt();

      expect(await readFile(target())).to.deep.equal(content);
    });

    for (const [what, headers] of [
      ['a weak ETag', { etag: 'W/"one"' }],
      ['neither ETag nor date', {}],
    ] as const) {
      it(`begins anew where the server gives ${what}: nothing tells two versions apart`, async () => {
        server.behave(breaksOff(content, 100_000, headers), whole(content, headers));
        await fetchIt();

        expect(server.asked[1]?.headers).to.not.have.property('range');
        expect(await readFile(target())).to.deep.equal(content);
      });
    }

    it('begins anew where the server knows no ranges, or has another version by then', async () => {
      server.behave(
        breaksOff(randomBytes(content.length), 100_000, { etag: '"old"' }),
        ranged(content, etag),
      );
      await fetchIt();

      expect(await readFile(target())).to.deep.equal(content);
    });

    for (const [what, range, tag] of [
      ['another part', `bytes 5-${content.length - 1}/${content.length}`, etag],
      ['a part of another version', null, '"two"'],
      ['no word of which part', '', etag],
    ] as const) {
      it(`begins anew where the server answers with ${what}`, async () => {
        server.behave(
          breaksOff(content, 100_000, { etag }),
          (response, { headers }) => {
            const start = /\d+/.exec(headers.range ?? '')?.[0] ?? '';
            const right = `bytes ${start}-${content.length - 1}/${content.length}`;
            response.writeHead(206, { 'content-range': range ?? right, etag: tag }).end(Buffer.alloc(10));
          },
          whole(content, { etag }),
        );
        await fetchIt();

        expect(await readFile(target())).to.deep.equal(content);
        expect(server.asked[2]?.headers).to.not.have.property('range');
      });
    }

    it('asks once more from the start where two parts do not make the file', async () => {
      const liar = ranged(randomBytes(content.length), etag);
      server.behave(breaksOff(content, 100_000, { etag }), liar, whole(content, { etag }));
      await fetchIt();

      expect(await readFile(target())).to.deep.equal(content);
    });

    it('asks once more and no oftener where the server breaks off and goes on with other bytes each time', async () => {
      const part = breaksOff(content, 100_000, { etag });
      const liar = ranged(randomBytes(content.length), etag);
      server.behave(part, liar, part, liar, part, liar);

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_CHECKSUM');
      expect(server.asked).to.have.length(4);
      expect(await left()).to.deep.equal([]);
    });

    it('needs nothing more where everything had arrived', async () => {
      server.behave(breaksOff(content, 100_000, { etag }), (response) => {
        response.writeHead(503).end();
      });
      await codeOf(fetchIt());
      await writeFile(`${target()}.part`, content);
      server.behave((response) => {
        response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      });
      await fetchIt();

      expect(await readFile(target())).to.deep.equal(content);
    });

    it('again and again is given up, keeps what arrived, and the next run goes on there', async () => {
      server.behave(breaksOff(content, 100_000, { etag }), (response) => {
        response.destroy();
      });
      expect(await codeOf(fetchIt())).to.equal('E_FETCH_BROKEN');
      expect(server.asked).to.have.length(4);
      expect(await left()).to.deep.equal(['a.msu.part', 'a.msu.part.json']);

      server.behave(ranged(content, etag));
      await fetchIt();
      expect(news.at(-1)).to.deep.include({ bytes: content.length });
      expect(server.asked.at(-1)?.headers).to.have.property('range');
      expect(await left()).to.deep.equal(['a.msu']);
    });

    it('does not go on with the beginning of another address, nor with one that is not understood', async () => {
      for (const note of [{ url: 'https://example/other', validator: etag }, { validator: 5 }, 'x']) {
        server.behave(breaksOff(content, 100_000, { etag }), says(503));
        await codeOf(fetchIt());
        await writeFile(`${target()}.part.json`, JSON.stringify(note));
        server.behave(ranged(content, etag));
        await fetchIt();

        expect(server.asked.at(-1)?.headers).to.not.have.property('range');
      }
    });

    it('because the server was busy is tried again', async () => {
      server.behave(says(503), says(429), whole(content));
      await fetchIt();

      expect(types()).to.deep.equal(['broke-off', 'broke-off', 'started']);
    });
  });

  describe('from a server that lies', () => {
    it('is removed where the content is another', async () => {
      server.behave(whole(randomBytes(content.length), { etag }));

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_CHECKSUM');
      expect(await left()).to.deep.equal([]);
      expect(server.asked).to.have.length(1);
    });

    it('is refused at the head where the size is another', async () => {
      server.behave(whole(content.subarray(1), { etag }));

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_SIZE');
      expect(await left()).to.deep.equal([]);
    });

    it('is refused where it goes on and on: no more is read than the file has', async () => {
      server.behave((response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', more);
        more();
      });

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_SIZE');
      expect(await left()).to.deep.equal([]);
    });

    it('is tried again where less comes than the file has, without a word', async () => {
      server.behave((response) => {
        response.writeHead(200).end(content.subarray(0, 1000));
      }, whole(content));
      await fetchIt();

      expect(types()).to.deep.equal(['started', 'broke-off', 'started']);
    });

    for (const [what, headers] of [
      ['a web page', { 'content-type': 'text/html; charset=utf-8' }],
      ['an encoding that nobody asked for', { 'content-encoding': 'gzip' }],
    ] as const) {
      it(`is refused where it answers with ${what}`, async () => {
        server.behave(whole(content, headers));

        expect(await codeOf(fetchIt())).to.equal('E_FETCH_ANSWER');
      });
    }

    it('is refused where it answers with a part that nobody asked for', async () => {
      server.behave((response) => {
        response.writeHead(206, { 'content-range': 'bytes 0-9/10' }).end(content.subarray(0, 10));
      });

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_ANSWER');
    });

    it('is refused where its certificate is no one that is trusted', async () => {
      server.behave(whole(content));
      const other = await makeCertificates({ caName: 'another' });

      expect(await codeOf(fetchIt({}, { ca: other.ca, pausesMs: [] }))).to.equal('E_FETCH_BROKEN');
      expect(server.asked).to.deep.equal([]);
    });
  });

  it('is refused with a certificate that is not trusted whatever the environment says', async () => {
    server.behave(whole(content));
    const other = await makeCertificates({ caName: 'another' });
    const earlier = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await codeOf(fetchIt({}, { ca: other.ca, pausesMs: [] }))).to.equal('E_FETCH_BROKEN');
      expect(server.asked).to.deep.equal([]);
    } finally {
      if (earlier === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = earlier;
    }
  });

  describe('that fails', () => {
    it('shows addresses without user name, password and query', async () => {
      server.behave(says(404), leadsTo('https://me:secret@example/b?sig=secret'), says(503));
      const url = server.url('/a.msu?sig=secret');
      const messages = [
        await messageOf(fetchIt({ url })),
        await messageOf(fetchIt({ url })),
        await messageOf(fetchIt({ url })),
        await messageOf(fetchIt({ url: 'https://me:secret@example/a?sig=secret' })),
      ];

      expect(messages.join('\n')).to.not.contain('secret');
      expect(messages[0]).to.contain(server.url('/a.msu'));
      expect(messages[1]).to.contain('https://example/b');
    });

    it('shows control characters of the server as escapes', async () => {
      server.behave(leadsTo('https://[\u009b31m'), whole(content, { 'content-encoding': '\u009b31m' }));

      for (const message of [await messageOf(fetchIt()), await messageOf(fetchIt())])
        expect(message)
          .to.contain(String.raw`\u009b31m`)
          .and.to.not.match(/\p{Cc}/u);
    });
  });

  it('is refused where the server does not have the file, at once', async () => {
    server.behave(says(404));

    expect(await codeOf(fetchIt())).to.equal('E_FETCH_STATUS');
    expect(server.asked).to.have.length(1);
  });

  describe('that is led on', () => {
    it('follows, by relative addresses as well, five times', async () => {
      server.behave(
        ...[301, 302, 303, 307, 308].map((status, index) => leadsTo(`/next/${index}`, status)),
        whole(content),
      );
      await fetchIt();

      expect(server.asked.map(({ url }) => url).at(-1)).to.equal('/next/4');
    });

    it('does not follow a circle', async () => {
      server.behave(leadsTo('/a.msu'));

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_ADDRESS');
      expect(server.asked).to.have.length(6);
    });

    it('does not leave a protected connection', async () => {
      server.behave(leadsTo(plain.url('/a.msu')));
      plain.behave(whole(content));

      expect(await codeOf(fetchIt())).to.equal('E_FETCH_ADDRESS');
      expect(plain.asked).to.deep.equal([]);
    });

    it('goes from an open connection to a protected one', async () => {
      plain.behave(leadsTo(server.url('/a.msu')));
      server.behave(whole(content));
      await fetchIt({ url: plain.url('/a.msu') });

      expect(await readFile(target())).to.deep.equal(content);
    });

    for (const location of [
      'file:///etc/passwd',
      'ftp://example/a',
      'data:,x',
      'https://',
      'https://me:secret@example/a',
    ]) {
      it(`does not go to ${location}`, async () => {
        server.behave(leadsTo(location));

        expect(await codeOf(fetchIt())).to.equal('E_FETCH_ADDRESS');
      });
    }
  });

  it('does not begin with an address that is none, or of another sort', async () => {
    for (const url of ['file:///etc/passwd', 'a.msu', 'https://me:secret@127.0.0.1/a'])
      expect(await codeOf(fetchIt({ url }))).to.equal('E_FETCH_ADDRESS');
  });

  describe('whose hash nobody knows', () => {
    it('is taken over a protected connection', async () => {
      server.behave(whole(content));

      expect(await fetchIt({ sha256: null, sizeBytes: null })).to.include({ sha256: sha256(content) });
    });

    it('is not taken over an open one', async () => {
      plain.behave(whole(content));

      expect(await codeOf(fetchIt({ sha256: null, url: plain.url('/a.msu') }))).to.equal('E_FETCH_ADDRESS');
      expect(plain.asked).to.deep.equal([]);
    });
  });

  describe('from a server that is slow', () => {
    it('waits so long for an answer', async () => {
      server.behave(() => undefined);

      expect(await codeOf(fetchIt({}, { headTimeoutMs: 50, pausesMs: [] }))).to.equal('E_FETCH_BROKEN');
    });

    it('waits so long for the next byte, keeps what came, and goes on', async () => {
      server.behave(
        (response) => {
          response.writeHead(200, { 'content-length': content.length, etag });
          response.write(content.subarray(0, 100_000));
        },
        ranged(content, etag),
      );
      await fetchIt({}, { idleTimeoutMs: 200 });

      expect(await readFile(target())).to.deep.equal(content);
    });

    it('waits so long for the whole', async () => {
      let drip: NodeJS.Timeout | undefined;
      server.behave((response) => {
        response.writeHead(200, { 'content-length': content.length, etag });
        drip = setInterval(() => response.write('x'), 5);
      });
      try {
        expect(await codeOf(fetchIt({}, { totalTimeoutMs: 200 }))).to.equal('E_FETCH_BROKEN');
      } finally {
        clearInterval(drip);
      }
    });
  });

  it('that is interrupted ends with the reason and keeps what came', async () => {
    const interrupt = new AbortController();
    const reason = new Error('enough');
    server.behave((response) => {
      response.writeHead(200, { 'content-length': content.length, etag });
      response.write(content.subarray(0, 100_000));
    });
    const fetching = fetchIt({
      signal: interrupt.signal,
      tell: ({ type }) => {
        if (type === 'progress') interrupt.abort(reason);
      },
    });

    expect(await fetching.catch((error: unknown) => error)).to.equal(reason);
    expect(await left()).to.include('a.msu.part.json');
  });
});
