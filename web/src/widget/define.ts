/** Registers the element; loading this script twice on a page does no harm. */
import { VejviserChat } from './chat';

if (!customElements.get('vejviser-chat')) customElements.define('vejviser-chat', VejviserChat);
