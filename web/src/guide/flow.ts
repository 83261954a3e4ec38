/** What the citizen has told, and what is sent to the server for a step. Pure: nothing here touches the page or the server. */
import { guideTexts as t } from '../shared/texts';

export const STEPS = ['municipality', 'needs', 'level', 'age', 'pension'] as const;
export type Step = (typeof STEPS)[number];

/** The body of POST /v1/guide; what has not been told is null or empty. */
export interface Told {
  municipality: string | null;
  needs: string[];
  needs_text: string;
  level: number | null;
  age: number | null;
  pension: boolean | null;
  skipped: Step[];
}

/** What a form holds: the values chosen and the words written. */
export interface Given {
  values: string[];
  words: string;
}

export const NOTHING: Told = { municipality: null, needs: [], needs_text: '', level: null, age: null, pension: null, skipped: [] };

const CPR = /(?<!\d)\d{6}[ -]?\d{4}(?!\d)/g;

export function isStep(value: unknown): value is Step {
  return STEPS.includes(value as Step);
}

/** Everything told except one step's answer. */
export function without(told: Told, step: Step): Told {
  const empty: Partial<Told> = step === 'needs' ? { needs: [], needs_text: '' } : { [step]: NOTHING[step] };
  return { ...told, ...empty, skipped: told.skipped.filter((other) => other !== step) };
}

/** Only what was told before a step, so that the server asks that step again. */
export function before(told: Told, step: Step): Told {
  return STEPS.slice(STEPS.indexOf(step)).reduce(without, told);
}

export function skip(told: Told, step: Step): Told {
  return { ...without(told, step), skipped: [...told.skipped.filter((other) => other !== step), step] };
}

/** What was told together with a step's answer; null when the form holds no answer to it. */
export function answer(told: Told, step: Step, { values, words }: Given): Told | null {
  const rest = without(told, step);
  const written = words.trim().replace(CPR, t.removed);
  const value = values[0];
  if (step === 'needs') return values.length || written ? { ...rest, needs: values, needs_text: written } : null;
  if (step === 'age' && written) return isAge(written) ? { ...rest, age: Number(written) } : null;
  if (value === undefined) return null;
  if (step === 'municipality') return { ...rest, municipality: value };
  if (step === 'pension') return { ...rest, pension: value === 'true' };
  return { ...rest, [step]: Number(value) };
}

/** What a form shall hold when a step is shown again. */
export function given(told: Told, step: Step): Given {
  if (step === 'needs') return { values: told.needs, words: told.needs_text };
  const value = told[step];
  return { values: value === null ? [] : [String(value)], words: '' };
}

/** Whether anything has been told at all. */
export function begun(told: Told): boolean {
  return told.municipality !== null || told.needs.length > 0 || told.needs_text !== '' || told.skipped.length > 0;
}

function isAge(written: string): boolean {
  return /^\d{1,3}$/.test(written) && Number(written) <= 120;
}
