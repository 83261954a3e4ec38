/** What POST /v1/guide answers. */
import type { Answer, Source } from '../shared/protocol';
import type { Step } from './flow';

export interface Option {
  value: string;
  title: string;
  hint: string;
}

export interface Question {
  text: string;
  help: string;
  options: Option[];
  multiple: boolean;
  free_text: boolean;
  optional: boolean;
}

export interface Said {
  step: Step;
  title: string;
  label: string;
}

export interface Hours {
  status: string;
  text: string;
  max: number | null;
  per: string | null;
  level: number | null;
  levels: Record<string, number>;
}

export interface FittingService {
  service: { id: string; name: string; paragraphs: string[] };
  why: string[];
  about: string;
  includes: string[];
  cost: { status: string; text: string };
  hours: Hours;
  notes: string[];
  source: Source[];
}

export interface Result {
  municipality: { id: string; name: string; full_name: string; named: boolean };
  services: FittingService[];
  uncovered: string[];
  how_to_apply: Answer;
  contact: Answer;
  processing_time: Answer;
  prepare: string[];
  reservation: string;
  text: string;
}

/** Words of danger were among the person's own; whom to call now. */
export interface Danger {
  kind: string;
  text: string;
}

export interface GuideView {
  step: Step | 'result';
  question?: Question;
  progress: { done: number; total: number };
  answers: Said[];
  result?: Result;
  danger?: Danger;
}
