/** The sample page: its questions are links to the chat page, and open the widget where scripts run. */
import '../shared/main';
import './front.css';

interface Chat extends HTMLElement {
  show(): void;
  ask(text: string): void;
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-ask]');
  const chat = document.querySelector<Chat>('vejviser-chat');
  if (!link || !chat || !customElements.get('vejviser-chat') || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const question = link.dataset['ask'];
  if (question) chat.ask(question);
  else chat.show();
});
