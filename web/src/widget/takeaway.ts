/** What can be done with what was said besides reading it on the screen: copied, printed, read aloud. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { widgetTexts as t } from '../shared/texts';
import { textOf, transcript, type Entry, type Replied } from './conversation';
import { copyText, printLines } from './paper';
import { read, stopReading } from './speech';

const COPIED_MS = 3000;

export class Takeaway implements ReactiveController {
  /** What was copied a moment ago. */
  copied: Replied | 'all' | null = null;
  /** What is being read aloud. */
  reading: Replied | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly announce: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.silence();
  }

  copyAnswer(replied: Replied): void {
    void this.copy(replied, textOf(replied));
  }

  copyAll(entries: Entry[]): void {
    void this.copy('all', lines(entries).map(({ who, text }) => `${who}\n${text}`).join('\n\n'));
  }

  print(heading: string, entries: Entry[]): void {
    printLines(heading, lines(entries));
  }

  /** Reads an answer aloud, or stops where it is being read. */
  readAloud(replied: Replied): void {
    const again = this.reading === replied;
    this.silence();
    if (again) return;
    this.read(replied);
    read(textOf(replied), () => {
      if (this.reading === replied) this.read(null);
    });
  }

  silence(): void {
    stopReading();
    this.read(null);
  }

  private read(replied: Replied | null): void {
    this.reading = replied;
    this.host.requestUpdate();
  }

  private async copy(what: Replied | 'all', text: string): Promise<void> {
    const done = await copyText(text);
    this.announce(done ? t.copied : t.copy_failed);
    if (!done) return;
    this.show(what);
    setTimeout(() => this.show(null), COPIED_MS);
  }

  private show(what: Replied | 'all' | null): void {
    this.copied = what;
    this.host.requestUpdate();
  }
}

function lines(entries: Entry[]) {
  return transcript(entries, t.you, t.name);
}
