import { beforeEach, expect, test } from 'vitest';
import { NOTHING } from './flow';
import { forget, keep, kept } from './keeping';

beforeEach(() => sessionStorage.clear());

test('answers are kept in the session and nowhere else', () => {
  keep({ ...NOTHING, municipality: 'gladsaxe' });
  expect(kept().municipality).toBe('gladsaxe');
  expect(localStorage).toHaveLength(0);
  forget();
  expect(kept()).toEqual(NOTHING);
  expect(sessionStorage).toHaveLength(0);
});

test.each(['no json', 'null', '[]', '{"needs":1}', '{"needs":[],"skipped":["name"],"needs_text":"","level":null,"age":null}', '{"needs":[],"skipped":[],"needs_text":"","level":"2","age":null}'])(
  'what cannot be read counts as nothing told: %s', (value) => {
    sessionStorage.setItem('vejviser.guide', value);
    expect(kept()).toEqual(NOTHING);
  },
);
