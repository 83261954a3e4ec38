import '../shared/main';
import './guide.css';
import './app';
