/** The results under the search field, as the list of a combobox, and the latest look-ups while nothing is searched for. */
import { html, nothing, type TemplateResult } from 'lit';
import { consoleTexts as t, fill } from '../shared/texts';
import type { Lists, Suggestion } from './catalogue';
import type { Lookup } from './recent';
import type { Search } from './search';

export const LIST = 'console-results';

export function optionId(n: number): string {
  return `${LIST}-${n}`;
}

export function resultsView(search: Search, open: (suggestion: Suggestion) => void): TemplateResult {
  return html`
    <ul id=${LIST} class="results nobullet-list" role="listbox" aria-label=${t.results} ?hidden=${!search.results.length}>
      ${search.results.map(
        (result, n) => html`
          <li id=${optionId(n)} role="option" aria-selected=${n === search.active} class=${n === search.active ? 'active' : ''}
            @mousedown=${(event: Event) => event.preventDefault()} @click=${() => open(result)}>
            <span class="where">${result.municipality?.name ?? t.national}</span>
            <span class="what">${result.kind === 'service' ? result.title : `${result.title}${result.service ? ` · ${result.service.name}` : ''}`}</span>
            ${result.kind === 'service'
              ? html`<span class="said">${result.paragraphs.map((paragraph) => `§ ${paragraph}`).join(', ')} · ${result.text}</span>`
              : html`<span class="said">${result.stated ? nothing : html`<span class="gap-tag">${t.not_stated}</span> `}${result.text}</span>`}
          </li>`,
      )}
    </ul>
    ${search.searched && !search.results.length && !search.fault ? html`<p class="quiet nothing">${t.nothing_found}</p>` : nothing}
  `;
}

export function recentView(lookups: Lookup[], lists: Lists, open: (lookup: Lookup) => void): TemplateResult {
  if (!lookups.length) return html`<p class="quiet">${t.hint}</p>`;
  return html`
    <h2 class="small-heading">${t.recent}</h2>
    <ul class="recent nobullet-list">
      ${lookups.map((lookup) => html`<li><button type="button" class="link" @click=${() => open(lookup)}>${title(lookup, lists)}</button></li>`)}
    </ul>
  `;
}

function title({ municipality, service, facet, level }: Lookup, lists: Lists): string {
  const place = lists.municipalities.find(({ id }) => id === municipality)?.name;
  const name = lists.services.find(({ id }) => id === service)?.name ?? t.whole_municipality;
  const asked = lists.facets.find(({ id }) => id === facet)?.title;
  return [place, name, asked, level === null ? '' : fill(t.level_short, { level })].filter(Boolean).join(' · ');
}
