/** Hours as a picture: a square an hour, half a square half an hour, a row a level when none was chosen. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { answerTexts, fill, guideTexts as t } from '../shared/texts';
import type { Hours } from './protocol';

const SIDE = 22;
const STEP = 27;
const MOST = 24; // squares that can still be taken in at a glance
const ROW = 50;

interface Row {
  label: string;
  hours: number;
}

export function hoursPicture(hours: Hours): TemplateResult | typeof nothing {
  const rows = rowsOf(hours);
  if (!rows.length || rows.some((row) => row.hours > MOST || row.hours <= 0)) return nothing;
  const width = Math.max(...rows.map((row) => Math.ceil(row.hours))) * STEP;
  const words = rows.map((row) => fill(t.picture_row, { label: row.label, hours: row.hours.toLocaleString('da-DK') })).join(' ');
  return html`
    <figure class="picture">
      <svg role="img" width=${Math.max(width, 200)} height=${rows.length * ROW} viewBox="0 0 ${Math.max(width, 200)} ${rows.length * ROW}" aria-label=${fill(t.picture, { rows: words })}>
        ${rows.map((row, n) => rowView(row, n * ROW))}
      </svg>
      <figcaption>${t.picture_caption}</figcaption>
    </figure>
  `;
}

function rowsOf({ max, per, level, levels }: Hours): Row[] {
  const period = per === 'week' ? t.picture_week : per === 'month' ? t.picture_month : '';
  if (!period) return [];
  const names: Record<string, string> = answerTexts.levels;
  const chosen = Object.entries(levels).filter(([number]) => level === null || Number(number) === level);
  if (chosen.length > 1 || (chosen.length === 1 && level === null)) {
    return chosen.map(([number, count]) => ({ label: `${names[number] ?? number}, ${period}`, hours: count }));
  }
  const count = chosen[0]?.[1] ?? (Object.keys(levels).length ? null : max);
  return count === null || count === undefined ? [] : [{ label: fill(t.picture_up_to, { period }), hours: count }];
}

function rowView({ label, hours }: Row, top: number) {
  const whole = Math.floor(hours);
  const part = hours - whole;
  return svg`
    <text x="0" y=${top + 14}>${label}</text>
    ${Array.from({ length: whole }, (_, n) => square(n, top, SIDE))}
    ${part > 0 ? [svg`<rect class="outline" x=${whole * STEP + 1} y=${top + 21} width=${SIDE - 2} height=${SIDE - 2} rx="3"></rect>`, square(whole, top, SIDE * part)] : nothing}
  `;
}

function square(n: number, top: number, width: number) {
  return svg`<rect x=${n * STEP} y=${top + 20} width=${width} height=${SIDE} rx="3"></rect>`;
}
