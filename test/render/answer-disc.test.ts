import { expect } from 'chai';
import { describe, it } from 'mocha';
import { renderAnswerDisc, type AnswerChoices } from '../../src/render/answer-disc.js';

const choices: AnswerChoices = {
  os: { id: '2012r2', title: 'Windows Server 2012 R2' },
  edition: {
    title: 'Windows Server 2012 R2 Standard',
    imageName: 'Windows Server 2012 R2 SERVERSTANDARD',
    kmsClientKey: 'D2N9P-3P6X9-2R39C-7RTCD-MDVJX',
  },
  firmware: 'bios',
  language: 'en-US',
  locale: 'en-US',
  keyboard: null,
  timeZone: 'UTC',
  key: 'kms',
  drivers: [],
  network: null,
  guestTools: null,
  packages: [],
};
const thumbprint = 'AB'.repeat(20);
const productKey = 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE';
const secrets = { password: 'Correct"Horse%1', certificatePassword: 'PfxPassword1', productKey: null };

describe('the texts of an answer disc', () => {
  it('are an answer file, first boot and the key where Windows is installed', () => {
    const files = renderAnswerDisc({ layer: 'first', choices, thumbprint, secrets });

    expect([...files.keys()].sort()).to.deep.equal([
      'answer.json',
      'autounattend.xml',
      'lyncimg/boot.cmd',
      'lyncimg/certificate-password',
      'lyncimg/first-boot.cmd',
      'lyncimg/key.cmd',
      'lyncimg/password',
      'lyncimg/thumbprint',
    ]);
  });

  it('are the key alone where a layer stands on another', () => {
    const files = renderAnswerDisc({ layer: 'next', choices, thumbprint, secrets });

    expect([...files.keys()].sort()).to.deep.equal([
      'answer.json',
      'lyncimg/certificate-password',
      'lyncimg/key.cmd',
      'lyncimg/password',
      'lyncimg/thumbprint',
    ]);
  });

  it('start first boot from the answer file', () => {
    const files = renderAnswerDisc({ layer: 'first', choices, thumbprint, secrets });

    expect(files.get('autounattend.xml')).to.contain('lyncimg\\first-boot.cmd');
  });

  it('hold no secret in the copy that people read', () => {
    const files = renderAnswerDisc({
      layer: 'first',
      choices: { ...choices, key: 'own' },
      thumbprint: null,
      secrets: null,
    });

    expect([...files.keys()].filter((path) => /password|thumbprint/.test(path))).to.deep.equal([]);
    expect(files.get('autounattend.xml'))
      .to.contain('LYNCIMG_GUEST_PASSWORD')
      .and.contain('LYNCIMG_PRODUCT_KEY');
  });

  it('hold the own product key in the answer file, and nowhere else', () => {
    const own = { ...secrets, productKey };
    const files = renderAnswerDisc({
      layer: 'first',
      choices: { ...choices, key: 'own' },
      thumbprint,
      secrets: own,
    });

    const holders = [...files].filter(([, text]) => text.includes(productKey)).map(([path]) => path);
    expect(holders).to.deep.equal(['autounattend.xml']);
  });
});
