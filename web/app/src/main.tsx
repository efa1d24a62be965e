import { render } from 'preact';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/join.css';
import './styles/room.css';
import './styles/tile.css';
import './styles/chat.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
