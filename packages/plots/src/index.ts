export { niceTop, type OverTime, overTime, type Series, seriesColours } from './over-time.js';
export { type Axis, type Legend, type Panel, panels } from './panels.js';
export {
  type At,
  dot,
  escapeText,
  line,
  polygon,
  polyline,
  rectangle,
  sideways,
  svg,
  text,
} from './svg.js';
export { bareSquare, type Naming, place, unitSquare } from './unit-square.js';
