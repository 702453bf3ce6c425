// Enumerate, Pull, Release, Get and Invoke: between the envelopes and the handler.
import { actions, methodAction } from '../actions.js';
import { encodeFragment, encodeInstance } from '../cim/encode.js';
import {
  decodeEnumerate,
  decodePull,
  decodeRelease,
  encodeEnumerateResponse,
  encodePullResponse,
} from '../envelope/enumeration.js';
import { encodeGetResponse } from '../envelope/get.js';
import { encodeResponse, type RequestHeaders } from '../envelope/headers.js';
import { decodeInvoke, encodeInvokeResponse } from '../envelope/invoke.js';
import { WsmanFault } from '../fault.js';
import type { EnumerateAnswer } from '../handler.js';
import { classUri } from '../namespaces.js';
import type { Markup } from '../xml/writer.js';
import { cutPage } from './enumerations.js';
import type { Request } from './request.js';
import { keySelectors } from './resource.js';

interface WmiResource {
  namespace: string;
  className: string | null;
}

export async function answerCim(request: Request, resource: WmiResource): Promise<readonly Markup[]> {
  const { headers, soapBody } = request;
  switch (headers.action) {
    case actions.enumerate:
      return enumerate(request, resource);
    case actions.pull:
      return pull(request);
    case actions.release: {
      const context = decodeRelease(soapBody);
      request.enumerations.take(request.caller.user, headers.resourceUri, context);
      return [];
    }
    case actions.get: {
      if (resource.className === null) throw new WsmanFault('INVALID_RESOURCE_URI');
      const { namespace, className } = resource;
      const selectors = keySelectors(headers.selectors, namespace);
      const instance = await request.handler.get({ namespace, className, selectors, caller: request.caller });
      return [encodeGetResponse(instance)];
    }
    default:
      return invoke(request, resource);
  }
}

async function enumerate(request: Request, resource: WmiResource): Promise<readonly Markup[]> {
  const { headers, caller, enumerations } = request;
  const body = decodeEnumerate(request.soapBody);
  if (body.wql !== null && resource.className !== null) throw new WsmanFault('INVALID_URI_WMI_ENUM_WQL');
  if (body.wql === null && resource.className === null) throw new WsmanFault('CANNOT_PROCESS_FILTER');
  const { namespace, className } = resource;
  const answer = await inTime(
    request,
    request.handler.enumerate({ namespace, className, wql: body.wql, caller }),
  );
  const items = encodeItems(answer);
  if (!body.optimize) {
    const context = items.length === 0 ? null : enumerations.keep(caller.user, headers.resourceUri, items);
    return [encodeEnumerateResponse({ items: null, context })];
  }
  return nextPage(request, items, body.maxElements, encodeEnumerateResponse);
}

/** A provider that takes longer than OperationTimeout is a fault, and goes on by itself (MS-WSMV 3.1.4.1.6). */
async function inTime<T>({ headers, limits }: Request, work: Promise<T>): Promise<T> {
  const timeoutMs = Math.min(headers.operationTimeoutMs ?? limits.maxTimeoutMs, limits.maxTimeoutMs);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new WsmanFault('OPERATION_TIMEDOUT'));
    }, timeoutMs);
    // A provider that never answers must not keep the process of a machine that is off.
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function pull(request: Request): readonly Markup[] {
  const { headers, caller, enumerations } = request;
  const body = decodePull(request.soapBody);
  const items = enumerations.take(caller.user, headers.resourceUri, body.context);
  return nextPage(request, items, body.maxElements, encodePullResponse);
}

// As long as a real one, so that the empty page is as large as the full one without its items.
const exampleContext = `uuid:${'0'.repeat(36)}`;

function nextPage(
  { headers, caller, enumerations, limits }: Request,
  items: readonly Markup[],
  maxElements: number,
  encode: (page: { items: readonly Markup[]; context: string | null }) => Markup,
): readonly Markup[] {
  const empty = encodeResponse(headers, exampleContext, [encode({ items: [], context: exampleContext })]);
  const { page, rest } = cutPage(items, {
    maxElements: Math.min(maxElements, limits.maxBatchItems),
    maxEnvelopeBytes: Math.min(headers.maxEnvelopeBytes ?? limits.maxEnvelopeBytes, limits.maxEnvelopeBytes),
    overhead: empty.length,
  });
  const context = rest.length === 0 ? null : enumerations.keep(caller.user, headers.resourceUri, rest);
  return [encode({ items: page, context })];
}

function encodeItems({ instances, projection }: EnumerateAnswer): Markup[] {
  return instances.map((instance) =>
    projection === null ? encodeInstance(instance) : encodeFragment(instance, projection),
  );
}

async function invoke(request: Request, resource: WmiResource): Promise<readonly Markup[]> {
  const { headers, soapBody, caller } = request;
  const { namespace, className } = resource;
  const method = methodOf(headers);
  if (method === null || className === null) throw new WsmanFault('ACTION_NOT_SUPPORTED');
  const input = decodeInvoke(soapBody, method);
  const selectors = keySelectors(headers.selectors, namespace);
  const output = await request.handler.invoke({ namespace, className, method, selectors, input, caller });
  return [encodeInvokeResponse(classUri(namespace, className), method, output)];
}

/** The action is the resource with the method's name behind it, without regard to case. */
function methodOf({ action, resourceUri }: RequestHeaders): string | null {
  const method = action.slice(action.lastIndexOf('/') + 1);
  const expected = methodAction(resourceUri, method);
  return /^\w+$/.test(method) && action.toLowerCase() === expected.toLowerCase() ? method : null;
}
