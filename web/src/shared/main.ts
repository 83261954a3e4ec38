/** What every page of the project's own stands on: the design system and the frame of the page. */
import 'dkfds.css';
import './page.css';
import './chat.css';
