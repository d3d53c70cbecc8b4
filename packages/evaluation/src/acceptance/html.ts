import type { ModelCard } from '@lucency/model/card';
import type { AcceptanceReport } from './acceptance-report.js';
import { percent } from './findings.js';
import {
  calibrationTable,
  casesTable,
  conformalTable,
  drawsTable,
  escaped,
  evidenceTable,
  pointsTable,
  reasonsTable,
} from './html-tables.js';
import { drawSiteReliability, drawSiteRoc } from './plots.js';

/** Readable on paper, on a light and on a dark screen, narrow and wide; it loads nothing. */
const style = `
:root { color-scheme: light dark; --text: #1c1e21; --quiet: #5c6370; --page: #fff; --line: #d9dce1; --stop: #b42318;
  --care: #8a5a00; --fine: #1b6e3c; --stop-page: #fdecea; --care-page: #fdf4e0; --fine-page: #e9f6ee; }
@media (prefers-color-scheme: dark) { :root { --text: #e4e6ea; --quiet: #9aa1ad; --page: #1a1b1e; --line: #3a3d44;
  --stop: #ff9a90; --care: #f0c36a; --fine: #7fd6a0; --stop-page: #3a201e; --care-page: #362b16; --fine-page: #1b3024; } }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); max-width: 62rem; margin: 0 auto;
  padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
p { margin: .5rem 0; } .quiet { color: var(--quiet); }
.findings { list-style: none; padding: 0; } .findings li { margin: .5rem 0; padding: .6rem .9rem; border-left: .3rem solid; border-radius: .2rem; }
.findings b { margin-right: .35rem; } .findings span { color: var(--text); }
.stop { color: var(--stop); background: var(--stop-page); } .care { color: var(--care); background: var(--care-page); }
.fine { color: var(--fine); background: var(--fine-page); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 500; vertical-align: bottom; } td { white-space: nowrap; }
td div { white-space: normal; min-width: 16rem; } td small { display: block; color: var(--quiet); white-space: nowrap; } td small.why { white-space: normal; } .plots { display: flex; flex-wrap: wrap; gap: 1rem; } .plots img { width: 26rem; max-width: 100%; height: auto; }
code { font-size: .9em; }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; } h2 { break-after: avoid; }
  table, .plots img, .findings li { break-inside: avoid; } .findings li { print-color-adjust: exact; } th, td { white-space: normal; } }`;

const grades = { stop: 'Do not use as it is.', care: 'Caution.', fine: 'Fine.' } as const;

export function acceptanceHtml(report: AcceptanceReport, card: Pick<ModelCard, 'intendedUse'>): string {
  const { modelId, engine, createdAt, findings, site, prevalence, asked } = report;
  const { images, patients } = report.cases;
  const sections: readonly (readonly [string, string])[] = [
    [
      'What was found',
      list(
        findings.map(
          ({ grade, text }) =>
            `<li class="${grade}"><b>${grades[grade]}</b><span>${escaped(text)}</span></li>`,
        ),
      ),
    ],
    ['Cases', casesTable(report)],
    ["The card's operating points here", pointsTable(report.card.points, report)],
    [
      'Operating points refitted here',
      pointsTable(site.points, report) +
        paragraph(
          `Rates are of patients who did not choose the threshold (ten folds of patients), each weighing one, with exact intervals. ` +
            `Screening and rule-in promise, with 95 % confidence, at least the sensitivity or specificity in the last column: of new ` +
            `patients like these, read as these were. Asked were ${percent(asked.sensitivity)} and ${percent(asked.specificity)}.`,
        ),
    ],
    [
      'Plots',
      `<div class="plots">${picture('ROC curve with operating points', drawSiteRoc(report))}${picture('Reliability of the card and of the site', drawSiteReliability(report))}</div>`,
    ],
    [
      'Calibration',
      calibrationTable(report) +
        paragraph(
          `The site's: log-odds = ${site.slope.toFixed(3)} times the card's ${site.offset < 0 ? '-' : '+'} ` +
            `${Math.abs(site.offset).toFixed(3)}, and the log-odds of the prevalence. Platt's line, drawn towards the card's: with few ` +
            'cases it stays near it. Judged on patients that the fit did not see, at the share of pneumonia among the cases.',
        ),
    ],
    ['What may be claimed here', conformalTable(report)],
    ['Where the evidence of pneumonias lies', evidenceTable(report)],
    ['Refused, and read with a caution', reasonsTable(report)],
    ...(report.draws?.length
      ? ([['How far it moves from draw to draw', drawsTable(report.draws)]] as const)
      : []),
  ];
  const body = sections
    .map(([title, content]) => `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>`)
    .join('\n')
    // A percent sign alone on a line reads as a mistake.
    .replaceAll(' %', '\u00a0%');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Acceptance of ${escaped(modelId)}</title>
<style>${style}</style>
</head>
<body>
<h1>Acceptance of ${escaped(modelId)}</h1>
<p class="quiet">${images.pneumonia} pneumonias of ${patients.pneumonia} patients and ${images.normal} normals of ${patients.normal}, read with ${escaped(engine)} on ${createdAt.slice(0, 10)}; for ${percent(prevalence.value)} pneumonia.</p>
<p class="quiet">${escaped(card.intendedUse)}</p>
${body}
</body>
</html>
`;
}

function list(items: readonly string[]): string {
  return `<ul class="findings">${items.join('\n')}</ul>`;
}

function paragraph(text: string): string {
  return `<p class="quiet">${escaped(text)}</p>`;
}

/** As a picture of its own, so that its style stays in it. */
function picture(title: string, svg: string): string {
  return `<img alt="${escaped(title)}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;
}
