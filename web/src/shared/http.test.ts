import { afterEach, expect, test, vi } from 'vitest';
import { Fault, faultText, getJson, postJson } from './http';
import { sharedTexts as t } from './texts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function respond(status: number, body: unknown = {}): ReturnType<typeof vi.fn> {
  const fetch = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

test('a query leaves out what is empty and repeats lists', async () => {
  const fetch = respond(200);
  await getJson('/v1/x', { a: 'æ', b: '', c: null, d: ['1', '2'], level: 0 });
  expect(fetch.mock.calls[0]![0]).toBe('/v1/x?a=%C3%A6&d=1&d=2&level=0');
});

test('a body is sent as JSON', async () => {
  const fetch = respond(200, { ok: true });
  expect(await postJson('/v1/x', { a: 1 })).toEqual({ ok: true });
  expect(fetch.mock.calls[0]![1]).toMatchObject({ method: 'POST', body: '{"a":1}' });
});

test.each([[401, 'login'], [403, 'login'], [404, 'missing'], [422, 'refused'], [429, 'busy'], [500, 'failed'], [503, 'closed']])('status %i is told as %s', async (status, kind) => {
  respond(status);
  await expect(getJson('/v1/x')).rejects.toMatchObject({ kind });
});

test('no connection is told as such', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
  await expect(getJson('/v1/x')).rejects.toMatchObject({ kind: 'offline' });
});

function neverAnswers(): void {
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) =>
    new Promise((_, reject) => signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))));
}

test('a server that does not answer is given up after a while', async () => {
  vi.useFakeTimers();
  neverAnswers();
  const outcome = expect(getJson('/v1/x')).rejects.toMatchObject({ kind: 'timeout' });
  await vi.advanceTimersByTimeAsync(60_000);
  await outcome;
});

test('a request given up by its caller is no fault', async () => {
  neverAnswers();
  const caller = new AbortController();
  const outcome = expect(getJson('/v1/x', {}, caller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  caller.abort();
  await outcome;
});

test('every fault has a sentence, an unknown error too', () => {
  expect(faultText(new Fault('busy'))).toBe(t.faults.busy);
  expect(faultText(new Error('x'))).toBe(t.faults.failed);
});
