/** The chat as an element; registered in define.ts. */
import { LitElement, html } from 'lit';
import { widgetTexts as t } from '../shared/texts';

export class VejviserChat extends LitElement {
  override render() {
    return html`<button type="button">${t.title}</button>`;
  }
}
