/** The field and the button a message is written and sent with. */
import { html, nothing, type TemplateResult } from 'lit';
import { fill, widgetTexts as t } from '../shared/texts';
import type { VejviserChat } from './chat';

/** Characters the server takes in a message. */
export const MESSAGE_LIMIT = 2000;
const COUNTED_FROM = MESSAGE_LIMIT - 200;

export function composerView(chat: VejviserChat): TemplateResult {
  const { length } = chat.draft;
  const over = length > MESSAGE_LIMIT;
  return html`<form class="composer" novalidate @submit=${chat.submit}>
    <label for="text">${t.input}</label>
    <div class="row">
      <textarea id="text" rows="1" autocomplete="off" enterkeyhint="send" aria-describedby="notice count" aria-invalid=${over ? 'true' : nothing}
        .value=${chat.draft} @input=${chat.type} @keydown=${chat.enter}></textarea>
      <button type="submit" class="primary">${t.send}</button>
    </div>
    <p id="count" class=${over ? 'over' : ''}>${length > COUNTED_FROM ? countText(length) : nothing}</p>
  </form>`;
}

function countText(length: number): string {
  const left = MESSAGE_LIMIT - length;
  return left < 0 ? fill(t.counter_over, { over: -left }) : fill(t.counter, { left });
}
