/** The Danish table, a section a face; `fill` puts values into its braces. */
export { answer as answerTexts, console as consoleTexts, front as frontTexts, guide as guideTexts, shared as sharedTexts, widget as widgetTexts } from '../texts/da.json';

/** Replaces `{name}` by its value; an unknown name is left standing so that it is seen. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
