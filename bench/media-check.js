// How long it takes to read Windows media: an ISO of five gigabytes (sparse) and the small one that it was made from, the
// reading alone and the whole command, against the time that a bare Node needs to start. `npm run build` first; needs
// genisoimage and wimlib-imagex. `node bench/media-check.js [--runs N]`.
import { Buffer } from 'node:buffer';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readWindowsMedia } from '../dist/media/index.js';
import { crc16, tagChecksum } from '../dist/media/udf/tag.js';
import { lyncimg, median, run, timed } from './kit.js';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '7' } } });
const runs = Number(values.runs);
const sector = 2048;
/** genisoimage has the partition begin there. */
const partitionStart = 257;
const folder = mkdtempSync(join(tmpdir(), 'lyncimg-bench-'));
try {
  const small = await makeIso();
  const large = grow(small, 5_000_000_000);
  const { size, blocks } = statSync(large);
  console.log(
    `${(size / 1e9).toFixed(1)} GB, of them ${(blocks / 2048).toFixed(1)} MB on disk; ${runs} runs, the first one cold`,
  );
  for (const [name, iso] of [
    ['small', small],
    ['5 GB', large],
  ]) {
    const times = await clocked(() => readWindowsMedia(iso));
    console.log(`${name}: read in ${milliseconds(times)}`);
  }
  const command = [
    ...lyncimg,
    'media',
    'check',
    '--os',
    '2012r2',
    '--edition',
    'standard',
    '--key',
    'kms',
    large,
  ];
  const commands = await clocked(() => run(command, {}));
  const nodes = await clocked(() => run([process.execPath, '-e', '0'], {}));
  console.log(`lyncimg media check: ${milliseconds(commands)}`);
  console.log(
    `bare node: ${milliseconds(nodes)}; media check / bare node ${(median(commands) / median(nodes)).toFixed(1)}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

async function clocked(work) {
  const times = [];
  for (let index = 0; index < runs; index++) times.push(await timed(work));
  return times;
}

function milliseconds(list) {
  const [middle, least, most] = [median(list), Math.min(...list), Math.max(...list)].map((one) =>
    (one * 1000).toFixed(1),
  );
  return `${middle} ms (${least} to ${most})`;
}

/** As Microsoft's, with nothing of Windows on it. */
async function makeIso() {
  const tree = join(folder, 'tree');
  const wim = join(tree, 'sources/install.wim');
  mkdirSync(join(tree, 'sources/sxs'), { recursive: true });
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(tree, 'sources/sxs/microsoft-windows-netfx3-ondemand-package.cab'), 'MSCF');
  await run(
    [
      'wimlib-imagex',
      'capture',
      join(folder, 'empty'),
      wim,
      'Windows Server 2012 R2 SERVERSTANDARD',
      '--compress=none',
    ],
    {},
  );
  const properties = {
    ...{ ARCH: 9, EDITIONID: 'ServerStandard', INSTALLATIONTYPE: 'Server', 'LANGUAGES/LANGUAGE': 'en-US' },
    ...{
      'VERSION/MAJOR': 6,
      'VERSION/MINOR': 3,
      'VERSION/BUILD': 9600,
      'VERSION/SPBUILD': 17031,
      'VERSION/SPLEVEL': 0,
    },
  };
  const set = Object.entries(properties).flatMap(([name, value]) => [
    '--image-property',
    `WINDOWS/${name}=${value}`,
  ]);
  await run(['wimlib-imagex', 'info', wim, '1', ...set], {});
  const iso = join(folder, 'small.iso');
  await run(['genisoimage', '-quiet', '-udf', '-V', 'IR5_SSS_X64FREV_EN-US_DV9', '-o', iso, tree], {});
  return iso;
}

/** The same disc with a WIM of that size behind its end: the header where it begins, the XML where it ends. */
function grow(small, sizeBytes) {
  const bytes = readFileSync(small);
  const from = bytes.indexOf('MSWIM\0\0\0', 0, 'latin1');
  const header = Buffer.from(bytes.subarray(from, from + 208));
  const xmlLength = Number(header.readBigUInt64LE(88));
  const xmlAt = from + Number(header.readBigUInt64LE(80));
  const xml = Buffer.from(bytes.subarray(xmlAt, xmlAt + xmlLength));
  header.writeBigUInt64LE(BigInt(sizeBytes - xmlLength), 80);

  const start = Math.ceil(bytes.length / sector);
  const entry = bytes.subarray(entryOf(bytes, from / sector - partitionStart));
  pointTo(entry.subarray(0, sector), start - partitionStart, sizeBytes);

  const large = join(folder, 'large.iso');
  writeFileSync(large, bytes);
  truncateSync(large, start * sector + sizeBytes);
  const file = openSync(large, 'r+');
  writeSync(file, header, 0, header.length, start * sector);
  writeSync(file, xml, 0, xml.length, start * sector + sizeBytes - xml.length);
  closeSync(file);
  return large;
}

/** Byte of the file entry whose first piece lies in that block. */
function entryOf(bytes, block) {
  for (let at = partitionStart * sector; at + sector <= bytes.length; at += sector)
    if (
      bytes.readUInt16LE(at) === 261 &&
      bytes.readUInt32LE(at + 176 + bytes.readUInt32LE(at + 168) + 4) === block
    )
      return at;
  throw new Error('the ISO has no entry of the WIM');
}

/** Pieces of at most a gigabyte one behind the other, and the checksums that go with them. */
function pointTo(entry, block, sizeBytes) {
  const size = (entry.readUInt16LE(34) & 7) === 0 ? 8 : 16;
  const first = 176 + entry.readUInt32LE(168);
  const longest = 2 ** 30 - sector;
  let at = first;
  for (let done = 0; done < sizeBytes; done += longest, at += size) {
    entry.fill(0, at, at + size);
    entry.writeUInt32LE(Math.min(longest, sizeBytes - done), at);
    entry.writeUInt32LE(block + done / sector, at + 4);
  }
  entry.writeUInt32LE(at - first, 172);
  entry.writeBigUInt64LE(BigInt(sizeBytes), 56);
  const covered = at - 16;
  entry.writeUInt16LE(covered, 10);
  entry.writeUInt16LE(crc16(entry.subarray(16, 16 + covered)), 8);
  entry.writeUInt8(tagChecksum(entry), 4);
}
