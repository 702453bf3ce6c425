import { expect } from 'chai';
import { describe, it } from 'mocha';
import { WsmanFault } from '../../../src/wsman/index.js';
import { keySelectors, parseResource } from '../../../src/wsman/server/resource.js';

const wmi = 'http://schemas.microsoft.com/wbem/wsman/1/wmi';

describe('wsman/server/resource', () => {
  it('knows shells, classes and queries, in any case', () => {
    expect(parseResource('http://schemas.microsoft.com/wbem/wsman/1/windows/Shell/CMD')).to.deep.equal({
      kind: 'shell',
    });
    expect(parseResource(`${wmi}/root/cimv2/Win32_Service`)).to.deep.equal({
      kind: 'wmi',
      namespace: 'root/cimv2',
      className: 'Win32_Service',
    });
    expect(parseResource(`${wmi.toUpperCase()}/root/cimv2/power/*`)).to.deep.equal({
      kind: 'wmi',
      namespace: 'root/cimv2/power',
      className: null,
    });
  });

  for (const uri of [
    '',
    `${wmi}/`,
    `${wmi}/Win32_Service`,
    `${wmi}/root//x`,
    `${wmi}/root/cimv2/`,
    `${wmi}/root/cimv2/a b`,
    `${wmi}/root/../x`,
    'http://schemas.microsoft.com/powershell/Microsoft.PowerShell',
    'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Service',
  ]) {
    it(`does not have "${uri}"`, () => {
      expect(() => parseResource(uri))
        .to.throw(WsmanFault)
        .with.nested.property('facts.subcode', 'w:InvalidResourceURI');
    });
  }

  it('takes __cimnamespace only when it says the same, and not as a key', () => {
    const selectors = { Name: 'x', __CimNamespace: 'ROOT/cimv2' };
    expect(keySelectors(selectors, 'root/cimv2')).to.deep.equal({ Name: 'x' });
    expect(() => keySelectors(selectors, 'root/other'))
      .to.throw(WsmanFault)
      .with.nested.property('facts.code', 2150859067);
  });
});
