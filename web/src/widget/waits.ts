/** The waits that a busy server asked for (429): counted down while one runs, told when it is over. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Entry, Said } from './conversation';

export class Waits implements ReactiveController {
  /** The time that waits are counted from, renewed every second while one runs. */
  private now = Date.now();
  private ticking = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly entries: () => Entry[],
    private readonly over: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearInterval(this.ticking);
    this.ticking = 0;
  }

  /** Whole seconds until a message may be sent again, 0 when it may. */
  of(said: Said): number {
    return Math.max(0, Math.ceil(((said.retryAt ?? 0) - this.now) / 1000));
  }

  /** Counts from the present moment, and every second from now on while a wait runs. */
  renew(): void {
    this.now = Date.now();
    if (this.running() && !this.ticking) this.ticking = window.setInterval(this.tick, 1000);
  }

  private readonly tick = (): void => {
    this.now = Date.now();
    this.host.requestUpdate();
    if (this.running()) return;
    this.hostDisconnected();
    this.over();
  };

  private running(): boolean {
    return this.entries().some((entry) => entry.kind === 'said' && this.of(entry) > 0);
  }
}
