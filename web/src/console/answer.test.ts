import { expect, test } from 'vitest';
import { linesByDocument } from './answer';

test('ranges are put in the order of the document, each once', () => {
  const source = (document: string, ...lines: [number, number][]) => ({ document, section: '', lines });
  const found = linesByDocument([source('000', [30, 32], [10, 10]), source('000', [10, 10]), source('002', [5, 6])]);
  expect([...found]).toEqual([['000', '10,30-32'], ['002', '5-6']]);
});
