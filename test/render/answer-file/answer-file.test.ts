import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { renderAnswerFile, type AnswerFileRequest } from '../../../src/render/answer-file/index.js';
import { expectGolden } from '../../helpers/golden.js';
import { childOf, componentOf, passwordIn, readUnattend, type UnattendNode } from './model/unattend.js';
import {
  drivers,
  firmwares,
  installGoldens,
  installRequest,
  ownKey,
  purposeOf,
  systems,
} from './requests.js';
import { refusals } from './setup-model.js';

/** Golden files are read on any system; that lines end with CR LF is said once, below. */
const text = (request: AnswerFileRequest): string => renderAnswerFile(request).replaceAll('\r\n', '\n');

const copy = { ...installRequest('2012r2'), reveal: false, key: { policy: 'own' } } as const;
const goldens: Record<string, AnswerFileRequest> = { ...installGoldens, 'variant-copy': copy };

describe('the answer file of Windows Setup', () => {
  for (const [name, request] of Object.entries(goldens)) {
    it(`is as checked in as ${name}`, async () => {
      await expectGolden(`answer-file/${name}.xml`, text(request));
    });
  }

  it('says UTF-8, ends every line with CR LF and the last one too', () => {
    const lines = renderAnswerFile(installRequest('2012r2')).split('\r\n');

    expect(lines[0]).to.equal('<?xml version="1.0" encoding="utf-8"?>');
    expect(lines.at(-1)).to.equal('');
    expect(lines.filter((line) => /[\r\n]/.test(line))).to.deep.equal([]);
  });

  for (const [name, request] of Object.entries(goldens)) {
    it(`has a reason above every setting of ${name}, or above the group that it is in`, () => {
      const root = readUnattend(renderAnswerFile(request));
      const bare = root.children.flatMap((settings) => [
        ...(settings.reasons.length === 0 ? [settings.name] : []),
        ...settings.children.flatMap((component) => component.children).flatMap(withoutReason),
      ]);

      expect(bare).to.deep.equal([]);
    });
  }

  it('does for every edition of the catalogue, with either firmware and each policy of keys', async () => {
    for (const system of systems) {
      const url = new URL(`../../../catalog/os/${system}.yaml`, import.meta.url);
      const os = parse(await readFile(url, 'utf8')) as {
        title: string;
        editions: AnswerFileRequest['edition'][];
      };
      for (const edition of os.editions) {
        for (const firmware of firmwares) {
          for (const key of [
            { policy: 'kms' },
            { policy: 'own', productKey: ownKey },
            { policy: 'none' },
          ] as const) {
            const request = installRequest(system, {
              os: { id: system, title: os.title },
              edition,
              firmware,
              key,
            });
            expect(refusals(renderAnswerFile(request), purposeOf(request)), edition.title).to.deep.equal([]);
          }
        }
      }
    }
  });

  it('writes nothing that 2008 R2 does not know', () => {
    const file = renderAnswerFile(installRequest('2008r2'));

    for (const name of ['HideLocalAccountScreen', 'HideOEMRegistrationScreen', 'HideOnlineAccountScreens']) {
      expect(file).not.to.contain(name);
      expect(renderAnswerFile(installRequest('2012'))).to.contain(`<${name}>true<`);
    }
    expect(file).to.contain('DoNotOpenInitialConfigurationTasksAtLogon');
    expect(renderAnswerFile(installRequest('2012'))).not.to.contain('Microsoft-Windows-OutOfBoxExperience');
  });

  it('says of 2008 R2 with UEFI what it cannot be used for, and of no other', () => {
    const says = (system: (typeof systems)[number], firmware: 'bios' | 'uefi'): boolean =>
      renderAnswerFile(installRequest(system, { firmware })).includes('no Secure Boot');

    expect(says('2008r2', 'uefi')).to.equal(true);
    expect([says('2008r2', 'bios'), says('2012', 'uefi')]).to.deep.equal([false, false]);
  });

  it('looks for every folder of drivers under each letter that a disc can have in Windows PE', () => {
    const root = readUnattend(renderAnswerFile(installRequest('2012r2', { drivers })));
    const component = componentOf(root, 'windowsPE', 'Microsoft-Windows-PnpCustomizationsWinPE');
    const paths = childOf(component, 'DriverPaths')?.children.map((item) => childOf(item, 'Path')?.text);

    expect(paths)
      .to.have.length(10)
      .and.include('D:\\viostor\\2k12R2\\amd64')
      .and.include('H:\\NetKVM\\2k12R2\\amd64');
  });

  it('has neither key nor key element for evaluation media', () => {
    const file = renderAnswerFile(installRequest('2012', { key: { policy: 'none' } }));

    expect(file)
      .not.to.match(/<Key>[^/]/)
      .and.not.to.match(/<ProductKey>[A-Z0-9]/);
  });
});

describe('the copy of an answer file to read', () => {
  const real = installRequest('2012r2', { key: { policy: 'own', productKey: ownKey } });

  it('differs from the real one in the secrets and in what it says of itself alone', () => {
    const [copy, original] = [{ ...real, reveal: false } as const, real].map((request) =>
      text(request).split('\n'),
    );
    const others = copy!.filter((line) => !original!.includes(line)).map((line) => line.trim());

    expect(others).to.deep.equal([
      '<!-- A COPY TO READ: $LYNCIMG_GUEST_PASSWORD and $LYNCIMG_PRODUCT_KEY stand for secrets. -->',
      '<!-- The real file exists only on the answer disc of a build, and is deleted with it. -->',
      '<Key>$LYNCIMG_PRODUCT_KEY</Key>',
      '<ProductKey>$LYNCIMG_PRODUCT_KEY</ProductKey>',
      '<!-- A reference: the real file has the password here, hidden as base64. -->',
      '<Value>$LYNCIMG_GUEST_PASSWORD</Value>',
      '<PlainText>true</PlainText>',
      '<Value>$LYNCIMG_GUEST_PASSWORD</Value>',
      '<PlainText>true</PlainText>',
    ]);
  });

  it('shows no secret, even one that came with the request', () => {
    const copy = renderAnswerFile({ ...real, reveal: false });
    const hidden = (name: string): string =>
      Buffer.from(real.administratorPassword + name, 'utf16le').toString('base64');

    for (const secret of [ownKey, hidden('Password'), hidden('AdministratorPassword'), 'Gold3n', 'Rwbw']) {
      expect(copy).not.to.contain(secret);
    }
  });

  it('keeps the public key, which is no secret', () => {
    const copy = renderAnswerFile({ ...real, reveal: false, key: { policy: 'kms' } });

    expect(copy).to.contain(real.edition.kmsClientKey).and.not.to.contain('LYNCIMG_PRODUCT_KEY');
  });
});

describe('a password in an answer file', () => {
  const shellOf = (password: string): UnattendNode | undefined => {
    const file = renderAnswerFile(installRequest('2012r2', { administratorPassword: password }));
    return componentOf(readUnattend(file), 'oobeSystem', 'Microsoft-Windows-Shell-Setup');
  };
  const printable = fc.string({ unit: fc.constantFrom(...printableAscii()), minLength: 1, maxLength: 127 });

  it('arrives as it is, whatever printable ASCII it is made of', () => {
    fc.assert(
      fc.property(printable, (password) => {
        const shell = shellOf(password);
        expect(passwordIn(childOf(shell, 'UserAccounts', 'AdministratorPassword'))).to.equal(password);
        expect(passwordIn(childOf(shell, 'AutoLogon', 'Password'))).to.equal(password);
      }),
      { numRuns: 50 },
    );
  });

  for (const password of [
    ' a ',
    '"<&>\'',
    ']]>',
    '--',
    '%PATH%^&|',
    '{{ x }}',
    ': - # !',
    'Password',
    '$&$1',
  ]) {
    it(`arrives as it is: ${JSON.stringify(password)}`, () => {
      expect(passwordIn(childOf(shellOf(password), 'AutoLogon', 'Password'))).to.equal(password);
    });
  }
});

/** A setting without a comment right above it or above one of its groups. */
function withoutReason(node: UnattendNode): string[] {
  if (node.reasons.length > 0) return [];
  return node.children.length === 0 ? [node.name] : node.children.flatMap(withoutReason);
}

function printableAscii(): string[] {
  return Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
}
