/**
 * `<vejviser-chat municipality="gladsaxe">`: the chat as an element (registered in define.ts). Attributes are its interface, results
 * leave as events (`vejviser-open`, `-close`, `-reply`, `-feedback`, `-error`, `-delete`), and every request goes through
 * `request`, which a page may override. Until it is opened it asks for nothing and keeps nothing.
 */
import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Answer, Button, Reason, Reply } from '../shared/protocol';
import { fill, widgetTexts as t } from '../shared/texts';
import { Announcer } from './announcer';
import { Channel, type FaultKind } from './channel';
import { MESSAGE_LIMIT } from './composer-view';
import { Conversation, type Entry, type Outcome, type Replied, type Said } from './conversation';
import { faultText } from './entry-view';
import { Memory } from './memory';
import { Panel } from './panel';
import { Scrolling } from './scrolling';
import { styles } from './styles';
import { Takeaway } from './takeaway';
import { chatView, SIZES } from './view';
import { Waits } from './waits';

export class VejviserChat extends LitElement implements Outcome {
  static override styles = styles;
  /** Where the script came from; the server unless the attribute names another. */
  static origin = location.origin;

  /** Id of the municipality of the page; without it the assistant asks. */
  @property() municipality = '';
  /** Origin of the server. */
  @property() server = '';
  /** `button`: a button that opens the chat. `page`: the chat itself, open, as part of the page. */
  @property() mode: 'button' | 'page' = 'button';
  /** Which face the conversation is counted under: widget, page or console. */
  @property() channel = '';
  /** Words of the button and of the heading, when others are wanted. */
  @property() label = '';
  @property() heading = '';
  /** The host's page about how personal data is treated. */
  @property({ attribute: 'privacy-url' }) privacyUrl = '';
  /** `left` or `right`: the corner of the button. */
  @property({ reflect: true }) side: 'left' | 'right' = 'right';
  @property({ type: Boolean, reflect: true }) open = false;

  @state() draft = '';
  @state() size = 100;
  @state() large = false;
  @state() optionsShown = false;
  @state() deleting = false;
  @state() newestHidden = false;
  /** Whether the chat was opened since the page was loaded. */
  @state() opened = false;

  private conversation!: Conversation;
  private memory!: Memory;
  private readonly panel = new Panel(this, () => this.fold());
  private readonly scrolling = new Scrolling(this);
  private readonly announce = new Announcer(this).say;
  readonly takeaway = new Takeaway(this, this.announce);
  readonly waits = new Waits(this, () => this.entries, () => this.announce(t.busy_over));
  /** The message whose slowness was announced, so that it is said once. */
  private slowTold = '';

  get entries(): Entry[] {
    return this.conversation.entries;
  }
  get notice(): string {
    return this.conversation.notice;
  }
  get fault(): FaultKind | '' {
    return this.conversation.waiting || this.entries.some((entry) => entry.kind === 'said') ? '' : this.conversation.fault;
  }
  /** What may be asked next: the buttons of the newest reply, gone as soon as something is said. */
  get suggestions(): Button[] {
    const last = this.entries[this.entries.length - 1];
    return last?.kind === 'replied' ? last.messages.flatMap((message) => message.buttons ?? []) : [];
  }

  // ---- for the host page

  /** Sends a request to the server. Override it to add headers or to use another transport. */
  request(path: string, init: RequestInit): Promise<Response> {
    return fetch(this.address + path, { credentials: 'omit', cache: 'no-store', ...init });
  }

  /** Opens the chat and moves focus into it. */
  readonly show = (): void => {
    if (this.open) return;
    this.unfold();
    void this.updateComplete.then(() => this.focusFirst());
  };

  /** Closes the chat; the conversation is kept. Focus returns to the button. */
  readonly hide = (): void => {
    if (!this.open) return;
    this.fold();
    void this.updateComplete.then(() => this.find('.launcher')?.focus());
  };

  /** Opens the chat and asks a question. */
  ask(text: string): void {
    this.show();
    void this.say(text);
  }

  // ---- life of the element

  override connectedCallback(): void {
    super.connectedCallback();
    this.takeUp();
    addEventListener('online', this.reconnect);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.reconnect);
    this.panel.hide();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (this.hasUpdated && (changed.has('municipality') || changed.has('server'))) this.takeUp();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('open') && this.mode === 'button') this.place();
    if (changed.has('size')) this.find('.panel')?.style.setProperty('font-size', `${this.size / 100}em`);
    if (this.opened) this.fitText();
  }

  override render() {
    return chatView(this);
  }

  private get address(): string {
    return this.server.replace(/\/$/, '') || (this.constructor as typeof VejviserChat).origin;
  }

  /** Begins with what this tab kept of the conversation, if anything. */
  private takeUp(): void {
    const name = this.channel || (this.mode === 'page' ? 'page' : 'widget');
    const channel = new Channel((path, init) => this.request(path, init));
    this.memory = new Memory(this.address, this.municipality);
    this.conversation = new Conversation(channel, this.municipality, name, this, t.removed_number);
    const kept = this.memory.read();
    if (kept) {
      this.size = kept.size;
      this.conversation.restore(kept);
    }
    if (this.mode === 'page' || kept?.open) this.unfold();
  }

  private place(): void {
    const dialog = this.find<HTMLDialogElement>('dialog');
    if (!dialog) return;
    if (this.open) this.panel.show(dialog);
    else this.panel.hide();
  }

  private unfold(): void {
    this.open = this.opened = true;
    this.emit('open');
    void this.conversation.begin().then(() => this.noticeGrew());
    this.keepState();
  }

  private fold(): void {
    this.open = this.optionsShown = this.deleting = false;
    this.takeaway.silence();
    this.emit('close');
    this.keepState();
  }

  private focusFirst(): void {
    const touch = matchMedia('(pointer: coarse)').matches; // there the field would bring up a keyboard over the notice
    this.find(touch ? '#heading' : 'textarea')?.focus();
  }

  // ---- what the conversation tells

  changed(): void {
    this.waits.renew();
    const slow = this.entries.find((entry): entry is Said => entry.kind === 'said' && !!entry.slow);
    if (slow && this.slowTold !== slow.clientId) this.announce(t.slow);
    this.slowTold = slow?.clientId ?? '';
    this.requestUpdate();
    this.keepState();
  }

  replied(reply: Reply): void {
    const answers = reply.messages.flatMap((message) => message.custom ?? []) as Answer[];
    this.emit('reply', { turn: reply.turn, answers });
    const texts = reply.messages.flatMap((message) => message.text ?? []);
    const count = reply.messages.flatMap((message) => message.buttons ?? []).length;
    if (count) texts.push(fill(t.suggestions_follow, { count }));
    this.announce(`${fill(t.said_by, { name: t.name })} ${texts.join('\n')}`);
    this.requestUpdate();
    void this.updateComplete.then(() => this.scrolling.reveal());
  }

  failed(kind: FaultKind): void {
    this.emit('error', { kind });
    const failed = [...this.entries].reverse().find((entry): entry is Said => entry.kind === 'said' && entry.state === 'failed');
    this.waits.renew();
    this.announce(failed ? `${t.not_sent}. ${faultText(failed, this.waits.of(failed))}` : kind === 'closed' ? t.closed : t.begin_failed);
  }

  private readonly reconnect = (): void => {
    if (this.opened) void this.conversation.reconnect();
  };

  // ---- what the citizen does

  readonly type = (event: Event): void => {
    this.draft = (event.target as HTMLTextAreaElement).value;
  };

  readonly enter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.find<HTMLFormElement>('form')?.requestSubmit();
  };

  readonly submit = (event: Event): void => {
    event.preventDefault();
    const text = this.draft.trim();
    if (!text) return this.find('textarea')?.focus();
    if (this.draft.length > MESSAGE_LIMIT) return this.announce(fill(t.too_long, { limit: MESSAGE_LIMIT }));
    if (this.conversation.waiting) return this.announce(t.sending_wait);
    this.draft = '';
    void this.say(text);
  };

  /** A suggestion disappears when it is chosen; focus goes to the field, or stays in the chat where that would bring up a keyboard. */
  choose(button: Button): void {
    if (this.conversation.waiting) return;
    this.find(matchMedia('(pointer: coarse)').matches ? '.log' : 'textarea')?.focus({ preventScroll: true });
    void this.say(button.payload);
  }

  retry(said: Said): void {
    this.find('textarea')?.focus({ preventScroll: true });
    void this.conversation.retry(said);
  }

  readonly beginAgain = (): void => {
    this.find('textarea')?.focus({ preventScroll: true });
    void this.conversation.begin();
  };

  readonly escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.deleting) this.keep();
    else if (this.optionsShown) this.toggleOptions();
    else if (this.mode === 'button') this.hide();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** A modal dialog closes itself on Escape; here the one way to close is `hide`. */
  readonly cancel = (event: Event): void => event.preventDefault();

  readonly toggleOptions = (): void => {
    this.optionsShown = !this.optionsShown;
    if (!this.optionsShown) this.find('[aria-controls="options"]')?.focus();
  };

  readonly enlarge = (): void => {
    this.large = !this.large;
  };

  resize(size: number | undefined): void {
    if (!size) return;
    this.size = size;
    this.announce(fill(t.text_now, { percent: size }));
    this.keepState();
  }

  askReason(replied: Replied): void {
    replied.rating = 'asking';
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const reasons = this.find(`[data-turn="${replied.turn}"] .reasons`);
      reasons?.querySelector('button')?.focus();
      reasons?.scrollIntoView({ block: 'nearest' });
    });
  }

  async rate(replied: Replied, helpful: boolean, reason?: Reason): Promise<void> {
    await this.conversation.rate(replied, helpful, reason);
    this.announce(replied.rating === 'given' ? t.thanks : t.feedback_failed);
    if (replied.rating === 'given') this.emit('feedback', { turn: replied.turn, helpful, reason: reason ?? null });
    await this.updateComplete;
    if (!this.shadowRoot?.activeElement) this.find(`[data-turn="${replied.turn}"] :is(p.rating, .rating button)`)?.focus();
  }

  readonly askDelete = (): void => {
    this.deleting = true;
    void this.updateComplete.then(() => this.find('.confirm button:last-of-type')?.focus());
  };

  readonly keep = (): void => {
    this.deleting = false;
    this.find('.delete')?.focus();
  };

  readonly removeAll = async (): Promise<void> => {
    const done = await this.conversation.remove();
    this.announce(done ? t.deleted : t.delete_failed);
    this.deleting = false;
    if (!done) return this.find('.delete')?.focus();
    this.optionsShown = false;
    this.takeaway.silence();
    this.memory.forget();
    this.emit('delete');
    await this.updateComplete;
    this.focusFirst();
  };

  readonly scrolled = (): void => {
    this.newestHidden = this.scrolling.newestHidden();
  };

  readonly jumpToNewest = (): void => {
    this.scrolling.newest()?.focus({ preventScroll: true });
    this.scrolling.reveal();
  };

  // ---- helpers

  private async say(text: string): Promise<void> {
    const said = this.conversation.say(text);
    await this.updateComplete;
    this.scrolling.toEnd();
    await said;
  }

  /** The server's notice is longer than the one shown meanwhile; the focused field must not be pushed out of a small screen. */
  private async noticeGrew(): Promise<void> {
    await this.updateComplete;
    if (this.mode === 'button' && this.panel.fillsScreen) this.shadowRoot?.activeElement?.scrollIntoView({ block: 'nearest' });
  }

  /** The field grows with its text, up to the height its style allows. */
  private fitText(): void {
    const field = this.find('textarea');
    if (!field || CSS.supports('field-sizing', 'content')) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
  }

  private keepState(): void {
    if (!this.opened) return;
    const { id, notice, entries } = this.conversation;
    this.memory.write({ id, notice, entries, open: this.open, size: SIZES.includes(this.size) ? this.size : 100 });
  }

  private emit(name: string, detail: object = {}): void {
    this.dispatchEvent(new CustomEvent(`vejviser-${name}`, { bubbles: true, composed: true, detail }));
  }

  private find<E extends HTMLElement = HTMLElement>(selector: string): E | null {
    return this.shadowRoot?.querySelector<E>(selector) ?? null;
  }
}
