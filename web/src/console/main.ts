import '../shared/main';
import './console.css';
import './app';
