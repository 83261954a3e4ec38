/** The list of shortcuts as a dialog, with the switch that turns them off. */
import { html, nothing, type TemplateResult } from 'lit';
import { consoleTexts as t } from '../shared/texts';
import { KEYS, type Command } from './shortcuts';

export function helpView(on: boolean, turn: (on: boolean) => void): TemplateResult {
  const names: Record<string, string> = t.commands;
  return html`
    <dialog class="help" aria-labelledby="help-heading">
      <h2 id="help-heading">${t.help_heading}</h2>
      <label class="pick"><input type="checkbox" .checked=${on} @change=${(event: Event) => turn((event.target as HTMLInputElement).checked)}> ${t.keys_on}</label>
      <table class="table table--extracompact">
        <thead><tr><th scope="col">${t.help_key}</th><th scope="col">${t.help_what}</th></tr></thead>
        <tbody>
          ${Object.entries({ ...KEYS, level: '0–4' }).map(([command, key]) => html`<tr><td><kbd>${key}</kbd></td><td>${names[command]}</td></tr>`)}
          ${t.plain_keys.map(([key, what]) => html`<tr><td><kbd>${key}</kbd></td><td>${what}</td></tr>`)}
        </tbody>
      </table>
      <p class="quiet">${t.keys_note}</p>
      <form method="dialog"><button class="button button-primary small">${t.close}</button></form>
    </dialog>
  `;
}

/** The key of a command beside its name; for the eyes only, since the list of shortcuts tells it in words. */
export function keyView(on: boolean, command: Exclude<Command, 'level'>): TemplateResult | typeof nothing {
  return on ? html` <kbd aria-hidden="true">${KEYS[command]}</kbd>` : nothing;
}
