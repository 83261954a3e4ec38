/** Copying and printing the conversation. */

/** Puts a text on the clipboard; false where the page may not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way, for pages without https, where the clipboard's interface is missing. Focus returns to where it was. */
function copyBySelection(text: string): boolean {
  const before = deepFocus();
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  (document.querySelector('dialog:modal') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  before?.focus();
  return done;
}

function deepFocus(): HTMLElement | null {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
  return found instanceof HTMLElement ? found : null;
}

export interface Line {
  who: string;
  text: string;
}

const PRINT_STYLE = `
  body { font: 12pt/1.5 sans-serif; margin: 2cm; color: #000; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; margin: 1em 0 0; break-after: avoid; }
  p { margin: 0.25em 0 0; white-space: pre-line; }`;

/** Prints the conversation alone, not the page around it, from a frame that holds nothing else. */
export function printLines(title: string, lines: Line[]): void {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.setAttribute('aria-hidden', 'true');
  frame.style.cssText = 'position:fixed;inset:auto;width:0;height:0;border:0;visibility:hidden';
  document.body.append(frame);
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) return frame.remove();
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(PRINT_STYLE);
  view.document.adoptedStyleSheets = [sheet];
  view.document.documentElement.lang = 'da';
  view.document.title = title;
  view.document.body.append(element(view.document, 'h1', title));
  for (const line of lines) view.document.body.append(element(view.document, 'h2', line.who), element(view.document, 'p', line.text));
  view.addEventListener('afterprint', () => setTimeout(() => frame.remove()));
  view.print();
}

function element(owner: Document, name: string, text: string): HTMLElement {
  const made = owner.createElement(name);
  made.textContent = text;
  return made;
}
