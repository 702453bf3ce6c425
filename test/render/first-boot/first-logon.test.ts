import { expect } from 'chai';
import { describe, it } from 'mocha';
import { firstLogonCommand } from '../../../src/render/first-boot/index.js';
import { parseLine } from './cmd-syntax.js';
import { systems } from './scenario.js';

describe('the command of the first logon', () => {
  it('looks on every drive for first-boot.cmd and calls it', () => {
    for (const os of systems) {
      const command = firstLogonCommand(os);
      const inside = command.replace(/^cmd\.exe \/d \/c /, '');

      expect(inside).not.to.equal(command);
      expect(parseLine(inside)).to.deep.equal({
        ...{ type: 'for', kind: 'words', options: '', variable: 'D' },
        set: 'D E F G H I J K L M N O P Q R S T U V W X Y Z',
        body: {
          ...{ type: 'if', not: false, condition: { is: 'exist', what: '%D:\\lyncimg\\first-boot.cmd' } },
          body: { type: 'simple', text: 'call %D:\\lyncimg\\first-boot.cmd', redirects: [] },
        },
      });
    }
  });

  it('is no longer than FirstLogonCommands takes, and needs no escaping in XML', () => {
    for (const os of systems) expect(firstLogonCommand(os)).to.match(/^[^<>&"']{1,1024}$/);
  });
});
