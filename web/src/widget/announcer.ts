/** Says something to screen readers without touching focus, through the live region `#announcer` of the chat. */

// Older lines go, so that they are not met when browsing; the one before stays, for it may still be waiting to be read.
const KEPT = 2;

export class Announcer {
  constructor(private readonly host: Element) {}

  readonly say = (text: string): void => {
    const region = this.host.shadowRoot?.querySelector('#announcer');
    const line = document.createElement('p');
    line.textContent = text;
    region?.append(line);
    while (region && region.childElementCount > KEPT) region.firstElementChild?.remove();
  };
}
