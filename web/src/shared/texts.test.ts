import { expect, test } from 'vitest';
import { fill } from './texts';

test('fill puts values in and leaves unknown names standing', () => {
  expect(fill('Vent {seconds} sekunder, {name}', { seconds: 30 })).toBe('Vent 30 sekunder, {name}');
});
