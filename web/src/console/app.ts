/** The phone-line console: search, card, answer, comparison and chat on one screen, all of it from the keyboard. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { faultText } from '../shared/http';
import { consoleTexts as t, fill } from '../shared/texts';
import type { ConsoleAnswer } from './answer';
import './answer';
import { cardView } from './card-view';
import { fetchLists, fetchSuggestions, type Lists, type Narrowing, type Suggestion } from './catalogue';
import { MOST, type Compared, type ConsoleComparison } from './comparison';
import './comparison';
import { Desk } from './desk';
import { helpView, keyView } from './help';
import type { Lookup } from './recent';
import { Search } from './search';
import { searchView, servicesToChoose } from './search-view';
import { commandOf, shortcutsOn, switchShortcuts, type Command } from './shortcuts';

const NOTHING: Narrowing = { municipality: '', service: '', facet: '' };
const TOLD_FOR = 4000; // milliseconds a short notice stands

@customElement('vejviser-console')
export class VejviserConsole extends LitElement {
  @state() private lists: Lists | null = null;
  @state() private fault: unknown = null;
  @state() private query = '';
  @state() private narrowing = NOTHING;
  @state() private compared: Compared | null = null;
  @state() private chat = false;
  @state() private keys = shortcutsOn();
  @state() private told = '';
  private search = new Search(fetchSuggestions, () => this.requestUpdate());
  private desk = new Desk(() => this.lists, () => this.requestUpdate());
  private silence = 0;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKey);
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKey);
  }

  private async load(): Promise<void> {
    this.fault = null;
    try {
      this.lists = await fetchLists();
    } catch (error) {
      this.fault = error;
      return;
    }
    await this.updateComplete;
    if (document.activeElement === document.body) this.field('search')?.focus(); // never taken from where a person went meanwhile
  }

  // -- opening -------------------------------------------------------------------------------------------------------

  private openSuggestion(suggestion: Suggestion): void {
    const { municipality, service, facet, level } = suggestion;
    if (municipality) {
      void this.open({ municipality: municipality.id, service: service?.id ?? '', facet, level });
      return;
    }
    this.desk.openNational(suggestion);
    this.compared = null;
    void this.focusOpened();
  }

  private async open(lookup: Lookup, focus = true): Promise<void> {
    try {
      if (!(await this.desk.open(lookup))) return;
    } catch (error) {
      this.tell(faultText(error));
      return;
    }
    this.compared = null;
    if (focus) await this.focusOpened();
  }

  private chooseLevel(level: number): void {
    if (this.compared) this.querySelector<ConsoleComparison>('console-comparison')?.level(level);
    else if (this.desk.chooseLevel(level)) this.tell(this.desk.level === null ? t.level_none : fill(t.level_chosen, { level }));
  }

  private async focusOpened(): Promise<void> {
    await this.updateComplete;
    const answer = this.querySelector<ConsoleAnswer>('console-answer');
    await answer?.updateComplete;
    if (this.desk.subject && answer) answer.focusHeading();
    else this.querySelector<HTMLElement>('#card-heading')?.focus();
  }

  // -- commands ------------------------------------------------------------------------------------------------------

  private onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !this.inField(event)) {
      this.field('search')?.focus();
      return;
    }
    const pressed = this.keys ? commandOf(event) : null;
    if (!pressed || !this.lists) return;
    event.preventDefault();
    if (pressed.command === 'level') this.chooseLevel(pressed.level);
    else this.command(pressed.command);
  };

  private command(command: Exclude<Command, 'level'>): void {
    const act: Record<Exclude<Command, 'level'>, () => void> = {
      search: () => this.field('search')?.focus(),
      municipality: () => this.field('municipality')?.focus(),
      service: () => this.field('service')?.focus(),
      facet: () => this.field('facet')?.focus(),
      copy: () => void this.copy(),
      compare: () => void this.toggleComparison(),
      chat: () => void this.toggleChat(),
      new_call: () => this.newCall(),
      help: () => this.querySelector('dialog')?.showModal(),
    };
    act[command]();
  }

  private async copy(): Promise<void> {
    const pane = this.querySelector<ConsoleAnswer | ConsoleComparison>(this.compared ? 'console-comparison' : 'console-answer');
    if (pane && (this.compared || this.desk.subject)) await pane.copy();
    else this.tell(t.nothing_to_copy);
  }

  private async toggleComparison(): Promise<void> {
    if (this.compared) {
      this.compared = null;
      await this.focusOpened();
      return;
    }
    const all = (this.lists?.municipalities ?? []).filter(({ named }) => named).map(({ id }) => id);
    const { opened, facet, level } = this.desk;
    const first = opened?.municipality.id ?? this.narrowing.municipality;
    this.compared = {
      municipalities: [...new Set([...(first ? [first] : []), ...all])].slice(0, MOST),
      topic: opened?.service?.topics[0] ?? '',
      facet: facet || this.narrowing.facet || 'extent',
      level,
    };
    await this.updateComplete;
    this.querySelector<ConsoleComparison>('console-comparison')?.focusHeading();
  }

  private async toggleChat(): Promise<void> {
    this.chat = !this.chat;
    if (!this.chat) return;
    await import('../widget/define');
    await this.updateComplete;
    const pane = this.querySelector<HTMLElement>('.chat-pane');
    pane?.querySelector<HTMLElement>('#chat-heading')?.focus({ preventScroll: true });
    pane?.scrollIntoView({ block: 'nearest' });
  }

  private newCall(): void {
    this.desk.clear();
    this.query = '';
    this.narrowing = NOTHING;
    this.compared = null;
    this.chat = false;
    this.runSearch();
    this.field('search')?.focus();
    this.tell(t.new_call_begun);
  }

  private tell(text: string): void {
    this.told = text;
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => (this.told = ''), TOLD_FOR);
  }

  // -- search --------------------------------------------------------------------------------------------------------

  private runSearch(): void {
    void this.search.run(this.query, this.narrowing);
  }

  private onSearchKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.search.move(step);
      void this.updateComplete.then(() => this.querySelector('.results .active')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter') {
      void this.search.chosen().then((result) => result && this.openSuggestion(result));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (this.query) this.query = '';
      else this.narrowing = NOTHING;
      this.runSearch();
    }
  }

  private narrow(part: Partial<Narrowing>): void {
    this.narrowing = { ...this.narrowing, ...part };
    const services = this.lists ? servicesToChoose(this.lists, this.narrowing.municipality) : [];
    if (!services.some(({ id }) => id === this.narrowing.service)) this.narrowing.service = '';
    this.runSearch();
    const service = this.lists?.services.find(({ id }) => id === part.service);
    if (service) void this.open({ municipality: service.municipality, service: service.id, facet: this.narrowing.facet, level: null }, false);
    else if (part.facet && this.desk.opened && !this.compared) this.desk.choose(part.facet);
  }

  private field(name: string): HTMLElement | null {
    const field = this.querySelector<HTMLInputElement | HTMLSelectElement>(`#console-${name}`);
    if (field instanceof HTMLInputElement) field.select();
    return field;
  }

  private inField(event: Event): boolean {
    const target = event.composedPath()[0];
    return target instanceof HTMLElement && target.matches('input, textarea, select, dialog, dialog *');
  }

  // -- view ----------------------------------------------------------------------------------------------------------

  override render() {
    if (this.fault) {
      return html`<div class="alert alert-error" role="alert">
        <p class="alert-text">${faultText(this.fault)}</p>
        <button type="button" class="button button-secondary small" @click=${() => void this.load()}>${t.retry}</button>
      </div>`;
    }
    if (!this.lists) return html`<p role="status">${t.loading}</p>`;
    return html`
      <div class=${this.chat ? 'console with-chat' : 'console'} @told=${(event: CustomEvent<string>) => this.tell(event.detail)}>
        ${this.searchPane(this.lists)}
        <div class="work">${this.bar()}${this.work(this.lists)}</div>
        ${this.chat ? this.chatPane() : nothing}
      </div>
      ${helpView(this.keys, (on) => this.switchKeys(on))}
      <p class=${this.told ? 'told' : 'sr-only'} role="status">${this.told}</p>
    `;
  }

  private searchPane(lists: Lists): TemplateResult {
    return searchView({
      search: this.search,
      query: this.query,
      narrowing: this.narrowing,
      lists,
      recent: this.desk.recent,
      keys: this.keys,
      type: (query) => {
        this.query = query;
        this.runSearch();
      },
      press: (event) => this.onSearchKey(event),
      narrow: (part) => this.narrow(part),
      open: (suggestion) => this.openSuggestion(suggestion),
      openAgain: (lookup) => void this.open(lookup),
      retry: () => this.runSearch(),
      leave: () => this.field('search')?.focus(),
    });
  }

  private bar(): TemplateResult {
    return html`
      <div class="bar">
        <button type="button" class="button button-secondary small" @click=${() => this.newCall()}>${t.new_call}${keyView(this.keys, 'new_call')}</button>
        <button type="button" class="button button-secondary small" aria-pressed=${this.compared !== null} @click=${() => void this.toggleComparison()}>${t.compare}${keyView(this.keys, 'compare')}</button>
        <button type="button" class="button button-secondary small" aria-expanded=${this.chat} @click=${() => void this.toggleChat()}>${t.chat}${keyView(this.keys, 'chat')}</button>
        <button type="button" class="button button-secondary small" @click=${() => this.command('help')}>${t.help}${keyView(this.keys, 'help')}</button>
      </div>
    `;
  }

  private work(lists: Lists): TemplateResult {
    if (this.compared) return html`<console-comparison .lists=${lists} .start=${this.compared}></console-comparison>`;
    const { opened, subject, facet, level } = this.desk;
    if (!opened && !subject) return html`<p class="empty">${t.empty}</p>`;
    return html`
      <console-answer .subject=${subject} .keys=${this.keys}></console-answer>
      ${opened ? cardView({
        ...opened,
        topics: lists.topics,
        facet,
        level,
        keys: this.keys,
        choose: (chosen) => this.desk.choose(chosen),
        chooseLevel: (chosen) => this.chooseLevel(chosen),
      }) : nothing}
    `;
  }

  private chatPane(): TemplateResult {
    const municipality = this.desk.opened?.municipality ?? this.lists?.municipalities.find(({ id }) => id === this.narrowing.municipality);
    return html`
      <section class="chat-pane" aria-labelledby="chat-heading">
        <h2 id="chat-heading" class="sr-only" tabindex="-1">${t.chat}</h2>
        <vejviser-chat mode="page" channel="console" municipality=${municipality?.named ? municipality.id : ''}></vejviser-chat>
      </section>
    `;
  }

  private switchKeys(on: boolean): void {
    this.keys = on;
    switchShortcuts(on);
  }
}
