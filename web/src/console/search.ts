/** Search while typing: the newest words win, an older request is given up, and old results stay until new ones are there. */
import { isAborted } from '../shared/http';
import type { Narrowing, Suggestion } from './catalogue';

export type Fetch = (query: string, narrowing: Narrowing, signal: AbortSignal) => Promise<Suggestion[]>;

export class Search {
  results: Suggestion[] = [];
  /** The result that Enter opens; -1 when there is none. */
  active = -1;
  fault: unknown = null;
  /** Whether the results belong to words or a narrowing, i.e. whether an empty list means that nothing was found. */
  searched = false;
  private running = new AbortController();
  private latest: Promise<void> = Promise.resolve();

  constructor(private readonly fetch: Fetch, private readonly changed: () => void) {}

  run(query: string, narrowing: Narrowing): Promise<void> {
    this.latest = this.ask(query, narrowing);
    return this.latest;
  }

  /** The chosen result for the newest words, once it is there; null when there is none or other words came meanwhile. */
  async chosen(): Promise<Suggestion | null> {
    const asked = this.latest;
    await asked;
    return asked === this.latest ? (this.results[this.active] ?? null) : null;
  }

  private async ask(query: string, narrowing: Narrowing): Promise<void> {
    this.running.abort();
    this.running = new AbortController();
    const words = query.trim();
    if (!words && !narrowing.municipality && !narrowing.service && !narrowing.facet) {
      this.show([], false);
      return;
    }
    const { signal } = this.running;
    try {
      const found = await this.fetch(words, narrowing, signal);
      if (!signal.aborted) this.show(found, true);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      this.fault = error;
      this.changed();
    }
  }

  /** Moves to the next or the previous result, round at the ends. */
  move(step: number): void {
    const count = this.results.length;
    if (count) this.active = (this.active + step + count) % count;
    this.changed();
  }

  private show(results: Suggestion[], searched: boolean): void {
    this.results = results;
    this.active = results.length ? 0 : -1;
    this.searched = searched;
    this.fault = null;
    this.changed();
  }
}
