/** The latest look-ups of this session: which card and which facet, never what was typed. */
const KEPT = 'vejviser.console.recent';
const MOST = 8;

export interface Lookup {
  municipality: string;
  /** "" for what holds for the whole municipality. */
  service: string;
  /** "" when no facet was chosen. */
  facet: string;
  level: number | null;
}

export function recentLookups(): Lookup[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isLookup).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Puts a look-up first; the same card and facet stands only once. */
export function remember(lookup: Lookup): Lookup[] {
  const rest = recentLookups().filter((old) => old.service !== lookup.service || old.facet !== lookup.facet || old.municipality !== lookup.municipality);
  const kept = [lookup, ...rest].slice(0, MOST);
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // without storage the list lasts as long as the page
  }
  return kept;
}

function isLookup(value: unknown): value is Lookup {
  const item = value as Lookup | null;
  return typeof item?.municipality === 'string' && typeof item.service === 'string' && typeof item.facet === 'string';
}
