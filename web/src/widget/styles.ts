/**
 * The look of the chat. All inherited styles of the host page are cut off; what a host may set are the custom properties
 * `--vejviser-...`. Lengths are in em of the reader's own font size, so they follow the browser's setting and not the host page's.
 */
import { css } from 'lit';

export const styles = css`
  :host {
    all: initial !important;
    display: block !important;
    --accent: var(--vejviser-accent, #0b4a6f);
    --on-accent: var(--vejviser-on-accent, #ffffff);
    --surface: var(--vejviser-surface, #ffffff);
    --text: var(--vejviser-text, #1a1a1a);
    --muted: var(--vejviser-muted, #505a61);
    --line: var(--vejviser-line, #76838c);
    --bubble: var(--vejviser-bubble, #f0f4f6);
    --notice: var(--vejviser-notice, #fff7e0);
    --error: var(--vejviser-error, #fdecea);
    --radius: var(--vejviser-radius, 8px);
    font: normal normal 400 medium / 1.5 var(--vejviser-font, system-ui, 'Segoe UI', Roboto, Arial, sans-serif) !important;
    color: var(--text) !important;
    text-align: left !important;
  }
  :host([hidden]) { display: none !important; }
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  .hidden {
    position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  button, textarea { font: inherit; color: inherit; margin: 0; }
  button {
    min-height: 2.75em; padding: 0.4em 0.9em; border: 1px solid var(--accent); border-radius: var(--radius); cursor: pointer;
    background: var(--surface); color: var(--accent); text-align: left; overflow-wrap: anywhere;
  }
  button:hover { background: var(--bubble); }
  button[aria-disabled='true'] { cursor: not-allowed; color: var(--muted); border-color: var(--line); background: var(--surface); }
  button.primary { background: var(--accent); color: var(--on-accent); font-weight: 600; }
  button.primary:hover { text-decoration: underline; }
  button.quiet { min-height: 2.25em; padding: 0.2em 0.5em; border-color: transparent; background: none; text-decoration: underline; }
  a { color: var(--accent); }
  :focus { outline: none; }
  :focus-visible { outline: 3px solid var(--text); outline-offset: 2px; box-shadow: 0 0 0 2px var(--surface); }
  h2, h3, p, ul, ol, table { margin: 0; padding: 0; }

  .launcher {
    position: fixed; z-index: var(--vejviser-z, 2147483000); bottom: var(--vejviser-offset-y, 20px); right: var(--vejviser-offset-x, 20px);
    display: flex; align-items: center; gap: 0.6em; min-height: 3.25em; padding: 0.6em 1.2em; border-radius: 2em;
    border: 2px solid var(--surface); box-shadow: 0 2px 10px rgb(0 0 0 / 30%);
  }
  :host([side='left']) .launcher { right: auto; left: var(--vejviser-offset-x, 20px); }
  svg { flex: none; }

  .panel { display: flex; flex-direction: column; background: var(--surface); color: var(--text); }
  .panel.closed { display: none; }
  dialog.panel {
    position: fixed; z-index: var(--vejviser-z, 2147483000); inset: auto var(--vejviser-offset-x, 20px) var(--vejviser-offset-y, 20px) auto;
    width: min(var(--vejviser-width, 26em), 100vw - 40px); height: min(var(--vejviser-height, 42em), 100vh - 40px);
    max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden auto; border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px);
    box-shadow: 0 8px 32px rgb(0 0 0 / 30%);
  }
  :host([side='left']) dialog.panel { right: auto; left: var(--vejviser-offset-x, 20px); }
  dialog.panel.large { width: min(60em, 100vw - 40px); height: calc(100vh - 40px); }
  dialog.panel::backdrop { background: none; }
  .panel.page { height: var(--vejviser-height, max(34em, 100vh - 14em)); border: 1px solid var(--line); border-radius: calc(var(--radius) + 4px); overflow: hidden auto; }

  .head, .composer { flex: none; }
  .head { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25em; padding: 0.5em 0.5em 0.5em 1em; background: var(--accent); color: var(--on-accent); }
  h2 { flex: 1 1 9em; font-size: 1.1em; line-height: 1.3; font-weight: 600; overflow-wrap: anywhere; }
  .bar { display: flex; align-items: center; gap: 0.4em; background: none; color: inherit; border-color: transparent; padding: 0.3em 0.6em; }
  .bar:hover { background: none; text-decoration: underline; }
  .head :focus-visible { outline-color: var(--on-accent); box-shadow: none; outline-offset: 0; }

  .options { display: flex; flex-wrap: wrap; gap: 0.5em; padding: 0.75em 1em; border-bottom: 1px solid var(--line); background: var(--bubble); }
  .options button, .sizes button { min-height: 2.5em; padding: 0.25em 0.7em; }
  .options, .confirm { flex: none; max-height: 45%; overflow-y: auto; }
  .sizes { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5em; flex-basis: 100%; }
  .confirm { padding: 0.75em 1em; border-bottom: 1px solid var(--line); background: var(--error); }
  .confirm button { margin-top: 0.5em; margin-right: 0.5em; }

  .log { flex: 1 1 0; min-height: 8em; overflow-y: auto; overscroll-behavior: contain; padding: 1em; }
  .log:focus-visible { outline-offset: -3px; box-shadow: none; }
  .notice { padding: 0.75em 1em; border-left: 4px solid var(--accent); background: var(--notice); border-radius: 0 var(--radius) var(--radius) 0; }
  .notice h3 { font-size: 1em; font-weight: 600; }
  .notice p + p, .notice div + p { margin-top: 0.4em; }
  ol { list-style: none; }
  ol > li { margin-top: 1em; }
  .bubble { padding: 0.7em 0.95em; border-radius: var(--radius); overflow-wrap: anywhere; }
  .said { display: flex; flex-direction: column; align-items: flex-end; }
  .said .bubble { max-width: 88%; background: var(--accent); color: var(--on-accent); border-bottom-right-radius: 2px; white-space: pre-line; }
  .replied .bubble, .replied .tools { max-width: 46em; }
  .replied .bubble { background: var(--bubble); border-bottom-left-radius: 2px; }
  .replied:focus-visible { border-radius: var(--radius); }
  .bubble > * + * { margin-top: 0.6em; }
  .bubble > .hidden + p { margin-top: 0; }
  .bubble ul { padding-left: 1.25em; }
  .bubble li + li { margin-top: 0.25em; }
  .aside { color: var(--muted); font-size: 0.9375em; }
  .note { color: var(--muted); font-style: italic; }

  table { border-collapse: collapse; width: 100%; background: var(--surface); }
  caption { text-align: left; font-weight: 600; padding-bottom: 0.3em; }
  th, td { padding: 0.4em 0.6em; border: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
  thead th { font-weight: 600; }
  .bubble ul.contacts { list-style: none; padding: 0; }
  .contacts li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25em 0.5em; }
  .contacts span { flex-basis: 100%; font-weight: 600; }
  .contacts a { display: inline-block; padding: 0.45em 0.8em; border: 1px solid var(--accent); border-radius: var(--radius); background: var(--surface); }
  details { border-top: 1px solid var(--line); padding-top: 0.5em; font-size: 0.9375em; }
  summary { cursor: pointer; padding: 0.2em 0; color: var(--accent); text-decoration: underline; }
  details > * + * { margin-top: 0.4em; }
  .place { color: var(--muted); }

  .tools { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.25em; font-size: 0.9375em; color: var(--muted); }
  .rating { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.25em; margin-left: auto; }
  .reasons { flex-basis: 100%; gap: 0.5em; margin: 0.25em 0 0; flex-direction: column; align-items: flex-start; }
  .suggestions { display: flex; flex-wrap: wrap; gap: 0.5em; margin-top: 1em; }
  .suggestions button { border-radius: 1.4em; }
  .failure { margin-top: 0.5em; padding: 0.7em 0.95em; border-left: 4px solid #b3261e; background: var(--error); width: 100%; color: var(--text); }
  .failure button { margin-top: 0.5em; }

  .typing { display: flex; align-items: center; gap: 0.6em; min-height: 2em; color: var(--muted); }
  .dots { display: inline-flex; gap: 0.3em; padding: 0.8em 1em; background: var(--bubble); border-radius: var(--radius); }
  .dots i { width: 0.5em; height: 0.5em; border-radius: 50%; background: var(--muted); animation: breathe 1.2s infinite ease-in-out; }
  .dots i:nth-child(2) { animation-delay: 0.2s; }
  .dots i:nth-child(3) { animation-delay: 0.4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: 0.3; } 30% { opacity: 1; } }

  .jump { text-align: center; }
  .jump button { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; overflow: hidden; clip-path: inset(50%); }
  .jump.shown button, .jump button:focus {
    position: static; width: auto; height: auto; min-height: 2.25em; margin: 0.4em; padding: 0.2em 0.9em; clip-path: none; border-radius: 1.4em;
  }

  .composer { padding: 0.6em 1em 0.8em; border-top: 1px solid var(--line); }
  .composer label { font-weight: 600; }
  .row { display: flex; align-items: flex-end; gap: 0.5em; margin-top: 0.2em; }
  textarea {
    flex: 1 1 auto; min-width: 0; min-height: 2.75em; max-height: 9em; padding: 0.55em 0.7em; resize: none; field-sizing: content;
    border: 1px solid var(--text); border-radius: var(--radius); background: var(--surface); line-height: 1.5;
  }
  #count { font-size: 0.9375em; color: var(--muted); }
  #count.over { color: #b3261e; font-weight: 600; }

  /* A small screen, or a large one zoomed in: the chat fills it, and below a certain height scrolls as one, so that nothing is covered. */
  @media (max-width: 30rem), (max-height: 26rem) {
    dialog.panel, dialog.panel.large { inset: 0; width: 100vw; width: 100dvw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
    .enlarge { display: none; }
    .bar span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .bar { min-width: 2.75em; justify-content: center; }
  }
  @media (max-height: 26rem) {
    .panel, dialog.panel { display: block; overflow-y: auto; }
    .panel.closed { display: none; }
    .panel.page { height: auto; overflow: visible; }
    .log { overflow: visible; min-height: 8em; }
    .options, .confirm { max-height: none; overflow: visible; }
    .launcher, :host([side='left']) .launcher { position: static; }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i { animation: none; opacity: 0.7; }
  }
  @media (forced-colors: active) {
    .bubble, .notice, .failure, .confirm, .options, .dots, .head, dialog.panel, .contacts a { border: 1px solid CanvasText; }
    .dots i { background: CanvasText; forced-color-adjust: none; }
    :focus-visible, .head :focus-visible { outline-color: Highlight; }
  }
  @media print {
    .launcher, dialog.panel { display: none; }
  }
`;
