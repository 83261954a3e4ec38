import { expect, test } from 'vitest';
import { blocks, sourceOwner } from './blocks';

test('paragraphs, lists, asides and sources are told apart', () => {
  const text = 'Du kan få hjælp.\nDesuden:\n• Indkøb\n• Madlavning\n\nSvaret gælder Støtte i Gladsaxe Kommune.\n\nKilde: Gladsaxe Kommune, § 85.';
  expect(blocks(text)).toEqual([
    { kind: 'paragraph', text: 'Du kan få hjælp.' },
    { kind: 'paragraph', text: 'Desuden:' },
    { kind: 'list', items: ['Indkøb', 'Madlavning'] },
    { kind: 'aside', text: 'Svaret gælder Støtte i Gladsaxe Kommune.' },
    { kind: 'source', text: 'Kilde: Gladsaxe Kommune, § 85.' },
  ]);
});

test('lists of two paragraphs stay apart', () => {
  expect(blocks('• a\n\nog\n\n• b').map((block) => block.kind)).toEqual(['list', 'paragraph', 'list']);
});

test('what the document says besides is marked, paragraph by paragraph', () => {
  const text = 'Det er gratis.\n\nDokumentet siger også: Støtten kan omfatte:\n• Indkøb\n\nSvaret gælder Støtte i Gladsaxe Kommune.';
  expect(blocks(text).map((block) => [block.kind, block.more ?? false])).toEqual([
    ['paragraph', false],
    ['paragraph', true],
    ['list', true],
    ['aside', false],
  ]);
});

test.each([
  ['Kilde: Gladsaxe Kommune, § 85, afsnittet »Pris«.', 'Gladsaxe Kommune'],
  ['Kilde: retssikkerhedsloven § 3 (almindelige regler).', 'retssikkerhedsloven § 3'],
  ['Kilde:', ''],
])('%s is by %s', (text, owner) => {
  expect(sourceOwner(text)).toBe(owner);
});
