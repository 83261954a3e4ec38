/** Two to four municipalities side by side on one facet of one kind of help. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { blocks } from '../shared/blocks';
import { copyText } from '../widget/paper';
import { faultText, isAborted } from '../shared/http';
import { isHoursByLevel, type Answer } from '../shared/protocol';
import { consoleTexts as t } from '../shared/texts';
import { fetchComparison, type Comparison, type Lists } from './catalogue';
import { hoursView } from './chart';

export const FEWEST = 2;
export const MOST = 4;

export interface Compared {
  municipalities: string[];
  topic: string;
  facet: string;
  level: number | null;
}

@customElement('console-comparison')
export class ConsoleComparison extends LitElement {
  @property({ attribute: false }) lists!: Lists;
  /** What the comparison begins with; the person goes on from there. */
  @property({ attribute: false }) start!: Compared;
  @state() private chosen!: Compared;
  @state() private found: Comparison | null = null;
  @state() private fault: unknown = null;
  private running = new AbortController();

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('start')) {
      this.chosen = this.start;
      void this.load();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running.abort();
  }

  async copy(): Promise<void> {
    if (!this.found) return;
    const done = await copyText(this.found.text);
    this.dispatchEvent(new CustomEvent('told', { detail: done ? t.copied : t.copy_failed, bubbles: true }));
  }

  /** A level chosen by its key. */
  level(level: number): void {
    this.change({ level: this.chosen.level === level ? null : level });
  }

  focusHeading(): void {
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  private change(part: Partial<Compared>): void {
    this.chosen = { ...this.chosen, ...part };
    void this.load();
  }

  private toggle(id: string, on: boolean): void {
    const others = this.chosen.municipalities.filter((other) => other !== id);
    this.change({ municipalities: on ? [...others, id] : others });
  }

  private async load(): Promise<void> {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    const { municipalities, topic, facet, level } = this.chosen;
    this.fault = null;
    if (municipalities.length < FEWEST) {
      this.found = null;
      return;
    }
    try {
      const found = await fetchComparison(municipalities, topic, facet, level, signal);
      if (!signal.aborted) this.found = found;
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      this.fault = error;
      this.found = null;
    }
  }

  override render() {
    return html`
      <section class="comparison" aria-labelledby="comparison-heading">
        <header class="pane-head">
          <h2 id="comparison-heading" tabindex="-1">${t.compare}</h2>
        </header>
        <form class="comparison-choice" @submit=${(event: Event) => event.preventDefault()}>
          <fieldset>
            <legend>${t.compare_municipalities}</legend>
            ${this.lists.municipalities.map((municipality) => {
              const on = this.chosen.municipalities.includes(municipality.id);
              return html`<label class="pick">
                <input type="checkbox" .checked=${on} ?disabled=${!on && this.chosen.municipalities.length >= MOST}
                  @change=${(event: Event) => this.toggle(municipality.id, (event.target as HTMLInputElement).checked)}>
                ${municipality.name}
              </label>`;
            })}
          </fieldset>
          ${this.select('compare-topic', t.compare_topic, this.chosen.topic, [{ id: '', name: t.compare_any_topic }, ...this.lists.topics], (topic) => this.change({ topic }))}
          ${this.select('compare-facet', t.facet, this.chosen.facet, this.lists.facets.map(({ id, title }) => ({ id, name: title })), (facet) => this.change({ facet }))}
        </form>
        ${this.body()}
      </section>
    `;
  }

  private select(id: string, label: string, value: string, options: { id: string; name: string }[], choose: (value: string) => void) {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} class="form-select" @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
        ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === value}>${option.name}</option>`)}
      </select>
    </div>`;
  }

  private body(): TemplateResult {
    if (this.fault) {
      return html`<div class="alert alert-error" role="alert">
        <p class="alert-text">${faultText(this.fault)}</p>
        <button type="button" class="button button-secondary small" @click=${() => void this.load()}>${t.retry}</button>
      </div>`;
    }
    if (this.chosen.municipalities.length < FEWEST) return html`<p class="quiet" role="status">${t.compare_few}</p>`;
    if (!this.found) return html`<p class="quiet" role="status">${t.loading}</p>`;
    return html`
      ${this.found.verdict ? html`<p class="verdict">${this.found.verdict}</p>` : nothing}
      <div class="columns">${this.found.parts.map((part) => this.column(part))}</div>
      <button type="button" class="button button-primary small" @click=${() => void this.copy()}>${t.copy_comparison}</button>
    `;
  }

  private column(part: Answer): TemplateResult {
    const hours = part.facts.map((fact) => fact.value).find(isHoursByLevel);
    return html`
      <article>
        <h3>${part.municipality?.name}</h3>
        <p class="quiet">${part.service?.name ?? t.whole_municipality}</p>
        ${part.status === 'not_stated' ? html`<p><span class="gap-tag">${t.not_stated}</span></p>` : nothing}
        ${blocks(part.text).map((block) =>
          block.kind === 'list' ? html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>` : html`<p class=${block.kind}>${block.text}</p>`,
        )}
        ${hours ? hoursView(hours, this.chosen.level, (level) => this.level(level)) : nothing}
      </article>
    `;
  }
}
