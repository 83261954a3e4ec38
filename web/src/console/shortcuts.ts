/**
 * One-key shortcuts (WCAG 2.1.4): they never fire while a person types in a field or holds a modifier, and can be switched off.
 * The switch is the only thing the console keeps longer than the session; it says nothing about anybody.
 */
const KEPT = 'vejviser.console.shortcuts';

export type Command = 'search' | 'municipality' | 'service' | 'facet' | 'copy' | 'compare' | 'chat' | 'new_call' | 'help' | 'level';

export const KEYS: Record<Exclude<Command, 'level'>, string> = {
  search: '/', municipality: 'm', service: 'y', facet: 'f', copy: 'k', compare: 's', chat: 'c', new_call: 'n', help: '?',
};
const BY_KEY = new Map(Object.entries(KEYS).map(([command, key]) => [key, command as Command]));

export interface Pressed {
  command: Command;
  /** The VUM level for `level`, 0-4. */
  level: number;
}

/** The command a key press means, null when it means none or belongs to what the person is typing. */
export function commandOf(event: KeyboardEvent): Pressed | null {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (isTyping(event)) return null;
  if (/^[0-4]$/.test(event.key)) return { command: 'level', level: Number(event.key) };
  const command = BY_KEY.get(event.key.toLowerCase());
  return command ? { command, level: 0 } : null;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] ?? event.target;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select, [role=textbox], dialog, dialog *');
}

export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

export function switchShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
  } catch {
    // without storage the switch holds until the page is left
  }
}
