/** A card on the screen: everything the document says of a service, facet by facet, the gaps as plain as the facts. */
import { html, nothing, type TemplateResult } from 'lit';
import { isHoursByLevel, type Fact } from '../shared/protocol';
import { consoleTexts as t, fill } from '../shared/texts';
import type { Card, Line, Section } from './card';
import type { Facet, Municipality, Service, Topic } from './catalogue';
import { hoursView } from './chart';

export interface CardView {
  card: Card;
  municipality: Municipality;
  /** null for the card of a municipality. */
  service: Service | null;
  topics: Topic[];
  /** The facet whose answer is shown, "" for none. */
  facet: string;
  level: number | null;
  /** Whether shortcuts are on, so that the keys are shown. */
  keys: boolean;
  choose: (facet: string) => void;
  chooseLevel: (level: number) => void;
}

export function cardView(view: CardView): TemplateResult {
  return html`
    <section class="card-pane" aria-labelledby="card-heading">
      ${head(view)}
      ${hours(view)}
      <div class="facets" @keydown=${moveBetweenFacets}>
        ${view.card.sections.map((section) => sectionView(section, view))}
        ${chips(t.elsewhere, 'elsewhere', view.card.elsewhere, view)} ${chips(t.silent, 'silent', view.card.silent, view)}
      </div>
    </section>
  `;
}

function head({ municipality, service, topics }: CardView): TemplateResult {
  const document = municipality.documents.find(({ id }) => id === service?.document) ?? municipality.documents[0];
  const approved = document?.approved.map(({ body, date }) => fill(t.approved, { body, date })).join('; ');
  const paragraphs = service?.paragraphs.map((paragraph) => `§ ${paragraph}`).join(', ');
  const about = service?.topics.map((id) => topics.find((topic) => topic.id === id)?.name ?? id).join(' · ');
  return html`
    <header class="pane-head">
      <h2 id="card-heading" tabindex="-1">${service?.name ?? fill(t.general_card, { municipality: municipality.full_name })}</h2>
      <p class="about">
        <strong>${municipality.full_name}</strong>${paragraphs ? ` · ${paragraphs}` : ''}${about ? ` · ${about}` : ''}
      </p>
      <p class="quiet">${document?.title}${approved ? ` (${approved})` : ''}</p>
    </header>
    ${municipality.named ? nothing : html`<p class="alert alert-warning alert--plain">${t.unnamed}</p>`}
  `;
}

function hours({ service, level, keys, chooseLevel }: CardView): TemplateResult | typeof nothing {
  const facts: Fact[] = service ? Object.values(service.facts).flat() : [];
  const value = facts.map((fact) => fact.value).find(isHoursByLevel);
  return value ? html`${hoursView(value, level, chooseLevel)}${keys ? html`<p class="quiet">${t.level_keys}</p>` : nothing}` : nothing;
}

function sectionView({ facet, lines, general }: Section, view: CardView): TemplateResult {
  return html`
    <section class="facet">
      <h3>
        <button type="button" class="link" aria-pressed=${facet.id === view.facet} data-facet=${facet.id} @click=${() => view.choose(facet.id)}>${facet.title}</button>
        ${general && view.service ? html`<span class="general-tag">${t.general}</span>` : nothing}
      </h3>
      ${lines.length === 1 && lines[0] ? html`<p>${lineView(lines[0])}</p>` : html`<ul>${lines.map((line) => html`<li>${lineView(line)}</li>`)}</ul>`}
    </section>
  `;
}

function lineView({ text, note, stated }: Line): TemplateResult {
  return html`${stated ? nothing : html`<span class="gap-tag">${t.not_stated}</span> `}${text}${note ? html` <em class="note">${fill(t.note, { note })}</em>` : nothing}`;
}

function chips(title: string, kind: 'elsewhere' | 'silent', facets: Facet[], { facet, choose }: CardView): TemplateResult | typeof nothing {
  if (!facets.length) return nothing;
  return html`
    <section class="facet ${kind}">
      <h3>${title}</h3>
      <ul class="chips nobullet-list">
        ${facets.map((item) => html`<li>
          <button type="button" class="chip" aria-pressed=${item.id === facet} data-facet=${item.id} @click=${() => choose(item.id)}>${item.title}</button>
        </li>`)}
      </ul>
    </section>
  `;
}

/** The arrow keys go from facet to facet, so that a card is read without the Tab key. */
function moveBetweenFacets(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const target = event.target as HTMLElement;
  if (!step || !target.matches('[data-facet]')) return;
  event.preventDefault();
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[data-facet]')];
  all[(all.indexOf(target) + step + all.length) % all.length]?.focus();
}
