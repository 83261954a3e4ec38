import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Said } from './conversation';
import { Waits } from './waits';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function waitsFor(seconds: number) {
  const said: Said = { kind: 'said', clientId: 'a', text: 'Hej', state: 'failed', fault: 'busy', retryAt: Date.now() + seconds * 1000 };
  const host = { addController: vi.fn(), requestUpdate: vi.fn() } as unknown as ReactiveControllerHost;
  const over = vi.fn();
  return { said, over, waits: new Waits(host, () => [said], over) };
}

test('a wait is counted down and its end told once', () => {
  const { said, over, waits } = waitsFor(3);
  waits.renew();
  expect(waits.of(said)).toBe(3);
  vi.advanceTimersByTime(2000);
  expect(waits.of(said)).toBe(1);
  expect(over).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(waits.of(said)).toBe(0);
  expect(over).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('without a wait nothing ticks', () => {
  const { over, waits } = waitsFor(0);
  waits.renew();
  expect(vi.getTimerCount()).toBe(0);
  expect(over).not.toHaveBeenCalled();
});

test('an element taken off the page ticks no more, and goes on when it is put back', () => {
  const { over, waits } = waitsFor(3);
  waits.renew();
  waits.hostDisconnected();
  expect(vi.getTimerCount()).toBe(0);
  waits.renew();
  vi.advanceTimersByTime(4000);
  expect(over).toHaveBeenCalledOnce();
});
