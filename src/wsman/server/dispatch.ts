// One message in, one message out: text to text, without HTTP. Faults are answers, too.
import { randomUUID } from 'node:crypto';
import { encodeFault } from '../envelope/fault.js';
import { decodeRequestHeaders, encodeResponse, messageIdOf } from '../envelope/headers.js';
import type { SoapMessage } from '../envelope/soap.js';
import { WsmanFault } from '../fault.js';
import type { Caller, WsmanHandler } from '../handler.js';
import type { Limits } from '../limits.js';
import { answerCim } from './answer-cim.js';
import { answerShell } from './answer-shell.js';
import type { OpenEnumerations } from './enumerations.js';
import { parseResource } from './resource.js';

export interface Dispatcher {
  handler: WsmanHandler;
  limits: Limits;
  enumerations: OpenEnumerations;
  /** Something that a handler threw and that is no WsmanFault. */
  onDefect(error: unknown): void;
}

export interface Answer {
  /** 200, or 500 for a fault. */
  status: 200 | 500;
  text: string;
}

export async function dispatch(
  dispatcher: Dispatcher,
  message: SoapMessage,
  caller: Caller,
): Promise<Answer> {
  try {
    const headers = decodeRequestHeaders(message.header);
    const request = { ...dispatcher, headers, soapBody: message.body, caller };
    const resource = parseResource(headers.resourceUri);
    const body = resource.kind === 'shell' ? await answerShell(request) : await answerCim(request, resource);
    return { status: 200, text: encodeResponse(headers, newMessageId(), body) };
  } catch (error) {
    return faultAnswer(asFault(error, dispatcher), messageIdOf(message.header));
  }
}

/** `relatesTo` is null when the request could not be read that far. */
export function faultAnswer(fault: WsmanFault, relatesTo: string | null): Answer {
  return { status: 500, text: encodeFault(fault.facts, newMessageId(), relatesTo) };
}

/** A defect of the handler is told to its owner in full, and to the client only by number. */
function asFault(error: unknown, dispatcher: Dispatcher): WsmanFault {
  if (error instanceof WsmanFault) return error;
  dispatcher.onDefect(error);
  return new WsmanFault('INTERNAL_ERROR');
}

function newMessageId(): string {
  return `uuid:${randomUUID().toUpperCase()}`;
}
