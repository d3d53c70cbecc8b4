export { urgentBacklog } from './adapters/backlog.js';
export { startApp } from './app.js';
export { type Environment, environment } from './environment.js';
export { type Evidence, type EvidenceReader, evidenceOfImage } from './explain/evidence-of-image.js';
export { type ExplainDeps, explainStudy } from './explain/explain-study.js';
export { type ScoreDeps, scoreStudy } from './score/score-study.js';
