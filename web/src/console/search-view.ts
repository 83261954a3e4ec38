/** The search field with what narrows it, the results or the latest look-ups below. */
import { html, nothing, type TemplateResult } from 'lit';
import { faultText } from '../shared/http';
import { consoleTexts as t, fill } from '../shared/texts';
import type { Lists, Narrowing, Suggestion } from './catalogue';
import { keyView } from './help';
import type { Lookup } from './recent';
import { LIST, optionId, recentView, resultsView } from './results';
import type { Search } from './search';

export interface SearchView {
  search: Search;
  query: string;
  narrowing: Narrowing;
  lists: Lists;
  recent: Lookup[];
  /** Whether shortcuts are on, so that the keys are shown. */
  keys: boolean;
  type: (query: string) => void;
  press: (event: KeyboardEvent) => void;
  narrow: (part: Partial<Narrowing>) => void;
  open: (suggestion: Suggestion) => void;
  openAgain: (lookup: Lookup) => void;
  retry: () => void;
  /** Leads back to the search field. */
  leave: () => void;
}

export function searchView(view: SearchView): TemplateResult {
  const { search, query, lists, recent, keys } = view;
  const { results, active, searched } = search;
  return html`
    <section class="search-pane" aria-label=${t.search_pane}>
      <label for="console-search">${t.search}${keyView(keys, 'search')}</label>
      <input id="console-search" class="form-input" type="search" role="combobox" autocomplete="off" spellcheck="false" maxlength="300"
        aria-autocomplete="list" aria-expanded=${results.length > 0} aria-controls=${LIST} aria-activedescendant=${active >= 0 ? optionId(active) : nothing}
        .value=${query} @input=${(event: Event) => view.type((event.target as HTMLInputElement).value)} @keydown=${view.press}>
      <div class="narrow">
        ${select('municipality', t.municipality, t.all_municipalities, lists.municipalities, view)}
        ${select('service', t.service, t.all_services, servicesToChoose(lists, view.narrowing.municipality), view)}
        ${select('facet', t.facet, t.all_facets, lists.facets.map(({ id, title }) => ({ id, name: title })), view)}
      </div>
      ${search.fault ? html`<div class="alert alert-error alert--plain" role="alert">
        <p>${faultText(search.fault)}</p>
        <button type="button" class="button button-secondary small" @click=${view.retry}>${t.retry}</button>
      </div>` : nothing}
      ${resultsView(search, view.open)}
      ${searched ? nothing : recentView(recent, lists, view.openAgain)}
      <p class="sr-only" role="status">${searched ? fill(results.length === 1 ? t.count_one : t.count, { count: results.length }) : ''}</p>
    </section>
  `;
}

/** The services to choose among, named with their municipality unless one is chosen. */
export function servicesToChoose({ services, municipalities }: Lists, municipality: string): { id: string; name: string }[] {
  if (municipality) return services.filter((service) => service.municipality === municipality);
  const places = new Map(municipalities.map(({ id, name }) => [id, name]));
  return services.map(({ id, name, municipality: place }) => ({ id, name: `${name} (${places.get(place)})` }));
}

function select(name: keyof Narrowing, label: string, all: string, options: { id: string; name: string }[], { narrowing, keys, narrow, leave }: SearchView): TemplateResult {
  return html`<div class="field">
    <label for="console-${name}">${label}${keyView(keys, name)}</label>
    <select id="console-${name}" class="form-select" @change=${(event: Event) => narrow({ [name]: (event.target as HTMLSelectElement).value })}
      @keydown=${(event: KeyboardEvent) => leaveSelect(event, leave)}>
      <option value="" ?selected=${!narrowing[name]}>${all}</option>
      ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === narrowing[name]}>${option.name}</option>`)}
    </select>
  </div>`;
}

/** Enter and Escape lead from a choice back to the search field, so that the next word can be typed at once. */
function leaveSelect(event: KeyboardEvent, leave: () => void): void {
  if (event.key !== 'Enter' && event.key !== 'Escape') return;
  event.preventDefault();
  leave();
}
