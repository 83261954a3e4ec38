/** Keeps the answers in this tab until it is closed or the person starts over; nothing is kept on the server. */
import { NOTHING, isStep, type Told } from './flow';

const KEPT = 'vejviser.guide';

export function kept(): Told {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    return isTold(value) ? value : NOTHING;
  } catch {
    return NOTHING;
  }
}

export function keep(told: Told): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(told));
  } catch {
    // without storage the answers last as long as the page
  }
}

export function forget(): void {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // nothing was kept
  }
}

function isTold(value: unknown): value is Told {
  const told = value as Told | null;
  return (
    Array.isArray(told?.needs) && Array.isArray(told.skipped) && told.skipped.every(isStep) && typeof told.needs_text === 'string' &&
    [told.level, told.age].every((number) => number === null || typeof number === 'number')
  );
}
