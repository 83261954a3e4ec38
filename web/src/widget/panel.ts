/**
 * How the open chat stands on the host page. On a large screen it floats beside the page, which stays usable; on a small one
 * it fills the screen and the page behind it is inert, so that focus can never end up underneath it.
 */

// Fills the screen below this size in CSS pixels, so also when a large screen is zoomed in.
const SMALL = '(max-width: 30rem), (max-height: 26rem)';

export class Panel {
  private readonly small = matchMedia(SMALL);
  private dialog: HTMLDialogElement | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly stepAside: () => void,
  ) {}

  get fillsScreen(): boolean {
    return this.small.matches;
  }

  show(dialog: HTMLDialogElement): void {
    this.dialog = dialog;
    this.place();
    this.small.addEventListener('change', this.place);
    document.addEventListener('focusin', this.uncover);
  }

  hide(): void {
    this.small.removeEventListener('change', this.place);
    document.removeEventListener('focusin', this.uncover);
    if (this.dialog) leave(this.dialog);
    this.dialog = null;
  }

  /** In the browser's top layer where there is one, above whatever z-index the host page uses. */
  private readonly place = (): void => {
    const { dialog } = this;
    if (!dialog) return;
    const focused = (this.host.shadowRoot?.activeElement ?? null) as HTMLElement | null;
    leave(dialog);
    if (this.fillsScreen) {
      dialog.removeAttribute('popover');
      dialog.showModal();
    } else {
      dialog.setAttribute('popover', 'manual');
      if (typeof dialog.showPopover === 'function') dialog.showPopover();
      else dialog.show();
    }
    if (focused && dialog.contains(focused)) focused.focus();
  };

  /** Folds the floating chat when the page's focus moves to something that lies under it. */
  private readonly uncover = (event: FocusEvent): void => {
    const target = event.target as Element;
    if (!this.dialog || this.fillsScreen || target === this.host || !target.getBoundingClientRect) return;
    if (lies(target.getBoundingClientRect(), this.dialog.getBoundingClientRect())) this.stepAside();
  };
}

function leave(dialog: HTMLDialogElement): void {
  if (dialog.open) dialog.close();
  if (dialog.hasAttribute('popover') && dialog.matches(':popover-open')) dialog.hidePopover();
}

/** Whether the centre of `inner` or most of it lies within `outer`. */
function lies(inner: DOMRect, outer: DOMRect): boolean {
  const width = Math.min(inner.right, outer.right) - Math.max(inner.left, outer.left);
  const height = Math.min(inner.bottom, outer.bottom) - Math.max(inner.top, outer.top);
  return width > 0 && height > 0 && width * height > (inner.width * inner.height) / 2;
}
