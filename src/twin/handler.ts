// The machine as the WS-Man server asks it: who it says it is, its CIM face, its shells. Counts what it is asked.
import type { ShellHandler, WsmanHandler } from '../wsman/index.js';
import { enumerateCim, getCim, invokeCim } from './cim/handler.js';
import type { Machine } from './machine.js';
import { productVersion } from './os.js';

/**
 * Said by Identify, before any password: nobody shall take the model for a real host. The rest of the answer is after
 * MS-WSMV 3.1.4.1.23; no public recording shows one of these hosts.
 */
export const productVendor = 'lyncimg twin (a model, not Microsoft Windows)';

export function machineHandler(machine: Machine, shell: ShellHandler): WsmanHandler {
  const count = (entry: Record<string, unknown> & { type: string }): void => {
    machine.counters.operations += 1;
    machine.trace(entry);
  };
  return {
    identify: () => {
      const { os } = machine.facts();
      return {
        productVendor,
        productVersion: productVersion(os),
        productVersionUnauthenticated: `OS: 0.0.0 SP: 0.0 Stack: ${os.winrmStack}`,
      };
    },
    enumerate: (request) => {
      const { namespace, className, wql } = request;
      count({ type: 'enumerate', namespace, className, wql });
      return enumerateCim(machine, request);
    },
    get: (request) => {
      count({ type: 'get', namespace: request.namespace, className: request.className });
      return getCim(machine, request);
    },
    invoke: (request) => {
      const { namespace, className, method } = request;
      count({ type: 'invoke', namespace, className, method });
      return invokeCim(machine, request);
    },
    shell,
  };
}
