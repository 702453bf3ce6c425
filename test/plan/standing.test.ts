import { expect } from 'chai';
import { describe, it } from 'mocha';
import { explainMiss, type LayerInputs } from '../../src/plan/index.js';

const wanted: LayerInputs = {
  format: '1',
  os: '2012r2 6.3.9600',
  platform: 'twin',
  parent: 'none',
  requirements: 'r',
  media: 'm',
  packer: '1.6',
  ansible: '2.14',
  content: 'c',
  twinModel: 't',
  machine: 'none',
};

describe('explainMiss', () => {
  it('says nothing where nothing is stored', () => {
    expect(explainMiss(wanted, [])).to.deep.equal([]);
  });

  it('names what differs from the nearest stored layer', () => {
    const far = { ...wanted, os: '2012', packer: '1.16', ansible: '2.15' };
    const near = { ...wanted, requirements: 'other' };

    expect(explainMiss(wanted, [far, near])).to.deep.equal(['requirements']);
  });

  it('takes the first of equally near ones', () => {
    const newest = { ...wanted, media: 'other' };
    const older = { ...wanted, packer: '1.16' };

    expect(explainMiss(wanted, [newest, older])).to.deep.equal(['media']);
  });
});
