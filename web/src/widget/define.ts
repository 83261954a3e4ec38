/** Registers the element. Loading the script twice on a page does no harm. */
import { VejviserChat } from './chat';

const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.src) VejviserChat.origin = new URL(script.src).origin;
if (!customElements.get('vejviser-chat')) customElements.define('vejviser-chat', VejviserChat);
