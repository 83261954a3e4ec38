/** The citizen guide: one question at a time; the browser's back and forward work, the answers can be corrected and kept. */
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { copyText } from '../widget/paper';
import { faultText, isAborted, postJson } from '../shared/http';
import { fill, guideTexts as t, sharedTexts } from '../shared/texts';
import { dangerView, helpOf } from './danger-view';
import { NOTHING, answer, before, begun, given, isStep, skip, type Given, type Step, type Told } from './flow';
import { forget, keep, kept } from './keeping';
import type { GuideView } from './protocol';
import { questionView } from './question-view';
import { resultView } from './result-view';

/** A place in the guide: the first page, a question, or the result. */
type Place = 'start' | Step | 'result';

@customElement('vejviser-guide')
export class VejviserGuide extends LitElement {
  @state() private told: Told = kept();
  @state() private place: Place = 'start';
  @state() private view: GuideView | null = null;
  @state() private error = '';
  @state() private fault: unknown = null;
  @state() private busy = false;
  @state() private notice = '';
  /** Counts arrivals, so that every question is a fresh form and no choice of the last one is left standing. */
  private visit = 0;
  private running = new AbortController();
  private retry: () => void = () => undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.onPop);
    const place = placeOf(history.state);
    if (place !== 'start') void this.show(place);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.onPop);
    this.running.abort();
  }

  private onPop = (event: PopStateEvent): void => {
    const place = placeOf(event.state);
    if (place === 'start') this.begin();
    else void this.show(place);
  };

  /** Shows the first page. */
  private begin(): void {
    this.running.abort();
    this.place = 'start';
    this.view = this.fault = null;
    this.busy = false;
    void this.settle();
  }

  /** Asks the server for a place: a question again, or whatever comes next after all that was told. */
  private async show(place: Exclude<Place, 'start'> | 'next', told = this.told): Promise<void> {
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    this.busy = true;
    this.retry = () => void this.show(place, told);
    try {
      const body = isStep(place) ? before(told, place) : told;
      const view = await postJson<GuideView>('/v1/guide', body, signal);
      if (!signal.aborted) this.arrive(view, place === 'next', told);
    } catch (error) {
      if (signal.aborted || isAborted(error)) return;
      this.busy = false;
      this.fault = error;
    }
  }

  private arrive(view: GuideView, forward: boolean, told: Told): void {
    const again = forward && view.step === this.place;
    this.told = told;
    keep(told);
    this.busy = false;
    this.fault = null;
    this.error = again ? helpOf(view) : '';
    this.view = view;
    this.place = view.step;
    this.visit += 1;
    if (forward && !again) history.pushState({ place: view.step, depth: depth() + 1 }, '', `#${t.places[view.step]}`);
    void this.settle();
  }

  /** Puts the focus on the heading of what is now shown, so that it is read out and seen from its top. */
  private async settle(): Promise<void> {
    this.notice = '';
    await this.updateComplete;
    const heading = this.querySelector<HTMLElement>('#guide-heading');
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    document.title = [heading?.textContent, t.title, sharedTexts.product].filter(Boolean).join(' | ');
  }

  private next(step: Step, form: Given): void {
    const told = answer(this.told, step, form);
    if (told) void this.show('next', told);
    else void this.refuse(step === 'age' && form.words.trim() ? t.error_age : this.view?.question?.optional ? t.error_optional : t.error);
  }

  private async refuse(error: string): Promise<void> {
    this.error = error;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.question input, .question textarea')?.focus();
  }

  /** Back as the browser means it; where the guide was entered half-way, to the question before. */
  private back = (): void => {
    if (depth() > 0) {
      history.back();
      return;
    }
    const told = this.view?.answers.filter(({ step }) => step !== this.place) ?? [];
    const previous = told[told.length - 1]?.step;
    history.replaceState({ place: previous ?? 'start', depth: 0 }, '', previous ? `#${t.places[previous]}` : location.pathname);
    if (previous) void this.show(previous);
    else this.begin();
  };

  private correct(step: Step): void {
    history.pushState({ place: step, depth: depth() + 1 }, '', `#${t.places[step]}`);
    void this.show(step);
  }

  private restart = (): void => {
    forget();
    this.told = NOTHING;
    history.pushState({ place: 'start', depth: depth() + 1 }, '', location.pathname);
    this.begin();
  };

  private copy = async (): Promise<void> => {
    const done = await copyText(this.view?.result?.text ?? '');
    this.notice = done ? t.copied : t.copy_failed;
  };

  override render() {
    return html`
      ${dangerView(this.view?.danger)} ${this.fault ? this.faultView() : nothing}
      ${this.place === 'start' || !this.view ? this.startView() : this.placeView(this.view)}
      <p class=${this.notice ? 'notice' : 'sr-only'} role="status">${this.busy ? t.loading : this.notice}</p>
    `;
  }

  private startView(): TemplateResult {
    const going = begun(this.told);
    return html`
      <section class="start" aria-labelledby="guide-heading">
        <h2 id="guide-heading" tabindex="-1">${going ? t.resume_heading : t.start_heading}</h2>
        ${going ? html`<p>${t.resume_text}</p>` : html`<p class="font-lead">${t.start_text}</p><ul>${t.start_points.map((point) => html`<li>${point}</li>`)}</ul>`}
        <div class="buttons">
          <button type="button" class="button button-primary" @click=${() => void this.show('next')}>${going ? t.resume : t.start}</button>
          ${going ? html`<button type="button" class="button button-secondary" @click=${this.restart}>${t.restart}</button>` : nothing}
        </div>
      </section>
    `;
  }

  private placeView(view: GuideView): TemplateResult {
    const { progress, question, result, step } = view;
    if (step === 'result' && result) {
      return html`${resultView(result, { print: () => window.print(), copy: () => void this.copy(), restart: this.restart, back: this.back })}${this.answersView(view)}`;
    }
    if (!question || step === 'result') return html`${nothing}`;
    const share = progress.total ? progress.done / progress.total : 0;
    return html`
      <div class="progress">
        <p>${fill(t.progress, { now: progress.done + 1, total: progress.total })}</p>
        <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="2"></rect><rect width=${Math.max(2, share * 100)} height="2"></rect></svg>
      </div>
      ${keyed(this.visit, questionView({
        step,
        question: { ...question, help: helpOf(view) },
        given: given(this.told, step),
        error: this.error,
        busy: this.busy,
        next: (form) => this.next(step, form),
        skip: () => void this.show('next', skip(this.told, step)),
        back: this.back,
      }))}
      ${this.answersView(view)}
    `;
  }

  private answersView({ answers, step: now }: GuideView): TemplateResult | typeof nothing {
    const others = answers.filter(({ step }) => step !== now);
    if (!others.length) return nothing;
    return html`
      <section class="answers" aria-labelledby="answers-heading">
        <h3 id="answers-heading">${t.answers}</h3>
        <dl>
          ${others.map(({ step, title, label }) => html`
            <div>
              <dt>${title}</dt>
              <dd>${label}</dd>
              <dd class="no-print"><button type="button" class="button button-tertiary" @click=${() => this.correct(step)}>${t.correct}<span class="sr-only"> ${title}</span></button></dd>
            </div>`)}
        </dl>
        <p class="kept no-print">${t.kept}</p>
      </section>
    `;
  }

  private faultView(): TemplateResult {
    return html`<div class="alert alert-error" role="alert">
      <p class="alert-heading">${t.fault}</p>
      <p class="alert-text">${faultText(this.fault)}</p>
      <div class="buttons">
        <button type="button" class="button button-primary" @click=${() => this.retry()}>${t.retry}</button>
        <button type="button" class="button button-secondary" @click=${this.restart}>${t.restart}</button>
      </div>
    </div>`;
  }
}

function placeOf(kept: unknown): Place {
  const place = (kept as { place?: unknown } | null)?.place;
  return place === 'result' || isStep(place) ? place : 'start';
}

/** How many places of the guide lie behind this one in the browser's history. */
function depth(): number {
  const value = (history.state as { depth?: unknown } | null)?.depth;
  return typeof value === 'number' ? value : 0;
}
