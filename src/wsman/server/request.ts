// A request that was read and whose sender is known, and what answering it needs.
import type { RequestHeaders } from '../envelope/headers.js';
import type { Caller, WsmanHandler } from '../handler.js';
import type { Limits } from '../limits.js';
import type { XmlElement } from '../xml/element.js';
import type { OpenEnumerations } from './enumerations.js';

export interface Request {
  headers: RequestHeaders;
  soapBody: XmlElement;
  caller: Caller;
  handler: WsmanHandler;
  limits: Limits;
  enumerations: OpenEnumerations;
}
