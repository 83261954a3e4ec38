/** The answer to one facet, as the bot would give it, with the original passage beside it and a copy for the citizen's mail. */
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { blocks } from '../shared/blocks';
import { copyText } from '../widget/paper';
import { Fault, faultText, isAborted } from '../shared/http';
import type { Source } from '../shared/protocol';
import { consoleTexts as t } from '../shared/texts';
import { fetchPassages, type Passages } from './catalogue';

/** What is shown: where it comes from and what it says. `load` gives text, status and sources when they are not known yet. */
export interface Subject {
  /** Changes exactly when another answer is meant. */
  key: string;
  title: string;
  about: string;
  load: (signal: AbortSignal) => Promise<Shown>;
}

export interface Shown {
  text: string;
  stated: boolean;
  sources: Source[];
}

@customElement('console-answer')
export class ConsoleAnswer extends LitElement {
  @property({ attribute: false }) subject: Subject | null = null;
  @property({ type: Boolean }) keys = true;
  @state() private shown: Shown | null = null;
  @state() private passages: Passages[] = [];
  @state() private fault: unknown = null;
  @state() private passageFault: unknown = null;
  private running = new AbortController();

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('subject') as Subject | null | undefined;
    if (changed.has('subject') && before?.key !== this.subject?.key) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.running.abort();
  }

  /** Copies the answer with its source as plain text; the result is told by the event `told`. */
  async copy(): Promise<void> {
    if (!this.shown || !this.subject) return;
    const done = await copyText(`${this.subject.title} – ${this.subject.about}\n\n${this.shown.text}`);
    this.dispatchEvent(new CustomEvent('told', { detail: done ? t.copied : t.copy_failed, bubbles: true }));
  }

  focusHeading(): void {
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  private async load(): Promise<void> {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.fault = this.passageFault = null;
    this.shown = null;
    this.passages = [];
    if (!this.subject) return;
    try {
      const shown = await this.subject.load(signal);
      if (signal.aborted) return;
      this.shown = shown;
    } catch (error) {
      if (!signal.aborted && !isAborted(error)) this.fault = error;
      return;
    }
    await this.loadPassages(this.shown.sources, signal);
  }

  private async loadPassages(sources: Source[], signal: AbortSignal): Promise<void> {
    try {
      const found = await Promise.all([...linesByDocument(sources)].map(([document, lines]) => fetchPassages(document, lines, signal)));
      if (!signal.aborted) this.passages = found;
    } catch (error) {
      if (!signal.aborted && !isAborted(error)) this.passageFault = error;
    }
  }

  override render() {
    if (!this.subject) return nothing;
    return html`
      <section class="answer" aria-labelledby="answer-heading">
        <div class="answer-said">
          <header class="pane-head">
            <h2 id="answer-heading" tabindex="-1">${this.subject.title}</h2>
            <p class="about">${this.subject.about}</p>
          </header>
          ${this.body()}
        </div>
        ${this.original()}
      </section>
    `;
  }

  private body(): TemplateResult | typeof nothing {
    if (this.fault) {
      return html`<div class="alert alert-error" role="alert">
        <p class="alert-text">${faultText(this.fault)}</p>
        <button type="button" class="button button-secondary small" @click=${() => void this.load()}>${t.retry}</button>
      </div>`;
    }
    if (!this.shown) return html`<p class="quiet" role="status">${t.loading}</p>`;
    return html`
      ${this.shown.stated ? nothing : html`<p><span class="gap-tag">${t.not_stated}</span></p>`}
      <div class="answer-text">
        ${blocks(this.shown.text).map((block) =>
          block.kind === 'list'
            ? html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`
            : html`<p class=${block.kind}>${block.text}</p>`,
        )}
      </div>
      <button type="button" class="button button-primary small" @click=${() => void this.copy()}>
        ${t.copy_answer}${this.keys ? html` <kbd aria-hidden="true">k</kbd>` : nothing}
      </button>
    `;
  }

  private original(): TemplateResult | typeof nothing {
    if (this.passageFault) {
      const missing = this.passageFault instanceof Fault && this.passageFault.kind === 'missing';
      return html`<aside class="passage" aria-label=${t.passage}>
        <h3>${t.passage}</h3>
        <p class="quiet">${missing ? t.passage_missing : faultText(this.passageFault)}</p>
      </aside>`;
    }
    if (!this.passages.length) return nothing;
    return html`
      <aside class="passage" aria-label=${t.passage}>
        <h3>${t.passage}</h3>
        <div class="passage-text" role="region" aria-label=${t.passage_text} tabindex="0">
          ${this.passages.map((item) => html`
            <p class="quiet">${item.document.title}</p>
            ${item.passages.map((run) => html`
              <p class="quiet lines">${run.first === run.last ? `${t.line} ${run.first}` : `${t.lines} ${run.first}–${run.last}`}</p>
              <blockquote>${run.lines.map((line) => html`${line.text} `)}</blockquote>`)}`)}
        </div>
      </aside>
    `;
  }
}

/** The lines of each document in the order of the document, every range once: "000" -> "260-262,270". */
export function linesByDocument(sources: Source[]): Map<string, string> {
  const found = new Map<string, Map<string, [number, number]>>();
  for (const source of sources) {
    for (const pair of source.lines) {
      const ranges = found.get(source.document) ?? new Map<string, [number, number]>();
      found.set(source.document, ranges.set(pair.join('-'), pair));
    }
  }
  return new Map([...found].map(([document, ranges]) => [document, inOrder([...ranges.values()])]));
}

function inOrder(ranges: [number, number][]): string {
  const sorted = ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return sorted.slice(0, 60).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
