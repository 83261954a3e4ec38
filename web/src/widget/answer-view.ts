/** One answer as it is shown: text, hours as a table, contacts of the catalogue, the source to unfold. Nothing is HTML from the server. */
import { html, nothing, type TemplateResult } from 'lit';
import { blocks, sourceOwner, type Block } from '../shared/blocks';
import { hoursCaption, hoursRows } from '../shared/hours';
import { isHoursByLevel, type Answer, type Contact, type Fact, type HoursByLevel, type Message } from '../shared/protocol';
import { answerTexts as t, fill } from '../shared/texts';

export function answerView(messages: Message[]): TemplateResult {
  const parts = messages.flatMap((message) => blocks(message.text ?? ''));
  const answers = messages.flatMap((message) => (message.custom ? [message.custom] : []));
  const facts = answers.flatMap((answer) => answer.facts ?? []);
  return html`${runs(parts).map((run) => (run[0]?.more ? moreView(run) : run.map(blockView)))} ${facts.map(hoursView)} ${contactsView(answers)}
  ${sourceView(parts.flatMap((part) => (part.kind === 'source' ? [part.text] : [])), facts)}`;
}

/** The blocks in runs of those that may be folded and those that may not. */
function runs(parts: Block[]): Block[][] {
  const found: Block[][] = [];
  for (const block of parts) {
    const last = found[found.length - 1];
    if (last && last[0]?.more === block.more) last.push(block);
    else found.push([block]);
  }
  return found;
}

/** What the document says besides: an answer is read in a glance, and the rest is one press away. */
function moreView(run: Block[]): TemplateResult {
  return html`<details class="more">
    <summary>${t.more}</summary>
    ${run.map((block) => blockView(block.kind === 'list' ? block : { ...block, text: withoutMark(block.text) }))}
  </details>`;
}

function withoutMark(text: string): string {
  return text.startsWith(t.more_mark) ? text.slice(t.more_mark.length).trim() : text;
}

function blockView(block: Block) {
  if (block.kind === 'source') return nothing;
  if (block.kind === 'list') return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
  return html`<p class=${block.kind}>${block.text}</p>`;
}

function hoursView(fact: Fact) {
  return isHoursByLevel(fact.value) ? hoursTable(fact.value) : nothing;
}

function hoursTable(value: HoursByLevel): TemplateResult {
  return html`<table>
    <caption>${hoursCaption(value)}</caption>
    <thead><tr><th scope="col">${t.hours_level}</th><th scope="col">${t.hours_amount}</th></tr></thead>
    <tbody>
      ${hoursRows(value).map((row) => html`<tr><th scope="row">${row.name} (${row.level})</th><td>${row.amount}</td></tr>`)}
    </tbody>
  </table>`;
}

/** Links are made of the catalogue's contact points alone, never of addresses found in a text. */
function contactsView(answers: Answer[]) {
  const contacts = answers.flatMap((answer) => answer.contacts ?? []).filter((contact) => contactLinks(contact).length);
  if (!contacts.length) return nothing;
  return html`<ul class="contacts">
    ${contacts.map((contact) => html`<li><span>${contact.name}</span> ${contactLinks(contact).map(linkView)}</li>`)}
  </ul>`;
}

function linkView(link: ContactLink): TemplateResult {
  if (!link.away) return html`<a href=${link.href}>${link.text}</a>`;
  return html`<a href=${link.href} target="_blank" rel="noopener noreferrer">${link.text}</a>`;
}

interface ContactLink {
  href: string;
  text: string;
  /** Leads to another site, in a tab of its own. */
  away: boolean;
}

export function contactLinks({ phone, email, url }: Contact): ContactLink[] {
  const links: ContactLink[] = [];
  if (phone) links.push({ href: `tel:+45${phone.replace(/\D/g, '').slice(-8)}`, text: fill(t.contact_call, { phone }), away: false });
  if (email) links.push({ href: `mailto:${encodeURI(email)}`, text: fill(t.contact_write, { email }), away: false });
  const address = url.replace(/^https?:\/\//, '');
  if (address) links.push({ href: `https://${address}`, text: fill(t.contact_open, { address }), away: true });
  return links;
}

function sourceView(sources: string[], facts: Fact[]) {
  const cited = facts.filter((fact) => fact.source);
  if (!sources.length && !cited.length) return nothing;
  const owners = [...new Set(sources.map(sourceOwner).filter(Boolean))];
  return html`<details class="sources">
    <summary>${owners.length ? fill(t.source, { owner: owners.join(', ') }) : t.source_unnamed}</summary>
    ${sources.map((source) => html`<p>${source.slice(t.source_mark.length).trim()}</p>`)}
    ${cited.length
      ? html`<p>${t.source_facts}</p>
          <ul>${cited.map((fact) => html`<li>${fact.text} <span class="place">${place(fact)}</span></li>`)}</ul>`
      : nothing}
  </details>`;
}

/** Where in the document a fact stands: its section and lines, as far as they are known. */
function place({ source }: Fact): string {
  if (!source) return '';
  const lines = source.lines.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(t.source_line_joined);
  const parts = [source.section && fill(t.source_section, { section: source.section }), lines && fill(t.source_lines, { lines })];
  return parts.filter(Boolean).join(', ') || source.document;
}
