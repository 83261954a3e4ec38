/** The entries of the conversation, each with what can be done about it. */
import { html, nothing, type TemplateResult } from 'lit';
import { REASONS } from '../shared/protocol';
import { fill, widgetTexts as t } from '../shared/texts';
import { answerView } from './answer-view';
import type { VejviserChat } from './chat';
import { MESSAGE_LIMIT } from './composer-view';
import type { Entry, Replied, Said } from './conversation';
import { canRead } from './speech';

export function entryView(chat: VejviserChat, entry: Entry): TemplateResult {
  if (entry.kind === 'note') return html`<li class="note">${t[entry.note]}</li>`;
  return entry.kind === 'said' ? saidView(chat, entry) : repliedView(chat, entry);
}

function saidView(chat: VejviserChat, said: Said): TemplateResult {
  return html`<li class="said">
    <div class="bubble"><span class="hidden">${fill(t.said_by, { name: t.you })}</span> ${said.text}</div>
    ${said.state === 'failed' ? failureView(chat, said) : nothing}
  </li>
  ${said.state === 'sending' ? typingView(said) : nothing}`;
}

function typingView(said: Said): TemplateResult {
  return html`<li class="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <span class=${said.slow ? '' : 'hidden'}>${said.slow ? t.slow : fill(t.typing, { name: t.name })}</span>
  </li>`;
}

function failureView(chat: VejviserChat, said: Said): TemplateResult {
  const wait = chat.waits.of(said);
  const again = said.fault !== 'too_long' && said.fault !== 'refused';
  return html`<div class="failure">
    <p><strong>${t.not_sent}.</strong> ${faultText(said, wait)}</p>
    ${again
      ? html`<button type="button" aria-disabled=${wait > 0} @click=${() => wait || chat.retry(said)}>${t.retry}</button>`
      : nothing}
  </div>`;
}

export function faultText(said: Pick<Said, 'fault' | 'retryAt'>, wait: number): string {
  if (said.fault === 'busy' || said.fault === 'crowded') return wait ? fill(t[said.fault], { seconds: wait }) : t.busy_over;
  if (said.fault === 'too_long') return fill(t.too_long, { limit: MESSAGE_LIMIT });
  return said.fault && said.fault !== 'gone' ? t[said.fault] : t.failed;
}

function repliedView(chat: VejviserChat, replied: Replied): TemplateResult {
  const rated = replied.messages.some((message) => message.custom);
  return html`<li class="replied" tabindex="-1" data-turn=${replied.turn}>
    <div class="bubble"><span class="hidden">${fill(t.said_by, { name: t.name })}</span> ${answerView(replied.messages)}</div>
    <div class="tools">
      <button type="button" class="quiet" aria-label=${t.copy_answer} @click=${() => chat.takeaway.copyAnswer(replied)}>
        ${chat.takeaway.copied === replied ? t.copied : t.copy}
      </button>
      ${canRead() ? readView(chat, replied) : nothing} ${rated ? ratingView(chat, replied) : nothing}
    </div>
  </li>`;
}

function readView(chat: VejviserChat, replied: Replied): TemplateResult {
  const text = chat.takeaway.reading === replied ? t.read_stop : t.read;
  return html`<button type="button" class="quiet" @click=${() => chat.takeaway.readAloud(replied)}>${text}</button>`;
}

function ratingView(chat: VejviserChat, replied: Replied): TemplateResult {
  if (replied.rating === 'given') return html`<p class="rating" tabindex="-1">${t.thanks}</p>`;
  if (replied.rating === 'asking') return reasonsView(chat, replied);
  return html`<div class="rating" role="group" aria-label=${t.helpful}>
    <span aria-hidden="true">${replied.rating === 'failed' ? t.feedback_failed : t.helpful}</span>
    <button type="button" class="quiet" @click=${() => chat.rate(replied, true)}>${t.yes}</button>
    <button type="button" class="quiet" @click=${() => chat.askReason(replied)}>${t.no}</button>
  </div>`;
}

function reasonsView(chat: VejviserChat, replied: Replied): TemplateResult {
  return html`<div class="rating reasons" role="group" aria-label=${t.reason}>
    <span aria-hidden="true">${t.reason}</span>
    ${REASONS.map((reason) => html`<button type="button" @click=${() => chat.rate(replied, false, reason)}>${t.reasons[reason]}</button>`)}
    <button type="button" class="quiet" @click=${() => chat.rate(replied, false)}>${t.reason_skip}</button>
  </div>`;
}
