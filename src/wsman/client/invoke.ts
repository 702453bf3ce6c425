// Invoke: a method of a class or of an instance (DSP0230 7.3, MS-WSMV 3.1.4.1.10).
import { methodAction } from '../actions.js';
import type { CimValue, WireProperties } from '../cim/value.js';
import { decodeInvokeResponse, encodeInvoke } from '../envelope/invoke.js';
import { classUri } from '../namespaces.js';
import type { Asker } from './asker.js';
import { limitsOf, type Operation } from './operation.js';
import { askPatiently } from './patience.js';

export interface MethodCall {
  /** With slashes, e.g. `root/cimv2`. */
  namespace: string;
  className: string;
  method: string;
  /** In the order of the method's declaration. */
  input: Readonly<Record<string, CimValue>>;
  /** The keys of the instance; none for a static method. */
  selectors?: Readonly<Record<string, string>>;
  /** The method only reads: it may be called again when the connection broke or the provider is slow. */
  readOnly?: boolean;
}

/** Parameters out, ReturnValue among them: what a method says in it is no error here. */
export function invoke(asker: Asker, call: MethodCall, operation: Operation): Promise<WireProperties> {
  const { className, method, input, selectors = {}, readOnly = false } = call;
  const resourceUri = classUri(call.namespace, className);
  const doing = `${className}.${method}`;
  const ask = async (): Promise<WireProperties> => {
    const body = await asker.ask({
      ...{ doing, resourceUri, selectors, repeatable: readOnly },
      action: methodAction(resourceUri, method),
      body: [encodeInvoke(resourceUri, method, input)],
      ...limitsOf(operation),
    });
    return asker.decode(doing, () => decodeInvokeResponse(body));
  };
  return readOnly ? askPatiently(asker, operation, { doing, ask }) : ask();
}
