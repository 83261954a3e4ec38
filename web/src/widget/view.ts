/** The frame of the chat: launcher, heading, options, notice, log, suggestions. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { widgetTexts as t } from '../shared/texts';
import type { VejviserChat } from './chat';
import { composerView } from './composer-view';
import { entryView } from './entry-view';

export const SIZES = [100, 125, 150, 175, 200];

const speechBubble = svg`<path d="M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z" fill="currentColor"/>`;
const cross = svg`<path d="M5 5l14 14M19 5L5 19" stroke="currentColor" stroke-width="2.5" stroke-linecap="round"/>`;
const dots = svg`<g fill="currentColor"><circle cx="5" cy="12" r="2"/><circle cx="12" cy="12" r="2"/><circle cx="19" cy="12" r="2"/></g>`;

function icon(shape: TemplateResult<2>): TemplateResult {
  return html`<svg viewBox="0 0 24 24" width="1.25em" height="1.25em" fill="none" aria-hidden="true" focusable="false">${shape}</svg>`;
}

export function chatView(chat: VejviserChat): TemplateResult {
  if (chat.mode === 'page') return html`<section class="panel page" aria-labelledby="heading" @keydown=${chat.escape}>${contents(chat)}</section>`;
  return html`<button type="button" class="launcher primary" aria-expanded=${chat.open} aria-controls="panel" ?hidden=${chat.open} @click=${chat.show}>
      ${icon(speechBubble)} <span>${chat.label || t.launcher}</span>
    </button>
    <dialog id="panel" class="panel ${chat.open ? '' : 'closed'} ${chat.large ? 'large' : ''}" aria-labelledby="heading"
      @keydown=${chat.escape} @cancel=${chat.cancel}>${chat.opened ? contents(chat) : nothing}</dialog>`;
}

function contents(chat: VejviserChat): TemplateResult {
  return html`<div class="head">
      <h2 id="heading" tabindex="-1">${chat.heading || t.heading}</h2>
      <button type="button" class="bar" aria-expanded=${chat.optionsShown} aria-controls="options" @click=${chat.toggleOptions}>
        ${icon(dots)}<span>${t.options}</span>
      </button>
      ${chat.mode === 'page' ? nothing : html`<button type="button" class="bar" @click=${chat.hide}>${icon(cross)}<span>${t.close}</span></button>`}
    </div>
    <div id="options" class="options" ?hidden=${!chat.optionsShown}>${optionsView(chat)}</div>
    ${chat.deleting ? deleteView(chat) : nothing}
    <div class="log" role="log" aria-live="off" aria-label=${t.conversation} tabindex="0" @scroll=${chat.scrolled}>
      ${noticeView(chat)}
      <ol>${repeat(chat.entries, (entry) => entry, (entry) => entryView(chat, entry))}</ol>
      ${chat.fault ? beginFaultView(chat) : nothing} ${suggestionsView(chat)}
    </div>
    <div class="jump ${chat.newestHidden ? 'shown' : ''}">
      ${chat.entries.some((entry) => entry.kind === 'replied')
        ? html`<button type="button" @click=${chat.jumpToNewest}>${t.newest} <span aria-hidden="true">${t.newest_mark}</span></button>`
        : nothing}
    </div>
    ${composerView(chat)}
    <div class="hidden" id="announcer" role="status" aria-live="polite"></div>`;
}

function noticeView(chat: VejviserChat): TemplateResult {
  return html`<div class="notice">
    <h3>${t.notice_title}</h3>
    <div id="notice">
      <p>${chat.notice || t.notice}</p>
      <p>${t.notice_supplement}</p>
    </div>
    ${chat.privacyUrl ? html`<p><a href=${chat.privacyUrl} target="_blank" rel="noopener">${t.privacy_link}</a></p>` : nothing}
  </div>`;
}

function beginFaultView(chat: VejviserChat): TemplateResult {
  const fault = chat.fault || 'failed';
  return html`<div class="failure">
    <p>${fault === 'offline' ? t.begin_offline : fault === 'closed' ? t.closed : t.begin_failed}</p>
    <button type="button" @click=${chat.beginAgain}>${t.retry}</button>
  </div>`;
}

function suggestionsView(chat: VejviserChat) {
  const buttons = chat.suggestions;
  if (!buttons.length) return nothing;
  return html`<div class="suggestions" role="group" aria-label=${t.suggestions}>
    ${buttons.map((button) => html`<button type="button" @click=${() => chat.choose(button)}>${button.title}</button>`)}
  </div>`;
}

function optionsView(chat: VejviserChat): TemplateResult {
  const at = SIZES.indexOf(chat.size);
  return html`<div class="sizes" role="group" aria-label=${t.text_size}>
      <span aria-hidden="true">${t.text_size}</span>
      <button type="button" aria-label=${t.text_smaller} aria-disabled=${at === 0} @click=${() => chat.resize(SIZES[at - 1])}>${t.smaller_mark}</button>
      <button type="button" aria-label=${t.text_larger} aria-disabled=${at === SIZES.length - 1} @click=${() => chat.resize(SIZES[at + 1])}>${t.larger_mark}</button>
    </div>
    ${chat.mode === 'page' ? nothing : html`<button type="button" class="enlarge" aria-pressed=${chat.large} @click=${chat.enlarge}>${t.enlarge}</button>`}
    <button type="button" @click=${() => chat.takeaway.copyAll(chat.entries)}>${chat.takeaway.copied === 'all' ? t.copied : t.copy_all}</button>
    <button type="button" @click=${() => chat.takeaway.print(chat.heading || t.heading, chat.entries)}>${t.print}</button>
    <button type="button" class="delete" @click=${chat.askDelete}>${t.delete}</button>`;
}

function deleteView(chat: VejviserChat): TemplateResult {
  return html`<div class="confirm" role="alertdialog" aria-labelledby="confirm">
    <p id="confirm">${t.delete_ask}</p>
    <button type="button" class="primary" @click=${chat.removeAll}>${t.delete_yes}</button>
    <button type="button" @click=${chat.keep}>${t.delete_no}</button>
  </div>`;
}

