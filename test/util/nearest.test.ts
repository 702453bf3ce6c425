import { expect } from 'chai';
import { nearest } from '../../src/util/index.js';

const known = ['Web-Server', 'Web-WebServer', 'Telnet-Client', 'BITS'];

describe('nearest', () => {
  it('offers the names a few letters away, nearest first', () => {
    expect(nearest('web-servr', known)).to.deep.equal(['Web-Server']);
  });

  it('does not count case', () => {
    expect(nearest('bits', known)).to.deep.equal(['BITS']);
  });

  it('offers nothing for a name that is far from all', () => {
    expect(nearest('Hyper-V', known)).to.deep.equal([]);
    expect(nearest('foo', ['os', 'for'])).to.deep.equal(['for']);
  });
});
