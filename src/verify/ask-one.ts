// One question as the client asks it, and the answer as facts keep it.
import type {
  CimRow,
  FactQuery,
  RegistryAnswer,
  RegistryKeysAnswer,
  RegistryValuesAnswer,
} from '../requirements/index.js';
import {
  readRegistry,
  readRegistryKeys,
  readRegistryTexts,
  type OperationOptions,
  type WsmanClient,
} from '../wsman/index.js';
import { plainRow } from './plain-row.js';

/** The answer is of the query's kind. Rejects with what the client rejects with. */
export async function askOne(
  client: WsmanClient,
  query: FactQuery,
  how: OperationOptions,
): Promise<CimRow[] | RegistryAnswer | RegistryKeysAnswer | RegistryValuesAnswer> {
  switch (query.kind) {
    case 'cim': {
      const { namespace, className, properties, where } = query;
      const rows = await client.enumerate({ namespace, className, properties, where }, how);
      return rows.map(plainRow);
    }
    case 'registry':
      return readRegistry(client, query, how);
    case 'registry-keys':
      return readRegistryKeys(client, query, how);
    case 'registry-values':
      return readRegistryTexts(client, query, how);
  }
}
