/** The plain text of an answer as paragraphs and lists, so that it can be shown as such. */
import { answerTexts as t } from './texts';

/** `more`: it stands in a paragraph of what the document says besides, which may be folded. */
export type Block = ({ kind: 'paragraph' | 'source' | 'aside'; text: string } | { kind: 'list'; items: string[] }) & { more?: true };

const BULLET = '• ';

/** Paragraphs are parted by a blank line, items begin with a bullet; a line that begins with "Kilde:" names the source. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  for (const paragraph of text.split(/\n{2,}/)) {
    const more = paragraph.startsWith(t.more_mark) ? { more: true as const } : {};
    for (const line of paragraph.split('\n').filter((part) => part.trim())) {
      const last = found[found.length - 1];
      if (!line.startsWith(BULLET)) found.push({ ...lineBlock(line), ...more });
      else if (last?.kind === 'list') last.items.push(line.slice(BULLET.length));
      else found.push({ kind: 'list', items: [line.slice(BULLET.length)], ...more });
    }
  }
  return found;
}

function lineBlock(text: string): Block {
  if (text.startsWith(t.source_mark)) return { kind: 'source', text };
  return { kind: t.aside_marks.some((aside) => text.startsWith(aside)) ? 'aside' : 'paragraph', text };
}

/** Whom a "Kilde: Gladsaxe Kommune, ..." line names, "" when it names none. */
export function sourceOwner(text: string): string {
  return /^[^,(.]+/.exec(text.slice(t.source_mark.length))?.[0].trim() ?? '';
}
