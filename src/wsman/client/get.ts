// Get: one instance by its keys (DSP0226 7.1, MS-WSMV 3.1.4.1.29).
import { actions } from '../actions.js';
import type { WireProperties, WireReference } from '../cim/value.js';
import { decodeGetResponse } from '../envelope/get.js';
import { classUri } from '../namespaces.js';
import type { Asker } from './asker.js';
import { limitsOf, type Operation } from './operation.js';
import { askPatiently } from './patience.js';

/** By class and keys, or by a reference that the host gave. */
export type InstanceName =
  | {
      /** With slashes, e.g. `root/cimv2`. */
      namespace: string;
      className: string;
      /**
       * All keys; none for a class that has but one instance. Values are plain: the backslash of a path is doubled in
       * WQL, not here.
       */
      selectors?: Readonly<Record<string, string>>;
    }
  | WireReference;

/** Rejects with E_WSMAN_FAULT (WBEM_NOT_FOUND, RESOURCE_NOT_FOUND) where there is no such instance. */
export function getInstance(
  asker: Asker,
  instance: InstanceName,
  operation: Operation,
): Promise<WireProperties> {
  const { resourceUri, selectors } = addressOf(instance);
  const keys = Object.entries(selectors).map(([name, value]) => `${name}="${value}"`);
  const className = resourceUri.slice(resourceUri.lastIndexOf('/') + 1);
  const doing = `Get of ${className}${keys.length === 0 ? '' : `.${keys.join(',')}`}`;
  const ask = async (): Promise<WireProperties> => {
    const body = await asker.ask({
      ...{ doing, resourceUri, selectors, action: actions.get, body: [], repeatable: true },
      ...limitsOf(operation),
    });
    return asker.decode(doing, () => decodeGetResponse(body));
  };
  return askPatiently(asker, operation, { doing, ask });
}

function addressOf(instance: InstanceName): WireReference {
  if ('resourceUri' in instance) return instance;
  const { namespace, className, selectors = {} } = instance;
  return { resourceUri: classUri(namespace, className), selectors };
}
