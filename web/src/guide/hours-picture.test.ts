import { render } from 'lit';
import { expect, test } from 'vitest';
import { hoursPicture } from './hours-picture';
import type { Hours } from './protocol';

const NONE: Hours = { status: 'answered', text: '', max: null, per: null, level: null, levels: {} };

function draw(hours: Partial<Hours>): { squares: number[]; label: string | null } {
  const place = document.createElement('div');
  render(hoursPicture({ ...NONE, ...hours }), place);
  const squares = [...place.querySelectorAll('rect:not(.outline)')].map((square) => Number(square.getAttribute('width')));
  return { squares, label: place.querySelector('svg')?.getAttribute('aria-label') ?? null };
}

test('a square an hour, half a square half an hour, and the same in words', () => {
  const { squares, label } = draw({ per: 'month', level: 1, levels: { 1: 1.5, 2: 4 } });
  expect(squares).toEqual([22, 11]);
  expect(label).toContain('1,5');
});

test('a row a level when none was chosen', () => {
  const { squares, label } = draw({ per: 'month', levels: { 1: 1, 2: 2 } });
  expect(squares).toHaveLength(3);
  expect(label).toMatch(/Lette problemer.*1.*Moderate problemer.*2/);
});

test('a figure that belongs to no level', () => {
  expect(draw({ per: 'month', max: 15 }).squares).toHaveLength(15);
});

test.each<[string, Partial<Hours>]>([
  ['there are none', {}],
  ['the chosen level has none', { per: 'month', level: 4, levels: { 1: 1 } }],
  ['there are too many to take in', { per: 'week', max: 168 }],
  ['the period is another', { per: 'day', max: 2 }],
])('no picture when %s', (_, hours) => {
  expect(draw(hours).label).toBeNull();
});
