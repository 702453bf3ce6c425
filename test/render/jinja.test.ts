import { expect } from 'chai';
import { describe, it } from 'mocha';
import { literal, reference } from '../../src/render/jinja.js';

describe('literal', () => {
  it('leaves plain texts alone', () => {
    expect(literal('C:\\Program Files {x} 100%')).to.deep.equal({
      text: 'C:\\Program Files {x} 100%',
      unsafe: false,
    });
  });

  it('marks what Ansible would take for a template', () => {
    for (const text of ['{{ ansible_password }}', '{% raw %}', '{# comment']) {
      expect(literal(text)).to.deep.equal({ text, unsafe: true });
    }
  });

  it("expands a reference to the playbook's own variable", () => {
    const media = reference('lyncimg_media');

    expect(literal(`${media}\\hotfixes`)).to.deep.equal({
      text: '{{ lyncimg_media }}\\hotfixes',
      unsafe: false,
    });
  });

  it('keeps templates beside a reference literal', () => {
    expect(literal(`${reference('lyncimg_sxs')}\\{{ x }}{%`).text).to.equal(
      "{{ lyncimg_sxs }}\\{{ '{' }}{ x }}{{ '{' }}%",
    );
  });

  it('knows only its own marks', () => {
    const forged = '\uE000ansible_password\uE001';

    expect(literal(forged)).to.deep.equal({ text: forged, unsafe: false });
  });
});
