import { beforeEach, expect, test } from 'vitest';
import { recentLookups, remember } from './recent';

const lookup = (service: string, facet = 'cost') => ({ municipality: 'gladsaxe', service, facet, level: null });

beforeEach(() => sessionStorage.clear());

test('the latest look-up stands first and only once', () => {
  remember(lookup('a'));
  remember(lookup('b'));
  remember(lookup('a'));
  expect(recentLookups().map(({ service }) => service)).toEqual(['a', 'b']);
});

test('no more than eight are kept', () => {
  for (let n = 0; n < 20; n++) remember(lookup(`s${n}`));
  expect(recentLookups()).toHaveLength(8);
});

test('only what was looked up is kept, in the session', () => {
  remember(lookup('a'));
  expect(Object.keys(JSON.parse(sessionStorage.getItem('vejviser.console.recent')!)[0]).sort()).toEqual(['facet', 'level', 'municipality', 'service']);
  expect(localStorage).toHaveLength(0);
});

test.each(['no json', '{"a":1}', '[1,null,{}]'])('what cannot be read counts as empty: %s', (kept) => {
  sessionStorage.setItem('vejviser.console.recent', kept);
  expect(recentLookups()).toEqual([]);
});
