import type { Option } from './basic.js';

/** What modules that fetch by HTTP share (ansible.windows 1.14.0, module_utils/WebRequest.psm1); aliases are their own. */
export const webRequestOptions: Record<string, Option> = {
  headers: { type: 'dict' },
  http_agent: { type: 'str', default: 'ansible-httpget' },
  maximum_redirection: { type: 'int', default: 50 },
  validate_certs: { type: 'bool', default: true },
  client_cert: { type: 'str' },
  client_cert_password: { type: 'str', noLog: true },
  force_basic_auth: { type: 'bool', default: false },
  use_default_credential: { type: 'bool', default: false },
  use_proxy: { type: 'bool', default: true },
  proxy_url: { type: 'str' },
  proxy_username: { type: 'str' },
  proxy_password: { type: 'str', noLog: true },
  proxy_use_default_credential: { type: 'bool', default: false },
};
