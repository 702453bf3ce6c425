import { expect } from 'chai';
import { describe, it } from 'mocha';
import { renderGeneralizeFile } from '../../../src/render/answer-file/index.js';
import { expectGolden } from '../../helpers/golden.js';
import { readUnattend } from './model/unattend.js';
import { generalizeRequest, sealedGoldens, systems } from './requests.js';

describe('the answer file of sysprep', () => {
  for (const [name, request] of Object.entries(sealedGoldens)) {
    it(`is as checked in as ${name}`, async () => {
      await expectGolden(`answer-file/${name}.xml`, renderGeneralizeFile(request).replaceAll('\r\n', '\n'));
    });
  }

  it('has passes for the image and for the machine that is deployed from it, in the order in which they run', () => {
    const root = readUnattend(renderGeneralizeFile(generalizeRequest('2012r2')));

    expect(root.children.map(({ attributes }) => attributes['pass'])).to.deep.equal([
      'generalize',
      'specialize',
      'oobeSystem',
    ]);
  });

  it('holds no password and logs nobody on: whoever deploys is asked', () => {
    for (const system of systems) {
      const file = renderGeneralizeFile(generalizeRequest(system));

      expect(file).not.to.match(
        /<(?:AdministratorPassword|AutoLogon|HideLocalAccountScreen|FirstLogonCommands)>/,
      );
    }
  });

  it('gives the public KMS key again, and neither an own one nor one to evaluation media', () => {
    const [kms, own, none] = (['kms', 'own', 'none'] as const).map((key) =>
      renderGeneralizeFile(generalizeRequest('2012r2', { key })),
    );

    expect(kms).to.contain('<ProductKey>D2N9P-3P6X9-2R39C-7RTCD-MDVJX</ProductKey>');
    expect(own).to.contain('An own product key is not written').and.not.to.contain('<ProductKey>');
    expect(none).not.to.contain('<ProductKey>').and.not.to.contain('own product key');
  });

  it('starts licensing anew, and lets the machine activate itself, which the bake had switched off', () => {
    const file = renderGeneralizeFile(generalizeRequest('2012r2'));

    expect(file)
      .to.contain('<SkipRearm>0</SkipRearm>')
      .and.contain('<SkipAutoActivation>false</SkipAutoActivation>');
  });
});
