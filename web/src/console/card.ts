/** What stands on a card: every facet with what the document says, what holds for the whole municipality, and the gaps. */
import type { Fact } from '../shared/protocol';
import type { Facet, Municipality, Service } from './catalogue';

export interface Line {
  text: string;
  note: string;
  stated: boolean;
}

/** A facet on the card; `general` when the lines hold for the whole municipality and not for this service alone. */
export interface Section {
  facet: Facet;
  lines: Line[];
  general: boolean;
}

export interface Card {
  sections: Section[];
  /** Facets of a service that only the general part of the document speaks of; their answers are a key press away. */
  elsewhere: Facet[];
  /** Facets the document says nothing about. */
  silent: Facet[];
}

/** What a caller needs in order to get going; shown in full also where it holds for the whole municipality. */
const PRACTICAL = new Set(['contact', 'how_to_apply', 'processing_time', 'start_time', 'cost', 'complaint']);

/** How many of the particular things a document leaves out stand under one heading. */
const SHOWN_GAPS = 2;

/** The card of a service. */
export function serviceCard(service: Service, municipality: Municipality, facets: Facet[]): Card {
  const sections = facets.map((facet) => {
    const own = brief((service.facts[facet.id] ?? []).map(line));
    if (own.some((item) => item.stated)) return { facet, lines: own, general: false };
    const general = [...contactLines(municipality, facet.id, service.topics), ...generalLines(municipality, facet.id)];
    return { facet, lines: [...own, ...general], general: general.length > 0 };
  });
  return {
    sections: sections.filter(({ facet, lines, general }) => lines.length && (!general || PRACTICAL.has(facet.id))),
    elsewhere: sections.filter(({ facet, general }) => general && !PRACTICAL.has(facet.id)).map(({ facet }) => facet),
    silent: sections.filter(({ lines }) => !lines.length).map(({ facet }) => facet),
  };
}

/** The card of a municipality: what holds whatever the service. */
export function municipalityCard(municipality: Municipality, facets: Facet[]): Card {
  const sections = facets.map((facet) => {
    const contacts = facet.id === 'contact' ? municipality.contact_points.map((contact) => stated(contact.text)) : [];
    return { facet, lines: [...contacts, ...generalLines(municipality, facet.id)], general: true };
  });
  const silent = sections.filter(({ lines }) => !lines.length).map(({ facet }) => facet);
  return { sections: sections.filter(({ lines }) => lines.length), elsewhere: [], silent };
}

/** The contact points that may be given to somebody who asks about these topics; one kept for other help never is. */
function contactLines(municipality: Municipality, facet: string, topics: string[]): Line[] {
  if (facet !== 'contact') return [];
  const fitting = municipality.contact_points.filter(({ topics: only, purpose }) => {
    const concerned = !only.length || only.some((topic) => topics.includes(topic));
    return concerned && !(purpose.length && purpose.every((use) => use === 'complain' || use === 'other_services'));
  });
  return fitting.map((contact) => stated(contact.text));
}

function generalLines(municipality: Municipality, facet: string): Line[] {
  return brief(municipality.facts.filter((fact) => fact.facet === facet).map(line));
}

/** Everything stated, and the first of what is not: the search finds the rest. */
function brief(lines: Line[]): Line[] {
  return [...lines.filter((item) => item.stated), ...lines.filter((item) => !item.stated).slice(0, SHOWN_GAPS)];
}

function line(fact: Fact): Line {
  return { text: fact.text, note: fact.note, stated: fact.stated };
}

function stated(text: string): Line {
  return { text, note: '', stated: true };
}
