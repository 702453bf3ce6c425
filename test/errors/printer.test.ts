import { expect } from 'chai';
import { fail, formatError, ProblemsError } from '../../src/errors/index.js';

const source = { file: 'roles/a.yaml', text: 'name: a\nextends: b\n\tx: 1\n' };

describe('formatError', () => {
  it('says code, message and what to do next', () => {
    const error = fail('E_USAGE', { message: 'Nothing was asked for.', hint: 'Name a role.' });

    expect(formatError(error)).to.equal(
      ['E_USAGE', '  Nothing was asked for.', '  -> Name a role.'].join('\n'),
    );
  });

  it('shows the line with a caret under the place', () => {
    const error = fail('E_USAGE', { message: 'No such role.' }, { where: { source, start: 17, end: 18 } });

    expect(formatError(error)).to.equal(
      ['roles/a.yaml:2:10: E_USAGE', '  No such role.', '    2 | extends: b', '      |          ^'].join(
        '\n',
      ),
    );
  });

  it('keeps the caret in its column after a tab', () => {
    const error = fail('E_USAGE', { message: 'A tab.' }, { where: { source, start: 19, end: 20 } });

    expect(formatError(error).split('\n').slice(2)).to.deep.equal(['    3 |  x: 1', '      | ^']);
  });

  it('shows the second place where two disagree', () => {
    const error = fail(
      'E_USAGE',
      { message: 'Two names.' },
      { where: { host: 'fe01' }, related: { where: { source, start: 0, end: 4 }, text: 'the other one' } },
    );

    expect(formatError(error)).to.contain('fe01: E_USAGE').and.to.contain('roles/a.yaml:1:1: the other one');
  });

  it('names the causes, not their stacks', () => {
    const error = fail('E_INTERNAL', { message: 'x' }, { cause: new Error('the disk said no') });

    expect(formatError(error))
      .to.contain('because: the disk said no')
      .and.not.to.match(/\bat .+:\d+/);
  });

  it('lists all problems of one input and counts them', () => {
    const problem = fail('E_USAGE', { message: 'One.' });

    expect(formatError(new ProblemsError([problem, problem])).endsWith('2 problems.')).to.equal(true);
  });

  it('survives a position past the end of the text', () => {
    const where = { source: { file: 'x', text: 'a' }, start: 1, end: 99 };

    expect(formatError(fail('E_USAGE', { message: 'End.' }, { where }))).to.contain('x:1:2');
  });
});
