/** Hours per level as bars beside the same figures as a table; the picture has a text alternative of its own. */
import { html, svg, type TemplateResult } from 'lit';
import { hoursCaption, hoursRows } from '../shared/hours';
import type { HoursByLevel } from '../shared/protocol';
import { consoleTexts as t, fill } from '../shared/texts';

const WIDTH = 300;
const ROW = 28;
const LABEL = 24;
const AMOUNT = 44;

/** @param level the level asked about, marked in both; null for none. */
export function hoursView(value: HoursByLevel, level: number | null, choose: (level: number) => void): TemplateResult {
  const rows = hoursRows(value);
  return html`
    <div class="hours">
      <table class="table table--extracompact">
        <caption>${hoursCaption(value)}</caption>
        <thead><tr><th scope="col">${t.level}</th><th scope="col">${t.hours}</th></tr></thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr class=${row.level === level ? 'chosen' : ''}>
              <th scope="row">
                <button type="button" class="link" aria-pressed=${row.level === level} @click=${() => choose(row.level)}>
                  ${row.level} ${row.name}
                </button>
              </th>
              <td>${row.amount}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${bars(value, level)}
    </div>
  `;
}

function bars(value: HoursByLevel, level: number | null): TemplateResult {
  const rows = hoursRows(value);
  const most = Math.max(...rows.map((row) => row.hours), 1);
  const words = rows.map((row) => fill(t.chart_row, { level: row.level, amount: row.amount })).join(', ');
  const length = (hours: number) => Math.max(2, (hours / most) * (WIDTH - LABEL - AMOUNT));
  return html`
    <svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${rows.length * ROW}" aria-label=${fill(t.chart, { caption: hoursCaption(value), rows: words })}>
      ${rows.map(
        (row, n) => svg`
          <text x="0" y=${n * ROW + 19}>${row.level}</text>
          <rect class=${row.level === level ? 'chosen' : ''} x=${LABEL} y=${n * ROW + 5} width=${length(row.hours)} height=${ROW - 10} rx="2"></rect>
          <text x=${LABEL + length(row.hours) + 6} y=${n * ROW + 19}>${row.hours.toLocaleString('da-DK')}</text>`,
      )}
    </svg>
  `;
}
