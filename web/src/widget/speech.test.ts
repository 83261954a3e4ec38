import { expect, test } from 'vitest';
import { sentences } from './speech';

test('sentences and list items are parted, abbreviations and numbers are not', () => {
  expect(sentences('Prisen er 2.500 kr. om året. Se § 85, stk. 3.\n• Indkøb\n• Mad')).toEqual(['Prisen er 2.500 kr. om året.', 'Se § 85, stk. 3.', 'Indkøb', 'Mad']);
});
