/** What the server says: the channel of /v1/conversations and the answer in its `custom`. */

export interface Source {
  document: string;
  section: string;
  /** [first, last] pairs, 1-based, inclusive. */
  lines: [number, number][];
}

/** Guiding hours per VUM level; `max` means "up to", except for `exact_levels`. */
export interface HoursByLevel {
  kind: 'hours_by_level';
  per: 'month' | 'week';
  levels: Record<string, number>;
  max: boolean;
  exact_levels: number[];
}

export interface Fact {
  id: string;
  facet: string;
  text: string;
  value: HoursByLevel | { kind: string } | null;
  stated: boolean;
  note: string;
  source: Source | null;
}

/** A contact point of the catalogue; empty strings where the document gives none. */
export interface Contact {
  name: string;
  phone: string;
  email: string;
  url: string;
}

export interface Named {
  id: string;
  name: string;
}

/** The composed answer; keys may be added over time. */
export interface Answer {
  status: string;
  text: string;
  facet: string;
  municipality: Named | null;
  service: Named | null;
  facts: Fact[];
  reservation: string;
  contacts?: Contact[];
  parts?: Answer[];
}

export interface Button {
  title: string;
  payload: string;
}

/** One item of a reply: a text with buttons, an answer, or both. */
export interface Message {
  text?: string | null;
  buttons?: Button[] | null;
  custom?: Answer | null;
}

export interface Begun {
  id: string;
  notice: string;
}

export interface Reply {
  messages: Message[];
  turn: number;
  redacted: boolean;
}

export const REASONS = ['wrong', 'unclear', 'other_question', 'too_long', 'other'] as const;
export type Reason = (typeof REASONS)[number];

export function isHoursByLevel(value: Fact['value']): value is HoursByLevel {
  return value?.kind === 'hours_by_level';
}
