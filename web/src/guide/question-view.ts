/** One question as a form: choices, words of one's own where they help, next, back and skip. */
import { html, nothing, type TemplateResult } from 'lit';
import { guideTexts as t } from '../shared/texts';
import type { Given, Step } from './flow';
import type { Option, Question } from './protocol';

export interface QuestionView {
  step: Step;
  question: Question;
  given: Given;
  /** What is wrong with the answer that was just given, "" when nothing is. */
  error: string;
  busy: boolean;
  next: (given: Given) => void;
  skip: () => void;
  back: () => void;
}

const LONGEST = 500; // characters of one's own words

export function questionView(view: QuestionView): TemplateResult {
  const { question, error, busy } = view;
  const described = ['question-help', error ? 'question-error' : ''].filter(Boolean).join(' ');
  return html`
    <form class="question" novalidate @submit=${(event: Event) => submit(event, view)}>
      <fieldset class=${error ? 'form-error' : ''} aria-describedby=${described}>
        <legend><h2 id="guide-heading" tabindex="-1">${question.text}</h2></legend>
        <p id="question-help" class="question-help">${question.help}</p>
        ${error ? html`<p id="question-error" class="form-error-message" role="alert">${error}</p>` : nothing}
        <div class="options">${question.options.map((option, n) => optionView(option, n, view))}</div>
        ${wordsView(view)}
      </fieldset>
      <div class="buttons">
        <button type="submit" class="button button-primary" aria-disabled=${busy}>${t.next}</button>
        <button type="button" class="button button-secondary" @click=${view.back}>${t.back}</button>
        ${question.optional ? html`<button type="button" class="button button-tertiary" @click=${view.skip}>${t.skip}</button>` : nothing}
      </div>
    </form>
  `;
}

function optionView({ value, title, hint }: Option, n: number, { step, question, given }: QuestionView): TemplateResult {
  const kind = question.multiple ? 'checkbox' : 'radio';
  const id = `option-${step}-${n}`;
  return html`
    <div class="form-group-${kind} option">
      <input id=${id} class="form-${kind}" type=${kind} name="answer" value=${value} .checked=${given.values.includes(value)} aria-describedby=${hint ? `${id}-hint` : nothing}>
      <label for=${id}>${title}</label>
      ${hint ? html`<span id="${id}-hint" class="form-hint">${hint}</span>` : nothing}
    </div>
  `;
}

function wordsView({ step, given, question }: QuestionView): TemplateResult | typeof nothing {
  if (!question.free_text) return nothing;
  if (step === 'age') {
    return html`<div class="words">
      <label class="form-label" for="words">${t.age}</label>
      <input id="words" class="form-input age" name="words" type="text" inputmode="numeric" maxlength="3" autocomplete="off" .value=${exactAge(given, question)}>
    </div>`;
  }
  if (step !== 'needs') return nothing;
  return html`<div class="words">
    <label class="form-label" for="words">${t.words}</label>
    <span id="words-hint" class="form-hint">${t.words_hint}</span>
    <textarea id="words" class="form-input" name="words" rows="3" maxlength=${LONGEST} autocomplete="off" aria-describedby="words-hint" .value=${given.words}></textarea>
  </div>`;
}

/** An age that is not one of the choices was written, and is shown where it was written. */
function exactAge({ values }: Given, { options }: Question): string {
  const [value] = values;
  return value !== undefined && !options.some((option) => option.value === value) ? value : '';
}

function submit(event: Event, { next, busy }: QuestionView): void {
  event.preventDefault();
  if (busy) return;
  const data = new FormData(event.target as HTMLFormElement);
  next({ values: data.getAll('answer').map(String), words: String(data.get('words') ?? '') });
}
