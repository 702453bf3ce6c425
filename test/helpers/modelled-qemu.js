// Stands where qemu-system-x86_64 would: it takes the arguments that Packer gives, and what "boots" is the twin. The key is
// read from the answer disc, as first boot reads it; the twin's state lies on the virtual disk that Packer made with the
// real qemu-img, so that a layer only has a past if its overlay and backing file are right.
// Usage: modelled-qemu.js SETTINGS [arguments of QEMU]; SETTINGS is a JSON file { lyncimg: string[], log: string,
// otherPassword: string }: while the file otherPassword is there, the guest has the password in it.
import { Buffer } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [settingsFile, ...args] = process.argv.slice(2);
if (args.some((one) => /^--?version$/.test(one))) {
  console.log('QEMU emulator version 7.2.0');
  process.exit(0);
}
const { lyncimg, log, otherPassword } = JSON.parse(readFileSync(settingsFile, 'utf8'));
const values = (name) => args.flatMap((one, index) => (one === name ? [args[index + 1]] : []));
const drives = values('-drive').map((text) =>
  Object.fromEntries(
    text
      .replaceAll(',,', '\u0000')
      .split(',')
      .map((part) => part.replaceAll('\u0000', ',').split('=')),
  ),
);
const discAt = (index) =>
  drives.find((drive) => drive.media === 'cdrom' && drive.index === String(index))?.file;
const [windowsDisc, mediaDisc, answerDisc] = [1, 2, 3].map(discAt);
const disk = drives.find((drive) => drive.media !== 'cdrom' && drive.format === 'qcow2').file;
const port = /hostfwd=tcp:127\.0\.0\.1:(\d+)-/.exec(values('-netdev').join())[1];
const os = /lyncimg-(2008r2|2012r2|2012)-/.exec(values('-name').join())[1];
const run = (file, ...words) =>
  execFileSync(file, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

// Packer looks at the screen before it waits for the guest: RFB 3.8 without security (RFC 6143), one pixel, no input taken.
const display = Number(/:(\d+)/.exec(values('-vnc').join())[1]);
const screen = createServer((socket) => {
  socket.on('error', () => undefined);
  const pixelFormat = Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]);
  const answers = [
    Buffer.from([1, 1]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.concat([Buffer.from([0, 1, 0, 1]), pixelFormat, Buffer.from([0, 0, 0, 1]), Buffer.from('x')]),
  ];
  socket.write('RFB 003.008\n');
  socket.on('data', () => answers.length > 0 && socket.write(answers.shift()));
}).listen(5900 + display, '127.0.0.1');
screen.unref();

const folder = mkdtempSync(join(tmpdir(), 'modelled-qemu-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const [answer, media, key] = ['answer', 'media', 'key'].map((name) => join(folder, name));
for (const path of [answer, media, key]) mkdirSync(path, { mode: 0o700 });
run('7z', 'x', '-y', `-o${answer}`, answerDisc);
run('7z', 'x', '-y', `-o${media}`, mediaDisc);
appendFileSync(
  log,
  `${JSON.stringify({
    args,
    windowsDisc,
    answerDisc,
    mediaDisc,
    disk,
    answerMode: (statSync(answerDisc).mode & 0o777).toString(8),
    answerFiles: run('7z', 'l', '-ba', '-slt', answerDisc).match(/^Path = .*$/gm),
    backing:
      JSON.parse(run('qemu-img', 'info', '-U', '--output=json', disk))['full-backing-filename'] ?? null,
  })}\n`,
);

// First boot tells on COM1 how far it is.
writeFileSync(/^file:(.*)$/.exec(values('-serial').join())[1], 'first boot: listener\r\n');

/** Windows' Setup and first boot, as far as the key is concerned. */
const line = (name) => readFileSync(join(answer, 'lyncimg', name), 'utf8').replace(/\r\n$/, '');
const password = line('password')
  .slice(1, -1)
  .replaceAll(/\\(["\\])/g, '$1');
const setup = windowsDisc === undefined ? null : readFileSync(join(answer, 'autounattend.xml'), 'utf8');
if (setup !== null && !setup.includes('AdministratorPassword')) throw new Error('Setup has no password');
const pfx = [
  'pkcs12',
  '-in',
  join(answer, 'lyncimg', 'server.pfx'),
  '-passin',
  `pass:${line('certificate-password')}`,
];
writeFileSync(join(key, 'server.crt'), run('openssl', ...pfx, '-nokeys', '-clcerts'));
// The twin wants to see who signed; Windows does not ask.
writeFileSync(join(key, 'ca.crt'), readFileSync(process.env.LYNCIMG_CA_FILE));
writeFileSync(join(key, 'server.key'), run('openssl', ...pfx, '-nocerts', '-noenc'), { mode: 0o600 });
writeFileSync(join(key, 'answer.json'), readFileSync(join(answer, 'answer.json')));

const state = join(folder, 'state.json');
const raw = join(folder, 'state.raw');
run('qemu-img', 'dd', '-U', '-f', 'qcow2', '-O', 'raw', 'bs=1M', 'count=16', `if=${disk}`, `of=${raw}`);
const stored = readFileSync(raw).toString('utf8').replace(/\0+$/, '');
if (setup === null && stored === '') throw new Error('No bootable device.');
if (setup === null) {
  const past = JSON.parse(stored);
  past.power.offBy = null;
  writeFileSync(state, JSON.stringify(past));
}

const [program, ...first] = lyncimg;
const words = ['twin', 'start', '--os', os, '--state', state, '--answer', key, '--media', media];
const twin = spawn(program, [...first, ...words, '--port', port, '--http-port', '0'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    LYNCIMG_TWIN_PASSWORD: existsSync(otherPassword) ? readFileSync(otherPassword, 'utf8') : password,
  },
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => twin.kill('SIGTERM'));
twin.on('exit', (code) => {
  if (code === 0) {
    const bytes = readFileSync(state);
    writeFileSync(raw, Buffer.concat([bytes, Buffer.alloc(16 * 1024 * 1024 - bytes.length)]));
    run('qemu-io', '-f', 'qcow2', '-c', `write -q -s ${raw} 0 16M`, disk);
  }
  process.exit(code ?? 1);
});
