/** The conversation apart from how it looks: what was said and replied, sending, trying again, deleting, rating. */
import type { Message, Reason, Reply } from '../shared/protocol';
import { Channel, ChannelFault, type FaultKind } from './channel';
import type { Line } from './paper';

/** What the citizen said. `clientId` stays the same when it is sent again, so the server handles it once. */
export interface Said {
  kind: 'said';
  clientId: string;
  text: string;
  state: 'sending' | 'sent' | 'failed';
  fault?: FaultKind;
  /** Milliseconds since 1970 before which trying again is no use (429). */
  retryAt?: number;
  slow?: boolean;
}

export interface Replied {
  kind: 'replied';
  turn: number;
  messages: Message[];
  rating?: 'asking' | 'given' | 'failed';
}

/** A word from the widget itself: the conversation was renewed. */
export interface Note {
  kind: 'note';
  note: 'new_conversation';
}

export type Entry = Said | Replied | Note;

export interface Outcome {
  changed(): void;
  replied(reply: Reply): void;
  failed(kind: FaultKind): void;
}

export const SLOW_MS = 10_000;
// A personal number as it is typed: six digits, a hyphen, dash, blank or nothing, four digits. (No look-behind: older Safari lacks it.)
const PERSONAL_NUMBER = /(^|\D)\d{6}\s?[-\u2013]?\s?\d{4}(?!\d)/g;

export class Conversation {
  id = '';
  notice = '';
  entries: Entry[] = [];
  /** Set while the conversation could not be begun. */
  fault: FaultKind | '' = '';
  private beginning: Promise<void> | null = null;

  constructor(
    private readonly channel: Channel,
    private readonly municipality: string,
    private readonly channelName: string,
    private readonly outcome: Outcome,
    private readonly masked: string,
  ) {}

  get waiting(): boolean {
    return this.entries.some((entry) => entry.kind === 'said' && entry.state === 'sending');
  }

  /**
   * Takes up what was kept before a reload. A message that was under way then is sent again, under its own id; some browsers
   * cut its request before the page is left, so one that lost its connection counts as under way.
   */
  restore(kept: { id: string; notice: string; entries: Entry[] }): void {
    ({ id: this.id, notice: this.notice, entries: this.entries } = kept);
    for (const entry of this.entries)
      if (entry.kind === 'said' && (entry.state === 'sending' || entry.fault === 'offline')) void this.deliver(entry);
  }

  /** Begins the conversation unless it has begun. Throws no fault: it is kept in `fault`. */
  async begin(): Promise<void> {
    if (this.id) return;
    try {
      await this.ensureBegun();
    } catch (error) {
      this.outcome.failed(kindOf(error));
    }
    this.outcome.changed();
  }

  async say(text: string): Promise<void> {
    const said: Said = { kind: 'said', clientId: newId(), text, state: 'sending' };
    this.entries = [...this.entries, said];
    await this.deliver(said);
  }

  async retry(said: Said): Promise<void> {
    if (said.state === 'failed') await this.deliver(said);
  }

  /** Tries again what failed for want of a connection. */
  async reconnect(): Promise<void> {
    if (this.fault) await this.begin();
    for (const entry of this.entries) if (entry.kind === 'said' && entry.fault === 'offline') await this.retry(entry);
  }

  /** Deletes the conversation here and at the server; false when the server could not be told. */
  async remove(): Promise<boolean> {
    try {
      if (this.id) await this.channel.remove(this.id);
    } catch (error) {
      if (kindOf(error) !== 'gone') return false; // one that is gone already is as deleted as can be
    }
    this.id = '';
    this.entries = [];
    this.outcome.changed();
    return true;
  }

  async rate(replied: Replied, helpful: boolean, reason?: Reason): Promise<void> {
    try {
      await this.channel.rate(this.id, replied.turn, helpful, reason);
      replied.rating = 'given';
    } catch {
      replied.rating = 'failed';
    }
    this.outcome.changed();
  }

  private async deliver(said: Said): Promise<void> {
    said.state = 'sending';
    delete said.fault;
    delete said.retryAt;
    const slow = setTimeout(() => {
      said.slow = true;
      this.outcome.changed();
    }, SLOW_MS);
    this.outcome.changed();
    try {
      this.accept(said, await this.sayOrRenew(said));
    } catch (error) {
      this.reject(said, error);
    } finally {
      clearTimeout(slow);
      delete said.slow;
      this.outcome.changed();
    }
  }

  /** Sends; an expired conversation is begun anew once and the message sent in the new one. */
  private async sayOrRenew(said: Said): Promise<Reply> {
    await this.ensureBegun();
    try {
      return await this.channel.say(this.id, said.text, said.clientId);
    } catch (error) {
      if (kindOf(error) !== 'gone') throw error;
    }
    this.id = '';
    await this.ensureBegun();
    const at = this.entries.indexOf(said);
    if (at > 0) this.entries = [...this.entries.slice(0, at), { kind: 'note', note: 'new_conversation' }, ...this.entries.slice(at)];
    return this.channel.say(this.id, said.text, said.clientId);
  }

  private async ensureBegun(): Promise<void> {
    if (this.id) return;
    this.beginning ??= this.channel
      .begin(this.municipality, this.channelName)
      .then((begun) => {
        ({ id: this.id, notice: this.notice } = begun);
        this.fault = '';
      })
      .catch((error: unknown) => {
        this.fault = kindOf(error);
        throw error;
      })
      .finally(() => (this.beginning = null));
    await this.beginning;
  }

  private accept(said: Said, reply: Reply): void {
    if (!this.entries.includes(said)) return; // deleted while it was under way
    said.state = 'sent';
    if (reply.redacted) said.text = said.text.replace(PERSONAL_NUMBER, `$1${this.masked}`);
    const at = this.entries.indexOf(said) + 1;
    const replied: Replied = { kind: 'replied', turn: reply.turn, messages: reply.messages };
    this.entries = [...this.entries.slice(0, at), replied, ...this.entries.slice(at)];
    this.outcome.replied(reply);
  }

  private reject(said: Said, error: unknown): void {
    const fault = error instanceof ChannelFault ? error : new ChannelFault('failed');
    said.state = 'failed';
    said.fault = fault.kind;
    if (fault.retryAfter) said.retryAt = Date.now() + fault.retryAfter * 1000;
    this.outcome.failed(fault.kind);
  }
}

/** Everything the reply says, as plain text. */
export function textOf(replied: Replied): string {
  return replied.messages.flatMap((message) => message.text ?? []).join('\n\n');
}

/** Who said what, for paper and clipboard. */
export function transcript(entries: Entry[], you: string, assistant: string): Line[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'note') return [];
    return [entry.kind === 'said' ? { who: you, text: entry.text } : { who: assistant, text: textOf(entry) }];
  });
}

function kindOf(error: unknown): FaultKind {
  return error instanceof ChannelFault ? error.kind : 'failed';
}

/** 128 random bits as hex. (crypto.randomUUID is missing on pages without https.) */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
