// The product key, by policy. Microsoft's reference: Microsoft-Windows-Setup | UserData | ProductKey chooses the edition
// and keeps Setup from asking; Microsoft-Windows-Shell-Setup | ProductKey is the one to activate with, a multiple
// activation key (MAK) counts only there, and Windows Welcome asks for a key where it is missing.
import { because } from './components.js';
import type { AnswerFileRequest, GeneralizeRequest } from './request.js';
import { element, type XmlNode } from './xml.js';

/** Where an own key comes from. */
export const productKeyVariable = 'LYNCIMG_PRODUCT_KEY';

const form = /^[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}$/;

export function isProductKey(text: string): boolean {
  return form.test(text);
}

/** The key of an installation, a reference to it in the copy to read, or null where there is none. */
export function installKey(request: AnswerFileRequest): string | null {
  const { edition, key } = request;
  if (key.policy === 'none') return null;
  if (key.policy === 'kms') return edition.kmsClientKey;
  // By `reveal`, not by what is there: a copy must not show what somebody handed over with it.
  return request.reveal && 'productKey' in key ? key.productKey : `$${productKeyVariable}`;
}

/** Of Microsoft-Windows-Setup | UserData. */
export function setupKey(key: string | null): XmlNode[] {
  const reason =
    key === null
      ? 'No key: Setup of evaluation media stops at one.'
      : 'Chooses the edition and answers for the key; a wrong one is shown on the console.';
  return because(reason, 'ProductKey', [
    ...(key === null ? [] : [element('Key', key)]),
    element('WillShowUI', 'OnError'),
  ]);
}

/** Of Microsoft-Windows-Shell-Setup. */
export function activationKey(key: string | null): XmlNode[] {
  if (key === null) return [];
  return because(
    'The key to activate with, so that Windows Welcome asks for none; a MAK counts only here.',
    'ProductKey',
    key,
  );
}

/** Of a deployed machine: the public key, or none, because an own key would lie readable in every copy of the image. */
export function deployedKey({ key, edition }: GeneralizeRequest): string | null {
  return key === 'kms' ? edition.kmsClientKey : null;
}
