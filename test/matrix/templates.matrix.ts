// Every template that there can be, read by Packer: every platform, system, role and layer, with plain devices and with all
// that can be asked for, in both firmwares. Debian's Packer 1.6.6 on the PATH, and beside it a current one with plugins
// where LYNCIMG_PACKER names one (PACKER_PLUGIN_PATH: its plugins).
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformNames, platformOf, type Platform } from '../../src/platforms/index.js';
import { canExpress, eachOfTwo, realPackers, runPacker, type RealPacker } from '../helpers/real-packer.js';
import { templatesOf, type Template } from './platform-templates.js';

const packers = await realPackers();

describe('the templates of every platform', () => {
  let folder = '';
  const counted: string[] = [];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lyncimg-templates-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    process.stdout.write(`\n${counted.map((line) => `    ${line}\n`).join('')}`);
  });

  for (const platform of platformNames.map(platformOf)) {
    if (platform.layering === 'none') continue;
    const { name } = platform;

    describe(name, () => {
      let templates: Template[] = [];
      before(() => {
        templates = templatesOf(platform);
      });

      it('has one for every role on every system', () => {
        const stands = templates.reduce((sum, { of }) => sum + of.length, 0);
        counted.push(`${name}: ${stands} templates, ${templates.length} of them distinct`);
        expect(templates.length).to.be.above(platform.layering === 'chain' ? 20 : 2);
      });

      for (const packer of packers) {
        it(`is formatted as Packer ${packer.version} would`, async () => {
          const all = join(folder, name, `fmt-${packer.version}`);
          await mkdir(all, { recursive: true });
          for (const [index, { text }] of templates.entries())
            await writeFile(join(all, `${String(index)}.pkr.hcl`), text);
          const { exitCode, output } = await runPacker(packer, ['fmt', '-check', '-diff', all], folder);
          expect(exitCode, output).to.equal(0);
        });

        it(`is valid for Packer ${packer.version} where that can express it`, async () => {
          const [possible, impossible] = split(platform, templates, packer);
          const failed = await eachOfTwo(possible, async (template, index) => {
            const { exitCode, output } = await validate(packer, template, join(folder, name, String(index)));
            return exitCode === 0 ? [] : [`${template.of[0] ?? ''}\n${output}`];
          });
          counted.push(
            `${name}: ${possible.length} valid for Packer ${packer.version}${impossible.length === 0 ? '' : `; ${impossible.length} it cannot express, as the platform says`}`,
          );
          expect(failed.join('\n')).to.equal('');
        });

        const cannot = (['first', 'next'] as const).filter((layer) => !canExpress(packer, platform, layer));
        if (cannot.length === 0) continue;
        it(`is refused by Packer ${packer.version} for the ${cannot.join(' and ')} layer, as the platform says`, async () => {
          for (const layer of cannot) {
            const one = templates.find((template) => template.layer === layer);
            if (one === undefined) throw new Error(`${name} has no template of the ${layer} layer`);
            const { exitCode } = await validate(packer, one, join(folder, name, `refused-${layer}`));
            expect(exitCode).not.to.equal(0);
          }
        });
      }
    });
  }

  /** A folder as a layer's is: builders look at files in it. */
  async function validate(packer: RealPacker, { text }: Template, at: string) {
    await mkdir(at, { recursive: true });
    await writeFile(join(at, 'lyncimg.pkr.hcl'), text);
    return runPacker(packer, ['validate', at], folder);
  }
});

/** What the platform says that this Packer can express, and the rest. */
function split(platform: Platform, templates: readonly Template[], packer: RealPacker) {
  const possible = templates.filter(({ layer }) => canExpress(packer, platform, layer));
  return [possible, templates.filter((template) => !possible.includes(template))] as const;
}
