import { beforeEach, expect, test, vi } from 'vitest';
import type { Suggestion } from './catalogue';
import { Search } from './search';

const NOTHING = { municipality: '', service: '', facet: '' };
const found = (title: string): Suggestion => ({
  kind: 'service', municipality: null, service: null, paragraphs: [], facet: '', title, text: '', level: null, stated: true, source: null,
});

/** A server that answers when told to. */
class Slow {
  readonly asked: { query: string; signal: AbortSignal; answer: (results: Suggestion[]) => void; fail: (error: unknown) => void }[] = [];
  fetch = (query: string, _narrowing: unknown, signal: AbortSignal) =>
    new Promise<Suggestion[]>((answer, fail) => this.asked.push({ query, signal, answer, fail }));
}

let server: Slow;
let search: Search;
const changed = vi.fn();

beforeEach(() => {
  changed.mockReset();
  server = new Slow();
  search = new Search(server.fetch, changed);
});

test('a newer search gives up the older one, whichever answers last', async () => {
  const first = search.run('v', NOTHING);
  const second = search.run('va', NOTHING);
  expect(server.asked[0]!.signal.aborted).toBe(true);
  server.asked[1]!.answer([found('new')]);
  await second;
  server.asked[0]!.answer([found('old')]);
  await first;
  expect(search.results.map(({ title }) => title)).toEqual(['new']);
});

test('old results stay until new ones are there', async () => {
  const first = search.run('v', NOTHING);
  server.asked[0]!.answer([found('a')]);
  await first;
  void search.run('va', NOTHING);
  expect(search.results).toHaveLength(1);
});

test('without words and narrowing nothing is asked and the list is empty', async () => {
  await search.run('  ', NOTHING);
  expect(server.asked).toHaveLength(0);
  expect(search.searched).toBe(false);
});

test('a narrowing alone is searched', () => {
  void search.run('', { ...NOTHING, facet: 'cost' });
  expect(server.asked).toHaveLength(1);
});

test('the first result is chosen, and moving goes round at the ends', async () => {
  const run = search.run('v', NOTHING);
  server.asked[0]!.answer([found('a'), found('b')]);
  await run;
  expect(search.active).toBe(0);
  search.move(-1);
  expect(search.active).toBe(1);
  search.move(1);
  expect(search.active).toBe(0);
});

test('a fault is kept until a search succeeds, an aborted search is none', async () => {
  const run = search.run('v', NOTHING);
  server.asked[0]!.fail(new Error('down'));
  await run;
  expect(search.fault).toBeInstanceOf(Error);
  const again = search.run('va', NOTHING);
  server.asked[1]!.answer([]);
  await again;
  expect(search.fault).toBeNull();
  const last = search.run('vas', NOTHING);
  server.asked[2]!.fail(new DOMException('', 'AbortError'));
  await last;
  expect(search.fault).toBeNull();
});

test('Enter waits for the results of the words it was pressed on, never taking those of older words', async () => {
  const first = search.run('v', NOTHING);
  server.asked[0]!.answer([found('old')]);
  await first;
  void search.run('va', NOTHING);
  const chosen = search.chosen();
  server.asked[1]!.answer([found('new')]);
  expect((await chosen)?.title).toBe('new');
});

test('Enter opens nothing when other words were typed meanwhile', async () => {
  void search.run('v', NOTHING);
  const chosen = search.chosen();
  void search.run('va', NOTHING);
  server.asked[0]!.answer([found('old')]);
  expect(await chosen).toBeNull();
});
