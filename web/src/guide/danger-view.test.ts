import { expect, test } from 'vitest';
import { helpOf, numbered } from './danger-view';
import type { GuideView } from './protocol';

const TEXT = 'Ring til Livslinien på 70 201 201. Er der fare for liv nu, så ring 112.';
const QUESTION = { text: '?', options: [], multiple: false, free_text: false, optional: true };

function view(help: string, text?: string): GuideView {
  const danger = text ? { danger: { kind: 'safety_suicide', text } } : {};
  return { step: 'level', progress: { done: 0, total: 1 }, answers: [], question: { ...QUESTION, help }, ...danger };
}

test('numbers are taken out of the text with the digits to dial', () => {
  expect(numbered(TEXT).filter(({ number }) => number)).toEqual([
    { text: '70 201 201', number: '70201201' },
    { text: '112', number: '112' },
  ]);
  expect(numbered(TEXT).map(({ text }) => text).join('')).toBe(TEXT);
});

test('a text without numbers stays one piece', () => {
  expect(numbered('Kl. 8')).toEqual([{ text: 'Kl. 8', number: '' }]);
});

test('the text of danger is not told again in the help of the question', () => {
  expect(helpOf(view(`${TEXT} Vælg et svar.`, TEXT))).toBe('Vælg et svar.');
  expect(helpOf(view('Vælg et svar.', TEXT))).toBe('Vælg et svar.');
  expect(helpOf(view(`${TEXT} Vælg et svar.`))).toBe(`${TEXT} Vælg et svar.`);
});
