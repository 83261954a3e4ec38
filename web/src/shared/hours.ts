/** Hours per level as words: one row a level. */
import type { HoursByLevel } from './protocol';
import { answerTexts as t, fill } from './texts';

export interface HoursRow {
  level: number;
  name: string;
  amount: string;
  hours: number;
}

export function hoursRows(value: HoursByLevel): HoursRow[] {
  const names: Record<string, string> = t.levels;
  return Object.entries(value.levels)
    .map(([level, hours]) => ({ level: Number(level), name: names[level] ?? level, amount: amount(value, Number(level), hours), hours }))
    .sort((a, b) => a.level - b.level);
}

export function hoursCaption(value: HoursByLevel): string {
  return value.per === 'week' ? t.hours_caption_week : t.hours_caption_month;
}

function amount(value: HoursByLevel, level: number, hours: number): string {
  const words = hourWords(hours);
  return value.max && !value.exact_levels.includes(level) && hours > 0 ? fill(t.hours_up_to, { hours: words }) : words;
}

function hourWords(hours: number): string {
  if (hours === 0.5) return t.hour_half;
  return hours === 1 ? t.hour_one : fill(t.hour_many, { count: hours.toLocaleString('da-DK') });
}
