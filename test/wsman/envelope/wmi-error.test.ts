import { expect } from 'chai';
import { describe, it } from 'mocha';
import { decodeFault, faultText } from '../../../src/wsman/envelope/fault.js';
import { innermostCode } from '../../../src/wsman/fault.js';
import { bodyOfText } from './body.js';

interface Read {
  code: number | null;
  text: string;
}

function readDetail(detail: string): Read {
  const fault = decodeFault(bodyOfText(`<s:Fault><s:Detail>${detail}</s:Detail></s:Fault>`))!;
  return { code: innermostCode(fault), text: faultText(fault) };
}

function wmiError(properties: Record<string, string>): Read {
  const children = Object.entries(properties).map(([name, text]) => `<q:${name}>${text}</q:${name}>`);
  return readDetail(`<q:MSFT_WmiError xmlns:q="urn:q">${children.join('')}</q:MSFT_WmiError>`);
}

describe('wsman/envelope/wmi-error', () => {
  it('takes the number of an HRESULT or of Win32', () => {
    expect(wmiError({ error_Code: '2150859173', error_Type: 'HRESULT' }).code).to.equal(2150859173);
    expect(wmiError({ error_Code: '5', error_Type: 'WIN32' }).code).to.equal(5);
  });

  it('takes a number of MI for the CIM status that it is: 5 is a missing class, not a lack of rights', () => {
    expect(wmiError({ error_Code: '5', error_Type: 'MI' }).code).to.equal(2147749904);
    expect(wmiError({ error_Code: '5', error_Type: 'MI', CIMStatusCode: '3' }).code).to.equal(2147749902);
  });

  it('takes the CIM status where there is no other number, and nothing for one that it does not know', () => {
    expect(wmiError({ CIMStatusCode: '2', error_Code: '0' }).code).to.equal(2147749891);
    expect([wmiError({ CIMStatusCode: '99' }).code, wmiError({}).code]).to.deep.equal([null, null]);
    expect(wmiError({ error_Code: 'many' }).code).to.equal(null);
  });

  it('takes the text of Windows where there is no other', () => {
    expect(wmiError({ Message: 'No. ', error_WindowsErrorMessage: 'w' }).text).to.equal('No.');
    expect(wmiError({ Message: '', error_WindowsErrorMessage: 'w' }).text).to.equal('w');
  });

  const provider = (inside: string): Read =>
    readDetail(
      '<f:WSManFault Code="2150858778"><f:Message><f:ProviderFault provider="P" path="p">' +
        `${inside}</f:ProviderFault></f:Message></f:WSManFault>`,
    );

  it('is read inside of a provider’s fault, too', () => {
    const error = '<q:MSFT_WmiError xmlns:q="urn:q"><q:error_Code>7</q:error_Code></q:MSFT_WmiError>';
    expect(provider(error).code).to.equal(7);
  });

  it('takes an extended status for the innermost number, unless it is nil', () => {
    const status = (code: string): string =>
      '<f:WSManFault Code="9"><f:Message>m</f:Message></f:WSManFault><f:ExtendedError>' +
      `<q:__ExtendedStatus xmlns:q="urn:q"><q:StatusCode>${code}</q:StatusCode></q:__ExtendedStatus></f:ExtendedError>`;
    expect(provider(status('2147749904'))).to.deep.equal({ code: 2147749904, text: 'm' });
    expect(provider(status('')).code).to.equal(9);
  });
});
