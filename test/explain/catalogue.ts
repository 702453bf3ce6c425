// A small catalogue, read by the real loader: two roles on one ground, a pitfall and a conflict.
import { mkdir } from 'node:fs/promises';
import { loadCatalog, type Catalog } from '../../src/catalog/index.js';
import { orThrow } from '../../src/errors/index.js';
import { packageWith, role } from '../catalog/kit.js';

const ground = role(
  'ground',
  `supports: [2012, 2012r2]
abstract: true
notes: [Everything stands on it.]
requirements:
  - feature: Telnet-Client
    source: MS-ADDSW
    also: [C-RICHARD]
    breaks: Nobody can try a port.
    conflicts: [director-msmq]
  - feature: BITS
    source: C-RICHARD
`,
  'The ground',
);

const shop = role(
  'shop',
  `extends: ground
elsewhere: The till is its maker's.
collocates: { with: [store], source: MS-ADDSW }
options:
  window: { type: boolean, default: true, description: Has a shop window. }
requirements:
  - feature: Web-Server
    source: C-RICHARD
    when: { option: { window: true } }
    pitfalls: [net35-source]
  - computer: { membership: domain }
    source: MS-PUBTOPO
  - feature: BITS
    source: MS-ADDSW
    breaks: Nothing is fetched.
  - feature: SMTP-Server
    source: MS-ADDSW
    when: { os: 2012 }
`,
  'A shop',
);

const store = role(
  'store',
  `extends: ground\nsupports: [2012r2]\nrequirements:\n  - computer: { membership: workgroup }\n    source: MS-PUBTOPO\n`,
  'A store',
);

/** In a folder of its own. */
export async function smallCatalogue(folder: string): Promise<Catalog> {
  await mkdir(folder, { recursive: true });
  await packageWith(folder, { ground, shop, store });
  return orThrow(await loadCatalog({ packageRoot: folder }));
}
