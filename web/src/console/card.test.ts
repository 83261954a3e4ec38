import { expect, test } from 'vitest';
import type { Fact } from '../shared/protocol';
import { municipalityCard, serviceCard } from './card';
import type { Municipality, Service } from './catalogue';

const FACETS = ['contact', 'cost', 'complaint', 'definition', 'purpose', 'schedule'].map((id) => ({ id, title: id }));
const fact = (facet: string, text: string, stated = true): Fact => ({ id: text, facet, text, value: null, stated, note: '', source: null });
const place = (facts: Fact[], contacts: Municipality['contact_points'] = []): Municipality => ({
  id: 'a', name: 'A', full_name: 'A Kommune', named: true, documents: [], services: [], contact_points: contacts, facts,
});
const service = (...facts: Fact[]): Service => ({
  id: 's', name: 'S', municipality: 'a', document: '1', paragraphs: [], topics: ['toejvask'], not_stated: [],
  facts: Object.fromEntries(facts.map((item) => [item.facet, [item]])),
});
const section = (card: ReturnType<typeof serviceCard>, facet: string) => card.sections.find((item) => item.facet.id === facet);

test('what the document says of the service goes before what it says in general', () => {
  const card = serviceCard(service(fact('cost', 'own')), place([fact('cost', 'general')]), FACETS);
  expect(section(card, 'cost')).toMatchObject({ lines: [{ text: 'own' }], general: false });
});

test('a gap of the service stands beside what holds in general', () => {
  const card = serviceCard(service(fact('cost', 'gap', false)), place([fact('cost', 'general')]), FACETS);
  expect(section(card, 'cost')).toMatchObject({ lines: [{ text: 'gap', stated: false }, { text: 'general', stated: true }], general: true });
});

test('general practical facets are shown in full, other general ones are named', () => {
  const card = serviceCard(service(), place([fact('complaint', 'c'), fact('definition', 'd')]), FACETS);
  expect(section(card, 'complaint')).toBeDefined();
  expect(card.elsewhere.map(({ id }) => id)).toEqual(['definition']);
});

test('facets nobody says anything about are named as silent', () => {
  const card = serviceCard(service(fact('cost', 'own')), place([]), FACETS);
  expect(card.silent.map(({ id }) => id)).toEqual(['contact', 'complaint', 'definition', 'purpose', 'schedule']);
});

test('every facet stands in exactly one place', () => {
  const card = serviceCard(service(fact('cost', 'own')), place([fact('complaint', 'c'), fact('definition', 'd')]), FACETS);
  const shown = [...card.sections.map(({ facet }) => facet), ...card.elsewhere, ...card.silent];
  expect(shown.map(({ id }) => id).sort()).toEqual(FACETS.map(({ id }) => id).sort());
});

test('a phone number for other help or for complaints only is never given as the contact', () => {
  const contacts = [
    { name: 'x', topics: ['hjemmehjaelp'], purpose: [], text: 'other topic' },
    { name: 'y', topics: [], purpose: ['complain'], text: 'complaints' },
    { name: 'z', topics: [], purpose: ['other_services'], text: 'other services' },
    { name: 'v', topics: ['toejvask'], purpose: ['apply'], text: 'right' },
  ];
  const card = serviceCard(service(), place([], contacts), FACETS);
  expect(section(card, 'contact')?.lines.map(({ text }) => text)).toEqual(['right']);
});

test('the card of a municipality has its contacts and general facts', () => {
  const card = municipalityCard(place([fact('complaint', 'c')], [{ name: 'x', topics: [], purpose: [], text: 'call' }]), FACETS);
  expect(card.sections.map(({ facet }) => facet.id)).toEqual(['contact', 'complaint']);
});
