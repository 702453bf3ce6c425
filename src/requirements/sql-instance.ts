// An instance of SQL Server is there. Lync's setup makes the local ones itself, bound to the machine's name: no golden
// image has them, and nothing is installed here.
import { z } from 'zod';
import type { RegistryValuesQuery } from './facts.js';
import type { Kind } from './kind.js';
import { sameText } from './rows.js';

const schema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_$]{0,15}$/,
      'An instance is named with up to 16 letters and digits, e.g. RTCLOCAL.',
    )
    .meta({ description: 'Name of the instance; MSSQLSERVER is the default one.' }),
});

export type SqlInstanceInput = z.infer<typeof schema>;

export interface SqlInstanceSpec {
  /** Upper case, as SQL Server writes it. */
  name: string;
}

/** Instance name to instance id, e.g. `RTCLOCAL` to `MSSQL11.RTCLOCAL`, of 64-bit instances (from memory, widely used). */
const query: RegistryValuesQuery = {
  kind: 'registry-values',
  hive: 'HKLM',
  key: 'SOFTWARE\\Microsoft\\Microsoft SQL Server\\Instance Names\\SQL',
};

export const sqlInstance: Kind<SqlInstanceInput, SqlInstanceSpec> = {
  name: 'sqlInstance',
  summary: 'The deployed machine has an instance of SQL Server with this name.',
  example: '- sqlInstance: { name: RTCLOCAL }\n  source: MS-DBSW\n',
  stage: 'machine',
  phase: 100,
  schema,
  resolve: ({ name }) => ({ ok: true, spec: { name: name.toUpperCase() } }),
  id: ({ name }) => `sqlInstance/${name.toLowerCase()}`,
  title: ({ name }) => `SQL Server instance ${name}`,
  tasks: () => [],
  facts: () => [query],

  judge({ name }, facts) {
    const expected = `instance ${name}`;
    const answer = facts.registryValues(query);
    if (!answer.known) return { verdict: 'unknown', expected, cause: answer.cause };
    const instances = answer.value.exists ? answer.value.values : [];
    const found = instances.find((instance) => sameText(instance.name, name));
    if (found !== undefined)
      return {
        verdict: 'pass',
        expected,
        actual: `${expected}${found.data === '' ? '' : ` (${found.data})`}`,
      };
    const names = instances.map((instance) => instance.name).join(', ');
    const actual = names === '' ? 'no instance of SQL Server' : `only ${names}`;
    return { verdict: 'fail', expected, actual, fix: "Run Lync's setup (bootstrapper), which installs it." };
  },
};
