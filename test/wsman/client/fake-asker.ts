// A host for the client's operations that gives prepared answers, one after the other, and a clock that only its own
// pauses move.
import { decodeFault, encodeFault } from '../../../src/wsman/envelope/fault.js';
import { readSoap } from '../../../src/wsman/envelope/soap.js';
import { WsmanFault, type FaultName } from '../../../src/wsman/index.js';
import type { Asker, Question } from '../../../src/wsman/client/asker.js';
import { faultError } from '../../../src/wsman/client/fault-error.js';
import { protocol } from '../../../src/wsman/client/network-failure.js';
import type { Operation } from '../../../src/wsman/client/operation.js';
import { XmlError } from '../../../src/wsman/xml/reader.js';
import { Markup } from '../../../src/wsman/xml/writer.js';
import { bodyOf } from '../envelope/body.js';

/** The content of a body, a fault by its name, or what `ask` rejects with. */
export type Step = Markup | readonly Markup[] | FaultName | WsmanFault | Error;

export interface FakeAsker extends Asker {
  /** What was asked: the last word of each action. */
  readonly asked: string[];
  readonly questions: Question[];
}

/** Answers by these steps, or by what the function makes of a question. More questions than steps are a mistake. */
export function fakeAsker(steps: Step[] | ((question: Question, index: number) => Step)): FakeAsker {
  const questions: Question[] = [];
  const asked: string[] = [];
  return {
    host: 'host:5986',
    questions,
    asked,
    ask: (question) => {
      question.signal?.throwIfAborted();
      questions.push(question);
      asked.push(question.action.split('/').at(-1) ?? '');
      const step = typeof steps === 'function' ? steps(question, questions.length - 1) : steps.shift();
      if (step === undefined) return Promise.reject(new Error(`nothing is prepared for ${question.action}`));
      if (typeof step === 'string') return Promise.reject(asError(new WsmanFault(step), question));
      if (step instanceof WsmanFault) return Promise.reject(asError(step, question));
      if (step instanceof Error) return Promise.reject(step);
      return Promise.resolve(bodyOf(...(step instanceof Markup ? [step] : step)));
    },
    decode: (doing, read) => {
      try {
        return read();
      } catch (error) {
        throw error instanceof XmlError ? protocol('host:5986', doing, error.message) : error;
      }
    },
  };
}

/** The fault as it comes out of an envelope. */
function asError({ facts }: WsmanFault, { doing }: Question): Error {
  const fault = decodeFault(readSoap(encodeFault(facts, 'uuid:2', 'uuid:1')).body)!;
  return faultError(fault, { host: 'host:5986', doing, timeoutMs: 55_000 });
}

export interface FakeOperation extends Operation {
  /** What was waited, in milliseconds. */
  readonly pauses: number[];
}

export function fakeOperation({
  timeoutMs = 60_000,
  signal,
}: { timeoutMs?: number; signal?: AbortSignal } = {}): FakeOperation {
  let time = 0;
  const pauses: number[] = [];
  const clock = {
    now: () => time,
    pause: (ms: number, over: AbortSignal | undefined) => {
      over?.throwIfAborted();
      pauses.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
  return { deadline: timeoutMs, signal, clock, pauses };
}
