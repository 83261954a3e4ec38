/** The phone-line console: search, card, answer, comparison and chat on one screen, all of it from the keyboard. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { faultText, isAborted } from '../shared/http';
import { consoleTexts as t, fill } from '../shared/texts';
import type { ConsoleAnswer, Subject } from './answer';
import './answer';
import { municipalityCard, serviceCard, type Card } from './card';
import { cardView } from './card-view';
import { fetchLists, fetchService, fetchSuggestions, type Lists, type Municipality, type Narrowing, type Service, type Suggestion } from './catalogue';
import { MOST, type Compared, type ConsoleComparison } from './comparison';
import './comparison';
import { recentLookups, remember, type Lookup } from './recent';
import { LIST, optionId, recentView, resultsView } from './results';
import { Search } from './search';
import { KEYS, commandOf, shortcutsOn, switchShortcuts, type Command } from './shortcuts';
import { generalSubject, nationalSubject, serviceSubject } from './subject';

interface Opened {
  municipality: Municipality;
  service: Service | null;
  card: Card;
}

const NOTHING: Narrowing = { municipality: '', service: '', facet: '' };
const TOLD_FOR = 4000; // milliseconds a short notice stands

@customElement('vejviser-console')
export class VejviserConsole extends LitElement {
  @state() private lists: Lists | null = null;
  @state() private fault: unknown = null;
  @state() private query = '';
  @state() private narrowing = NOTHING;
  @state() private opened: Opened | null = null;
  @state() private subject: Subject | null = null;
  @state() private facet = '';
  @state() private level: number | null = null;
  @state() private compared: Compared | null = null;
  @state() private chat = false;
  @state() private keys = shortcutsOn();
  @state() private recent = recentLookups();
  @state() private told = '';
  private search = new Search(fetchSuggestions, () => this.requestUpdate());
  private opening = new AbortController();
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
    if (!suggestion.municipality) {
      this.opened = null;
      this.compared = null;
      this.subject = nationalSubject(suggestion);
      void this.focusOpened();
      return;
    }
    const { municipality, service, facet, level } = suggestion;
    void this.open({ municipality: municipality.id, service: service?.id ?? '', facet, level });
  }

  private async open(lookup: Lookup, focus = true): Promise<void> {
    const municipality = this.lists?.municipalities.find(({ id }) => id === lookup.municipality);
    if (!this.lists || !municipality) return;
    this.opening.abort();
    this.opening = new AbortController();
    const { signal } = this.opening;
    try {
      const service = lookup.service ? await fetchService(lookup.service, signal) : null;
      if (signal.aborted) return;
      const card = service ? serviceCard(service, municipality, this.lists.facets) : municipalityCard(municipality, this.lists.facets);
      this.opened = { municipality, service, card };
    } catch (error) {
      if (!signal.aborted && !isAborted(error)) this.tell(faultText(error));
      return;
    }
    this.compared = null;
    this.level = lookup.level;
    this.choose(lookup.facet);
    if (focus) await this.focusOpened();
  }

  /** Shows the answer to a facet of the open card; "" shows none. */
  private choose(facet: string): void {
    if (!this.opened) return;
    this.facet = facet;
    this.subject = this.subjectOf(this.opened, facet);
    this.recent = remember({ municipality: this.opened.municipality.id, service: this.opened.service?.id ?? '', facet, level: this.level });
  }

  private subjectOf({ municipality, service, card }: Opened, facet: string): Subject | null {
    const found = this.lists?.facets.find(({ id }) => id === facet);
    if (!found) return null;
    if (service) return serviceSubject(municipality, service, found, this.level);
    const section = card.sections.find((item) => item.facet.id === facet) ?? { facet: found, lines: [{ text: t.silent_general, note: '', stated: false }], general: true };
    return generalSubject(municipality, section);
  }

  private chooseLevel(level: number): void {
    if (this.compared) {
      this.querySelector<ConsoleComparison>('console-comparison')?.level(level);
      return;
    }
    if (!this.opened?.service) return;
    this.level = this.level === level ? null : level;
    this.choose(this.facet || 'extent');
    this.tell(this.level === null ? t.level_none : fill(t.level_chosen, { level }));
  }

  private async focusOpened(): Promise<void> {
    await this.updateComplete;
    const answer = this.querySelector<ConsoleAnswer>('console-answer');
    await answer?.updateComplete;
    if (this.subject && answer) answer.focusHeading();
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
    if (pane && (this.compared || this.subject)) await pane.copy();
    else this.tell(t.nothing_to_copy);
  }

  private async toggleComparison(): Promise<void> {
    if (this.compared) {
      this.compared = null;
      await this.focusOpened();
      return;
    }
    const all = (this.lists?.municipalities ?? []).filter(({ named }) => named).map(({ id }) => id);
    const first = this.opened?.municipality.id ?? this.narrowing.municipality;
    this.compared = {
      municipalities: [...new Set([...(first ? [first] : []), ...all])].slice(0, MOST),
      topic: this.opened?.service?.topics[0] ?? '',
      facet: this.facet || this.narrowing.facet || 'extent',
      level: this.level,
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
    this.opening.abort();
    this.query = '';
    this.narrowing = NOTHING;
    this.opened = this.subject = this.compared = this.level = null;
    this.facet = '';
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
    if (part.municipality !== undefined && !this.servicesToChoose().some(({ id }) => id === this.narrowing.service)) this.narrowing.service = '';
    this.runSearch();
    const service = this.lists?.services.find(({ id }) => id === part.service);
    if (service) void this.open({ municipality: service.municipality, service: service.id, facet: this.narrowing.facet, level: null }, false);
    else if (part.facet && this.opened && !this.compared) this.choose(part.facet);
  }

  private servicesToChoose() {
    const { municipality } = this.narrowing;
    const services = this.lists?.services ?? [];
    if (municipality) return services.filter((service) => service.municipality === municipality);
    const places = new Map(this.lists?.municipalities.map(({ id, name }) => [id, name]));
    return services.map((service) => ({ ...service, name: `${service.name} (${places.get(service.municipality)})` }));
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
      ${this.help()}
      <p class=${this.told ? 'told' : 'sr-only'} role="status">${this.told}</p>
    `;
  }

  private searchPane(lists: Lists): TemplateResult {
    const { results, active } = this.search;
    return html`
      <section class="search-pane" aria-label=${t.search_pane}>
        <label for="console-search">${t.search}${this.key('search')}</label>
        <input id="console-search" class="form-input" type="search" role="combobox" autocomplete="off" spellcheck="false" maxlength="300"
          aria-autocomplete="list" aria-expanded=${results.length > 0} aria-controls=${LIST} aria-activedescendant=${active >= 0 ? optionId(active) : nothing}
          .value=${this.query} @input=${(event: Event) => { this.query = (event.target as HTMLInputElement).value; this.runSearch(); }}
          @keydown=${(event: KeyboardEvent) => this.onSearchKey(event)}>
        <div class="narrow">
          ${this.select('municipality', t.municipality, t.all_municipalities, lists.municipalities)}
          ${this.select('service', t.service, t.all_services, this.servicesToChoose())}
          ${this.select('facet', t.facet, t.all_facets, lists.facets.map(({ id, title }) => ({ id, name: title })))}
        </div>
        ${this.search.fault ? html`<div class="alert alert-error alert--plain" role="alert">
          <p>${faultText(this.search.fault)}</p>
          <button type="button" class="button button-secondary small" @click=${() => this.runSearch()}>${t.retry}</button>
        </div>` : nothing}
        ${resultsView(this.search, (suggestion) => this.openSuggestion(suggestion))}
        ${this.search.searched ? nothing : recentView(this.recent, lists, (lookup) => void this.open(lookup))}
        <p class="sr-only" role="status">${this.search.searched ? fill(results.length === 1 ? t.count_one : t.count, { count: results.length }) : ''}</p>
      </section>
    `;
  }

  private select(name: keyof Narrowing, label: string, all: string, options: { id: string; name: string }[]): TemplateResult {
    return html`<div class="field">
      <label for="console-${name}">${label}${this.key(name)}</label>
      <select id="console-${name}" class="form-select"
        @change=${(event: Event) => this.narrow({ [name]: (event.target as HTMLSelectElement).value })}
        @keydown=${(event: KeyboardEvent) => this.leaveSelect(event)}>
        <option value="" ?selected=${!this.narrowing[name]}>${all}</option>
        ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === this.narrowing[name]}>${option.name}</option>`)}
      </select>
    </div>`;
  }

  /** Enter and Escape lead from a choice back to the search field, so that the next word can be typed at once. */
  private leaveSelect(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    this.field('search')?.focus();
  }

  private bar(): TemplateResult {
    return html`
      <div class="bar">
        <button type="button" class="button button-secondary small" @click=${() => this.newCall()}>${t.new_call}${this.key('new_call')}</button>
        <button type="button" class="button button-secondary small" aria-pressed=${this.compared !== null} @click=${() => void this.toggleComparison()}>${t.compare}${this.key('compare')}</button>
        <button type="button" class="button button-secondary small" aria-expanded=${this.chat} @click=${() => void this.toggleChat()}>${t.chat}${this.key('chat')}</button>
        <button type="button" class="button button-secondary small" @click=${() => this.command('help')}>${t.help}${this.key('help')}</button>
      </div>
    `;
  }

  private work(lists: Lists): TemplateResult {
    if (this.compared) return html`<console-comparison .lists=${lists} .start=${this.compared}></console-comparison>`;
    if (!this.opened && !this.subject) return html`<p class="empty">${t.empty}</p>`;
    const opened = this.opened;
    return html`
      <console-answer .subject=${this.subject} .keys=${this.keys}></console-answer>
      ${opened ? cardView({
        ...opened,
        topics: lists.topics,
        facet: this.facet,
        level: this.level,
        keys: this.keys,
        choose: (facet) => this.choose(facet),
        chooseLevel: (level) => this.chooseLevel(level),
      }) : nothing}
    `;
  }

  private chatPane(): TemplateResult {
    const municipality = this.opened?.municipality ?? this.lists?.municipalities.find(({ id }) => id === this.narrowing.municipality);
    return html`
      <section class="chat-pane" aria-labelledby="chat-heading">
        <h2 id="chat-heading" class="sr-only" tabindex="-1">${t.chat}</h2>
        <vejviser-chat mode="page" channel="console" municipality=${municipality?.named ? municipality.id : ''}></vejviser-chat>
      </section>
    `;
  }

  private help(): TemplateResult {
    const names: Record<string, string> = t.commands;
    return html`
      <dialog class="help" aria-labelledby="help-heading">
        <h2 id="help-heading">${t.help_heading}</h2>
        <label class="pick"><input type="checkbox" .checked=${this.keys} @change=${(event: Event) => this.switchKeys((event.target as HTMLInputElement).checked)}> ${t.keys_on}</label>
        <table class="table table--extracompact">
          <thead><tr><th scope="col">${t.help_key}</th><th scope="col">${t.help_what}</th></tr></thead>
          <tbody>
            ${Object.entries({ ...KEYS, level: '0–4' }).map(([command, key]) => html`<tr><td><kbd>${key}</kbd></td><td>${names[command]}</td></tr>`)}
            ${t.plain_keys.map(([key, what]) => html`<tr><td><kbd>${key}</kbd></td><td>${what}</td></tr>`)}
          </tbody>
        </table>
        <p class="quiet">${t.keys_note}</p>
        <form method="dialog"><button class="button button-primary small">${t.close}</button></form>
      </dialog>
    `;
  }

  private switchKeys(on: boolean): void {
    this.keys = on;
    switchShortcuts(on);
  }

  private key(command: Exclude<Command, 'level'>): TemplateResult | typeof nothing {
    return this.keys ? html` <kbd aria-hidden="true">${KEYS[command]}</kbd>` : nothing;
  }
}
