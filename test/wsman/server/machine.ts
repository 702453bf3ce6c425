// A handler behind the core, without HTTP: a request's text in, its answer out.
import { expect } from 'chai';
import { decodeFault } from '../../../src/wsman/envelope/fault.js';
import { encodeRequest, type RequestHeaders } from '../../../src/wsman/envelope/headers.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { defaultLimits, type Limits, type WsmanHandler } from '../../../src/wsman/index.js';
import { classUri } from '../../../src/wsman/namespaces.js';
import { dispatch, type Answer } from '../../../src/wsman/server/dispatch.js';
import { createEnumerations } from '../../../src/wsman/server/enumerations.js';
import type { XmlElement } from '../../../src/wsman/xml/element.js';
import type { Markup } from '../../../src/wsman/xml/writer.js';
import { toyHandler } from '../toy-handler.js';

export function requestText(headers: Partial<RequestHeaders>, ...body: Markup[]): string {
  return encodeRequest(
    {
      ...{ to: 'x', action: '', messageId: 'uuid:1', resourceUri: classUri('root/cimv2', '*') },
      ...{ maxEnvelopeBytes: null, operationTimeoutMs: null, selectors: {}, options: {} },
      ...headers,
    },
    body,
  );
}

export interface Machine {
  defects: unknown[];
  answerText: (text: string) => Promise<Answer>;
  /** The body of an answer that is no fault. */
  body: (headers: Partial<RequestHeaders>, ...body: Markup[]) => Promise<XmlElement>;
  /** The subcode of an answer that is a fault. */
  fault: (headers: Partial<RequestHeaders>, ...body: Markup[]) => Promise<string>;
}

export function machine(handler: WsmanHandler = toyHandler(), limits: Partial<Limits> = {}): Machine {
  const all = { ...defaultLimits, ...limits };
  const defects: unknown[] = [];
  const dispatcher = {
    ...{ handler, limits: all, enumerations: createEnumerations(all, () => 0) },
    onDefect: (error: unknown) => defects.push(error),
  };
  const answerText = async (text: string): Promise<Answer> =>
    dispatch(dispatcher, readSoap(text), { user: 'u', address: '127.0.0.1' });
  return {
    defects,
    answerText,
    body: async (headers, ...content) => {
      const { status, text } = await answerText(requestText(headers, ...content));
      expect(status, text).to.equal(200);
      return readSoap(text).body;
    },
    fault: async (headers, ...content) => {
      const { status, text } = await answerText(requestText(headers, ...content));
      expect(status, text).to.equal(500);
      return decodeFault(readSoap(text).body)?.subcode ?? 'none';
    },
  };
}
