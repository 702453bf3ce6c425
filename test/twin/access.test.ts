import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Access, makePassword, passwordProblem } from '../../src/twin/access.js';

const key = { ca: '', cert: '', key: '' };

describe('access to the twin', () => {
  it('is for Administrator of this computer with the password', () => {
    const access = new Access();
    access.take({ ...key, password: 'Passw0rd!' });
    const ask = (user: string, password = 'Passw0rd!'): boolean =>
      access.authenticate({ user, password }, 'LYNCIMG-TWIN');

    for (const user of ['Administrator', 'ADMINISTRATOR', '.\\administrator', 'lyncimg-twin\\Administrator'])
      expect(ask(user), user).to.equal(true);
    for (const user of ['', 'admin', 'CORP\\Administrator', 'Administrator\\', '\\Administrator'])
      expect(ask(user), user).to.equal(false);
    for (const password of ['', 'passw0rd!', 'Passw0rd! ', 'Passw0rd'])
      expect(ask('Administrator', password), password).to.equal(false);
  });

  it('is for nobody before a key is taken and after it is forgotten', () => {
    const access = new Access();
    const given = { user: 'Administrator', password: 'Passw0rd!' };

    expect(access.authenticate(given, 'X')).to.equal(false);
    access.take({ ...key, password: given.password });
    expect(access.authenticate(given, 'X')).to.equal(true);
    access.forget();
    expect(access.authenticate(given, 'X')).to.equal(false);
  });

  it('is by the newest password only', () => {
    const access = new Access();
    access.take({ ...key, password: 'old-Passw0rd' });
    access.take({ ...key, password: 'new-Passw0rd' });
    expect(access.authenticate({ user: 'Administrator', password: 'old-Passw0rd' }, 'X')).to.equal(false);
  });

  it('makes passwords that the policy takes, each another one', () => {
    const made = Array.from({ length: 50 }, makePassword);
    expect(new Set(made).size).to.equal(50);
    for (const password of made) {
      expect(passwordProblem(password)).to.equal(null);
      expect(password).to.match(/[a-z]/).and.match(/[A-Z]/).and.match(/\d/).and.match(/!/);
    }
    expect(passwordProblem('short')).to.not.equal(null);
    expect(passwordProblem('line\nbreak-1A')).to.not.equal(null);
    expect(passwordProblem('x'.repeat(200))).to.not.equal(null);
  });
});
