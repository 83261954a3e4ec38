/** Whom to call now, above everything else, when a person's own words tell of danger; calm, with the numbers as links. */
import { html, nothing, type TemplateResult } from 'lit';
import { guideTexts as t } from '../shared/texts';
import type { Danger, GuideView } from './protocol';

export function dangerView(danger: Danger | undefined): TemplateResult | typeof nothing {
  if (!danger) return nothing;
  return html`<section class="danger" role="alert" aria-labelledby="danger-heading">
    <h2 id="danger-heading">${t.danger}</h2>
    <p>${numbered(danger.text).map(({ text, number }) => (number ? html`<a class="call" href="tel:${number}">${text}</a>` : text))}</p>
  </section>`;
}

/** A text in pieces; those that are a phone number with the digits to dial. (The text is of the server's own wording table.) */
export function numbered(text: string): { text: string; number: string }[] {
  return text.split(/(\d[\d ]+\d)/).map((piece, n) => ({ text: piece, number: n % 2 ? piece.replace(/ /g, '') : '' }));
}

/** The help of the question alone: for callers that know no `danger` the server puts its text in front. */
export function helpOf({ danger, question }: GuideView): string {
  const help = question?.help ?? '';
  return danger && help.startsWith(danger.text) ? help.slice(danger.text.length).trim() : help;
}
