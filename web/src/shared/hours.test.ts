import { expect, test } from 'vitest';
import { hoursRows } from './hours';
import type { HoursByLevel } from './protocol';

const value: HoursByLevel = { kind: 'hours_by_level', per: 'month', levels: { '3': 8, '1': 0.5, '2': 1, '4': 2.5 }, max: true, exact_levels: [4] };

test('rows are in the order of the levels and say "op til" where it is a ceiling', () => {
  expect(hoursRows(value).map((row) => row.amount)).toEqual(['op til ½ time', 'op til 1 time', 'op til 8 timer', '2,5 timer']);
});

test('no hours is not "up to" none', () => {
  expect(hoursRows({ ...value, levels: { '0': 0 } })[0]?.amount).toBe('0 timer');
});
