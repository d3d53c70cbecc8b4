import { usualConsole } from './console-muted.js';

Object.assign(console, usualConsole);
