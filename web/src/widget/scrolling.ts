/** Where the log stands: showing the newest reply from its beginning, and knowing when it is out of sight. Focus is never touched. */

const MARGIN = 12;
const HARDLY_SEEN = 24;

export class Scrolling {
  constructor(private readonly host: Element) {}

  newest(): HTMLElement | undefined {
    return [...(this.host.shadowRoot?.querySelectorAll<HTMLElement>('.replied') ?? [])].pop();
  }

  /** Whether the newest reply lies below what is seen. */
  newestHidden(): boolean {
    const bottom = this.scroller()?.getBoundingClientRect().bottom;
    const newest = this.newest();
    return !!newest && !!bottom && newest.getBoundingClientRect().top > bottom - HARDLY_SEEN;
  }

  /**
   * Brings the beginning of the newest reply to the top of what is seen.
   *
   * At once: a movement under way would carry what gets focus meanwhile out of sight.
   */
  reveal(): void {
    const entry = this.newest();
    const scroller = this.scroller();
    if (!entry || !scroller) return entry?.scrollIntoView({ block: 'nearest' });
    const top = scroller.scrollTop + entry.getBoundingClientRect().top - scroller.getBoundingClientRect().top - MARGIN;
    scroller.scrollTo({ top });
  }

  toEnd(): void {
    const scroller = this.scroller();
    scroller?.scrollTo({ top: scroller.scrollHeight });
  }

  /** What scrolls: the log, or on a very low screen the whole chat; null when that is the host page itself. */
  private scroller(): HTMLElement | null {
    const parts = [...(this.host.shadowRoot?.querySelectorAll<HTMLElement>('.log, .panel') ?? [])].reverse();
    return parts.find((part) => getComputedStyle(part).overflowY === 'auto') ?? null;
  }
}
