import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planRoles, type BuildResult } from '../../src/cli/index.js';
import Build from '../../src/commands/build.js';
import { openStore } from '../../src/images/index.js';
import { twinModelDigest } from '../../src/twin/index.js';
import { writeBuildWorkspace } from '../helpers/lyncimg-process.js';
import { packageRoot } from '../helpers/real-plan.js';
import { runCommandClass } from '../helpers/run-command.js';
import { aLayer, anImage } from '../helpers/store-entries.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { oneOfEach, report } from '../report/fixtures.js';

const before = process.cwd();
const build = (...args: string[]) => runCommandClass(Build, args);

describe('lyncimg build', () => {
  const folder = temporaryFolder();
  beforeEach(() => {
    process.chdir(folder.path);
  });
  afterEach(() => {
    process.chdir(before);
  });

  it('has no silent default: without lyncimg.yaml it says what is missing and offers a rehearsal', async () => {
    const { exit, stdout, stderr } = await build('--os', '2012r2');
    expect(exit).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('E_BUILD_WORKSPACE').and.include('no lyncimg.yaml');
    expect(stderr).to.include('lyncimg build --os 2012r2 --role front-end --platform twin');
  });

  it('says so, too, where lyncimg.yaml names no platform', async () => {
    await writeFile('lyncimg.yaml', 'apiVersion: lyncimg/v1\nkind: Workspace\nos: 2012r2\nroles: [edge]\n');
    const { exit, stderr } = await build();
    expect(exit).to.equal(2);
    expect(stderr).to.include('without `platform:`').and.include('lyncimg build --os 2012r2 --platform twin');
  });

  it('tries its output files before anything else', async () => {
    await writeBuildWorkspace('.', ['small']);
    for (const flags of [
      ['--junit', 'no/such/folder/verdicts.xml'],
      ['--events', 'no/such/folder/events.jsonl'],
    ]) {
      const { exit, stderr } = await build(...flags);
      expect(exit, stderr).to.equal(2);
      expect(stderr).to.include('no/such/folder');
    }
    expect(existsSync('.lyncimg/runs')).to.equal(false);
  });

  for (const [what, args, code] of [
    ['an unknown role', ['--role', 'frontend'], 'E_ROLE_UNKNOWN'],
    ['an unknown platform', ['--platform', 'vmware-7'], 'E_PLATFORM_UNKNOWN'],
    ['an operating system that the role does not support', ['--os', '2003'], 'E_OS_UNAVAILABLE'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      await writeBuildWorkspace('.', ['small']);
      const { exit, stderr } = await build(...args);
      expect(exit).to.equal(2);
      expect(stderr).to.include(code);
    });
  }

  describe('where everything is stored', () => {
    beforeEach(() => storeEverything(folder.path, ['small', 'small-plus']));

    it('prints the reference of each image and nothing else', async () => {
      const { exit, stdout, stderr } = await build('--junit', 'verdicts.xml', '--events', 'events.jsonl');

      expect(exit, stderr).to.equal(0);
      expect(stdout).to.match(
        /^rehearsal\/small-2012r2@[0-9a-f]{12}\nrehearsal\/small-plus-2012r2@[0-9a-f]{12}\n$/,
      );
      expect(stderr.match(/REHEARSAL/g)).to.have.length(4);
      expect(stderr).to.include('stored already');
      expect((await readFile('verdicts.xml', 'utf8')).match(/<testsuite /g)).to.have.length(2);
      const events = (await readFile('events.jsonl', 'utf8')).trimEnd().split('\n');
      const types = events.map((line) => (JSON.parse(line) as { type: string }).type);
      expect(types.filter((type) => type === 'build-finished')).to.have.length(2);
      expect(types).to.not.include('tool-started');
    });

    it('prints one document for --json, by the published schema', async () => {
      const { stdout } = await build('--json');
      const result = JSON.parse(stdout) as BuildResult;
      const schema = JSON.parse(
        await readFile(join(packageRoot, 'schemas/build.schema.json'), 'utf8'),
      ) as object;
      const validate = new Ajv2020().compile(schema);
      expect(validate(result), JSON.stringify(validate.errors)).to.equal(true);
      expect(result.images.map(({ role, outcome }) => [role, outcome])).to.deep.equal([
        ['small', 'reused'],
        ['small-plus', 'reused'],
      ]);
    });

    it('writes events to stderr for --events -, and no other progress', async () => {
      const { stderr } = await build('--events', '-', '--role', 'small');
      for (const line of stderr.trimEnd().split('\n'))
        expect(() => JSON.parse(line) as unknown).to.not.throw();
    });
  });

  describe('where a later role fails', () => {
    let argv: string[];
    beforeEach(async () => {
      await storeEverything(folder.path, ['small', 'small-plus'], { withoutImageOf: 'small-plus' });
      // What starts itself as a child starts this: sealing fails.
      await writeFile('child.mjs', 'process.exit(3);\n');
      ({ argv } = process);
      process.argv = [argv[0]!, join(folder.path, 'child.mjs')];
    });
    afterEach(() => {
      process.argv = argv;
    });

    it('replaces the verdicts of yesterday by a file that says that the role was not built', async () => {
      await writeFile('verdicts.xml', '<testsuites name="yesterday" failures="0"/>');
      const { exit, stdout, stderr } = await build('--role', 'small-plus', '--junit', 'verdicts.xml');

      expect(exit, stderr).to.equal(3);
      expect(stdout).to.equal('');
      const xml = await readFile('verdicts.xml', 'utf8');
      expect(xml).to.not.include('yesterday');
      expect(xml).to.match(/<testsuites [^>]*errors="1"/);
      expect(xml).to.include('E_BUILD_SEAL_FAILED').and.include('value="small-plus"');
      expect(xml).to.match(/<testcase [^>]*SMTP-Server[^]*?<skipped message="not checked/);
    });

    it('has both in the file, and the reference of the first on stdout', async () => {
      const { exit, stdout } = await build('--junit', 'verdicts.xml');

      expect(exit).to.equal(3);
      expect(stdout).to.match(/^rehearsal\/small-2012r2@[0-9a-f]{12}\n$/);
      const xml = await readFile('verdicts.xml', 'utf8');
      expect(xml.match(/<testsuite /g)).to.have.length(2);
      expect(xml).to.include('E_BUILD_SEAL_FAILED');
    });

    it('tells the image of the first with --json, too', async () => {
      const { exit, stdout } = await build('--json');

      expect(exit).to.equal(3);
      const { error, images } = JSON.parse(stdout) as { error: { code: string }; images: { role: string }[] };
      expect(error.code).to.equal('E_BUILD_SEAL_FAILED');
      expect(images.map(({ role }) => role)).to.deep.equal(['small']);
    });
  });

  it('takes state from --output before LYNCIMG_HOME', async () => {
    await mkdir('mine');
    await storeEverything(folder.path, ['small'], { home: join(folder.path, 'mine') });
    process.env['LYNCIMG_HOME'] = join(folder.path, 'other');
    try {
      const { exit, stderr } = await build('--output', 'mine');
      expect(exit, stderr).to.equal(0);
      expect(existsSync('other')).to.equal(false);
    } finally {
      delete process.env['LYNCIMG_HOME'];
    }
  });
});

/** Puts every layer and image of these roles into the store, as builds would have; an image may be left out. */
async function storeEverything(
  folder: string,
  roles: Parameters<typeof writeBuildWorkspace>[1],
  { home = join(folder, '.lyncimg'), withoutImageOf }: { home?: string; withoutImageOf?: string } = {},
): Promise<void> {
  await writeBuildWorkspace(folder, roles);
  const { plans } = await planRoles({
    flags: { os: undefined, role: undefined, platform: undefined, option: undefined },
    packageRoot,
    folder,
    env: process.env,
    twinModel: twinModelDigest,
    signal: new AbortController().signal,
  });
  const state = join(folder, 'state.json');
  const verdicts = join(folder, 'verify.json');
  await writeFile(state, '{}');
  await writeFile(verdicts, JSON.stringify(report(oneOfEach)));
  const files = { 'state.json': state, 'verify.json': verdicts };
  const store = openStore(home);
  for (const plan of plans) {
    for (const { name, digest, parent, inputs } of plan.layers) {
      await store.publishLayer({ manifest: aLayer({ name, digest, parent, inputs }), files });
    }
    if (plan.role === withoutImageOf) continue;
    await store.publishImage({ manifest: anImage({ role: plan.role, digest: plan.seal.digest }), files });
  }
}
