// Every parser of what others wrote, by the name under which `npm run fuzz` knows it.
import type { MakeTarget } from './target.js';
import { mediaLock } from './targets/media.js';
import * as security from './targets/security.js';
import * as text from './targets/text.js';
import { udf } from './targets/udf.js';
import { wimHeaderTarget } from './targets/wim-header.js';
import { wimXml } from './targets/wim-xml.js';
import * as xml from './targets/xml.js';

export const targets: Readonly<Record<string, MakeTarget>> = {
  soap: xml.soap,
  cim: xml.cim,
  server: xml.server,
  'sealed-body': security.sealedBody,
  sealing: security.sealing,
  'ntlm-negotiate': security.ntlmNegotiate,
  'ntlm-challenge': security.ntlmChallenge,
  'ntlm-authenticate': security.ntlmAuthenticate,
  'ntlm-attributes': security.ntlmAttributes,
  'ntlm-client': security.ntlmClientSide,
  'ntlm-server': security.ntlmServerSide,
  spnego: security.spnego,
  certificate: security.certificate,
  authorization: security.authorization,
  duration: text.duration,
  wql: text.wql,
  'known-hosts': text.knownHosts,
  hosts: text.hosts,
  facts: text.facts,
  'media-lock': mediaLock,
  udf,
  'wim-header': wimHeaderTarget,
  'wim-xml': wimXml,
};
