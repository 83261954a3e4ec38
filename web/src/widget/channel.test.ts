import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Channel, TIMEOUT_MS, waitSeconds, type Send } from './channel';

const answer = (status: number, headers: Record<string, string> = {}, body = '{}') => new Response(status === 204 ? null : body, { status, headers });

describe('every failure has a name', () => {
  test.each([
    [404, 'gone'],
    [413, 'too_long'],
    [422, 'refused'],
    [429, 'busy'],
    [500, 'failed'],
    [502, 'failed'],
    [503, 'closed'],
  ])('status %i is %s', async (status, kind) => {
    const channel = new Channel(async () => answer(status));
    await expect(channel.say('c', 'hej', 'm')).rejects.toMatchObject({ kind });
  });

  test('no connection is offline', async () => {
    const channel = new Channel(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(channel.begin('', 'widget')).rejects.toMatchObject({ kind: 'offline' });
  });

  test('a page of a proxy instead of JSON is a failure', async () => {
    const channel = new Channel(async () => answer(200, {}, '<html>'));
    await expect(channel.begin('', 'widget')).rejects.toMatchObject({ kind: 'failed' });
  });

  test('429 carries the wait', async () => {
    const channel = new Channel(async () => answer(429, { 'Retry-After': '7' }));
    await expect(channel.say('c', 'hej', 'm')).rejects.toMatchObject({ kind: 'busy', retryAfter: 7 });
  });

  test('503 with a wait is a crowd, without one the channel is closed', async () => {
    const crowded = new Channel(async () => answer(503, { 'Retry-After': '5' }));
    await expect(crowded.say('c', 'hej', 'm')).rejects.toMatchObject({ kind: 'crowded', retryAfter: 5 });
    const closed = new Channel(async () => answer(503));
    await expect(closed.say('c', 'hej', 'm')).rejects.toMatchObject({ kind: 'closed', retryAfter: 0 });
  });
});

describe('an answer that does not come', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is given up, and the request stopped', async () => {
    const send: Send = (_path, init) => new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const said = expect(new Channel(send).say('c', 'hej', 'm')).rejects.toMatchObject({ kind: 'timeout' });
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
    await said;
  });
});

test('the id is escaped and the body is as agreed', async () => {
  const send = vi.fn<Send>(async () => answer(200, {}, '{"messages":[],"turn":1,"redacted":false}'));
  await new Channel(send).say('a/b', 'hej', 'm1');
  expect(send.mock.calls[0]?.[0]).toBe('/v1/conversations/a%2Fb/messages');
  expect(JSON.parse(String(send.mock.calls[0]?.[1].body))).toEqual({ text: 'hej', client_id: 'm1' });
});

test.each([
  ['12', 12],
  ['0', 1],
  ['99999', 600],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60],
  ['soon', 30],
  [null, 30],
])('Retry-After %s is %i seconds', (header, seconds) => {
  expect(waitSeconds(header, 0)).toBe(seconds);
});
