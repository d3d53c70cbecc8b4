import type { Interval } from '@lucency/model/card';
import type { AcceptanceReport, Finding, RefittedPoint } from './acceptance-report.js';

const grades = ['stop', 'care', 'fine'] as const;

/** An AUC whose lower bound lies below it leaves no threshold that does both: few sites could use it. */
const leastArea = 0.8;
const leastAtDefault = 0.75;
const mostUnlike = 0.2;
const mostRefused = 0.03;
const mostOff = 0.1;
/** Pneumonias whose peak lies in the lungs: the mean of good models is above .97. */
const leastInLungs = 0.9;

/** What a person deciding about this model at this site must know, the gravest first. */
export function findingsOf(report: Omit<AcceptanceReport, 'findings'>): Finding[] {
  const all = [
    separation(report),
    atDefault(report),
    ...report.site.points.flatMap((point) => promise(point, report)),
    calibration(report),
    others(report),
    ages(report),
    unlikeTraining(report),
    refused(report),
    inLungs(report),
    labels(report),
    prevalence(report),
  ].filter((finding) => finding !== null);
  return grades.flatMap((grade) => all.filter((finding) => finding.grade === grade));
}

function separation({ auc }: Pick<AcceptanceReport, 'auc'>): Finding {
  const area = `The model ranks a pneumonia above a normal in ${percent(auc.value)} of pairs here (AUC ${range(auc)})`;
  if (auc.high < leastArea)
    return { grade: 'stop', text: `${area}. No threshold makes up for that: do not use it here.` };
  if (auc.low < leastArea)
    return {
      grade: 'care',
      text: `${area}. These cases cannot rule out that it separates them too badly for use: collect more.`,
    };
  return { grade: 'fine', text: `${area}.` };
}

function atDefault({ card }: Pick<AcceptanceReport, 'card'>): Finding | null {
  const point = card.points.find(({ isDefault }) => isDefault);
  if (!point) return null;
  const { sensitivity, specificity } = point;
  const text =
    `As it comes, at its own threshold, it finds ${percent(sensitivity.value)} of the patients with pneumonia ` +
    `(${range(sensitivity)}) and leaves ${percent(specificity.value)} of those without it alone (${range(specificity)})`;
  const lowest = Math.min(sensitivity.value, specificity.value);
  return lowest < leastAtDefault
    ? { grade: 'stop', text: `${text}: use a threshold refitted here, or none.` }
    : { grade: 'fine', text: `${text}.` };
}

function promise(
  { purpose, promised }: RefittedPoint,
  { cases }: Pick<AcceptanceReport, 'cases'>,
): Finding[] {
  if (!promised) return [];
  const { rate, asked, atLeast, needed } = promised;
  const who = rate === 'sensitivity' ? 'with pneumonia' : 'without pneumonia';
  const patients = rate === 'sensitivity' ? cases.patients.pneumonia : cases.patients.normal;
  if (atLeast >= asked)
    return [
      {
        grade: 'fine',
        text: `For ${purpose}, ${patients} patients ${who} can promise a ${rate} of ${percent(atLeast)} or more (95 % confidence).`,
      },
    ];
  return [
    {
      grade: 'care',
      text:
        `For ${purpose}, a ${rate} of ${percent(asked)} was asked, and ${patients} patients ${who} cannot promise it: ` +
        `even with none of them answered wrongly it may be as low as ${percent(atLeast)} (95 % confidence). ` +
        `It takes ${needed} patients ${who}.`,
    },
  ];
}

function calibration({ card, site }: Pick<AcceptanceReport, 'card' | 'site'>): Finding {
  const { error, meanProbability, observedRate } = card.calibration;
  const text =
    `The card's probabilities say ${percent(meanProbability)} on average where ${percent(observedRate)} have pneumonia ` +
    `(calibration error ${error.value.toFixed(2)}); those of the site's calibration are off by ` +
    `${site.calibration.error.value.toFixed(2)} on patients that it did not see`;
  return { grade: error.value > mostOff ? 'care' : 'fine', text: `${text}.` };
}

function others({ site, cases }: Pick<AcceptanceReport, 'site' | 'cases'>): Finding | null {
  const balanced = site.points.find(({ purpose }) => purpose === 'balanced');
  if (!balanced?.otherSpecificity)
    return {
      grade: 'care',
      text:
        'No picture was labelled OTHER_ABNORMAL: how often other findings are called pneumonia was not measured, and the ' +
        'predictive values hold only for normals and pneumonias.',
    };
  const { value, low, high } = balanced.otherSpecificity;
  return {
    grade: value < balanced.specificity.low ? 'care' : 'fine',
    text:
      `Of ${cases.images.otherAbnormal} pictures that are abnormal otherwise, ${percent(1 - value)} ` +
      `(${range({ low: 1 - high, high: 1 - low })}) are called pneumonia at the refitted balanced threshold.`,
  };
}

function ages({ ages }: Pick<AcceptanceReport, 'ages'>): Finding | null {
  const { known, outside, meantFor } = ages;
  if (known === 0 || outside === 0) return null;
  return {
    grade: 'care',
    text:
      `${outside} of the ${known} pictures whose patient's age is known are of patients outside the ages that the model is ` +
      `meant for (${meantFor.from} to ${meantFor.to} months).`,
  };
}

function unlikeTraining({ cautions }: Pick<AcceptanceReport, 'cautions'>): Finding {
  const share = cautions.UNLIKE_TRAINING;
  if (!share || share.value <= mostUnlike)
    return {
      grade: 'fine',
      text: `${percent(share?.value ?? 0)} of the pictures look unlike those it learnt from.`,
    };
  return {
    grade: 'care',
    text: `${percent(share.value)} of the pictures look unlike those it learnt from (${range(share)}); no claims are made about them.`,
  };
}

function refused({ cases }: Pick<AcceptanceReport, 'cases'>): Finding {
  const share = cases.refused / Math.max(1, cases.files);
  return {
    grade: share > mostRefused ? 'care' : 'fine',
    text: `${cases.refused} of ${cases.files} pictures were refused (${percent(share)}); they enter no other figure.`,
  };
}

function inLungs({ evidence }: Pick<AcceptanceReport, 'evidence'>): Finding | null {
  const [all] = evidence.lungs;
  if (!all) return null;
  const { peakInLungs, energyInLungs, areaOfLungs } = all;
  return {
    grade: peakInLungs.value < leastInLungs ? 'care' : 'fine',
    text:
      `In ${percent(peakInLungs.value)} of the pneumonias (${range(peakInLungs)}) its strongest evidence lies in the lungs; ` +
      `they hold ${percent(energyInLungs.value)} of the evidence and cover ${percent(areaOfLungs)} of the picture` +
      (peakInLungs.value < leastInLungs
        ? '. The rest may be answered by something else than the disease, which may differ at the next machine.'
        : '.'),
  };
}

function labels({ cases }: Pick<AcceptanceReport, 'cases'>): Finding | null {
  if (cases.textMined === 0) return null;
  return {
    grade: 'care',
    text:
      `${cases.textMined} pictures whose label only a program found in a report were left out (--labels any keeps them): ` +
      'radiologists call fewer than half of such pneumonias an opacity.',
  };
}

function prevalence({ prevalence: { value, from } }: Pick<AcceptanceReport, 'prevalence'>): Finding {
  return from === 'given'
    ? {
        grade: 'fine',
        text: `Probabilities and predictive values are for ${percent(value)} pneumonia, as given.`,
      }
    : {
        grade: 'care',
        text:
          `Probabilities and predictive values assume ${percent(value)} pneumonia, the share among these cases. Where that ` +
          'was chosen, not met, give the real one with --prevalence.',
      };
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value.toFixed(value > 0 && (value < 10 || value > 99) && value < 100 ? 1 : 0)} %`;
}

export function range({ low, high }: Pick<Interval, 'low' | 'high'>): string {
  return `${low.toFixed(2)}-${high.toFixed(2)}`;
}
