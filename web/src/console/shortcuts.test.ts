import { afterEach, beforeEach, expect, test } from 'vitest';
import { KEYS, commandOf, shortcutsOn, switchShortcuts, type Pressed } from './shortcuts';

beforeEach(() => {
  document.body.innerHTML = '<button>b</button><input><textarea></textarea><select></select><div contenteditable="true"></div><dialog open><p tabindex="0"></p></dialog>';
});
afterEach(() => localStorage.clear());

/** What pressing a key on the first element that fits the selector means. */
function press(selector: string, key: string, modifiers: KeyboardEventInit = {}): Pressed | null {
  const target = document.querySelector(selector)!;
  let meant: Pressed | null = null;
  const listen = (event: Event) => (meant = commandOf(event as KeyboardEvent));
  document.addEventListener('keydown', listen, { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...modifiers }));
  return meant;
}

test('every command has a key of its own', () => {
  expect(new Set(Object.values(KEYS)).size).toBe(Object.keys(KEYS).length);
});

test('a key outside fields means its command, whether upper or lower case', () => {
  expect(press('button', 'k')?.command).toBe('copy');
  expect(press('body', 'K')?.command).toBe('copy');
  expect(press('body', '/')?.command).toBe('search');
  expect(press('body', '3')).toEqual({ command: 'level', level: 3 });
});

test.each(['5', 'q', 'Enter', 'Tab', ' '])('%s means nothing', (key) => {
  expect(press('body', key)).toBeNull();
});

test.each(['input', 'textarea', 'select', 'dialog p'])('no key fires in %s', (selector) => {
  expect(press(selector, 'k')).toBeNull();
});

test('no key fires in a field inside a shadow root', () => {
  const root = document.querySelector('button')!.parentElement!.appendChild(document.createElement('span')).attachShadow({ mode: 'open' });
  root.innerHTML = '<textarea></textarea>';
  let meant: Pressed | null = { command: 'copy', level: 0 };
  document.addEventListener('keydown', (event) => (meant = commandOf(event)), { once: true });
  root.querySelector('textarea')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', bubbles: true, composed: true }));
  expect(meant).toBeNull();
});

test.each(['ctrlKey', 'altKey', 'metaKey'])('no key fires with %s, which belongs to the browser', (modifier) => {
  expect(press('body', 'k', { [modifier]: true })).toBeNull();
});

test('the switch is remembered', () => {
  expect(shortcutsOn()).toBe(true);
  switchShortcuts(false);
  expect(shortcutsOn()).toBe(false);
  switchShortcuts(true);
  expect(shortcutsOn()).toBe(true);
});
