/** What lies open in front of the person: the card of a service or a municipality, and the answer to one facet of it. */
import type { Subject } from './answer';
import { municipalityCard, serviceCard, type Card, type Section } from './card';
import { fetchService, type Lists, type Municipality, type Service, type Suggestion } from './catalogue';
import { recentLookups, remember, type Lookup } from './recent';
import { generalSubject, nationalSubject, serviceSubject } from './subject';
import { consoleTexts as t } from '../shared/texts';

export interface Opened {
  municipality: Municipality;
  service: Service | null;
  card: Card;
}

export class Desk {
  opened: Opened | null = null;
  subject: Subject | null = null;
  facet = '';
  level: number | null = null;
  recent = recentLookups();
  private opening = new AbortController();

  constructor(
    private readonly lists: () => Lists | null,
    private readonly changed: () => void,
  ) {}

  /** Opens a card and the answer on it; false when another was opened meanwhile. Throws the fault of the request. */
  async open(lookup: Lookup): Promise<boolean> {
    const lists = this.lists();
    const municipality = lists?.municipalities.find(({ id }) => id === lookup.municipality);
    if (!lists || !municipality) return false;
    this.opening.abort();
    this.opening = new AbortController();
    const { signal } = this.opening;
    let service: Service | null = null;
    try {
      if (lookup.service) service = await fetchService(lookup.service, signal);
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    }
    if (signal.aborted) return false;
    const card = service ? serviceCard(service, municipality, lists.facets) : municipalityCard(municipality, lists.facets);
    this.opened = { municipality, service, card };
    this.level = lookup.level;
    this.choose(lookup.facet);
    return true;
  }

  /** Opens a rule that holds in the whole country; it stands on no card. */
  openNational(suggestion: Suggestion): void {
    this.opening.abort();
    this.opened = null;
    this.subject = nationalSubject(suggestion);
    this.changed();
  }

  /** Shows the answer to a facet of the open card; "" shows none. */
  choose(facet: string): void {
    if (!this.opened) return;
    const { municipality, service } = this.opened;
    this.facet = facet;
    this.subject = this.subjectOf(this.opened, facet);
    this.recent = remember({ municipality: municipality.id, service: service?.id ?? '', facet, level: this.level });
    this.changed();
  }

  /** Chooses a level of the open service, or none when it was chosen already. Whether there was a service. */
  chooseLevel(level: number): boolean {
    if (!this.opened?.service) return false;
    this.level = this.level === level ? null : level;
    this.choose(this.facet || 'extent');
    return true;
  }

  clear(): void {
    this.opening.abort();
    this.opened = this.subject = this.level = null;
    this.facet = '';
    this.changed();
  }

  private subjectOf({ municipality, service, card }: Opened, facet: string): Subject | null {
    const found = this.lists()?.facets.find(({ id }) => id === facet);
    if (!found) return null;
    if (service) return serviceSubject(municipality, service, found, this.level);
    const silent: Section = { facet: found, lines: [{ text: t.silent_general, note: '', stated: false }], general: true };
    return generalSubject(municipality, card.sections.find((item) => item.facet.id === facet) ?? silent);
  }
}
