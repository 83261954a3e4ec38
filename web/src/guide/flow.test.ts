import { expect, test } from 'vitest';
import { NOTHING, answer, before, begun, given, skip, without, type Told } from './flow';

const ALL: Told = { municipality: 'gladsaxe', needs: ['orden'], needs_text: 'tøj', level: 2, age: 25, pension: false, skipped: [] };
const form = (values: string[], words = '') => ({ values, words });

test('each step keeps its answer in its own kind', () => {
  expect(answer(NOTHING, 'municipality', form(['glostrup']))?.municipality).toBe('glostrup');
  expect(answer(NOTHING, 'needs', form(['orden', 'mad'], ' post '))).toMatchObject({ needs: ['orden', 'mad'], needs_text: 'post' });
  expect(answer(NOTHING, 'level', form(['0']))?.level).toBe(0);
  expect(answer(NOTHING, 'pension', form(['false']))?.pension).toBe(false);
  expect(answer(NOTHING, 'age', form(['29']))?.age).toBe(29);
});

test('a written age goes before a chosen one, and must be one', () => {
  expect(answer(NOTHING, 'age', form(['29'], '42'))?.age).toBe(42);
  expect(answer(NOTHING, 'age', form(['29'], 'gammel'))).toBeNull();
  expect(answer(NOTHING, 'age', form([], '121'))).toBeNull();
});

test.each(['municipality', 'needs', 'level', 'age', 'pension'] as const)('an empty form is no answer to %s', (step) => {
  expect(answer(NOTHING, step, form([], '  '))).toBeNull();
});

test('words alone answer what is hard, and a personal number is taken out before anything is kept', () => {
  expect(answer(NOTHING, 'needs', form([], 'jeg er 010190-1234 og træt'))?.needs_text).toBe('jeg er [nummer fjernet] og træt');
});

test('an answer ends an earlier skip', () => {
  expect(answer(skip(ALL, 'level'), 'level', form(['3']))).toMatchObject({ level: 3, skipped: [] });
});

test('skipping takes the answer away and is noted once', () => {
  expect(skip(skip(ALL, 'level'), 'level')).toMatchObject({ level: null, skipped: ['level'] });
});

test('asking a step again sends what came before it only', () => {
  expect(before(ALL, 'level')).toEqual({ ...NOTHING, municipality: 'gladsaxe', needs: ['orden'], needs_text: 'tøj' });
  expect(before(ALL, 'municipality')).toEqual(NOTHING);
});

test('taking one answer away leaves the others', () => {
  expect(without(ALL, 'needs')).toEqual({ ...ALL, needs: [], needs_text: '' });
});

test('a form shown again holds what was told', () => {
  expect(given(ALL, 'needs')).toEqual({ values: ['orden'], words: 'tøj' });
  expect(given(ALL, 'pension')).toEqual({ values: ['false'], words: '' });
  expect(given(NOTHING, 'level')).toEqual({ values: [], words: '' });
});

test('the guide counts as begun from the first answer', () => {
  expect(begun(NOTHING)).toBe(false);
  expect(begun({ ...NOTHING, municipality: 'gladsaxe' })).toBe(true);
});
