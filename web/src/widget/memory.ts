/** What survives a reload: kept in the tab's session storage, and only from the moment the chat is opened. */
import type { Entry } from './conversation';

export interface State {
  id: string;
  notice: string;
  entries: Entry[];
  open: boolean;
  /** Text size in percent. */
  size: number;
}

const VERSION = 1;
const KEPT_ENTRIES = 200;

export class Memory {
  private readonly key: string;

  constructor(server: string, municipality: string) {
    this.key = `vejviser:${server}:${municipality}`;
  }

  /** The state of this tab, or null: nothing kept, kept by another version, or storage is not allowed. */
  read(): State | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? 'null');
      return kept?.version === VERSION ? kept.state : null;
    } catch {
      return null;
    }
  }

  /** Keeps the state. Where storage is full or not allowed the chat goes on without surviving a reload. */
  write(state: State): void {
    try {
      const recent = { ...state, entries: state.entries.slice(-KEPT_ENTRIES) };
      sessionStorage.setItem(this.key, JSON.stringify({ version: VERSION, state: recent }));
    } catch {
      /* see above */
    }
  }

  forget(): void {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      /* nothing was kept */
    }
  }
}
