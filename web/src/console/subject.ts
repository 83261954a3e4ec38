/** Where the text of an answer comes from: the bot's own answer for a service, the lines of the card for what is general. */
import type { Source } from '../shared/protocol';
import { consoleTexts as t, fill } from '../shared/texts';
import type { Shown, Subject } from './answer';
import type { Section } from './card';
import { fetchAnswer, type Facet, type Municipality, type Service, type Suggestion } from './catalogue';

/** One facet of a service: what the bot would say. */
export function serviceSubject(municipality: Municipality, service: Service, facet: Facet, level: number | null): Subject {
  return {
    key: [municipality.id, service.id, facet.id, level].join('|'),
    title: facet.title,
    about: `${service.name}, ${municipality.full_name}`,
    load: async (signal) => {
      const answer = await fetchAnswer(municipality.id, service.id, facet.id, level, signal);
      const sources = answer.facts.map((fact) => fact.source).filter((source): source is Source => !!source?.lines.length);
      return { text: answer.text, stated: answer.status !== 'not_stated', sources };
    },
  };
}

/** One facet of what holds for a whole municipality. */
export function generalSubject(municipality: Municipality, section: Section): Subject {
  const facts = municipality.facts.filter((fact) => fact.facet === section.facet.id);
  const sources = facts.map((fact) => fact.source).filter((source): source is Source => source !== null);
  const document = municipality.documents[0]?.title ?? '';
  const source = fill(t.source, { owner: municipality.full_name, document });
  return {
    key: [municipality.id, '', section.facet.id].join('|'),
    title: section.facet.title,
    about: municipality.full_name,
    load: () => Promise.resolve({ text: plain(section.lines.map((line) => line.text), source), stated: section.lines.some((line) => line.stated), sources }),
  };
}

/** A rule that holds in the whole country; the law it stands in is its source. */
export function nationalSubject(suggestion: Suggestion): Subject {
  const source = fill(t.source_law, { law: suggestion.source?.document ?? '' });
  const shown: Shown = { text: plain([suggestion.text], source), stated: true, sources: [] };
  return { key: `national|${suggestion.text}`, title: suggestion.title, about: t.national, load: () => Promise.resolve(shown) };
}

function plain(lines: string[], source: string): string {
  const body = lines.length === 1 ? lines : [lines.map((line) => `• ${line}`).join('\n')];
  return [...body, source].join('\n\n');
}
