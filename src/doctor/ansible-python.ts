// What Ansible's own Python knows: asked of that interpreter, since the one on the PATH may be another.
import { z } from 'zod';
import { askTool } from '../tools/index.js';

/** As Ansible looks for them: the folders of its defaults, then wherever Python finds modules; the first one counts. */
const script = `
import hashlib, importlib.util, json, os, re, sys

def read(*parts):
    try:
        with open(os.path.join(*parts), encoding='utf-8') as file:
            return file.read(1 << 20)
    except (OSError, ValueError):
        return ''

def collection(name):
    roots = [os.path.expanduser('~/.ansible/collections'), '/usr/share/ansible/collections'] + sys.path
    for root in roots:
        folder = os.path.join(root, 'ansible_collections', *name.split('.'))
        if not os.path.isdir(folder):
            continue
        try:
            version = str(json.loads(read(folder, 'MANIFEST.json'))['collection_info']['version'])
        except (ValueError, KeyError, TypeError):
            version = None
        needs = re.search(r'^requires_ansible:\\s*[\\'"]?([^\\'"\\n#]+)', read(folder, 'meta', 'runtime.yml'), re.M)
        return {'folder': folder, 'version': version, 'needs': needs.group(1).strip() if needs else None}
    return None

def md4():
    try:
        hashlib.new('md4', b'')
        return True
    except ValueError:
        return False

def own_md4():
    # requests-ntlm from 1.2 on stands on pyspnego, which brings an MD4 of its own.
    try:
        from importlib import metadata
        needs = metadata.requires('requests-ntlm') or []
        return any(need.startswith('pyspnego') for need in needs) and importlib.util.find_spec('spnego._ntlm_raw.md4') is not None
    except Exception:
        return False

print(json.dumps({
    'collections': {name: collection(name) for name in sys.argv[1:]},
    'md4': md4(),
    'ownMd4': own_md4(),
}))
`;

/** Switches OpenSSL's legacy provider on, in which version 3 keeps MD4; for one process. */
export const legacyProvider = [
  'openssl_conf = start',
  '[start]',
  'providers = providers',
  '[providers]',
  'default = active',
  'legacy = active',
  '[active]',
  'activate = 1',
];

const collectionSchema = z
  .object({ folder: z.string(), version: z.string().nullable(), needs: z.string().nullable() })
  .nullable();
export type FoundCollection = NonNullable<z.infer<typeof collectionSchema>>;

const answerSchema = z.object({
  collections: z.record(z.string(), collectionSchema),
  md4: z.boolean(),
  ownMd4: z.boolean(),
});

export interface PythonAnswer {
  /** By name; null where it is not there. */
  collections: ReadonlyMap<string, FoundCollection | null>;
  /**
   * MD4, without which NTLM does not work. `own`: NTLM's library brings it. `legacy`: only with OpenSSL's legacy
   * provider switched on.
   */
  md4: 'there' | 'own' | 'legacy' | 'absent';
}

export interface PythonQuestion {
  /** Absolute path of the interpreter. */
  python: string;
  /** `namespace.name` each. */
  collections: readonly string[];
  env: Record<string, string>;
  timeoutMs: number;
}

/** Null where it gave no answer that can be understood. */
export async function askAnsiblePython(question: PythonQuestion): Promise<PythonAnswer | null> {
  const { python, collections, env, timeoutMs } = question;
  const ask = (more: Record<string, string>): ReturnType<typeof askTool> =>
    askTool({
      file: python,
      args: ['-c', script, ...collections],
      env: { ...env, ...more },
      timeoutMs,
      files: { 'openssl.cnf': `${legacyProvider.join('\n')}\n` },
    });
  const [plain, legacy] = (await Promise.all([ask({}), ask({ OPENSSL_CONF: 'openssl.cnf' })])).map(
    ({ stdout }) => parse(stdout),
  );
  if (plain === undefined || plain === null) return null;
  const hidden = legacy?.md4 === true ? 'legacy' : 'absent';
  return {
    collections: new Map(Object.entries(plain.collections)),
    md4: plain.md4 ? 'there' : plain.ownMd4 ? 'own' : hidden,
  };
}

function parse(text: string): z.infer<typeof answerSchema> | null {
  try {
    const checked = answerSchema.safeParse(JSON.parse(text));
    return checked.success ? checked.data : null;
  } catch {
    return null;
  }
}
