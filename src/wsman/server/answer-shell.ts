// The messages of cmd shells: between the envelopes and the handler.
import { actions } from '../actions.js';
import { decodeCreate, encodeCreateResponse } from '../envelope/shell.js';
import {
  decodeCommand,
  decodeSignal,
  encodeCommandResponse,
  encodeSignalResponse,
} from '../envelope/shell-command.js';
import {
  decodeReceive,
  decodeSend,
  encodeReceiveResponse,
  encodeSendResponse,
} from '../envelope/shell-streams.js';
import { WsmanFault } from '../fault.js';
import type { Markup } from '../xml/writer.js';
import type { Request } from './request.js';

export async function answerShell(request: Request): Promise<readonly Markup[]> {
  const { headers, soapBody, caller } = request;
  const { shell } = request.handler;
  if (headers.action === actions.create) {
    const body = decodeCreate(soapBody);
    const { shellId } = await shell.create({ ...body, options: headers.options, caller });
    return encodeCreateResponse({
      shellId,
      owner: caller.user,
      clientAddress: caller.address,
      ...body,
    });
  }
  const shellId = shellIdOf(request);
  switch (headers.action) {
    case actions.delete:
      await shell.delete(shellId);
      return [];
    case actions.command: {
      const body = decodeCommand(soapBody);
      const { commandId } = await shell.command(shellId, { ...body, options: headers.options });
      return [encodeCommandResponse(commandId)];
    }
    case actions.send: {
      const { commandId, bytes, end } = decodeSend(soapBody);
      await shell.send(shellId, commandId, bytes, end);
      return [encodeSendResponse()];
    }
    case actions.receive:
      return receive(request, shellId);
    case actions.signal: {
      const { commandId, signal } = decodeSignal(soapBody);
      await shell.signal(shellId, commandId, signal);
      return [encodeSignalResponse()];
    }
    default:
      throw new WsmanFault('ACTION_NOT_SUPPORTED');
  }
}

/** No output within OperationTimeout is a fault that makes every client ask again (MS-WSMV 3.1.4.1.6). */
async function receive(
  { headers, soapBody, handler, limits }: Request,
  shellId: string,
): Promise<readonly Markup[]> {
  const { commandId } = decodeReceive(soapBody);
  const timeoutMs = Math.min(headers.operationTimeoutMs ?? limits.maxTimeoutMs, limits.maxTimeoutMs);
  const output = await handler.shell.receive(shellId, commandId, timeoutMs);
  if (!output.done && output.stdout.length === 0 && output.stderr.length === 0) {
    throw new WsmanFault('OPERATION_TIMEDOUT');
  }
  return [encodeReceiveResponse(commandId, output)];
}

/** MS-WSMV prints ShellID, clients send ShellId: names compare without case. */
function shellIdOf({ headers }: Request): string {
  const selector = Object.entries(headers.selectors).find(([name]) => name.toLowerCase() === 'shellid');
  if (selector === undefined) throw new WsmanFault('INVALID_SELECTORS');
  return selector[1].trim();
}
