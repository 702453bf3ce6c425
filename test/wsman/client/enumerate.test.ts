// Queries against a host that answers as prepared: pages, slow providers, restarts, what is too large, what never ends.
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { FactsOf, LyncimgError } from '../../../src/errors/index.js';
import { enumerate, instances } from '../../../src/wsman/client/enumerate.js';
import { unreachable } from '../../../src/wsman/client/network-failure.js';
import { encodeEnumerateResponse, encodePullResponse } from '../../../src/wsman/envelope/enumeration.js';
import type { Question } from '../../../src/wsman/client/asker.js';
import { xml, type Markup } from '../../../src/wsman/xml/writer.js';
import { cimText } from '../../../src/wsman/index.js';
import { rejection } from '../rig.js';
import { fakeAsker, fakeOperation, type Step } from './fake-asker.js';

const query = { namespace: 'root/cimv2', wql: 'select Name from X' };

function item(properties: Record<string, string>): Markup {
  return xml(
    'w:XmlFragment',
    {},
    Object.entries(properties).map(([name, text]) => xml(name, {}, text)),
  );
}

const named = (...names: string[]): Markup[] => names.map((Name) => item({ Name }));
const first = (items: Markup[], context: string | null): Markup =>
  encodeEnumerateResponse({ items, context });
const next = (items: Markup[], context: string | null): Markup => encodePullResponse({ items, context });
const lineBroke = unreachable('host:5986', 'the connection was broken off');

function wqlOf(question: Question): string {
  return /"([^"]*)"/.exec(question.doing)?.[1] ?? '';
}

describe('wsman/client/enumerate', () => {
  it('pulls page after page, each with the context of the page before and the limits of the Enumerate', async () => {
    const asker = fakeAsker([
      first(named('a'), 'uuid:1'),
      next(named('b'), 'uuid:2'),
      next(named('c'), null),
    ]);
    const rows = await enumerate(asker, query, fakeOperation());
    expect(rows.map(({ Name }) => Name)).to.deep.equal(['a', 'b', 'c']);
    expect(asker.asked).to.deep.equal(['Enumerate', 'Pull', 'Pull']);
    expect(asker.questions.map(({ repeatable }) => repeatable)).to.deep.equal([true, false, false]);
    const bodies = asker.questions.map(({ body }) => body[0]?.text ?? '');
    expect(bodies[0]).to.contain('<w:MaxElements>32000<').and.contain('select Name from X');
    expect(bodies[1]).to.contain('uuid:1<').and.contain('<n:MaxElements>32000<');
    expect(bodies[2]).to.contain('uuid:2<');
  });

  it('takes no items for none, and a context that stays the same', async () => {
    expect(await enumerate(fakeAsker([first([], null)]), query, fakeOperation())).to.deep.equal([]);
    const same = fakeAsker([first([], 'c'), next(named('a'), 'c'), next(named('b'), 'c'), next([], null)]);
    expect(await enumerate(same, query, fakeOperation())).to.have.length(2);
  });

  it('makes WQL of a class, its properties and a condition', async () => {
    const asker = fakeAsker([first([], null), first([], null)]);
    const question = { namespace: 'root/cimv2', className: 'X', properties: ['A', 'B'] };
    await enumerate(asker, { ...question, where: "A='<'" }, fakeOperation());
    await enumerate(asker, { ...question, properties: [] }, fakeOperation());
    expect(asker.questions.map(wqlOf)).to.deep.equal(["select A,B from X where A='<'", 'select * from X']);
    expect(asker.questions[0]?.resourceUri).to.match(/wmi\/root\/cimv2\/\*$/);
  });

  describe('a slow provider', () => {
    it('is asked again: from the beginning for Enumerate, with the same context for Pull', async () => {
      const asker = fakeAsker([
        'OPERATION_TIMEDOUT',
        first(named('a'), 'uuid:1'),
        'OPERATION_TIMEDOUT',
        'ENUMERATE_TIMED_OUT',
        next(named('b'), null),
      ]);
      expect(await enumerate(asker, query, fakeOperation())).to.have.length(2);
      expect(asker.asked).to.deep.equal(['Enumerate', 'Enumerate', 'Pull', 'Pull', 'Pull']);
      for (const pull of asker.questions.slice(2)) expect(pull.body[0]?.text).to.contain('uuid:1');
    });

    it('that says so at once is not hammered: the waits grow, and end with the operation', async () => {
      const asker = fakeAsker((question) =>
        question.action.endsWith('/Release') ? [] : 'OPERATION_TIMEDOUT',
      );
      const operation = fakeOperation({ timeoutMs: 60_000 });
      const error = await rejection(enumerate(asker, query, operation));
      expect(error).to.include({ code: 'E_WSMAN_TIMEOUT' });
      expect((error as LyncimgError).facts).to.include({ timeoutMs: 60_000, saidByHost: true });
      expect(operation.pauses.slice(0, 8)).to.deep.equal([100, 200, 400, 800, 1600, 3200, 5000, 5000]);
      expect(asker.asked.length).to.be.lessThan(25);
    });

    it('that is too slow in the middle has its enumeration released', async () => {
      const asker = fakeAsker((question, index) => {
        if (index === 0) return first(named('a'), 'uuid:1');
        return question.action.endsWith('/Release') ? [] : 'ENUMERATE_TIMED_OUT';
      });
      const error = await rejection(enumerate(asker, query, fakeOperation({ timeoutMs: 1000 })));
      expect(error).to.include({ code: 'E_WSMAN_TIMEOUT' });
      expect(asker.asked.at(-1)).to.equal('Release');
      expect(asker.questions.at(-1)?.deadline).to.be.greaterThan(1000);
    });

    it('is not waited for after an abort', async () => {
      const abort = new AbortController();
      const asker = fakeAsker(() => {
        abort.abort(new Error('enough'));
        return 'OPERATION_TIMEDOUT';
      });
      const operation = fakeOperation({ signal: abort.signal });
      expect(await rejection(enumerate(asker, query, operation))).to.have.property('message', 'enough');
      expect([asker.asked.length, operation.pauses.length]).to.deep.equal([1, 0]);
    });
  });

  describe('a host that forgot the enumeration', () => {
    for (const [what, step] of [
      ['too old a context', 'INVALID_ENUMERATION_CONTEXT'],
      ['a provider that died', 'INVALID_PROVIDER_RESPONSE'],
      ['a restart between Enumerate and Pull', lineBroke],
    ] as [string, Step][]) {
      it(`is asked once more from the beginning: ${what}`, async () => {
        const again = [first(named('a'), 'uuid:2'), next(named('b'), null)];
        const asker = fakeAsker((question, index) => {
          if (question.action.endsWith('/Release')) return [];
          if (index === 0) return first(named('a'), 'uuid:1');
          return index === 1 ? step : again.shift()!;
        });
        const rows = await enumerate(asker, query, fakeOperation());
        expect(rows.map(({ Name }) => Name)).to.deep.equal(['a', 'b']);
      });
    }

    it('twice is told', async () => {
      const asker = fakeAsker((_, index) =>
        index % 2 === 0 ? first(named('a'), 'uuid:1') : 'INVALID_ENUMERATION_CONTEXT',
      );
      const error = await rejection(enumerate(asker, query, fakeOperation()));
      expect(error).to.include({ code: 'E_WSMAN_FAULT' });
      expect(error).to.have.nested.property('facts.name', 'INVALID_ENUMERATION_CONTEXT');
      expect(asker.asked).to.deep.equal(['Enumerate', 'Pull', 'Enumerate', 'Pull']);
    });

    it('is told at once when instances were given away already', async () => {
      const asker = fakeAsker([first(named('a'), 'uuid:1'), lineBroke]);
      const seen: unknown[] = [];
      const read = async (): Promise<void> => {
        for await (const { Name } of instances(asker, query, fakeOperation())) seen.push(Name);
      };
      expect(await rejection(read())).to.equal(lineBroke);
      expect(seen).to.deep.equal(['a']);
    });

    it('is asked again by instances() while nothing was given away', async () => {
      const asker = fakeAsker([first([], 'uuid:1'), lineBroke, first(named('a'), null)]);
      const seen: unknown[] = [];
      for await (const { Name } of instances(asker, query, fakeOperation())) seen.push(Name);
      expect(seen).to.deep.equal(['a']);
    });

    it('is not asked again when it was not there to begin with', async () => {
      const asker = fakeAsker([lineBroke]);
      expect(await rejection(enumerate(asker, query, fakeOperation()))).to.equal(lineBroke);
    });
  });

  describe('what is left on the host', () => {
    it('is released when the caller stops early', async () => {
      const asker = fakeAsker([first(named('a', 'b'), 'uuid:1'), []]);
      for await (const row of instances(asker, query, fakeOperation())) {
        expect(row).to.deep.equal({ Name: 'a' });
        break;
      }
      expect(asker.asked).to.deep.equal(['Enumerate', 'Release']);
      expect(asker.questions[1]?.body[0]?.text).to.contain('uuid:1');
    });

    it('is nothing after the last page', async () => {
      const asker = fakeAsker([first(named('a', 'b'), null)]);
      for await (const row of instances(asker, query, fakeOperation())) {
        expect(row).to.deep.equal({ Name: 'a' });
        break;
      }
      expect(asker.asked).to.deep.equal(['Enumerate']);
    });

    it('does not hide why the caller stopped', async () => {
      const asker = fakeAsker([first(named('a'), 'uuid:1'), 'WBEM_ACCESS_DENIED', 'INTERNAL_ERROR']);
      expect(await rejection(enumerate(asker, query, fakeOperation()))).to.include({
        code: 'E_WSMAN_ACCESS_DENIED',
      });
      expect(asker.asked.at(-1)).to.equal('Release');
      const stopped = fakeAsker([first(named('a'), 'uuid:1'), 'INTERNAL_ERROR']);
      const stop = async (): Promise<void> => {
        for await (const row of instances(stopped, query, fakeOperation())) {
          throw new Error(`the caller’s own, at ${cimText(row['Name']) ?? ''}`);
        }
      };
      expect(await rejection(stop())).to.have.property('message', 'the caller’s own, at a');
      expect(stopped.asked.at(-1)).to.equal('Release');
    });

    it('is released after an abort between pages, too', async () => {
      const abort = new AbortController();
      const asker = fakeAsker([first(named('a'), 'uuid:1'), []]);
      const rows = instances(asker, query, fakeOperation({ signal: abort.signal }));
      await rows.next();
      abort.abort(new Error('enough'));
      expect(await rejection(rows.next())).to.have.property('message', 'enough');
      expect(asker.asked).to.deep.equal(['Enumerate', 'Release']);
      expect(asker.questions[1]?.signal).to.equal(undefined);
    });
  });

  describe('a host that goes on and on', () => {
    it('is not believed after a hundred pages without instances', async () => {
      const asker = fakeAsker((question, index) => {
        if (question.action.endsWith('/Release')) return [];
        return index === 0 ? first([], 'uuid:0') : next([], `uuid:${index}`);
      });
      const error = await rejection(enumerate(asker, query, fakeOperation()));
      expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
      expect((error as Error).message).to.contain('without end');
      expect(asker.asked).to.have.length(102);
      expect(asker.asked.at(-1)).to.equal('Release');
    });
  });

  describe('an instance larger than a message', () => {
    const question = { namespace: 'root/cimv2', className: 'X', properties: ['Id', 'A', 'B', 'C', 'D'] };
    const data: Record<string, Record<string, string>> = {
      '1': { Id: '1', A: 'a1', B: 'b1', C: 'c1', D: 'd1' },
      '2': { Id: '2', A: 'a2', B: 'b2', C: 'c2', D: 'd2' },
    };

    /** A host that sends at most `fit` properties of an instance. */
    function narrowHost(fit: number, ids: string[] = ['1', '2']): ReturnType<typeof fakeAsker> {
      return fakeAsker((asked) => {
        const columns = /select (.*) from/.exec(wqlOf(asked))?.[1]?.split(',') ?? [];
        if (columns.length > fit) return 'ENCODING_LIMIT';
        const rows = ids.map((id) =>
          item(Object.fromEntries(columns.map((name) => [name, data[id]?.[name] ?? '']))),
        );
        return first(rows, null);
      });
    }

    it('is asked for in halves, again and again, and put together by its key', async () => {
      const asker = narrowHost(2);
      const rows = await enumerate(asker, { ...question, key: 'Id' }, fakeOperation());
      expect(rows).to.deep.equal([data['1'], data['2']]);
      expect(asker.questions.map(wqlOf).at(-1)).to.equal('select Id,D from X');
    });

    it('keeps the key out of rows that were not asked for it', async () => {
      const asker = narrowHost(2);
      const properties = ['A', 'B', 'C'];
      const rows = await enumerate(asker, { ...question, properties, key: 'Id' }, fakeOperation());
      expect(rows).to.deep.equal([
        { A: 'a1', B: 'b1', C: 'c1' },
        { A: 'a2', B: 'b2', C: 'c2' },
      ]);
    });

    it('needs no key where there is but one', async () => {
      const rows = await enumerate(narrowHost(1, ['1']), question, fakeOperation());
      expect(rows).to.deep.equal([data['1']]);
    });

    it('comes from instances() alike', async () => {
      const seen: unknown[] = [];
      for await (const row of instances(narrowHost(1, ['1']), question, fakeOperation())) seen.push(row);
      expect(seen).to.deep.equal([data['1']]);
    });

    it('leaves out what came or went between the halves', async () => {
      const asker = fakeAsker((asked, index) => {
        if (index === 0) return 'ENCODING_LIMIT';
        const ids = index === 1 ? ['1', '2'] : ['2', '3'];
        const column = wqlOf(asked).includes('A') ? 'A' : 'B';
        return first(
          ids.map((Id) => item({ Id, [column]: `${column}${Id}` })),
          null,
        );
      });
      const properties = ['Id', 'A', 'B'];
      const rows = await enumerate(asker, { ...question, properties, key: 'Id' }, fakeOperation());
      expect(rows).to.deep.equal([{ Id: '2', A: 'A2', B: 'B2' }]);
    });

    const told = async (asker: ReturnType<typeof fakeAsker>, key?: string): Promise<readonly string[]> => {
      const error = await rejection(enumerate(asker, { ...question, key }, fakeOperation()));
      expect(error).to.include({ code: 'E_WSMAN_ENVELOPE', exitCode: 3 });
      return ((error as LyncimgError).facts as FactsOf<'E_WSMAN_ENVELOPE'>).properties;
    };

    it('is told with its properties when they cannot be fewer', async () => {
      expect(await told(narrowHost(1), 'Id')).to.deep.equal(['Id', 'A']);
      expect(await told(narrowHost(0))).to.deep.equal(['Id']);
    });

    it('is told when nothing says which halves belong together', async () => {
      expect(await told(narrowHost(3))).to.deep.equal(question.properties);
      expect(await told(narrowHost(3, ['1', '1']), 'Id')).to.deep.equal(question.properties);
    });

    it('is told as it is for a query whose parts are not known', async () => {
      const error = await rejection(enumerate(fakeAsker(['ENCODING_LIMIT']), query, fakeOperation()));
      expect(error)
        .to.include({ code: 'E_WSMAN_ENVELOPE' })
        .and.have.nested.property('facts.properties.length', 0);
    });
  });

  it('takes an answer without its body for no answer', async () => {
    const error = await rejection(enumerate(fakeAsker([[]]), query, fakeOperation()));
    expect(error).to.include({ code: 'E_WSMAN_PROTOCOL' });
    expect((error as Error).message).to.contain('no EnumerateResponse');
  });
});
