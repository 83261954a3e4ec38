/** The structured look-ups the console uses, as the server gives them. */
import { getJson } from '../shared/http';
import type { Answer, Fact, Named, Source } from '../shared/protocol';

export interface Facet {
  id: string;
  title: string;
}

export interface Topic {
  id: string;
  name: string;
  services: string[];
}

export interface ContactPoint {
  name: string;
  topics: string[];
  purpose: string[];
  text: string;
}

export interface Municipality extends Named {
  full_name: string;
  named: boolean;
  documents: { id: string; title: string; approved: { body: string; date: string }[] }[];
  services: string[];
  contact_points: ContactPoint[];
  facts: Fact[];
}

export interface ServiceSummary extends Named {
  municipality: string;
  document: string;
  paragraphs: string[];
  topics: string[];
}

export interface Service extends ServiceSummary {
  facts: Record<string, Fact[]>;
  not_stated: string[];
}

/** One line of the results; without a municipality it is a rule for the whole country. */
export interface Suggestion {
  kind: 'service' | 'fact';
  municipality: Named | null;
  service: Named | null;
  paragraphs: string[];
  facet: string;
  title: string;
  text: string;
  level: number | null;
  stated: boolean;
  source: Source | null;
}

export interface Passages {
  document: { id: string; title: string };
  passages: { first: number; last: number; lines: { number: number; text: string }[] }[];
}

export interface Comparison extends Answer {
  parts: Answer[];
  verdict?: string;
}

/** What the search is narrowed to; empty strings do not narrow. */
export interface Narrowing {
  municipality: string;
  service: string;
  facet: string;
}

/** Lists that a whole working day needs, fetched once. */
export interface Lists {
  municipalities: Municipality[];
  services: ServiceSummary[];
  topics: Topic[];
  facets: Facet[];
}

export async function fetchLists(): Promise<Lists> {
  const [municipalities, services, topics, facets] = await Promise.all([
    getJson<Municipality[]>('/v1/municipalities'),
    getJson<ServiceSummary[]>('/v1/services'),
    getJson<Topic[]>('/v1/topics'),
    getJson<Facet[]>('/v1/facets'),
  ]);
  return { municipalities, services, topics, facets };
}

export async function fetchSuggestions(query: string, narrowing: Narrowing, signal: AbortSignal): Promise<Suggestion[]> {
  const found = await getJson<{ results: Suggestion[] }>('/v1/suggest', { q: query, ...narrowing, limit: 14 }, signal);
  return found.results;
}

export function fetchService(id: string, signal: AbortSignal): Promise<Service> {
  return getJson<Service>(`/v1/services/${encodeURIComponent(id)}`, {}, signal);
}

export function fetchAnswer(
  municipality: string, service: string, facet: string, level: number | null, signal: AbortSignal,
): Promise<Answer> {
  return getJson<Answer>('/v1/answers', { municipality, service, facet, level }, signal);
}

export function fetchComparison(
  municipality: string[], topic: string, facet: string, level: number | null, signal: AbortSignal,
): Promise<Comparison> {
  return getJson<Comparison>('/v1/compare', { municipality, topic, facet, level }, signal);
}

export function fetchPassages(document: string, lines: string, signal: AbortSignal): Promise<Passages> {
  return getJson<Passages>(`/v1/passages/${encodeURIComponent(document)}`, { lines }, signal);
}
