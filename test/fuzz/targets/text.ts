// Texts that are no envelopes: lengths of time, queries, and files that a user gives.
import { hostsFromText } from '../../../src/cli/host-list.js';
import { LyncimgError, ProblemsError } from '../../../src/errors/index.js';
import { parseKnownHosts } from '../../../src/ssh/known-hosts.js';
import { meets } from '../../../src/twin/cim/filter.js';
import { parseWql } from '../../../src/twin/cim/wql.js';
import { factsFromText, factsText } from '../../../src/verify/index.js';
import { formatDuration, parseDuration } from '../../../src/wsman/duration.js';
import { cimDatetime, cimInteger, cimInterval, cimReal } from '../../../src/wsman/cim/read.js';
import { cimAnswer, document, lost, osAnswer, programs, rules } from '../../verify/fixtures.js';
import type { Target } from '../target.js';

const never = (): boolean => false;
const buffers = (...texts: readonly string[]): Buffer[] => texts.map((text) => Buffer.from(text));

export function duration(): Target {
  return {
    seeds: buffers(
      'PT60S',
      'PT30M0S',
      'P0DT0H1M40.5S',
      'P1D',
      '2013-03-09T02:57:32.5+01:00',
      '18446744073709551615',
      '1.5e10',
    ),
    words: buffers('P', 'T', 'S', 'H', 'M', 'D', '.', '-', '9'.repeat(30), 'Z', 'INF', '+'),
    isRefusal: never,
    run: (input) => {
      const text = input.toString();
      for (const read of [cimDatetime, cimInteger, cimInterval, cimReal]) read(text);
      const milliseconds = parseDuration(text);
      if (milliseconds === null) return;
      if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) throw new Error(`it is ${milliseconds}`);
      const again = parseDuration(formatDuration(milliseconds));
      // Nine digits of seconds are the most that is read.
      if (milliseconds < 1e12 && again !== milliseconds)
        throw new Error(`${milliseconds} becomes ${String(again)}`);
    },
  };
}

export function wql(): Target {
  return {
    seeds: buffers(
      'select Name,State from Win32_Service where Name like "a%" and (not State = \'x\' or Id >= -1.5)',
      'select * from X where null is not Y or a <> true',
    ),
    words: buffers(
      '(',
      ')',
      'not ',
      '"',
      "'",
      '\\',
      ',',
      '*',
      ' and ',
      ' or ',
      'where',
      '<>',
      '((((((((((',
      'is ',
    ),
    isRefusal: never,
    run: (input) => {
      const parsed = parseWql(input.toString());
      if (!parsed.ok || parsed.query.where === null) return;
      meets({ Name: 'abc', State: null, Id: 7, X: true }, parsed.query.where);
    },
  };
}

export function knownHosts(): Target {
  const key = Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.alloc(36, 1)]);
  const line = `ssh-ed25519 ${key.toString('base64')}`;
  const hashed = `|1|${Buffer.alloc(20, 1).toString('base64')}|${Buffer.alloc(20, 2).toString('base64')}`;
  return {
    seeds: buffers(
      `host,[10.0.0.1]:2222 ${line} comment\n${hashed} ${line}\n`,
      `@cert-authority *.example,!bad.example ${line}\n@revoked a?c* ${line}\n# comment\n`,
    ),
    words: buffers('@', '|1|', '*', '?', '!', ',', '[', ']:', '\n', ' ', '*'.repeat(200), '=', '#'),
    isRefusal: never,
    run: (input) => {
      for (const { isFor } of parseKnownHosts(input.toString(), 'file')) {
        for (const name of ['host', '[10.0.0.1]:2222', 'a.very.long.name.of.a.host.example', '']) isFor(name);
      }
    },
  };
}

export function hosts(): Target {
  return {
    seeds: buffers('fe01\nfe02.example:5985 # comment\n[fe80::1]:5986\n10.0.0.1\n', '\uFEFFa_b\r\nc\r\n'),
    words: buffers(
      ':',
      '[',
      ']',
      '#',
      '\n',
      '\r',
      '.',
      '-',
      '_',
      '/',
      '::',
      '99999',
      'a'.repeat(400),
      '\u0000',
    ),
    isRefusal: (error) => error instanceof ProblemsError || error instanceof LyncimgError,
    run: (input) => {
      for (const { host, port } of hostsFromText(input.toString(), { file: 'file', defaultPort: 5986 })) {
        if (host === '' || host.length > 253 || port < 1 || port > 65535) throw new Error(`${host} ${port}`);
      }
    },
  };
}

export function facts(): Target {
  const services = cimAnswer('Win32_Service', ['Name'], []);
  const good = [document({ answers: [osAnswer(), services, programs, rules] }), lost()];
  return {
    seeds: [Buffer.from(factsText(good))],
    words: buffers(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      'null',
      'true',
      '1e999',
      '\\u0000',
      '"__proto__":',
      '\n',
      '[[[[[[[[',
    ),
    isRefusal: never,
    run: (input) => {
      const read = factsFromText(input.toString(), 'file');
      if (!read.ok) return;
      // What was read is written as what is read.
      const text = factsText(read.value);
      const again = factsFromText(text, 'file');
      if (!again.ok || factsText(again.value) !== text) throw new Error('facts that change by being read');
    },
  };
}
