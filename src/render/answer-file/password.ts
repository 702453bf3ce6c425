// A password as Windows Setup reads it. Hidden, it is base64 of the UTF-16LE of the password followed by the name of its
// element: no cipher, but whatever the password is made of, blanks at its ends among it, arrives as it is, past every
// reader of XML. (The example in Microsoft's reference of AdministratorPassword decodes to `pw` and the element's name.)
import { runValues } from '../../platforms/index.js';
import { element, type XmlNode } from './xml.js';

/** @param password null: a reference to where it comes from, in the copy to read */
export function hiddenPassword(name: 'AdministratorPassword' | 'Password', password: string | null): XmlNode {
  const [value, isPlain] =
    password === null
      ? [`$${runValues.password.env}`, 'true']
      : [Buffer.from(`${password}${name}`, 'utf16le').toString('base64'), 'false'];
  return element(name, [element('Value', value), element('PlainText', isPlain)]);
}
