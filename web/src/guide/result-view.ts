/** The result: what to do now and whom to call first, then the help that may fit, made to be printed. */
import { html, nothing, type TemplateResult } from 'lit';
import { blocks } from '../shared/blocks';
import type { Answer } from '../shared/protocol';
import { fill, guideTexts as t } from '../shared/texts';
import { hoursPicture } from './hours-picture';
import type { FittingService, Result } from './protocol';

export interface ResultActions {
  print: () => void;
  copy: () => void;
  restart: () => void;
  back: () => void;
}

export function resultView(result: Result, actions: ResultActions): TemplateResult {
  const place = result.municipality;
  return html`
    <section class="result" aria-labelledby="guide-heading">
      <h2 id="guide-heading" tabindex="-1">${fill(t.result, { municipality: place.full_name })}</h2>
      <p class="reservation">${result.reservation}</p>
      ${place.named ? nothing : html`<p class="alert alert-warning">${t.unnamed}</p>`}
      <section class="next-step" aria-labelledby="next-step-heading">
        <h3 id="next-step-heading">${t.next_step}</h3>
        ${practical(t.how_to_apply, result.how_to_apply)}
        ${practical(t.contact, result.contact)}
        ${practical(t.processing_time, result.processing_time)}
      </section>
      <h3>${result.services.length ? t.services : t.no_services}</h3>
      ${result.services.length ? nothing : html`<p>${t.no_services_next}</p>`}
      ${result.services.map((fitting) => serviceView(fitting, place.full_name))}
      ${result.uncovered.length ? html`<p class="uncovered">${fill(t.uncovered, { needs: result.uncovered.join(', ') })}</p>` : nothing}
      <section aria-labelledby="prepare-heading">
        <h3 id="prepare-heading">${t.prepare}</h3>
        <ul>${result.prepare.map((item) => html`<li>${item}</li>`)}</ul>
      </section>
      <div class="buttons no-print">
        <button type="button" class="button button-primary" @click=${actions.print}>${t.print}</button>
        <button type="button" class="button button-secondary" @click=${actions.copy}>${t.copy}</button>
        <button type="button" class="button button-secondary" @click=${actions.back}>${t.back}</button>
        <button type="button" class="button button-tertiary" @click=${actions.restart}>${t.restart}</button>
      </div>
    </section>
  `;
}

function practical(title: string, answer: Answer): TemplateResult {
  return html`
    <h4>${title}</h4>
    ${answer.status === 'not_stated' ? html`<p class="not-stated">${t.not_stated}</p>` : nothing}
    ${(answer.contacts ?? []).filter(({ phone }) => phone).map(({ name, phone }) => html`<p><a class="call" href="tel:+45${phone.replace(/\D/g, '')}">${fill(t.call, { name, phone })}</a></p>`)}
    ${textView(answer.text)}
  `;
}

function textView(text: string): TemplateResult[] {
  return blocks(text).map((block) =>
    block.kind === 'list' ? html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>` : html`<p class=${block.kind}>${block.text}</p>`,
  );
}

function serviceView({ service, why, about, includes, cost, hours, notes, source }: FittingService, owner: string): TemplateResult {
  const sections = [...new Set(source.map(({ section }) => section).filter(Boolean))];
  return html`
    <article class="fitting">
      <h4>${service.name}</h4>
      ${why.length ? html`<p class="why">${fill(t.why, { topics: why.join(', ') })}</p>` : nothing}
      ${includes.length ? html`<p>${t.includes}</p><ul>${includes.map((item) => html`<li>${item}</li>`)}</ul>` : html`<p>${about}</p>`}
      <dl>
        <dt>${t.cost}</dt>
        <dd>${cost.text}</dd>
        <dt>${t.hours}</dt>
        <dd>${hours.text}${hoursPicture(hours)}</dd>
      </dl>
      ${notes.map((note) => html`<p>${note}</p>`)}
      ${sections.length ? html`<p class="source">${fill(t.source, { owner, sections: sections.join('«, »') })}</p>` : nothing}
    </article>
  `;
}
