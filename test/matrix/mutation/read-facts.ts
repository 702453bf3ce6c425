// The facts of a machine, read once over its real endpoint by the product's own questions.
import { kindOf } from '../../../src/requirements/index.js';
import { Access } from '../../../src/twin/access.js';
import { makeCertificates, type CertificateSet } from '../../../src/twin/certificate.js';
import { openEndpoint } from '../../../src/twin/endpoint.js';
import type { ModelledMachine } from '../../../src/twin/machine-model.js';
import { collectFacts, type HostFacts } from '../../../src/verify/index.js';
import { connect } from '../../../src/wsman/index.js';
import type { Need } from './pairs.js';

const password = 'A-password-of-1-test';
let certificates: Promise<CertificateSet> | undefined;

/** Throws what the machine met that it should not have, and for a question that was not answered. */
export async function readFacts(machine: ModelledMachine, needs: readonly Need[]): Promise<HostFacts> {
  const key = { ...(await (certificates ??= makeCertificates(new Date()))), password };
  const access = new Access();
  access.take(key);
  const defects: unknown[] = [];
  const endpoint = await openEndpoint({
    ...{ machine, access, key, clientCa: null, httpsPort: 0, httpPort: 0 },
    onDefect: (defect) => defects.push(defect),
  });
  const client = connect({
    ...{ host: '127.0.0.1', port: endpoint.httpPort, scheme: 'http' },
    auth: { method: 'ntlm', user: 'Administrator', password },
  });
  try {
    const queries = needs.flatMap(({ requirement: { kind, spec } }) => kindOf(kind)?.facts(spec) ?? []);
    const { facts, failure } = await collectFacts(client, {
      ...{ host: '127.0.0.1', queries: () => queries, now: () => new Date() },
    });
    if (failure !== null) throw failure;
    if (defects.length > 0) throw new AggregateError(defects, 'the twin met defects');
    for (const { answer } of facts.answers) if (!answer.known) throw new Error(answer.cause);
    return facts;
  } finally {
    client.close();
    await endpoint.close();
  }
}
