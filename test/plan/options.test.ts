import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { OptionValues } from '../../src/catalog/index.js';
import { resolveOptions } from '../../src/plan/options.js';
import { roleOf } from './fixtures.js';

const role = roleOf('front-end', [], {
  options: {
    conferencing: { type: 'boolean', default: false, description: '' },
    edition: { type: 'enum', values: ['standard', 'enterprise'], default: 'enterprise', description: '' },
    suffix: { type: 'string', default: '', description: '' },
  },
});

function problemsOf(given: OptionValues): string[] {
  const checked = resolveOptions(role, given);
  return checked.ok ? [] : checked.problems.map(({ code, message }) => `${code} ${message}`);
}

describe('resolveOptions', () => {
  it('fills in the defaults', () => {
    const checked = resolveOptions(role, { suffix: 'corp.example' });

    expect(checked).to.deep.equal({
      ok: true,
      value: { conferencing: false, edition: 'enterprise', suffix: 'corp.example' },
    });
  });

  it('takes the words true and false for a boolean, as the command line has only text', () => {
    const checked = resolveOptions(role, { conferencing: 'True' });

    expect(checked.ok && checked.value['conferencing']).to.equal(true);
  });

  it('names near options for an unknown one', () => {
    const checked = resolveOptions(role, { conferencin: true });

    expect(checked.ok).to.equal(false);
    expect(!checked.ok && checked.problems[0]?.code).to.equal('E_OPTION_UNKNOWN');
    expect(!checked.ok && checked.problems[0]?.suggestions.join()).to.contain('conferencing');
  });

  it('does not find options on the prototype of objects', () => {
    expect(problemsOf({ constructor: 'x' })[0]).to.match(/^E_OPTION_UNKNOWN/);
  });

  it('reports every wrong value at once', () => {
    const found = problemsOf({ conferencing: 'yes', edition: 'small', suffix: true });

    expect(found).to.have.length(3);
    expect(found[0]).to.contain('E_OPTION_INVALID').and.to.contain('true or false');
    expect(found[1]).to.contain('one of standard, enterprise').and.to.contain('"small"');
    expect(found[2]).to.contain('text');
  });
});
